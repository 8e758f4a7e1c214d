"""A comparison by civil year: every figure, today and under each scenario, with what it rests on.

Amounts are cents, FTE ten-thousandths of an FTE-year. `missing` says that a part is unknown: what
is shown is then what is known of it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from backoffice.engine import money
from reports.scenarios.comparing import Comparison
from reports.scenarios.figures import DOUBTS, FTE, Figure
from reports.scenarios.labels import figure_label

MISSING, HIDDEN, UNCHOSEN, OTHERS = "missing", "hidden", "unchosen", "others"
"""Unknown in part; too few services; a choice of the scenario is not made; funders gathered."""
_ORDER = (*DOUBTS, HIDDEN, UNCHOSEN)
_ASKED = frozenset({"asked", "asked_fte", "unpriced_fte"})
KEY = ("cost", "funded", "own_funds", "fte", "posts_at_risk")
"""What is compared first; the rest is by funder."""
_MONTHS = 12


@dataclass(frozen=True)
class Value:
    """An amount of a year, or of all; `delta` from today (None: today itself); its doubt."""

    amount: int
    delta: int | None
    doubt: str

    @property
    def known(self) -> int | None:
        """The amount; None where a part of it is unknown, hidden, or not calculated."""
        return None if self.doubt in {MISSING, HIDDEN, UNCHOSEN} else self.amount


@dataclass(frozen=True)
class Side:
    """Today (place 0) or a scenario (from 1), over the years and in all."""

    place: int
    values: tuple[Value, ...]
    total: Value


@dataclass(frozen=True)
class Compared:
    """One figure: today, then each scenario."""

    code: str
    unit: str
    sides: tuple[Side, ...]

    @property
    def label(self) -> str:
        """Its name, in the language in force."""
        if self.code.endswith(f".{OTHERS}"):
            return _("Subventions sur le personnel : %s") % others_name()
        return figure_label(self.code)

    @property
    def is_empty(self) -> bool:
        """Nothing to show: zero everywhere, and certain."""
        return not any(
            value.amount or value.doubt in {MISSING, HIDDEN}
            for side in self.sides
            for value in side.values
        )

    @property
    def is_hidden(self) -> bool:
        """Whether a side of it may not be read."""
        return any(side.total.doubt == HIDDEN for side in self.sides)

    @property
    def is_asked(self) -> bool:
        """Whether it is about posts asked, of which there are none today."""
        return self.code.partition(".")[0] in _ASKED

    @property
    def calculated(self) -> list[int]:
        """The places of its sides, without the scenarios that lack a choice."""
        return [side.place for side in self.sides if side.total.doubt != UNCHOSEN]


def others_name() -> str:
    """The funders that are not told apart."""
    return _("autres pouvoirs, regroupés")


def compared(found: Comparison) -> dict[str, Compared]:
    """Every figure of a service by its code, in order; the comparison holds a scenario at least."""
    codes = dict.fromkeys(one.code for outcome in found.outcomes for one in outcome.figures)
    return {code: _compared(found, code) for code in codes}


def without(table: Mapping[str, Compared], places: Collection[int]) -> dict[str, Compared]:
    """The table with nothing on the sides that are not calculated: not what stands today."""
    return {code: replace(one, sides=_without(one, places)) for code, one in table.items()}


def _without(one: Compared, places: Collection[int]) -> tuple[Side, ...]:
    nothing = Value(0, None, UNCHOSEN)
    return tuple(
        Side(side.place, (nothing,) * len(side.values), nothing) if side.place in places else side
        for side in one.sides
    )


def none_asked(one: Compared, places: Collection[int]) -> Compared:
    """The figure where a side asks no post: nothing is unknown there, whatever another asks."""
    if not one.is_asked:
        return one
    sides = tuple(_certain(side) if side.place in places else side for side in one.sides)
    return replace(one, sides=sides)


def _certain(side: Side) -> Side:
    def certain(value: Value) -> Value:
        return value if value.doubt == HIDDEN else replace(value, doubt=DOUBTS[0])

    return Side(side.place, tuple(map(certain, side.values)), certain(side.total))


def _compared(found: Comparison, code: str) -> Compared:
    held = [next((f for f in one.figures if f.code == code), None) for one in found.outcomes]
    first = next(one for one in held if one is not None)
    sides = [_side(0, first, scenario=False)]
    sides += [
        _side(place, first if one is None else one, scenario=one is not None)
        for place, one in enumerate(held, 1)
    ]
    absent = {0, *(place for place, one in enumerate(held, 1) if one is None)}
    return none_asked(Compared(code, first.unit, tuple(sides)), absent)


def _side(place: int, figure: Figure, *, scenario: bool) -> Side:
    """A side of a figure; what a scenario does not ask is as it is today."""
    values = tuple(_values(figure, place, scenario=scenario))
    return Side(place, *in_all(figure.unit, values))


def in_all(unit: str, values: tuple[Value, ...]) -> tuple[tuple[Value, ...], Value]:
    """The values of the years, and of all of them: their sum, of FTE their mean."""
    worst = max((value.doubt for value in values), key=_ORDER.index, default=DOUBTS[0])
    if worst == HIDDEN:
        return values, Value(0, None, HIDDEN)
    deltas = [value.delta for value in values if value.delta is not None]
    amount, delta = sum(value.amount for value in values), sum(deltas) if deltas else None
    if unit == FTE:
        amount = _mean(amount, len(values))
        delta = None if delta is None else _mean(delta, len(values))
    return values, Value(amount, delta, worst)


def _values(figure: Figure, place: int, *, scenario: bool) -> Iterator[Value]:
    years = figure.years
    for at in range(len(years.baseline)):
        before = int(years.baseline[at])
        after = int(years.scenario[at]) if scenario else before
        amounts = [after, after - before]
        if figure.unit == FTE:
            amounts = [money.round_ratio(one, _MONTHS) for one in amounts]
        delta = None if place == 0 else amounts[1]
        yield Value(amounts[0], delta, DOUBTS[int(years.status[at])])


def _mean(amount: int, years: int) -> int:
    """FTE of all the years together: their mean."""
    return money.round_ratio(amount, max(years, 1))
