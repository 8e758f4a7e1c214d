"""What the demonstration employers pay on top of the scale: invented rates and amounts.

Nothing here is a published figure: the amounts of the year-end premium of these sectors after
2020 and the rates of the insurers are unknown to us, so a demonstration value stands in, and the
evidence of every line says DEMO. What is published (contributions, double holiday pay, annual
premium, residence allowance) comes from the registry of figures.
"""

from fractions import Fraction

from reports.demo.careers import BRUSSELS_HOURS, WALLONIA_HOURS

YEAR_END_FIXED = {BRUSSELS_HOURS: 100_000, WALLONIA_HOURS: 50_000}
YEAR_END_RATE = {BRUSSELS_HOURS: Fraction(25, 1000), WALLONIA_HOURS: Fraction(0)}
YEAR_END_MONTHS = 9
"""Cents of a full-time worker, rate on twelve October gross amounts, months of reference."""

STRUCTURAL_REDUCTION = 12_000
"""Cents a month of a full-time worker, shown negative."""

ACS_REDUCTION = Fraction(3184, 10_000)
"""Part of the contribution base that the target-group reduction wipes out for an ACS worker."""

EXIT_HOLIDAY = Fraction(1534, 10_000)
"""Simple and double holiday pay on the gross pay of the year of departure."""

SEVERANCE_MONTHS = Fraction(3) * Fraction(1324, 1000)
"""Three months of pay with the contributions due on them."""

ACCIDENT_INSURANCE = Fraction(85, 10_000)
MEDICINE = 9_800
SECRETARIAT = 1_650
MEAL_VOUCHER = 450
"""Cents: medicine once a year, secretariat each month, one voucher per full day worked."""
