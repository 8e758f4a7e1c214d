"""The hours of a month: worked, paid absences and unpaid ones, day by day from Monday to Friday."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from backoffice.engine.periods import Period, is_business_day, month_period
from reports.demo.careers import Line, Worker

_SATURDAY = 5
_WEEK = 5
_LEAVE = {4: range(2, 9), 12: range(26, 32)}
_SUMMERS = ({8: range(8, 22)}, {7: range(8, 22)})


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


@cache
def month_hours(worker: Worker, month: int) -> Hours:
    """All contractual hours of a worker in a month; zero when no contract line touches it."""
    return sum((line_hours(worker, line, month) for line in worker.lines), Hours())


@cache
def line_hours(worker: Worker, line: Line, month: int) -> Hours:
    """The part under one contract line: a fifth of the weekly hours on each working day."""
    common = line_days(line, month)
    total = Hours()
    for offset in range(common.days):
        day = common.start + timedelta(days=offset)
        if day.weekday() < _SATURDAY:
            total += _day(worker, day, _hours_of(line, day))
    return total


def line_days(line: Line, month: int) -> Period:
    """The days of a month under a contract line; an empty period when there is none."""
    return Period.inclusive(line.starts_on, line.ends_on).overlap(month_period(month))


def _hours_of(line: Line, day: date) -> int:
    """Whole hundredths whose five days make exactly the week."""
    rank = day.weekday()
    return line.weekly * (rank + 1) // _WEEK - line.weekly * rank // _WEEK


def _day(worker: Worker, day: date, hours: int) -> Hours:
    if worker.sickness and worker.sickness.unpaid.contains(day):
        return Hours(unpaid=hours)
    if worker.sickness and worker.sickness.guaranteed.contains(day):
        return Hours(assimilated=hours)
    if not is_business_day(day) or _on_leave(worker.number, day):
        return Hours(assimilated=hours)
    return Hours(paid=hours)


def _on_leave(worker: str, day: date) -> bool:
    summer = _SUMMERS[int(worker[1:]) % 2]
    return day.day in summer.get(day.month, _LEAVE.get(day.month, ()))
