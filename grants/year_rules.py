"""Days of each exercise on which a scheme pays or asks for something, read from its file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from backoffice.engine.periods import (
    Period,
    add_months,
    end_of_month,
    first_business_day_after,
    year_period,
)
from backoffice.engine.stakes import EFFECTS
from backoffice.figures.places import within
from backoffice.figures.reading import exact
from grants.terms import TERMS, TermKind, read_day

FUNDERS_DUTIES = frozenset(("balance", "result"))
"""The kinds of deadlines that bind the funder: it pays, or tells its result, by that day."""

_EVERY_MONTH = "*"
_MONTHS = 12
_QUARTERS = (1, 2, 3, 4)
_SEMESTERS = {"semester_1": 6, "semester_2": 12}
_COUNTED = frozenset(("end", "exercise_end", "notified_on", *_SEMESTERS))


@dataclass(frozen=True)
class Moment:
    """What the day of a rule may count from: the days of an award, and those its terms name.

    `exercise` holds the days of the year that the award covers; `texts` its terms in words. What
    counts from the notification belongs to the first exercise, from the end to the last one.
    """

    exercise: Period
    starts_on: date
    ends_on: date | None = None
    notified_on: date | None = None
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of_year(cls, year: int) -> "Moment":
        """A whole civil year without anything else known."""
        return cls(year_period(year), date(year, 1, 1))

    def day(self, name: str, year: int) -> date | None:
        """The day that a rule counts from, None while it is not known or not in this exercise."""
        if name in _SEMESTERS:
            return end_of_month(date(year, _SEMESTERS[name], 1))
        if name == "exercise_end":
            return self.exercise.stop - timedelta(days=1)
        if name == "end":
            return self.ends_on if self.ends_on and self.ends_on.year == year else None
        if name == "notified_on":
            return self.notified_on if self.starts_on.year == year else None
        written = self.texts.get(name)
        return None if written is None else read_day(written)


@dataclass(frozen=True)
class YearRule:
    """A day of each exercise, on which the funder pays a share or asks for something.

    The day is `month` and `day`, `years` after the exercise; or, where `after` names a day
    ("end" of the award, "exercise_end", "semester_1", "notified_on", or a term of kind day),
    `months` and `days` after it, at the end of that month when `end_of_month`.
    `business_day_after` moves it to the first business day strictly after it.

    `first` and `last` bound the exercises; `fund` limits the rule to the awards of one fund,
    `reading` to those that follow one reading of an ambiguous law, `above` and `up_to` (EUR, the
    second included) to those of some amount. `share` is the part of the year's amount, exact;
    instead of it, the advance of a `quarter` (1 to 4) follows a `rate` of its own (short name of a
    figure in EUR per FTE and year), and `rest` is the settlement: the amount less those advances.
    `effect` is what a missed day costs (`engine/stakes.py`); a consequence without an effect is
    told in words only. A stop of advances bears on those due from `effect_from` on.
    """

    kind: str
    label: Mapping[str, str]
    source: str
    status: str
    years: int = 1
    month: int | None = None
    day: int | None = None
    after: str = ""
    months: int = 0
    days: int = 0
    end_of_month: bool = False
    business_day_after: bool = False
    first: int | None = None
    last: int | None = None
    fund: str | None = None
    reading: str | None = None
    above: Fraction | None = None
    up_to: Fraction | None = None
    share: Fraction | None = None
    quarter: int | None = None
    rate: str = ""
    rest: bool = False
    consequence: Mapping[str, str] | None = None
    effect: str = ""
    effect_from: str = ""

    def on(self, year: int, moment: Moment | None = None) -> date | None:
        """The day for one exercise, None where the rule does not cover it or no day is known."""
        if not self.covers(year):
            return None
        day = self._day(year, moment or Moment.of_year(year))
        if day is None:
            return None
        return first_business_day_after(day) if self.business_day_after else day

    def covers(self, year: int) -> bool:
        """Whether the rule holds for an exercise."""
        return (self.first or year) <= year <= (self.last or year)

    def awaits(self, year: int, moment: Moment) -> bool:
        """Whether its day will be known once somebody writes what it counts from.

        That is a term of the letter, or the notification of an award in its first exercise.
        """
        if not self.covers(year) or self.on(year, moment) is not None:
            return False
        return self.after in TERMS or (
            self.after == "notified_on" and moment.starts_on.year == year
        )

    def stops_from(self, year: int) -> date | None:
        """First day from which a miss stops the advances of an exercise."""
        if self.effect != "stop_advances":
            return None
        month, _, day = self.effect_from.partition("-")
        return date(year, int(month), int(day))

    def concerns(self, granted: Fraction | None) -> bool:
        """Whether an award of this amount (EUR, None: unknown) follows the rule."""
        if granted is None:
            return self.above is None and self.up_to is None
        return (self.above is None or granted > self.above) and (
            self.up_to is None or granted <= self.up_to
        )

    def _day(self, year: int, moment: Moment) -> date | None:
        if not self.after:
            assert self.month is not None  # noqa: S101 - a rule has a day or counts from one
            assert self.day is not None  # noqa: S101
            return date(year + self.years, self.month, self.day)
        start = moment.day(self.after, year)
        if start is None:
            return None
        moved = add_months(start, self.months) + timedelta(days=self.days)
        return end_of_month(moved) if self.end_of_month else moved


def year_rules(table: Mapping[str, Any]) -> Iterator[YearRule]:
    """The rule of one table of a file, or its twelve rules where `day` is "*-25" (every month).

    Raises:
        ValueError: the day, the share, the effect or what it counts from cannot be read.
        KeyError: a key is absent.
        TypeError: an unknown key.
    """
    kept = dict(table)
    _check(kept)
    for name in ("share", "above", "up_to"):
        if name in kept:
            with within(name):
                kept[name] = exact(kept[name])[0]
    month, _, day = kept.pop("day", "").partition("-")
    if not month:
        yield YearRule(**kept)
    elif month != _EVERY_MONTH:
        with within("day"):
            date(2024, int(month), int(day))  # refused here rather than in the year of use
        yield YearRule(**kept, month=int(month), day=int(day))
    else:
        label = kept.pop("label")
        for number in range(1, _MONTHS + 1):
            each = {lang: f"{words} {number}/{_MONTHS}" for lang, words in label.items()}
            yield YearRule(**kept, label=each, month=number, day=int(day))


def _check(table: Mapping[str, Any]) -> None:
    after, effect = table.get("after", ""), table.get("effect", "")
    if bool(after) == ("day" in table):
        raise ValueError("une échéance a un jour (day), ou compte à partir d'un autre (after)")
    term = TERMS.get(after)
    if after and after not in _COUNTED and (term is None or term.kind is not TermKind.DAY):
        raise ValueError(f"« {after} » n'est pas un jour à partir duquel on compte")
    if (table.get("quarter") in _QUARTERS) != bool(table.get("rate")):
        raise ValueError("une avance à son propre taux dit son taux (rate) et son trimestre")
    if effect and effect not in EFFECTS:
        raise ValueError(f"effet inconnu : {effect}")
    if effect and not table.get("consequence"):
        raise ValueError("un effet se dit aussi en mots (consequence)")
    if (effect == "stop_advances") != bool(table.get("effect_from")):
        raise ValueError(
            "effect_from dit à partir de quand les avances s'arrêtent, et rien d'autre"
        )
