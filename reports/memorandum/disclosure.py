"""Disclosure control: which cells must be hidden so that no service can be recognised.

A cell is a sum of atoms, each owned by one employer. It is hidden when it rests on fewer than four
employers, or when one of them brings more than 80 % of its absolute value. Then others are hidden
until nothing that is shown gives a hidden cell back:

- along a line (a total and its parts), what is hidden together must be safe itself, so that the
  difference that everybody can compute says nothing about one service;
- no hidden cell is enclosed by what is shown in an interval narrower than a fifth of it, as far as
  `intervals` finds;
- no hidden cell, and no smaller sum that the cells tell apart, is a linear combination of what is
  shown. That is decided by elimination modulo a prime, which may hide a cell too many, never one
  too few.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, TypeVar

from reports.memorandum.intervals import Reader

A = TypeVar("A", bound=Hashable)
FEWEST, MOST_SHARE = 4, Fraction(4, 5)
NOBODY = Reader()
_PRIME = 2**61 - 1
Sparse = dict[int, int]


@dataclass(frozen=True)
class Cell(Generic[A]):
    """A sum of atoms with their signs; cells of one group are hidden together."""

    key: str
    atoms: Mapping[A, int]
    group: str


@dataclass(frozen=True)
class Line:
    """A cell that is the sum of others."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Rule(Generic[A]):
    """Who owns each atom, and how much it brings: its absolute value, in any whole unit."""

    owner: Callable[[A], int]
    size: Callable[[A], int]

    def sizes(self, atoms: Iterable[A]) -> dict[int, int]:
        """What each employer brings."""
        found: dict[int, int] = defaultdict(int)
        for atom in atoms:
            found[self.owner(atom)] += self.size(atom)
        return found

    def is_sensitive(self, atoms: Iterable[A]) -> bool:
        """One to three employers bring something, or one brings more than 80 %."""
        return too_few(self.sizes(atoms))


def too_few(sizes: Mapping[int, int]) -> bool:
    """Whether what each employer brings would single one out."""
    bring = [size for size in sizes.values() if size]
    few = 0 < len(bring) < FEWEST
    return few or (bool(bring) and max(bring) > MOST_SHARE * sum(bring))


def hidden_cells(
    cells: Sequence[Cell[A]], lines: Sequence[Line], rule: Rule[A], reader: Reader = NOBODY
) -> tuple[frozenset[str], frozenset[str]]:
    """The cells hidden for themselves, and those hidden to protect them."""
    table = _Table(cells, lines, rule)
    table.hide({cell.key for cell in cells if rule.is_sensitive(cell.atoms)})
    primary = frozenset(table.hidden)
    while (
        table.protect_lines()
        or table.protect_sums(primary)
        or table.settle(primary)
        or table.protect_bounds(primary, reader)
    ):
        pass
    return primary, frozenset(table.hidden) - primary


