"""The terms of a letter are read exactly as people write them, or refused with a reason."""

from datetime import date
from fractions import Fraction

import pytest

from grants.terms import TERMS, BadTerm, read_day, read_number


@pytest.mark.parametrize(
    ("code", "written", "expected"),
    [
        ("ceiling", "46607.60", Fraction("46607.60")),
        ("ceiling", "46 607,60 EUR", Fraction("46607.60")),
        ("ceiling", "46\u00a0607,60", Fraction("46607.60")),
        ("granted", "1.234.567,89 EUR", Fraction("1234567.89")),
        ("granted", "318.000,00 €", Fraction(318_000)),
        ("granted", "0", Fraction(0)),
        ("premium_rate", "98 %", Fraction(98, 100)),
        ("premium_rate", "97,5%", Fraction(975, 1000)),
        ("premium_rate", "0,98", Fraction(98, 100)),
        ("liquidation_rate", "1/3", Fraction(1, 3)),
        ("index_rate", "0.0699", Fraction(699, 10_000)),
        ("units", "2", Fraction(2)),
    ],
)
def test_a_number_is_read_with_a_comma_a_point_a_percent_or_a_fraction(
    code: str, written: str, expected: Fraction
) -> None:
    assert read_number(code, written) == expected


@pytest.mark.parametrize(
    ("code", "written", "why"),
    [
        ("granted", "1000.005", "deux décimales"),
        ("granted", "1/3", "deux décimales"),
        ("granted", "-5", "négatif"),
        ("premium_rate", "-1 %", "négatif"),
        ("granted", "beaucoup", "nombre"),
        ("granted", "", "nombre"),
        ("granted", "1.00,50", "nombre"),
        ("granted", "1.234", "deux décimales"),
        ("granted", "318.000", "deux décimales"),
        ("granted", "318,000", "deux décimales"),
        ("granted", "300 %", "pourcentage"),
        ("ceiling", "100%", "pourcentage"),
        ("units", "50 %", "pourcentage"),
        ("liquidation_rate", "1/0", "nombre"),
        ("granted", "NaN", "nombre"),
        ("granted", "1e3000000", "nombre"),
        ("granted", "99999999999.00", "nombre"),
        ("premium_rate", "95", "95 %"),
        ("premium_rate", "9500 %", "95 %"),
        ("units", "10001", "vérifiez"),
    ],
)
def test_what_is_not_a_number_of_its_kind_is_refused_with_the_reason(
    code: str, written: str, why: str
) -> None:
    with pytest.raises(BadTerm, match=why):
        read_number(code, written)


def test_a_day_is_read_as_written_or_refused() -> None:
    assert read_day("2025-03-31") == date(2025, 3, 31)
    with pytest.raises(BadTerm, match="31/03/2025"):
        read_day("31/03/2025")


def test_every_term_is_labelled_in_the_two_languages() -> None:
    assert [term.code for term in TERMS.values() if not (term.fr and term.nl)] == []
