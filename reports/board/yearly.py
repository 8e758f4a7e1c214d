"""A comparison by civil year: every figure, today and under each scenario, with what it rests on.

Amounts are cents, FTE ten-thousandths of an FTE-year. `missing` says that a part is unknown: what
is shown is then what is known of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from backoffice.engine import money
from reports.board.hiding import hidden_figures, is_alone
from reports.scenarios.comparing import Comparison
from reports.scenarios.figures import DOUBTS, EUR, FTE, Figure
from reports.scenarios.labels import figure_label

MISSING, OTHERS = "missing", "others"
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
        """The amount; None where a part of it is unknown."""
        return None if self.doubt == MISSING else self.amount


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
            value.amount or value.doubt == MISSING for side in self.sides for value in side.values
        )


def others_name() -> str:
    """The funders that are not told apart."""
    return _("autres pouvoirs, regroupés")


def years_of(found: Comparison) -> tuple[int, ...]:
    """The civil years compared."""
    horizon = found.base.horizon
    return tuple(range(horizon.first, horizon.last + 1))


def compared(found: Comparison) -> dict[str, Compared]:
    """Every figure by its code, in order, of a comparison that holds one scenario at least.

    Where several organisations are summed, what few funders or services would give away is gathered
    under one name.
    """
    codes = dict.fromkeys(one.code for outcome in found.outcomes for one in outcome.figures)
    table = {code: _compared(found, code) for code in codes}
    return table if is_alone(found) else _gathered(table, hidden_figures(found))


def _gathered(table: dict[str, Compared], hidden: frozenset[str]) -> dict[str, Compared]:
    """The table with the hidden funders of staff in one row; those of invoices are left out."""
    kept = {code: one for code, one in table.items() if code not in hidden}
    parts = [one for code, one in table.items() if code in hidden and code.startswith("funded.")]
    if parts:
        kept[f"funded.{OTHERS}"] = Compared(f"funded.{OTHERS}", EUR, tuple(_summed(parts)))
    return kept


def _summed(parts: Sequence[Compared]) -> Iterator[Side]:
    for sides in zip(*(one.sides for one in parts), strict=True):
        columns = zip(*(side.values for side in sides), strict=True)
        values = tuple(_sum(column) for column in columns)
        yield Side(sides[0].place, values, _sum([side.total for side in sides]))


def _sum(values: Sequence[Value]) -> Value:
    deltas = [value.delta for value in values if value.delta is not None]
    return Value(
        sum(value.amount for value in values),
        sum(deltas) if deltas else None,
        max((value.doubt for value in values), key=DOUBTS.index),
    )


def _compared(found: Comparison, code: str) -> Compared:
    held = [next((f for f in one.figures if f.code == code), None) for one in found.outcomes]
    first = next(one for one in held if one is not None)
    sides = [_side(0, first, scenario=False)]
    sides += [
        _side(place, first if one is None else one, scenario=one is not None)
        for place, one in enumerate(held, 1)
    ]
    return Compared(code, first.unit, tuple(sides))


def _side(place: int, figure: Figure, *, scenario: bool) -> Side:
    """A side of a figure; what a scenario does not ask is as it is today."""
    values = tuple(_values(figure, place, scenario=scenario))
    worst = max((value.doubt for value in values), key=DOUBTS.index, default=DOUBTS[0])
    delta = None if place == 0 else sum(value.delta or 0 for value in values)
    amount = sum(value.amount for value in values)
    if figure.unit == FTE:
        amount = _mean(amount, len(values))
        delta = None if delta is None else _mean(delta, len(values))
    return Side(place, values, Value(amount, delta, worst))


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
