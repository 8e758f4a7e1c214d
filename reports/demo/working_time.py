"""The hours of a month: worked, paid absences and unpaid ones, day by day from Monday to Friday."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from backoffice.engine.periods import Period, is_business_day, month_period
from reports.demo.contracts import Line, lines_of

_SATURDAY = 5
_WEEK = 5
_LEAVE = {4: range(2, 9), 12: range(26, 32)}
_SUMMERS = ({8: range(8, 22)}, {7: range(8, 22)})
SICK_WORKER = "W12"
GUARANTEED = Period(date(2024, 1, 29), date(2024, 2, 28))
UNPAID_SICKNESS = Period(date(2024, 2, 28), date(2024, 9, 30))


@dataclass(frozen=True)
class Hours:
    """Hundredths of hours of a month, or of the part of it under one contract line."""

    paid: int = 0
    assimilated: int = 0
    unpaid: int = 0

    @property
    def due(self) -> int:
        return self.paid + self.assimilated + self.unpaid

    @property
    def remunerated(self) -> int:
        return self.paid + self.assimilated

    def __add__(self, other: "Hours") -> "Hours":
        return Hours(
            self.paid + other.paid,
            self.assimilated + other.assimilated,
            self.unpaid + other.unpaid,
        )


def month_hours(worker: str, month: int) -> Hours:
    """All contractual hours of a worker in a month; zero when no contract line touches it."""
    return sum((line_hours(line, month) for line in lines_of(worker)), Hours())


@cache
def line_hours(line: Line, month: int) -> Hours:
    """The part under one contract line: a fifth of the weekly hours on each working day."""
    common = line_days(line, month)
    day_hours = line.weekly // _WEEK
    total = Hours()
    for offset in range(common.days):
        day = common.start + timedelta(days=offset)
        if day.weekday() < _SATURDAY:
            total += _day(line.worker, day, day_hours)
    return total


def line_days(line: Line, month: int) -> Period:
    """The days of a month under a contract line; an empty period when there is none."""
    return Period.inclusive(line.starts_on, line.ends_on).overlap(month_period(month))


def _day(worker: str, day: date, hours: int) -> Hours:
    if worker == SICK_WORKER and UNPAID_SICKNESS.contains(day):
        return Hours(unpaid=hours)
    if worker == SICK_WORKER and GUARANTEED.contains(day):
        return Hours(assimilated=hours)
    if not is_business_day(day) or _on_leave(worker, day):
        return Hours(assimilated=hours)
    return Hours(paid=hours)


def _on_leave(worker: str, day: date) -> bool:
    summer = _SUMMERS[int(worker[1:]) % 2]
    return day.day in summer.get(day.month, _LEAVE.get(day.month, ()))
