"""Days of each exercise on which a scheme pays or asks for something, read from its file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from backoffice.engine.periods import first_business_day_after
from backoffice.figures.loader import exact

_EVERY_MONTH = "*"
_MONTHS = 12


@dataclass(frozen=True)
class YearRule:
    """A day of each exercise: month and day, `years` after the exercise; applies by exercise.

    `share` is the part of the year's amount, as an exact fraction. `business_day_after` moves the
    day to the first business day strictly after it. `fund` limits it to the awards of one fund.
    """

    kind: str
    label: Mapping[str, str]
    years: int
    month: int
    day: int
    first: int | None
    last: int | None
    share: Fraction | None
    consequence: Mapping[str, str] | None
    source: str
    status: str
    fund: str | None = None
    business_day_after: bool = False

    def on(self, year: int) -> date | None:
        """The day for one exercise, None when the rule does not cover it."""
        if (self.first and year < self.first) or (self.last and year > self.last):
            return None
        day = date(year + self.years, self.month, self.day)
        return first_business_day_after(day) if self.business_day_after else day


def year_rules(table: Mapping[str, Any]) -> Iterator[YearRule]:
    """The rule of one table of a file, or its twelve rules where `day` is "*-25" (every month).

    Raises:
        ValueError: the day or the share cannot be read.
        KeyError: a key is absent.
    """
    month, _, day = table["day"].partition("-")
    if month != _EVERY_MONTH:
        yield _rule(table, int(month), int(day), table["label"])
        return
    for number in range(1, _MONTHS + 1):
        label = {lang: f"{words} {number}/{_MONTHS}" for lang, words in table["label"].items()}
        yield _rule(table, number, int(day), label)


def _rule(table: Mapping[str, Any], month: int, day: int, label: Mapping[str, str]) -> YearRule:
    return YearRule(
        kind=table["kind"],
        label=label,
        years=table.get("years", 1),
        month=month,
        day=day,
        first=table.get("first"),
        last=table.get("last"),
        share=exact(table["share"])[0] if "share" in table else None,
        consequence=table.get("consequence"),
        source=table["source"],
        status=table["status"],
        fund=table.get("fund"),
        business_day_after=table.get("business_day_after", False),
    )
