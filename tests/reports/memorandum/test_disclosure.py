"""What is hidden cannot be recomputed from what is shown, whatever the table."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from reports.memorandum.disclosure import Cell, Line, Rule, hidden_cells
from tests.reports.memorandum.recomputing import echelon, reduced

Atom = tuple[int, str, str]
RULE = Rule[Atom](lambda atom: atom[0], lambda atom: abs(VALUES[atom]))
VALUES: dict[Atom, int] = {}
ROWS, COLUMNS = ("a", "b", "c"), ("x", "y", "z")


@st.composite
def tables(draw: st.DrawFn) -> dict[Atom, int]:
    """What 4 to 12 employers bring to nine cells, most of it nothing."""
    employers = draw(st.integers(4, 12))
    amounts = st.integers(0, 3).flatmap(lambda n: st.integers(1, 1000) if n else st.just(0))
    return {
        (one, row, column): draw(amounts)
        for one, row, column in product(range(employers), ROWS, COLUMNS)
    }


def _cells(values: Mapping[Atom, int]) -> tuple[list[Cell[Atom]], list[Line]]:
    """Every cell, with the totals of rows and columns and the whole."""
    VALUES.clear()
    VALUES.update(values)
    names = product((*ROWS, "all"), (*COLUMNS, "all"))
    cells = []
    for row, column in names:
        atoms = {
            atom: 1
            for atom, value in values.items()
            if value and row in {"all", atom[1]} and column in {"all", atom[2]}
        }
        cells.append(Cell(row + column, atoms, row + column))
    lines = [Line(row + "all", tuple(row + one for one in COLUMNS)) for row in (*ROWS, "all")]
    lines += [Line("all" + one, tuple(row + one for row in ROWS)) for one in (*COLUMNS, "all")]
    return cells, lines


@given(tables())
def test_no_hidden_cell_is_a_combination_of_those_shown(values: dict[Atom, int]) -> None:
    cells, lines = _cells(values)
    first, then = hidden_cells(cells, lines, RULE)
    shown = echelon([cell.atoms for cell in cells if cell.key not in first | then])
    assert all(reduced(cell.atoms, shown) for cell in cells if cell.key in first | then)


@given(tables())
def test_a_cell_of_fewer_than_four_employers_or_ruled_by_one_is_never_shown(
    values: dict[Atom, int],
) -> None:
    cells, lines = _cells(values)
    first, then = hidden_cells(cells, lines, RULE)
    for cell in cells:
        bring: dict[int, int] = {}
        for atom in cell.atoms:
            bring[atom[0]] = bring.get(atom[0], 0) + values[atom]
        small = 0 < len(bring) < 4
        if small or (bring and max(bring.values()) > Fraction(4, 5) * sum(bring.values())):
            assert cell.key in first
    assert not first & then


@given(tables())
def test_what_is_hidden_in_a_line_is_safe_as_a_whole(values: dict[Atom, int]) -> None:
    cells, lines = _cells(values)
    hidden = frozenset.union(*hidden_cells(cells, lines, RULE))
    atoms = {cell.key: cell.atoms for cell in cells}
    for line in lines:
        if line.total not in hidden:
            rest = [atom for key in line.parts if key in hidden for atom in atoms[key]]
            assert not RULE.is_sensitive(rest)


def test_two_tables_over_other_services_do_not_tell_the_one_between_them() -> None:
    VALUES.clear()
    VALUES.update({(one, "a", "x"): 10 for one in range(6)})
    every = {(one, "a", "x"): 1 for one in range(6)}
    all_but_one = {(one, "a", "x"): 1 for one in range(5)}
    cells = [Cell("all", every, "all"), Cell("but one", all_but_one, "but one")]
    first, then = hidden_cells(cells, [], RULE)
    assert (first, then) == (frozenset(), {"but one"})


def test_a_difference_that_isolates_one_service_is_hidden_although_its_cells_are_large() -> None:
    VALUES.clear()
    VALUES.update({(one, name, "x"): 10 for one in range(6) for name in ("left", "right")})
    left = {(one, "left", "x"): 1 for one in range(6)}
    right = {(one, "right", "x"): 1 for one in range(5)}
    gap = {(one, "left", "x"): 1 for one in range(5)} | dict.fromkeys(right, -1)
    cells = [Cell("left", left, "left"), Cell("right", right, "right"), Cell("gap", gap, "gap")]
    first, then = hidden_cells(cells, [], RULE)
    assert not first
    assert len(then) == 1


def test_cells_of_a_group_are_hidden_together() -> None:
    VALUES.clear()
    VALUES.update({(one, "a", "x"): 10 for one in range(3)})
    atoms = dict.fromkeys(VALUES, 1)
    cells = [Cell("days", atoms, "row"), Cell("median", {}, "row"), Cell("other", {}, "other")]
    first, _then = hidden_cells(cells, [], RULE)
    assert first == {"days", "median"}
