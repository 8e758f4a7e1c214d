"""Days, months and business days: half-open periods and months counted from year 0.

A month is one integer, year x 12 + (month - 1), so that months subtract. A day in an array is
its proleptic ordinal (`date.toordinal`). Business days follow the Belgian public holidays.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

import holidays
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

OPEN_END = date.max
_ONE_DAY = timedelta(days=1)
_EPOCH_MONTH = 1970 * 12
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_SATURDAY = 5
MONTHS_OF_A_QUARTER = 3


class BackwardsPeriod(ValueError):
    """A period that ends before it starts."""


class OpenPeriod(ValueError):
    """A period without an end cannot be counted."""


class NotAMonth(ValueError):
    """The text is not a month written YYYY-MM."""


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` included to `stop` excluded; `stop` = date.max means no end."""

    start: date
    stop: date

    def __post_init__(self) -> None:
        if self.stop < self.start:
            raise BackwardsPeriod(f"La période finit le {self.stop}, avant son début {self.start}.")

    @classmethod
    def inclusive(cls, starts_on: date, ends_on: date | None) -> Self:
        """The period of a record whose last day counts; without last day it stays open.

        Raises:
            BackwardsPeriod: the last day is before the first.
        """
        if ends_on is None or ends_on == OPEN_END:
            return cls(starts_on, OPEN_END)
        if ends_on < starts_on:
            raise BackwardsPeriod(f"La période finit le {ends_on}, avant son début {starts_on}.")
        return cls(starts_on, ends_on + _ONE_DAY)

    @property
    def is_open(self) -> bool:
        return self.stop == OPEN_END

    @property
    def is_empty(self) -> bool:
        return self.start == self.stop

    @property
    def ends_on(self) -> date | None:
        """Last day included; None when the period is open."""
        return None if self.is_open else self.stop - _ONE_DAY

    @property
    def days(self) -> int:
        """Number of days.

        Raises:
            OpenPeriod: the period has no end.
        """
        self._must_end()
        return (self.stop - self.start).days

    def contains(self, day: date) -> bool:
        return self.start <= day and (day < self.stop or self.is_open)

    def overlap(self, other: "Period") -> "Period":
        """The common days; an empty period when there is none."""
        start = max(self.start, other.start)
        return Period(start, max(start, min(self.stop, other.stop)))

    def months(self) -> range:
        """Index of every month that the period touches.

        Raises:
            OpenPeriod: the period has no end.
        """
        self._must_end()
        first = month_index(self.start)
        return range(first, first if self.is_empty else month_index(self.stop - _ONE_DAY) + 1)

    def _must_end(self) -> None:
        if self.is_open:
            raise OpenPeriod(f"La période ouverte le {self.start} n'a pas de fin.")


def month_index(day: date) -> int:
    """The month of a day: year x 12 + (month - 1)."""
    return day.year * 12 + day.month - 1


def month_start(index: int) -> date:
    """First day of a month."""
    return date(index // 12, index % 12 + 1, 1)


def month_period(index: int) -> Period:
    """Every day of a month."""
    return Period(month_start(index), month_start(index + 1))


def days_in_month(index: int) -> int:
    """28 to 31."""
    return monthrange(index // 12, index % 12 + 1)[1]


def parse_month(text: str) -> int:
    """ "2025-12" to its index.

    Raises:
        NotAMonth: any other shape.
    """
    match = _MONTH.fullmatch(text.strip())
    if match is None or match[1] == "0000":
        raise NotAMonth(f"« {text} » n'est pas un mois écrit AAAA-MM.")
    return int(match[1]) * 12 + int(match[2]) - 1


def quarter_period(day: date) -> Period:
    """The quarter of the ONSS that a day belongs to: January, April, July or October and two on."""
    first = month_index(day) // MONTHS_OF_A_QUARTER * MONTHS_OF_A_QUARTER
    return Period(month_start(first), month_start(first + MONTHS_OF_A_QUARTER))


def quarter_text(day: date) -> str:
    """The quarter of a day, as people write it: 2024-T1."""
    return f"{day.year}-T{(day.month - 1) // MONTHS_OF_A_QUARTER + 1}"


def month_text(index: int) -> str:
    """Index to "2025-12"."""
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def year_period(year: int) -> Period:
    """Every day of a civil year."""
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def end_of_month(day: date) -> date:
    """Last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """Same day, `months` later (or earlier); the last day of the month where it does not exist."""
    index = month_index(day) + months
    return month_start(index).replace(day=min(day.day, days_in_month(index)))


def is_business_day(day: date) -> bool:
    """Neither a Saturday, a Sunday nor a Belgian public holiday."""
    return day.weekday() < _SATURDAY and day not in _public_holidays(day.year)


def next_business_day(day: date) -> date:
    """`day` itself when it is a business day, else the first one after it."""
    return _walk(day, lambda current: current + _ONE_DAY)


def first_business_day_after(day: date) -> date:
    """The first business day strictly after `day`."""
    return next_business_day(day + _ONE_DAY)


def last_business_day_before(day: date) -> date:
    """The last business day strictly before `day`."""
    return _walk(day - _ONE_DAY, lambda current: current - _ONE_DAY)


def overlap_days(starts: Ints, stops: Ints, months: Ints) -> Ints:
    """Days of each half-open period that fall in its row's month.

    Args:
        starts: day ordinals, included.
        stops: day ordinals, excluded.
        months: month indices; broadcast against the two others.

    Returns:
        0 to 31 per row.
    """
    first, last = month_ordinals(months), month_ordinals(months + 1)
    days: Ints = np.maximum(np.minimum(stops, last) - np.maximum(starts, first), 0)
    return days


def month_ordinals(months: Ints) -> Ints:
    """Day ordinal of the first day of each month index."""
    since_epoch = np.asarray(months, dtype=np.int64) - _EPOCH_MONTH
    days = since_epoch.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return np.asarray(days + _EPOCH_DAY, dtype=np.int64)


def _walk(day: date, step: Callable[[date], date]) -> date:
    while not is_business_day(day):
        day = step(day)
    return day


@lru_cache(maxsize=256)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("BE", years=year))
