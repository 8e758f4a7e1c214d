"""What a line is worth on its pay scale, and pay admitted up to the scale of the award."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import Award, Known, MonthIndex, TermMissing
from backoffice.engine.claims.lines import StaffLines
from backoffice.engine.indexation import apply_events
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, month_start
from backoffice.engine.phrases import Phrase
from backoffice.engine.sheet import COUNT, EUR, RATIO, Column, FigureUse, labels

_MONTHS = 12
_LAST_STEP = 60


def scale_columns(
    award: Award, lines: StaffLines, known: Known, by_name: Mapping[str, Cents]
) -> list[Column]:
    """Steps from the scale's base to the admitted cost; the last column is `within_scale`.

    Raises:
        FigureNotDefined: the letter names no scale or no index regime, or a base or coefficient
            is unknown.
    """
    for name in ("scales", "index_regime"):
        if getattr(award, name) is None:
            raise TermMissing(
                f"{award.scheme}.{name}", award.exercise.start, "missing", _ABSENT[name]
            )
    steps = scale_steps(award, lines, known)
    gross, charges, maximum = by_name["gross"], by_name["charges"], steps[-1].values
    admitted = np.minimum(gross, maximum)
    kept = np.where(
        gross == admitted,
        charges,
        money.times(charges, np.maximum(admitted, 0), np.maximum(gross, 1)),
    )
    within = np.minimum(admitted + kept + by_name["benefits"], by_name["eligible"])
    whole = "admitted_gross + admitted_charges + benefits"
    return [
        *steps,
        Column("admitted_gross", _L["gross"], EUR, admitted, rule="min(gross, scale_maximum)"),
        Column(
            "admitted_charges", _L["charges"], EUR, kept, rule="charges x admitted_gross / gross"
        ),
        Column("within_scale", _L["within"], EUR, within, rule=whole),
    ]


def scale_steps(award: Award, lines: StaffLines, known: Known) -> list[Column]:
    """What each line is worth on its scale; the last column is `scale_maximum`.

    The scale is indexed as the grant is, or, where the award has no regime of its own, as the
    worker's pay is; a scale that the letter does not admit is worth nothing.

    Raises:
        FigureNotDefined: a base or a coefficient is unknown.
    """
    base, uses, use = _bases(award, lines, known)
    index = _indexed(award, lines, known)
    month = _scale_month(base, index)
    return [
        Column("seniority", _L["seniority"], COUNT, lines.slices.seniority),
        Column("scale_base", _L["base"], EUR, base, uses=uses, use=use),
        Column(
            "coefficient",
            _L["coefficient"],
            RATIO,
            index.numerator,
            index.denominator,
            uses=index.uses,
            use=index.use,
        ),
        Column(
            "scale_month",
            _L["month"],
            EUR,
            month,
            rule="scale_base x coefficient / 12, then capped events",
        ),
        Column(
            "scale_maximum",
            _L["maximum"],
            EUR,
            money.times(month, *lines.fte),
            rule="scale_month x fte",
        ),
    ]


def _bases(
    award: Award, lines: StaffLines, known: Known
) -> tuple[Cents, tuple[FigureUse, ...], Ints]:
    """Yearly amount at 100 % of each line's scale step; 0 where the letter admits no such scale."""
    scale, seniority = lines.slices.scale, lines.slices.seniority
    names, rows = np.unique(scale * _LAST_STEP + seniority, return_inverse=True)
    values: list[int] = []
    uses: list[FigureUse] = []
    place: list[int] = []
    day = award.exercise.start
    for name in names:
        code, column = known.scales[int(name) // _LAST_STEP]
        if award.scales is not None and code not in award.scales:
            values.append(0)
            place.append(-1)
            continue
        value, use = known.use(scale_figure(known, code, column, int(name) % _LAST_STEP), day)
        values.append(money.round_ratio(value.numerator * 100, value.denominator))
        place.append(len(uses))
        uses.append(use)
    return _take(values, rows), tuple(uses), _take(place, rows)


def scale_figure(known: Known, scale: str, column: str, seniority: int) -> str:
    """Code of the base amount at a seniority; past the last step the last one applies."""
    for step in range(seniority, -1, -1):
        code = f"scale.{scale}.{column}.{step}.base"
        if code in known.figures:
            return code
    return f"scale.{scale}.{column}.{seniority}.base"


@dataclass(frozen=True)
class _Indexed:
    """The coefficient of each row, the figure it comes from, and the index of each row's month."""

    numerator: Ints
    denominator: Ints
    uses: tuple[FigureUse, ...]
    use: Ints
    months: tuple[MonthIndex, ...]
    place: Ints


def _indexed(award: Award, lines: StaffLines, known: Known) -> _Indexed:
    """The index of the grant's own regime, or of the worker's pay, month by month."""
    scale = lines.slices.scale if award.index_regime is None else np.zeros_like(lines.month)
    names, rows = np.unique(lines.month * (len(known.scales) + 1) + scale, return_inverse=True)
    found = []
    for name in names:
        month, place = divmod(int(name), len(known.scales) + 1)
        found.append(_month_index(award, known, award.index_regime or known.regimes[place], month))
    uses = tuple(dict.fromkeys(month.use for month in found))
    return _Indexed(
        _take([month.coefficient.numerator for month in found], rows),
        _take([month.coefficient.denominator for month in found], rows),
        uses,
        _take([uses.index(month.use) for month in found], rows),
        tuple(found),
        np.asarray(rows, dtype=np.int64),
    )


def _month_index(award: Award, known: Known, regime: str, month: int) -> MonthIndex:
    found = known.index.get((regime, month))
    if found is None:
        message = Phrase(
            "L'index du régime %(regime)s n'est pas connu au %(day)s : vérifiez le terme "
            "« index_regime » de %(award)s, ou complétez les séries.",
            regime=regime,
            day=month_start(month),
            award=award.key,
        )
        raise TermMissing("index.coefficient", month_start(month), "missing", message)
    return found


def _scale_month(base: Cents, index: _Indexed) -> Cents:
    """Full-time monthly scale: base x coefficient / 12, then each capped event in order."""
    month = money.times(base, index.numerator, index.denominator * _MONTHS)
    for place, one in enumerate(index.months):
        if one.capped:
            rows = np.flatnonzero(index.place == place)
            after = [
                apply_events(int(old), Fraction(1), one.capped)[-1].after for old in month[rows]
            ]
            month[rows] = np.array(after, dtype=np.int64)
    return month


def _take(values: list[int], rows: Ints) -> Ints:
    return np.array(values, dtype=np.int64)[rows]


_ABSENT = {
    "scales": Phrase(
        "Les barèmes admis ne sont pas connus : encodez le terme « scales » (Barèmes admis) de la "
        "subvention, d'après la lettre."
    ),
    "index_regime": Phrase(
        "Le régime d'indexation de la subvention n'est pas connu : encodez le terme "
        "« index_regime » de la subvention, d'après la lettre."
    ),
}
_L = {
    "seniority": labels("Ancienneté (années)", "Anciënniteit (jaren)"),
    "base": labels("Barème à 100 %, par an", "Loonschaal aan 100 %, per jaar"),
    "coefficient": labels("Coefficient d'index", "Indexcoëfficiënt"),
    "month": labels("Barème indexé, par mois", "Geïndexeerde loonschaal, per maand"),
    "maximum": labels("Maximum barémique de la ligne", "Baremiek maximum van de lijn"),
    "gross": labels("Rémunération admise", "Aanvaard loon"),
    "charges": labels("Charges admises", "Aanvaarde lasten"),
    "within": labels("Coût dans le barème", "Kost binnen de schaal"),
}
