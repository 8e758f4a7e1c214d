"""A figure of a comparison in one year, month by month: what its cell in the table sums."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from backoffice.web.templatetags.money import NO_BREAK, eur
from reports.board.note import written
from reports.board.yearly import compared
from reports.scenarios.comparing import Comparison
from reports.scenarios.figures import EUR
from reports.scenarios.labels import STATUSES, UNITS

_MONTHS = 12


class NotExplained(LookupError):
    """No such figure, or one that no worker stands behind."""


@dataclass(frozen=True)
class Year:
    """A figure in a year.

    `months` are the first to the last month (year x 12 + month - 1) with the text of each; they sum
    to `total`, of FTE their mean (`mean`).
    """

    title: str
    months: tuple[tuple[int, str], ...]
    total: str
    mean: bool


def year_of(found: Comparison, side: int, code: str, year: int) -> Year:
    """A figure of a side in a year of the horizon.

    Raises:
        NotExplained: there is no such figure, or it counts posts asked, or a choice is missing.
        IndexError: there is no such side.
    """
    one = compared(found).get(code)
    if one is None or one.is_asked or (side and found.outcomes[side - 1].scenario.unchosen):
        raise NotExplained(code)
    at = year - found.base.horizon.first
    value = one.sides[side].values[at]
    figure = found.outcomes[max(side, 1) - 1].figure(code)
    monthly = (figure.scenario if side else figure.baseline)[at * _MONTHS : (at + 1) * _MONTHS]
    is_euros = one.unit == EUR
    whole = written(value.amount, one.unit)
    amount = eur(value.amount) if is_euros else f"{whole}{NO_BREAK}{UNITS[one.unit]}"
    title = _("%(figure)s, %(year)s : %(amount)s")
    if value.doubt != "confirmed":
        title = _("%(figure)s, %(year)s : %(amount)s (%(doubt)s)")
    return Year(
        title
        % {
            "figure": one.label,
            "year": year,
            "amount": amount,
            "doubt": STATUSES[value.doubt],
        },
        tuple(
            (year * _MONTHS + place, written(month, one.unit))
            for place, month in enumerate(monthly.tolist())
        ),
        whole,
        mean=not is_euros,
    )
