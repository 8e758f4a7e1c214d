from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from moneyed import Money

from backoffice.engine.money import NotMoney
from backoffice.web.templatetags.money import amount, day, eur, fte, fte_column, hours, month, share


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (123456, "1\u202f234,56\u202f€"),
        (0, "0,00\u202f€"),
        (-5, "\u22120,05\u202f€"),
        (-123456789, "\u22121\u202f234\u202f567,89\u202f€"),
        (Decimal("4680"), "4\u202f680,00\u202f€"),
        (Money("12.5", "EUR"), "12,50\u202f€"),
        (None, "inconnu"),
    ],
)
def test_an_amount_is_written_as_french_paper_writes_it(value: object, shown: str) -> None:
    assert eur(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (123456, "1.234,56\u00a0EUR"),
        (0, "0,00\u00a0EUR"),
        (-123456789, "\u22121.234.567,89\u00a0EUR"),
        (None, "onbekend"),
    ],
)
def test_an_amount_is_written_as_dutch_paper_writes_it(value: object, shown: str) -> None:
    with translation.override("nl"):
        assert eur(value) == shown


def test_dutch_groups_thousands_of_hours_and_full_time_equivalents_with_points() -> None:
    with translation.override("nl"):
        assert (hours(123_450), fte(Decimal("1200.5"))) == ("1.234,50", "1.200,50")
        assert (day(date(2026, 3, 1)), month(date(2026, 3, 1))) == ("01/03/2026", "03/2026")


def test_an_amount_with_three_decimals_is_refused_rather_than_rounded() -> None:
    with pytest.raises(NotMoney):
        eur(Decimal("1.005"))


def test_a_column_of_amounts_leaves_the_sign_of_currency_to_its_head() -> None:
    assert amount(123456) == "1\u202f234,56"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(25, 38), "0,6579"),
        (Fraction(1), "1,00"),
        (Fraction(19, 38), "0,50"),
        (Fraction(-1, 8), "\u22120,125"),
        (Decimal("1200.5"), "1\u202f200,50"),
        (None, "inconnu"),
    ],
)
def test_full_time_equivalents_keep_two_to_four_decimals(value: object, shown: str) -> None:
    assert fte(value) == shown


def test_a_column_of_full_time_equivalents_has_two_decimals_whatever_they_are() -> None:
    values = (Fraction(105978, 10000), Fraction(101, 10), Decimal(-1), None)
    assert [fte_column(value) for value in values] == ["10,60", "10,10", "\u22121,00", "inconnu"]


def test_hours_are_hundredths_when_whole() -> None:
    assert (hours(3800), hours(Decimal("24.5")), hours(None)) == ("38,00", "24,50", "inconnu")


def test_days_and_months_are_written_day_first() -> None:
    assert (day(date(2024, 3, 5)), day(None)) == ("05/03/2024", "\u2013")
    assert (month(2024 * 12), month(date(2024, 12, 1)), month(None)) == (
        "01/2024",
        "12/2024",
        "\u2013",
    )


def test_a_share_is_a_percentage_or_else_its_exact_fraction() -> None:
    assert share(Fraction(98, 100)) == "98\u202f%"
    assert share(Fraction(1, 8)) == "12,5\u202f%"
    assert share(Fraction(1)) == "100\u202f%"
    assert share(Fraction(1, 3)) == "1/3"
