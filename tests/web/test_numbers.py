"""A number typed in French, Dutch or English habits is the same number."""

import pytest

from backoffice.web.numbers import point_decimal


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("-1.234.567,8", "-1234567.8"),
        ("1.234.567", "1234567"),
        ("1234.56", "1234.56"),
        ("1.234", "1.234"),
        ("12.34,56", "12.34.56"),
        ("1.234,56 EUR", "1234.56EUR"),
        ("2/37", "2/37"),
        ("98 %", "98%"),
        ("abc", "abc"),
    ],
)
def test_points_and_spaces_group_thousands_and_a_comma_marks_decimals(
    written: str, read: str
) -> None:
    assert point_decimal(written) == read
