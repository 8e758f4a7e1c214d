"""What may be typed in a cell, and the sentence for what may not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.periods import month_index
from reports.grid.cell_text import HOURS, PERCENT, CellRefused, Run, percent_of, read_cell, written
from reports.grid.windows import Span, runs_of, stretches_of
from staffing.allocation import Held

MARCH = month_index(date(2024, 3, 1))
FIRST = date(2024, 3, 1).toordinal()
WINDOW = (Span(FIRST, FIRST + 31, 3800, 3800),)


def kept(text: str, unit: str = PERCENT) -> str:
    """The hours that a text gives over March, as the grid writes them."""
    stretches = stretches_of(read_cell(text, unit, MARCH), WINDOW)
    return written(
        runs_of([Held(one.start, one.stop, one.hours) for one in stretches], WINDOW), HOURS
    )


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("50", "19"),
        ("50 %", "19"),
        ("12,5", "4,75"),
        ("12.5%", "4,75"),
        ("1/3", "12,67"),
        ("19 h", "19"),
        ("7,6h", "7,6"),
        ("50@15:30", "19@15:11,4"),
        ("50@15/03:30", "19@15:11,4"),
        ("50@15/03/2024:30@20:0", "19@15:11,4@20:0"),
        ("0@15:50", "0@15:19"),
        ("", ""),
        ("0", ""),
        ("100", "38"),
    ],
)
def test_a_share_gives_its_hours(text: str, hours: str):
    assert kept(text) == hours


def test_a_number_is_hours_where_the_sheet_shows_hours():
    assert kept("19", HOURS) == "19"
    assert kept("50 %", HOURS) == "19"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("beaucoup", "n'est pas une part"),
        ("=A1", "n'est pas une part"),
        ("300", "va de 0 à 100 %"),
        ("100,01", "va de 0 à 100 %"),
        ("-5", "pas négative"),
        ("40 h", "dépassent le contrat de 38 h"),
        ("50@1:30", "entre le 02/03/2024 et le 31/03/2024"),
        ("50@32:30", "entre le 02/03/2024 et le 31/03/2024"),
        ("50@15/04:30", "entre le 02/03/2024 et le 31/03/2024"),
        ("50@15/03/1900:30", "entre le 02/03/2024 et le 31/03/2024"),
        ("50@15", "Après @"),
        ("50@20:30@10:20", "se suivent"),
        ("1/0", "n'est pas une part"),
        ("9" * 100, "trop long"),
        ("😀", "n'est pas une part"),
    ],
)
def test_what_cannot_be_a_share_is_refused_with_what_to_write(text: str, said: str):
    with pytest.raises(CellRefused, match=said):
        kept(text)


@given(contract=st.integers(100, 4000), part=st.integers(0, 1000))
def test_the_percentage_shown_gives_the_same_hours_again(contract: int, part: int):
    hours = contract * part // 1000
    window = (Span(FIRST, FIRST + 31, contract, 4000),)
    text = percent_of(hours, contract)
    again = stretches_of(read_cell(text, PERCENT, MARCH), window)
    assert sum(one.hours for one in again) == hours


@pytest.mark.parametrize("percent", ["50", "33,3", "12,5", "33,33", "66,67", "99,9"])
def test_a_percentage_of_a_full_time_is_read_back_as_it_was_typed(percent: str):
    stretches = stretches_of(read_cell(percent, PERCENT, MARCH), WINDOW)
    assert written([Run(FIRST, stretches[0].hours, 3800)], PERCENT) == percent
