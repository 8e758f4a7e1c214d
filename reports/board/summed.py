"""The table and the winners of several services, from sums in which small cells are hidden."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from backoffice.engine import money
from reports.board.gains import Gain
from reports.board.yearly import (
    HIDDEN,
    OTHERS,
    Compared,
    Side,
    Value,
    in_all,
    none_asked,
)
from reports.scenarios.aggregates.view import Aggregate, Aggregated
from reports.scenarios.comparing import EVERYONE
from reports.scenarios.figures import DOUBTS, EUR, FTE

_MONTHS = 12
_FUNDED = "funded"


def summed_table(scenarios: Sequence[Aggregated]) -> dict[str, Compared]:
    """Every figure by its code; the funders hidden on a side are gathered under one name."""
    codes = dict.fromkeys(one.code for found in scenarios for one in found.figures)
    table = {code: _compared(scenarios, code) for code in codes}
    parts = [one for code, one in table.items() if code.startswith(f"{_FUNDED}.")]
    shown = [one for one in parts if not one.is_hidden]
    kept = {code: one for code, one in table.items() if one not in parts or not one.is_hidden}
    if len(shown) < len(parts) and _FUNDED in table and not table[_FUNDED].is_hidden:
        others = _left(table[_FUNDED], shown)
        kept[others.code] = others
    return kept


def _compared(scenarios: Sequence[Aggregated], code: str) -> Compared:
    held = [next((one for one in found.figures if one.code == code), None) for found in scenarios]
    first = next(one for one in held if one is not None)
    sides = [Side(0, *in_all(first.unit, tuple(_today(first))))]
    sides += [
        Side(place, *in_all(first.unit, tuple(_values(one) if one else _unmoved(first))))
        for place, one in enumerate(held, 1)
    ]
    absent = {0, *(place for place, one in enumerate(held, 1) if one is None)}
    return none_asked(Compared(code, first.unit, tuple(sides)), absent)


def _today(one: Aggregate) -> Iterator[Value]:
    for amount, status in zip(one.baseline, one.status, strict=True):
        yield _value(one.unit, amount, None, status)


def _unmoved(one: Aggregate) -> Iterator[Value]:
    """What a scenario that does not have the figure leaves as it is."""
    for amount, status in zip(one.baseline, one.status, strict=True):
        yield _value(one.unit, amount, 0, status)


def _values(one: Aggregate) -> Iterator[Value]:
    for amount, delta, status in zip(one.scenario, one.delta, one.status, strict=True):
        yield _value(one.unit, amount, delta, status)


def _value(unit: str, amount: int | None, delta: int | None, status: int) -> Value:
    if amount is None:
        return Value(0, None, HIDDEN)
    if unit == FTE:
        amount = money.round_ratio(amount, _MONTHS)
        delta = None if delta is None else money.round_ratio(delta, _MONTHS)
    return Value(amount, delta, DOUBTS[status])


def _left(whole: Compared, parts: Sequence[Compared]) -> Compared:
    """What the whole has beyond the parts that are shown: anybody can take the difference."""
    sides = []
    for place, side in enumerate(whole.sides):
        values = tuple(
            _beyond(value, [one.sides[place].values[year] for one in parts])
            for year, value in enumerate(side.values)
        )
        sides.append(Side(place, *in_all(EUR, values)))
    return Compared(f"{_FUNDED}.{OTHERS}", EUR, tuple(sides))


def _beyond(whole: Value, parts: Sequence[Value]) -> Value:
    amount = whole.amount - sum(one.amount for one in parts)
    if whole.delta is None:
        return Value(amount, None, whole.doubt)
    return Value(amount, whole.delta - sum(one.delta or 0 for one in parts), whole.doubt)


def summed_gains(by_type: Mapping[str, Aggregated]) -> Iterator[Gain]:
    """How much more own funds each type of service bears, then all."""
    for kind, found in sorted(by_type.items(), key=lambda one: (one[0] == EVERYONE, one[0])):
        own = next((one for one in found.figures if one.code == "own_funds"), None)
        if own is not None:
            name = _("Tous les services") if kind == EVERYONE else kind or _("Sans agrément")
            known = [one for one in own.delta if one is not None]
            yield Gain(name, tuple(known) if len(known) == len(own.delta) else None)
