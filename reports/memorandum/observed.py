"""What is known of each service: one exact number per measure, function and funder, or nothing.

A number that nobody knows is absent, never 0; a service that a measure does not concern (no award
of a funder) is not in its scope.
"""

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from backoffice.engine.figures import worst
from backoffice.federation.vocabulary import Function

NO_FUNCTION = ""
NO_FUNCTIONS = frozenset({NO_FUNCTION})
PUBLIC = frozenset({"norm", "target"})
"""Base measures that anybody computes from published texts and the list of services."""
ALL_FUNCTIONS = frozenset(Function.values)


class Atom(NamedTuple):
    """The smallest number: of one service, for a base measure, a function and a `whose`.

    `whose` is a funder, an event and a funder, or two funders, as the measure says; else empty.
    """

    service: int
    base: str
    function: str
    whose: str


class Observed:
    """Every atom, and who is concerned and known by base measure."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, int, str], dict[str, Fraction]] = {}
        self._known: dict[tuple[str, int], dict[str, frozenset[str]]] = {}
        self._statuses: dict[tuple[str, int], str] = {}
        self.late_days: dict[str, list[int]] = {}
        self.used: dict[str, dict[str, None]] = {}

    def say(
        self,
        service: int,
        base: str,
        amounts: Mapping[str, Fraction | int],
        whose: str = "",
        functions: Collection[str] = ALL_FUNCTIONS,
    ) -> None:
        """What is known of a service, by function; a function that is known and absent is zero."""
        self._known.setdefault((base, service), {})[whose] = frozenset(functions)
        mine = {function: Fraction(amount) for function, amount in amounts.items() if amount}
        self._values[base, service, whose] = mine
        self.used.setdefault(base, {}).update(dict.fromkeys(mine))

    def unknown(self, service: int, base: str, whose: str = "") -> None:
        """The measure concerns the service, and nobody knows its number."""
        self._known.setdefault((base, service), {})[whose] = frozenset()

    def rests_on(self, service: int, base: str, *statuses: str) -> None:
        """How sure the figures are that a number rests on."""
        past = self._statuses.get((base, service), "confirmed")
        self._statuses[base, service] = worst(past, *statuses)

    def status(self, service: int, base: str) -> str:
        return self._statuses.get((base, service), "confirmed")

    def amounts(self, base: str, service: int, whose: str) -> Mapping[str, Fraction]:
        """What is not zero, by function."""
        return self._values.get((base, service, whose), {})

    def value(self, atom: Atom) -> Fraction:
        return self.amounts(atom.base, atom.service, atom.whose).get(atom.function, Fraction(0))

    def of(self, base: str, service: int) -> Mapping[str, frozenset[str]]:
        """The functions known of a service, by `whose`; empty when it is not concerned."""
        return self._known.get((base, service), {})

    def names(self, base: str) -> tuple[str, ...]:
        """Every `whose` of a base measure, in order of text."""
        pairs = (found for (one, _service), found in self._known.items() if one == base)
        return tuple(sorted({name for found in pairs for name in found}))

    def complete(self, base: str) -> bool:
        """Whether every service that a base measure concerns is known, whoever pays."""
        found = (known for (one, _service), known in self._known.items() if one == base)
        return all(functions for known in found for functions in known.values())

    def functions(self, bases: Iterable[str]) -> tuple[str, ...]:
        """The functions that carry a number in some base measures, in the order of the list."""
        found = {name for base in bases for name in self.used.get(base, {})}
        return tuple(one for one in Function.values if one in found)
