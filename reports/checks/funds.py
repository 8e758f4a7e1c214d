"""What a Maribel fund asks: a salary below its limit, and the volume of employment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.claims.inputs import Known
from backoffice.engine.claims.scale import scale_figure
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.fte import FteYear
from backoffice.engine.periods import month_index
from backoffice.engine.volume import VolumeRule, volume_year, yearly_volume
from backoffice.web.templatetags.money import eur, fte
from reports.checks.rule import Case
from reports.dossier import Check
from reports.volumes import working_times

_LAST_STEP = 59
_CENTS = 100


@dataclass
class _Paid:
    """What a worker costs on the award, in cents, and the scale of the last line."""

    gross: int
    eligible: int
    scale: int


def salary_above_limit(case: Case) -> Iterator[Check]:
    """Wage cost at the end of the career per full-time equivalent, against the limit of the fund.

    The last step of the scale, indexed, with the charges that the worker's gross pay bears on the
    award. Unknown as long as the index of the limit since its base, or that of the pay, is.
    """
    known = case.facts.known[case.claim.award.index]
    day = case.award.exercise.stop - timedelta(days=1)
    limit = known.use_if_any("salary_limit", day)
    if limit is None or not len(case.claim.rows):
        return
    index = known.use_if_any("salary_limit_index", day)
    if index is None:
        words = _(
            "Salaire maximum : inconnu, l'indexation de la limite depuis 2003 n'est pas remplie."
        )
        yield _check(case, ("salary_limit_unknown", "info"), words)
        return
    bound = _round(limit[0] * index[0])
    unknown = []
    for worker, paid in sorted(_paid(case).items()):
        cost = _end_of_career(known, paid, day)
        if cost is None:
            unknown.append(worker)
        elif cost > bound:
            words = _(
                "%(worker)s : coût salarial de %(cost)s par ETP en fin de carrière, au-dessus du "
                "maximum de %(limit)s. Le fonds peut refuser le poste ou récupérer."
            ) % {"worker": worker, "cost": eur(cost), "limit": eur(bound)}
            yield _check(case, ("salary_above_limit", "warning"), words, worker, cost - bound)
    if unknown:
        words = _("Salaire maximum : inconnu pour %(workers)s, barème ou index manquant.")
        names = ", ".join(unknown)
        yield _check(case, ("salary_limit_unknown", "info"), words % {"workers": names}, names)


def _paid(case: Case) -> dict[str, _Paid]:
    gross, eligible = (case.claim.staff[name].values for name in ("gross", "eligible"))
    found: dict[str, _Paid] = {}
    for row, place in enumerate(case.claim.rows):
        worker = case.worker_of(case.facts.slice_facts[int(place)].pay)
        mine = found.setdefault(worker, _Paid(0, 0, 0))
        mine.gross += int(gross[row])
        mine.eligible += int(eligible[row])
        mine.scale = int(case.facts.slices.scale[place])
    return found


def _end_of_career(known: Known, paid: _Paid, day: date) -> int | None:
    """Cents a year for one FTE, None where the scale or its index is not known."""
    scale, column = known.scales[paid.scale]
    index = known.index.get((known.regimes[paid.scale], month_index(day)))
    if index is None or index.capped or paid.gross <= 0:
        return None
    try:
        base = known.use(scale_figure(known, scale, column, _LAST_STEP), day)[0]
    except FigureNotDefined:
        return None
    return _round(base * index.coefficient * Fraction(paid.eligible, paid.gross))


def volume_below_reference(case: Case) -> Iterator[Check]:
    """The employer's volume against the reference of the fund, with its tolerance if it is known.

    Suspended workers count; whether the fund counts them is not known.
    """
    known, year = case.facts.known[case.claim.award.index], case.facts.year
    day = date(year, 12, 31)
    written = known.use_if_any("volume_reference", day)
    if written is None:
        return
    reference = FteYear(written[0])
    volume = yearly_volume(working_times(case.facts.staff.contracts), year)
    if volume >= reference:
        return
    tolerance = known.use_if_any("volume_tolerance", day)
    words = _(
        "Volume de l'emploi : %(volume)s ETP en %(year)s, suspendus compris, pour une "
        "référence de %(reference)s."
    ) % {
        "volume": fte(volume.value),
        "year": year,
        "reference": fte(reference.value),
    }
    what = "volume_below_reference"
    if tolerance is None:
        more = _(" La baisse que le fonds tolère n'est pas connue.")
        yield _check(case, (what, "warning"), words + more)
        return
    rule = VolumeRule(counts_suspended=True, tolerance=tolerance[0])
    judged = volume_year(year, volume, reference, rule)
    more = _(" Minimum toléré : %(floor)s ETP.") % {"floor": fte(judged.floor.value)}
    yield _check(case, (what, "warning" if judged.is_missed else "info"), words + more)


def _round(euros: Fraction) -> int:
    return money.round_ratio(euros.numerator * _CENTS, euros.denominator)


def _check(
    case: Case, what: tuple[str, str], message: str, who: str = "", amount: int | None = None
) -> Check:
    code, level = what
    return Check(
        code=code,
        level=level,
        subject=f"{code}:{who}:{amount}",
        who=who or case.award.row.reference,
        month="",
        message=message,
        todo=_(
            "Comparez avec la lettre et le document de travail du fonds, puis acceptez nommément."
        ),
        article=_("Arrêté royal du 18 juillet 2002"),
        amount=amount,
    )