class _Table(Generic[A]):
    """The cells while they are being hidden."""

    def __init__(self, cells: Sequence[Cell[A]], lines: Sequence[Line], rule: Rule[A]) -> None:
        self.cells = {cell.key: cell for cell in cells if cell.atoms}
        self.lines = lines
        self.hidden: set[str] = set()
        self._shown_again: set[str] = set()
        self._groups: dict[str, list[str]] = defaultdict(list)
        for cell in cells:
            self._groups[cell.group].append(cell.key)
        self._sizes = {key: rule.sizes(cell.atoms) for key, cell in self.cells.items()}
        self._size = {key: sum(sizes.values()) for key, sizes in self._sizes.items()}
        classes = _classes(self.cells.values())
        self._vectors = {key: _vector(cell.atoms, classes) for key, cell in self.cells.items()}
        self._small_sums = list(_small_sums(classes, rule))

    def hide(self, keys: Iterable[str]) -> None:
        for key in keys:
            self.hidden.update(self._group(key))

    def shown(self, keys: Iterable[str]) -> list[str]:
        return [key for key in keys if key not in self.hidden and key in self.cells]

    def smallest(self, keys: Iterable[str]) -> str:
        """The one that brings least; the first by name among equals."""
        return min(keys, key=lambda key: (self._size[key], key))

    def protect_lines(self) -> bool:
        """Hide one more cell of each line whose hidden parts are sensitive together."""
        before = len(self.hidden)
        for line in self.lines:
            if line.total not in self.hidden and self._is_open(line):
                candidates = self.shown(line.parts)
                self.hide([self.smallest(candidates) if candidates else line.total])
        return len(self.hidden) > before

    def _is_open(self, line: Line) -> bool:
        together: dict[int, int] = defaultdict(int)
        for key in line.parts:
            if key in self.hidden and key in self.cells:
                for owner, size in self._sizes[key].items():
                    together[owner] += size
        return too_few(together)

    def protect_sums(self, primary: frozenset[str]) -> bool:
        """Hide the smallest cell of each combination that gives a protected sum back."""
        before = len(self.hidden)
        basis = self._basis()
        protected = [self._vectors[key] for key in sorted(primary) if key in self.cells]
        for target in (*protected, *self._small_sums):
            used = basis.combination(target)
            if used and not used & self.hidden:
                self.hide([self.smallest(used)])
        return len(self.hidden) > before

    def protect_bounds(self, primary: frozenset[str], reader: Reader) -> bool:
        """Hide the smallest cell beside each that had to be hidden and is enclosed too closely."""
        before = len(self.hidden)
        bounds = reader.bounds(self.hidden | (reader.values.keys() - self.cells.keys()))
        for key in sorted(primary & reader.values.keys() & self.cells.keys()):
            if bounds[key].is_narrow(reader.values[key]):
                candidates = reader.beside(key, self.shown(self.cells))
                self.hide([self.smallest(candidates)] if candidates else [])
        return len(self.hidden) > before

    def settle(self, primary: frozenset[str]) -> bool:
        """Show again the cells hidden for others that what is shown gives back anyway.

        That tells nothing more. A cell that had to be hidden once more is protected instead.
        """
        basis = self._basis()
        implied = {
            key: used
            for key in sorted(self.hidden & self.cells.keys() - primary)
            if (used := basis.combination(self._vectors[key]))
        }
        again = {
            key
            for key in implied
            if key not in self._shown_again and implied.keys() >= set(self._group(key))
        }
        self.hidden -= again
        self._shown_again |= again
        for used in () if again else list(implied.values())[:1]:
            self.hide([self.smallest(used)])
        return bool(implied)

    def _group(self, key: str) -> list[str]:
        return self._groups[self.cells[key].group]

    def _basis(self) -> "_Basis":
        basis = _Basis()
        for key in sorted(self.shown(self.cells), key=lambda key: (len(self._vectors[key]), key)):
            basis.add(key, self._vectors[key])
        return basis


def _small_sums(classes: Mapping[A, int], rule: Rule[A]) -> Iterator[Sparse]:
    """The sums that the cells tell apart and that are sensitive themselves."""
    members: dict[int, list[A]] = defaultdict(list)
    for atom, number in classes.items():
        members[number].append(atom)
    for number, atoms in members.items():
        if rule.is_sensitive(atoms):
            yield {number: 1}


def _classes(cells: Iterable[Cell[A]]) -> dict[A, int]:
    """Number of the class of each atom: those that stand in the same cells are never told apart."""
    signatures: dict[A, list[tuple[int, int]]] = defaultdict(list)
    for place, cell in enumerate(cells):
        for atom, sign in cell.atoms.items():
            signatures[atom].append((place, sign))
    numbers: dict[tuple[tuple[int, int], ...], int] = {}
    return {
        atom: numbers.setdefault(tuple(signature), len(numbers))
        for atom, signature in signatures.items()
    }


def _vector(atoms: Mapping[A, int], classes: Mapping[A, int]) -> Sparse:
    return {classes[atom]: sign for atom, sign in atoms.items()}


@dataclass
class _Row:
    """A vector whose pivot is 1, and the cells that it combines."""

    pivot: int
    vector: Sparse
    cells: frozenset[str]


@dataclass
class _Basis:
    """The sums that the cells shown give, each with its own pivot."""

    rows: dict[int, _Row] = field(default_factory=dict)

    def add(self, key: str, vector: Sparse) -> None:
        rest, used = self._reduced(vector)
        if rest:
            pivot = min(rest)
            inverse = pow(rest[pivot], -1, _PRIME)
            scaled = {place: value * inverse % _PRIME for place, value in rest.items()}
            self.rows[pivot] = _Row(pivot, scaled, used | {key})

    def combination(self, target: Sparse) -> frozenset[str]:
        """Cells whose combination is the target; empty when there is none."""
        rest, used = self._reduced(target)
        return frozenset() if rest else used

    def _reduced(self, vector: Sparse) -> tuple[Sparse, frozenset[str]]:
        rest, used = dict(vector), set[str]()
        todo = [place for place in rest if place in self.rows]
        while todo:
            row = self.rows[todo.pop()]
            factor = rest.get(row.pivot, 0)
            if not factor:
                continue
            used |= row.cells
            for place, value in row.vector.items():
                left = (rest.get(place, 0) - factor * value) % _PRIME
                if left:
                    rest[place] = left
                    if place != row.pivot and place in self.rows:
                        todo.append(place)
                else:
                    rest.pop(place, None)
        return rest, frozenset(used)
