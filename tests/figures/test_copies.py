"""A table that stands for several figures of one kind, numbered."""

from pathlib import Path

import pytest

from backoffice.figures.loader import FigureFileError
from tests.figures.test_files import GOOD, read


def copied(count: str) -> str:
    return GOOD.replace("[premium]\n", f"[premium]\ncopies = {count}\n")


def test_a_table_with_copies_is_as_many_figures_numbered_in_their_code_and_label(
    tmp_path: Path,
) -> None:
    found = read(tmp_path, copied("12"))
    assert [figure.code for figure in found][::11] == ["staffing.premium_01", "staffing.premium_12"]
    assert [figure.label["fr"] for figure in found][::11] == ["Prime 1", "Prime 12"]
    (values,) = {figure.values for figure in found}
    assert values == read(tmp_path, GOOD)[0].values


@pytest.mark.parametrize("count", ["0", "-1", "100", '"3"', "true", "1.5"])
def test_a_number_of_copies_that_makes_no_sense_is_refused_with_its_place(
    tmp_path: Path, count: str
) -> None:
    with pytest.raises(FigureFileError, match=r"staffing.toml, ligne 3, premium.copies"):
        read(tmp_path, copied(count))
