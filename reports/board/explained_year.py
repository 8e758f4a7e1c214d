"""A figure of a comparison in one year, month by month: what its cell in the table sums."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from backoffice.web.templatetags.money import NO_BREAK, eur, fte
from reports.board.note import NO_CHANGE, signed, written
from reports.board.yearly import Compared, Value, compared
from reports.scenarios.comparing import Comparison
from reports.scenarios.figures import EUR, FTE
from reports.scenarios.labels import STATUSES, UNITS
from reports.scenarios.scenario import is_calculated

_MONTHS, _FTE = 12, 10_000


class NotExplained(LookupError):
    """No such figure, or one that nothing stands behind."""


@dataclass(frozen=True)
class Texts:
    """A row of a table: today, the side looked at, and the difference, as texts."""

    today: str
    amount: str
    delta: str


@dataclass(frozen=True)
class Year:
    """A figure in a year.

    `months` are the first to the last month (year x 12 + month - 1) with the texts of each; they
    sum to `total`, of FTE their mean (`mean`).
    """

    title: str
    months: tuple[tuple[int, Texts], ...]
    total: Texts
    mean: bool


def texts_of(today: int, amount: int, unit: str) -> Texts:
    """Cents, or ten-thousandths of FTE with all their decimals: they are seen to sum."""
    if unit != FTE:
        return Texts(written(today, unit), written(amount, unit), signed(amount - today, unit))
    delta = fte(Fraction(amount - today, _FTE))
    more = f"+{delta}" if amount > today else delta
    return Texts(
        fte(Fraction(today, _FTE)),
        fte(Fraction(amount, _FTE)),
        more if amount != today else NO_CHANGE,
    )


def year_of(found: Comparison, side: int, code: str, year: int) -> Year:
    """A figure of a side in a year of the horizon.

    Raises:
        NotExplained: there is no such figure, today asks no post, or nothing is calculated.
        IndexError: there is no such side.
    """
    one = compared(found).get(code)
    outcome = found.outcomes[max(side, 1) - 1]
    counts = not side or is_calculated(outcome.scenario, outcome.uncounted)
    held = [each.code for each in outcome.figures]
    if one is None or not counts or code not in held or (one.is_asked and not side):
        raise NotExplained(code)
    at = year - found.base.horizon.first
    value = one.sides[side].values[at]
    figure = outcome.figure(code)
    span = slice(at * _MONTHS, (at + 1) * _MONTHS)
    today = figure.baseline[span].tolist()
    amounts = (figure.scenario if side else figure.baseline)[span].tolist()
    return Year(
        _title(one, value, year),
        tuple(
            (year * _MONTHS + place, texts_of(*both, one.unit))
            for place, both in enumerate(zip(today, amounts, strict=True))
        ),
        texts_of(value.amount - (value.delta or 0), value.amount, one.unit),
        mean=one.unit == FTE,
    )


def _title(one: Compared, value: Value, year: int) -> str:
    whole = written(value.amount, one.unit)
    amount = eur(value.amount) if one.unit == EUR else f"{whole}{NO_BREAK}{UNITS[one.unit]}"
    title = _("%(figure)s, %(year)s : %(amount)s")
    if value.doubt != "confirmed":
        title = _("%(figure)s, %(year)s : %(amount)s (%(doubt)s)")
    return title % {
        "figure": one.label,
        "year": year,
        "amount": amount,
        "doubt": STATUSES[value.doubt],
    }
