"""May two schemes carry the same hours: one answer a day, whatever the order of the two."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

import pytest

from grants.scheme import schemes
from grants.stacking import MEANING, TONE_WORDS, TONES, stack_between
from tests.golden import cases, name_of

ROWS = cases("stacking.csv")


def answer(one: str, other: str, day: date) -> tuple[str, str]:
    stack = stack_between(schemes()[one], schemes()[other], day)
    return stack.tone, stack.status


def spans() -> Iterator[tuple[dict[str, str], date]]:
    """Each row with the last day on which it still holds."""
    for _pair, rows in groupby(ROWS, key=lambda row: (row["one"], row["other"])):
        listed = list(rows)
        for row, after in zip(listed, [*listed[1:], None], strict=True):
            last = date.fromisoformat(after["day"]) - timedelta(days=1) if after else None
            yield row, last or date(2099, 12, 31)


@pytest.mark.parametrize(("row", "last"), list(spans()))
def test_two_schemes_stack_as_the_source_says_from_its_first_day_to_its_last(
    row: dict[str, str], last: date
) -> None:
    one, other = row["one"], row["other"]
    for day in (date.fromisoformat(row["day"]), last):
        assert answer(one, other, day) == (row["tone"], row["status"]), (name_of(row), day)
        assert answer(other, one, day) == (row["tone"], row["status"])
    assert row["source"]


def test_a_rule_that_names_the_other_scheme_wins_over_the_general_ones() -> None:
    assert answer("acs", "cocof_casg", date(2024, 1, 1)) == ("suspicious", "to_confirm")
    assert answer("acs", "cocof_facultative", date(2024, 1, 1)) == ("forbidden", "confirmed")


def test_where_nothing_is_written_the_stack_is_suspicious_and_has_no_article() -> None:
    stack = stack_between(schemes()["ape"], schemes()["cocof_casg"], date(1990, 1, 1))
    assert (stack.tone, stack.article, stack.status) == ("suspicious", "", "to_confirm")


def test_each_of_the_three_words_is_said_and_explained_in_both_languages() -> None:
    for words in (TONE_WORDS, MEANING):
        assert set(words) == set(TONES)
        assert all(words[tone][language] for tone in TONES for language in ("fr", "nl"))
