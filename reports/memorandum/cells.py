"""One figure before disclosure control: its atoms, and how many services it rests on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from backoffice.engine.figures import worst
from reports.memorandum.measures import Measure
from reports.memorandum.observed import Atom, Observed
from reports.memorandum.services import Service

Whose = Callable[[str], bool]


def everyone(_whose: str) -> bool:
    """Every funder, event or pair."""
    return True


@dataclass(frozen=True)
class Pick:
    """Which atoms a cell sums: services, functions (None: all) and `whose`."""

    services: Sequence[Service]
    functions: frozenset[str] | None = None
    whose: Whose = everyone


@dataclass(frozen=True)
class Figure:
    """One cell with its exact value, None when no service in scope is known.

    `atoms` are those that are not zero: what adds nothing tells nothing of anybody. `scope` counts
    the services that the measure concerns, `known` those whose number is known.
    """

    key: str
    measure: Measure
    atoms: Mapping[Atom, int]
    value: Fraction | None
    scope: int
    known: int
    status: str


class Counter:
    """Makes figures from what was observed."""

    def __init__(self, seen: Observed) -> None:
        self._seen = seen

    def figure(self, key: str, measure: Measure, pick: Pick) -> Figure:
        """The sum of a measure over the services where every term of it is known."""
        atoms: dict[Atom, int] = {}
        value = Fraction(0)
        scope = known = 0
        status = "confirmed"
        for service in (one.index for one in pick.services):
            terms = self._terms(service, measure, pick.whose)
            functions = self._functions(terms, pick.functions) if terms else frozenset()
            scope += bool(terms)
            known += bool(functions)
            for sign, base, whose, _known in terms if functions else ():
                status = worst(status, self._seen.status(service, base))
                for function, amount in self._seen.amounts(base, service, whose).items():
                    if function in functions:
                        atoms[Atom(service, base, function, whose)] = sign
                        value += sign * amount
        return Figure(key, measure, atoms, value if known else None, scope, known, status)

    def _terms(
        self, service: int, measure: Measure, whose: Whose
    ) -> list[tuple[int, str, str, frozenset[str]]]:
        """Sign, base, whose and known functions of each term that concerns a service.

        A service that the first term does not concern is out of scope.
        """
        found = [
            (sign, base, name, known)
            for sign, base in measure.terms
            for name, known in self._seen.of(base, service).items()
            if whose(name) or (not name and base in _WHOLE)
        ]
        first = measure.terms[0][1] if measure.terms else ""
        return found if any(base == first for _sign, base, _name, _known in found) else []

    @staticmethod
    def _functions(
        terms: list[tuple[int, str, str, frozenset[str]]], asked: frozenset[str] | None
    ) -> frozenset[str]:
        common = frozenset.intersection(*(known for _sign, _base, _name, known in terms))
        return common if asked is None else common & asked


_WHOLE = frozenset({"cost", "shared"})
