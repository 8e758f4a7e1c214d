"""Which sums by year, sector and figure would tell of one service."""

from collections.abc import Iterable, Mapping

from reports.memorandum.disclosure import Cell, Line, Rule, hidden_cells
from reports.scenarios.comparing import EVERYONE

Atom = tuple[int, str, str]
"""An employer, the type of its service, and a figure that is no sum of others."""
Values = Mapping[Atom, tuple[int, ...]]
"""What each atom brings, a year each."""
Key = tuple[str, str]
"""A sector or all, and a figure."""
_SUMS = {"funded": ("funded.",), "cost": ("funded.", "own_funds")}
"""Figures that are the sum of others, by how the codes of those begin."""


def hidden(values: Values) -> frozenset[Key]:
    """The sums that are hidden, in every year as soon as they must be in one."""
    years = max((len(one) for one in values.values()), default=0)
    found: set[Key] = set()
    for year in range(years):
        sizes = {atom: abs(amounts[year]) for atom, amounts in values.items()}
        found |= _hidden_in({atom: size for atom, size in sizes.items() if size})
    return frozenset(found)


def parts_of(code: str, codes: Iterable[str]) -> list[str]:
    """The figures that a figure sums: itself where it sums none."""
    starts = _SUMS.get(code)
    return [one for one in codes if one.startswith(starts)] if starts else [code]


def _hidden_in(sizes: Mapping[Atom, int]) -> set[Key]:
    kinds = sorted({kind for _employer, kind, _code in sizes})
    codes = sorted({code for _employer, _kind, code in sizes})
    every = [*codes, *(one for one in _SUMS if parts_of(one, codes))]
    cells = [_cell(scope, code, sizes) for scope in (EVERYONE, *kinds) for code in every]
    lines = [
        Line(_key(EVERYONE, code), tuple(_key(kind, code) for kind in kinds)) for code in every
    ]
    for scope in (EVERYONE, *kinds):
        for code in _SUMS:
            parts = tuple(_key(scope, one) for one in parts_of(code, codes))
            lines += [Line(_key(scope, code), parts)] if parts else []
    rule = Rule[Atom](owner=lambda atom: atom[0], size=lambda atom: sizes[atom])
    first, second = hidden_cells(cells, lines, rule)
    return {(scope, code) for scope, _bar, code in (key.partition("|") for key in first | second)}


def _cell(scope: str, code: str, sizes: Mapping[Atom, int]) -> Cell[Atom]:
    wanted = set(parts_of(code, {one for _employer, _kind, one in sizes}))
    atoms = {atom: 1 for atom in sizes if atom[2] in wanted and scope in {EVERYONE, atom[1]}}
    key = _key(scope, code)
    return Cell(key, atoms, key)


def _key(scope: str, code: str) -> str:
    return f"{scope}|{code}"
