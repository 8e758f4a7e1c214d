"""What is shown must not enclose a hidden cell too closely."""

import pytest

from reports.memorandum.disclosure import Cell, Rule, hidden_cells
from reports.memorandum.intervals import Bounds, Reader

MILLION = 10**6
SUMS = ({"paid": 1, "present": -1, "gap": -1}, {"posts": 1, "paid": -1, "free": -1})
VALUES = {
    key: value * MILLION
    for key, value in {"paid": 2799, "present": 2794, "gap": 5, "posts": 2803, "free": 4}.items()
}


def test_a_hidden_cell_is_bounded_by_its_sums_and_by_what_is_never_negative() -> None:
    reader = Reader(VALUES, SUMS, frozenset(VALUES))
    assert reader.bounds({"paid"})["paid"] == Bounds(2799 * MILLION, 2799 * MILLION)
    found = reader.bounds({"posts", "paid", "gap"})
    assert found["posts"] == Bounds(2798 * MILLION, None)


@pytest.mark.parametrize(("most", "narrow"), [(119, True), (120, False), (None, False)])
def test_an_interval_is_narrow_below_a_fifth_of_the_value(
    *, most: int | None, narrow: bool
) -> None:
    assert Bounds(100, most).is_narrow(100) is narrow


def test_the_neighbour_that_encloses_a_hidden_cell_is_hidden_too() -> None:
    """Two large totals hold one employer's 1000, a little more of others and a little less."""
    groups = {"own": [0], "w": [1, 2, 3, 4, 5], "y": [6, 7, 8, 9]}
    groups |= {"v": [10, 11, 12, 13, 14], "z": [15, 16, 17, 18]}
    sizes = {
        atom: (5 if name in "yz" else 1000) * MILLION
        for name, atoms in groups.items()
        for atom in atoms
    }
    rule = Rule[int](lambda atom: atom, lambda atom: sizes[atom])
    above = dict.fromkeys([*groups["own"], *groups["w"], *groups["y"]], 1)
    below = dict.fromkeys([*groups["own"], *groups["v"]], 1) | dict.fromkeys(groups["z"], -1)
    parts = {name: dict.fromkeys(groups[name], 1) for name in ("own", "w", "v")}
    vectors = {**parts, "above": above, "below": below}
    cells = [Cell(key, atoms, key) for key, atoms in vectors.items()]
    values = {
        key: sum(sign * sizes[atom] for atom, sign in atoms.items())
        for key, atoms in vectors.items()
    }
    sums = (
        {"above": 1, "own": -1, "w": -1, "y": -1},
        {"below": 1, "own": -1, "v": -1, "z": 1},
    )
    values |= {"y": 20 * MILLION, "z": 20 * MILLION}
    assert hidden_cells(cells, [], rule) == ({"own"}, frozenset())
    first, then = hidden_cells(cells, [], rule, Reader(values, sums, frozenset({"y", "z"})))
    assert first == {"own"}
    assert len(then) == 1
