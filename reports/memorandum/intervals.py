"""How closely the cells that are shown enclose one that is hidden.

Sums of cells that a reader knows, and what is never negative, bound a hidden cell from below and
from above. Each sum bounds each of its cells by the bounds of the others, again and again until no
bound moves by a thousandth of the cell. This finds what one sum after the other gives; it is not a
linear programme, which may enclose a cell more closely by weighing several sums at once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

NARROWEST = Fraction(1, 5)
_STILL = 1000
Sum = Mapping[str, int]


@dataclass(frozen=True)
class Bounds:
    """What is known of a value: None where nothing bounds it on that side."""

    least: int | None
    most: int | None

    def is_narrow(self, value: int) -> bool:
        """Both sides are closer to each other than a fifth of the value."""
        if self.least is None or self.most is None:
            return False
        return self.most - self.least < NARROWEST * abs(value)


@dataclass(frozen=True)
class Reader:
    """What a reader knows besides the cells: values are in any whole unit.

    Attributes:
        values: of every cell, hidden ones too; a cell that nobody prints, as the difference of two,
            is one that is always hidden.
        sums: combinations of cells, each with its sign, that are zero.
        positive: cells that are never negative.
    """

    values: Mapping[str, int] = field(default_factory=dict)
    sums: Sequence[Sum] = ()
    positive: frozenset[str] = frozenset()

    def bounds(self, hidden: Collection[str]) -> dict[str, Bounds]:
        """What the cells shown say of each hidden one."""
        found = {key: Bounds(0 if key in self.positive else None, None) for key in hidden}
        places: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.sums):
            for key in one.keys() & found.keys():
                places[key].append(place)
        todo = dict.fromkeys(range(len(self.sums)))
        while todo:
            place = next(iter(todo))
            del todo[place]
            for key in self._tightened(self.sums[place], found):
                todo.update(dict.fromkeys(places[key]))
        return found

    def beside(self, key: str, shown: Collection[str]) -> set[str]:
        """The cells shown in the sums nearest to a cell that have one."""
        seen, near = set[str](), {key}
        while near - seen:
            seen |= near
            near = {one for found in self.sums if found.keys() & seen for one in found}
            if near & set(shown):
                return near & set(shown)
        return set()

    def _tightened(self, one: Sum, found: dict[str, Bounds]) -> Iterator[str]:
        ends = {key: self._ends(key, sign, found) for key, sign in one.items()}
        for key in [key for key in one if key in found]:
            others = [ends[other] for other in one if other != key]
            most, least = _opposite(low for low, _ in others), _opposite(high for _, high in others)
            if one[key] < 0:
                least, most = _negative(most), _negative(least)
            if self._moves(key, found[key], Bounds(least, most)):
                old = found[key]
                found[key] = Bounds(_highest(old.least, least), _lowest(old.most, most))
                ends[key] = self._ends(key, one[key], found)
                yield key

    def _ends(
        self, key: str, sign: int, found: Mapping[str, Bounds]
    ) -> tuple[int | None, int | None]:
        """The least and the most that a term of a sum may be."""
        if key not in found:
            return sign * self.values[key], sign * self.values[key]
        least, most = found[key].least, found[key].most
        return (least, most) if sign > 0 else (_negative(most), _negative(least))

    def _moves(self, key: str, old: Bounds, new: Bounds) -> bool:
        far = max(abs(end) for end in (self.values[key], new.least or 0, new.most or 0))
        step = far // 20 + 1_000_000
        up = new.least is not None and (old.least is None or new.least >= old.least + step)
        return up or (new.most is not None and (old.most is None or new.most <= old.most - step))


def _negative(value: int | None) -> int | None:
    return None if value is None else -value


def _opposite(values: Iterable[int | None]) -> int | None:
    """Minus the sum, None when a value is unbounded."""
    total = 0
    for value in values:
        if value is None:
            return None
        total -= value
    return total


def _highest(*values: int | None) -> int | None:
    return max((one for one in values if one is not None), default=None)


def _lowest(*values: int | None) -> int | None:
    return min((one for one in values if one is not None), default=None)
