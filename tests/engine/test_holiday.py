"""Holiday pay owed at year-end: published examples to the cent, and what always holds."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine.figures import Figure, FigureValue, Source
from backoffice.engine.holiday import ProvisionRates, Rate, day_off, provision
from backoffice.engine.money import cents

DAY = date(2018, 1, 1)


def rate(code: str, text: str) -> Rate:
    value = FigureValue(DAY, None, Fraction(text), text, None, "confirmed", Source("exemple"))
    return Figure(code, {"fr": code, "nl": code}, "ratio", (value,)), value


RATES = ProvisionRates(rate("employees", "0.1820"), rate("manual", "0.1027"), rate("base", "1.08"))


def provision_of(gross: str, *, manual: bool) -> Decimal:
    sheet = provision(np.array([cents(gross)]), np.array([int(manual)]), RATES)
    return Decimal(sheet["provision"].text(0))


@pytest.mark.parametrize(
    ("name", "gross", "manual", "expected"),
    [
        ("O10: 9,000 a month for twelve months at 18.20 %", "108000.00", False, "19656.00"),
        ("a manual worker: 10.27 % of 108 % of 25,000", "25000.00", True, "2772.90"),
        ("half a cent goes up: 18.20 % of 0.25", "0.25", False, "0.05"),
        ("nothing earned, nothing owed", "0.00", False, "0.00"),
        ("a correction of pay lowers it", "-100.00", False, "-18.20"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_the_provision_equals_the_published_example(name, gross, manual, expected):
    assert provision_of(gross, manual=manual) == Decimal(expected)


def test_o11_a_day_of_simple_holiday_pay_and_its_charges():
    found = day_off(cents("3000.00"), 22, rate("charges", "0.35"))
    assert (found.pay, found.charges) == (13636, 4773)


def test_a_month_without_a_working_day_has_no_day_off():
    with pytest.raises(ZeroDivisionError):
        day_off(300_000, 0, rate("charges", "0.35"))


def test_each_row_names_the_figures_that_it_used():
    sheet = provision(np.array([100, 100]), np.array([0, 1]), RATES)
    used = [(sheet["base"].figure(row), sheet["provision"].figure(row)) for row in (0, 1)]
    codes = [tuple(use.code if use else None for use in pair) for pair in used]
    assert codes == [(None, "employees"), ("base", "manual")]


@given(st.lists(st.tuples(st.integers(0, 10**9), st.booleans()), max_size=20))
def test_each_row_equals_plain_fractions_and_never_exceeds_its_gross(rows):
    gross = np.array([amount for amount, _manual in rows], dtype=np.int64)
    manual = np.array([int(is_manual) for _amount, is_manual in rows], dtype=np.int64)
    sheet = provision(gross, manual, RATES)
    for row, (amount, is_manual) in enumerate(rows):
        base = round_half_up(amount * Fraction("1.08")) if is_manual else amount
        share = Fraction("0.1027") if is_manual else Fraction("0.1820")
        assert sheet["base"].values[row] == base
        assert sheet["provision"].values[row] == round_half_up(base * share)
        assert 0 <= sheet["provision"].values[row] <= amount


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.booleans())
def test_more_gross_never_lowers_the_provision(first, second, is_manual):
    low, high = sorted((first, second))
    flags = np.array([int(is_manual)] * 2)
    owed = provision(np.array([low, high]), flags, RATES)["provision"].values
    assert owed[0] <= owed[1]


def round_half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))
