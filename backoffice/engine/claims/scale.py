"""Pay admitted up to the scale of the award, and FTE admitted up to its frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import Award, Known, MonthIndex, TermMissing
from backoffice.engine.claims.lines import StaffLines, bounded, round_half_up
from backoffice.engine.indexation import apply_events
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, days_in_month, month_ordinals, month_start
from backoffice.engine.sheet import COUNT, EUR, RATIO, Column, FigureUse, labels

_MONTHS = 12
_DEN_FTE = 10_000
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
    base, base_uses, base_use = _bases(award, lines, known)
    index = _indexed(award, lines, known)
    month = _scale_month(base, index)
    numerator, denominator = lines.fte
    maximum = money.times(month, numerator, denominator)
    gross, charges = by_name["gross"], by_name["charges"]
    admitted = np.minimum(gross, maximum)
    whole = gross == admitted
    kept = np.where(
        whole, charges, money.times(charges, np.maximum(admitted, 0), np.maximum(gross, 1))
    )
    within = np.minimum(admitted + kept + by_name["benefits"], by_name["eligible"])
    return [
        Column("seniority", _L["seniority"], COUNT, lines.slices.seniority),
        Column("scale_base", _L["base"], EUR, base, uses=base_uses, use=base_use),
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
        Column("scale_maximum", _L["maximum"], EUR, maximum, rule="scale_month x fte"),
        Column("admitted_gross", _L["gross"], EUR, admitted, rule="min(gross, scale_maximum)"),
        Column(
            "admitted_charges", _L["charges"], EUR, kept, rule="charges x admitted_gross / gross"
        ),
        Column(
            "within_scale",
            _L["within"],
            EUR,
            within,
            rule="admitted_gross + admitted_charges + benefits",
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
        if code not in (award.scales or ()):
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
    """The index of the grant's own regime, month by month."""
    names, rows = np.unique(lines.month, return_inverse=True)
    found = tuple(_month_index(award, known, int(month)) for month in names)
    uses = tuple(dict.fromkeys(month.use for month in found))
    return _Indexed(
        _take([month.coefficient.numerator for month in found], rows),
        _take([month.coefficient.denominator for month in found], rows),
        uses,
        _take([uses.index(month.use) for month in found], rows),
        found,
        np.asarray(rows, dtype=np.int64),
    )


def _month_index(award: Award, known: Known, month: int) -> MonthIndex:
    found = known.index.get((award.index_regime or "", month))
    if found is None:
        message = (
            f"L'index du régime {award.index_regime} n'est pas connu au {month_start(month)} : "
            f"vérifiez le terme « index_regime » de {award.key}, ou complétez les séries."
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


def within_frame(award: Award, lines: StaffLines, admitted: Cents) -> Column:
    """Bring each function and month down to the FTE of the award's posts (the frame)."""
    months = lines.month - award.exercise.start.year * _MONTHS
    key = lines.slices.function * _MONTHS + months
    names, group = np.unique(key, return_inverse=True)
    assigned = money.sum_ratios(*lines.fte, group, len(names))
    positive = money.sum_groups(np.maximum(admitted, 0), group, len(names))
    negative = money.sum_groups(np.minimum(admitted, 0), group, len(names))
    bounds = []
    for index, name in enumerate(names):
        frame = _frame(award, int(name) // _MONTHS, int(name) % _MONTHS)
        ratio = min(Fraction(1), frame / assigned[index]) if assigned[index] else Fraction(1)
        bounds.append(int(positive[index]) * ratio)
    limits = [a + int(b) for a, b in zip(round_half_up(bounds), negative, strict=True)]
    values = bounded(admitted, np.asarray(group, dtype=np.int64), np.array(limits, dtype=np.int64))
    rule = (
        f"{'within_scale' if award.scale_bound else 'eligible'} x min(1, frame FTE / assigned FTE)"
    )
    return Column("within_frame", _L["frame"], EUR, values, rule=rule)


def _frame(award: Award, function: int, month: int) -> Fraction:
    """FTE of the posts of a function over one month, each for the days it exists."""
    index = award.exercise.start.year * _MONTHS + month
    start, stop = (int(value) for value in month_ordinals(np.array([index, index + 1])))
    posts = award.posts
    days = np.maximum(np.minimum(posts.stop, stop) - np.maximum(posts.start, start), 0)
    mine = posts.function == function
    return Fraction(int((posts.fte * days)[mine].sum()), _DEN_FTE * days_in_month(index))


def _take(values: list[int], rows: Ints) -> Ints:
    return np.array(values, dtype=np.int64)[rows]


_ABSENT = {
    "scales": (
        "Les barèmes admis ne sont pas connus : encodez le terme « scales » (Barèmes admis) de la "
        "subvention, d'après la lettre."
    ),
    "index_regime": (
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
    "frame": labels("Coût dans le cadre", "Kost binnen het kader"),
}
