"""One figure before disclosure control: its atoms, and how many services it rests on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from backoffice.engine.figures import worst
from reports.memorandum.measures import Measure
from reports.memorandum.observed import ALL_FUNCTIONS, NO_FUNCTION, NO_FUNCTIONS, Atom, Observed
from reports.memorandum.services import Service

Whose = Callable[[str], bool]
Term = tuple[int, str, str, frozenset[str]]
"""Sign, base measure, whose, and the functions known."""
WHOLE = frozenset[str]()
"""Stands for every function among those that a gap compares."""


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
    the services that the measure concerns, `known` those whose number is known. `compared` holds
    the functions that a gap covers where one side knows more; one set for each way of services.
    """

    key: str
    measure: Measure
    atoms: Mapping[Atom, int]
    value: Fraction | None
    scope: int
    known: int
    status: str
    compared: frozenset[frozenset[str]]


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
        compared = set[frozenset[str]]()
        for service in (one.index for one in pick.services):
            terms = self._terms(service, measure, pick.whose)
            functions = _common(terms, pick.functions)
            scope += bool(terms)
            known += bool(functions)
            compared |= _compared(terms, functions, pick.functions)
            for sign, base, whose, _known in terms if functions else ():
                status = worst(status, self._seen.status(service, base))
                for function, amount in self._seen.amounts(base, service, whose).items():
                    if function in functions:
                        atoms[Atom(service, base, function, whose)] = sign
                        value += sign * amount
        said = frozenset(compared - {WHOLE} and compared)
        return Figure(key, measure, atoms, value if known else None, scope, known, status, said)

    def _terms(self, service: int, measure: Measure, whose: Whose) -> list[Term]:
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


def _common(terms: list[Term], asked: frozenset[str] | None) -> frozenset[str]:
    """The functions that every term knows; a total without functions is compared with totals."""
    if not terms:
        return frozenset()
    known = {one for _sign, _base, _name, one in terms}
    if asked is None and known == {ALL_FUNCTIONS, NO_FUNCTIONS}:
        return ALL_FUNCTIONS | {NO_FUNCTION}
    common = frozenset.intersection(*known)
    return common if asked is None else common & asked


def _compared(
    terms: list[Term], functions: frozenset[str], asked: frozenset[str] | None
) -> set[frozenset[str]]:
    """The functions that a figure covers, WHOLE where no term knows more; none where unknown."""
    if not functions:
        return set()
    more = asked is None and any(known - functions for _sign, _base, _name, known in terms)
    return {functions if more else WHOLE}


_WHOLE = frozenset({"cost", "shared"})
