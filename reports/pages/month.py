"""The deadlines of a month as a calendar: weeks of seven days, each with what is due on it."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backoffice.engine.periods import add_months
from backoffice.federation.fields import FIRST_DAY, LAST_DAY
from backoffice.federation.models import Organisation
from grants.agenda import Item, agenda
from reports.pages.deadlines import Row, row_of

_WEEKS = calendar.Calendar(calendar.MONDAY)


@dataclass(frozen=True)
class Day:
    """One square; `inside` is False for a day of the month before or after."""

    on: date
    inside: bool
    is_today: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Month:
    """A month, the ones before and after it (None at the ends of our time), and its weeks."""

    first: date
    before: date | None
    after: date | None
    weeks: tuple[tuple[Day, ...], ...]
    count: int
    following: date | None
    """The first day of the next month in which something is due."""


def month_of(written: str | None, today: date) -> date:
    """The first day of the month that an address names, YYYY-MM; today's for any other text."""
    try:
        first = date.fromisoformat(f"{written}-01")
    except ValueError:
        return today.replace(day=1)
    return first if FIRST_DAY <= first <= LAST_DAY else today.replace(day=1)


def month_page(organisations: Sequence[Organisation], first: date, today: date) -> Month:
    """What is due in a month; the queries do not grow with the rows.

    Args:
        organisations: whose deadlines.
        first: the first day of the month.
        today: the day looked from.
    """
    by_day: dict[date, list[Item]] = {}
    for item in agenda(organisations, today):
        if item.due.due_on is not None:
            by_day.setdefault(item.due.due_on, []).append(item)
    weeks = tuple(
        tuple(_day(on, first, today, by_day) for on in week)
        for week in _WEEKS.monthdatescalendar(first.year, first.month)
    )
    return Month(
        first=first,
        before=_within(add_months(first, -1)),
        after=_within(add_months(first, 1)),
        weeks=weeks,
        count=sum(len(day.rows) for week in weeks for day in week),
        following=min(
            (on.replace(day=1) for on in by_day if on >= add_months(first, 1)), default=None
        ),
    )


def _day(on: date, first: date, today: date, by_day: Mapping[date, Sequence[Item]]) -> Day:
    inside = on.month == first.month
    rows = tuple(row_of(item, today) for item in by_day.get(on, ())) if inside else ()
    return Day(on, inside, on == today, rows)


def _within(first: date) -> date | None:
    return first if FIRST_DAY <= first <= LAST_DAY else None
