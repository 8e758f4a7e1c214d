"""The representative body: what it must be granted, and the share of its staff costs, early too."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import PayItemFactory, PayMonthFactory
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db

MINIMUM, PROJECTED = "granted_below_minimum", "staff_share_projected"
JULY = date(2024, 7, 1)


@pytest.mark.parametrize(
    ("invoices", "as_of", "levels"),
    [
        ("2000.00", date(2025, 3, 1), []),
        ("2000.01", date(2025, 3, 1), ["error"]),
        ("2000.01", date(2025, 1, 1), ["error"]),
        ("2000.01", date(2024, 12, 31), ["warning"]),
        ("2000.00", date(2024, 12, 31), []),
    ],
)
def test_a_body_justifies_sixty_per_cent_with_staff_costs(
    invoices: str, as_of: date, levels: list[str]
) -> None:
    place = service("BODY")
    award = place.funded("cocof_representative", granted="9000.00")
    place.invoice(award, amount=Decimal(invoices))
    found = place.found(award, "staff_share_below_minimum", as_of)
    assert [check.level for check in found] == levels
    assert [check.amount for check in found] == [1] * len(levels)


def test_costs_above_the_grant_do_not_lower_the_share_of_staff() -> None:
    place = service("BODY")
    award = place.funded("cocof_representative", granted="5000.00")
    place.invoice(award, amount=Decimal("4000.00"))
    assert place.found(award, "staff_share_below_minimum") == []
    award.terms.filter(code="granted").update(value="5000.01")
    (check,) = place.found(award, "staff_share_below_minimum")
    assert "art. 165" in check.article


@pytest.mark.parametrize(
    ("granted", "second", "short"),
    [
        ("64999.99", None, 1),
        ("65000.00", None, None),
        ("65000.00", "non", None),
        ("72549.99", "oui", 1),
        ("72550.00", "oui", None),
        ("65000.00", "oui", 755_000),
    ],
)
def test_less_than_the_legal_minimum_is_told_in_euros(
    granted: str, second: str | None, short: int | None
) -> None:
    place = service("BODY")
    award = place.funded("cocof_representative", granted=granted, second_sector=second)
    found = place.found(award, MINIMUM)
    assert [check.amount for check in found] == [amount for amount in (short,) if amount]
    assert all(check.level == "warning" for check in found)


def test_the_minimum_is_yearly_and_says_nothing_of_a_part_of_a_year() -> None:
    place = service("BODY")
    award = place.funded("cocof_representative", granted="100.00")
    assert len(place.found(award, MINIMUM)) == 1
    award.starts_on = date(2024, 1, 2)
    award.save()
    assert place.found(award, MINIMUM) == []


def test_a_scheme_without_a_legal_minimum_says_nothing() -> None:
    place = service()
    assert place.found(place.funded("cocof_casg", granted="1.00"), MINIMUM) == []


def body_paid(months: int) -> Service:
    """A body with 3,000.00 of pay in March, and as much in each month after it."""
    place = service("BODY")
    for month in range(4, 4 + months - 1):
        row = PayMonthFactory(worker=place.worker, month=date(2024, month, 1))
        PayItemFactory(pay_month=row, cost_item="gross", amount=Decimal("3000.00"))
    return place


@pytest.mark.parametrize(
    ("granted", "short"),
    [("19999.99", None), ("20000.00", None), ("20000.01", 1), ("25000.00", 300_000)],
)
def test_the_pace_of_the_months_so_far_warns_before_the_year_is_lost(
    granted: str, short: int | None
) -> None:
    """3,000.00 by the end of March is 12,000.00 a year: 60 % of a grant of 20,000.00."""
    place = body_paid(1)
    award = place.funded("cocof_representative", granted=granted)
    found = place.found(award, PROJECTED, JULY)
    assert [check.amount for check in found] == [amount for amount in (short,) if amount]
    assert all(check.level == "warning" and "art. 165" in check.article for check in found)


def test_more_months_make_the_pace_of_their_own() -> None:
    """6,000.00 over the four months to April is 18,000.00 a year."""
    place = body_paid(2)
    award = place.award("cocof_representative", granted="30000.00")
    place.assign(award, ends_on=date(2024, 12, 31))
    assert place.found(award, PROJECTED, JULY) == []
    award.terms.filter(code="granted").update(value="30000.02")
    (check,) = place.found(award, PROJECTED, JULY)
    assert "4 premiers mois" in check.message


def test_once_the_year_is_over_only_what_was_really_paid_counts() -> None:
    place = body_paid(1)
    award = place.funded("cocof_representative", granted="25000.00")
    assert len(place.found(award, PROJECTED, date(2024, 12, 31))) == 1
    assert place.found(award, PROJECTED, date(2025, 1, 1)) == []
    assert place.found(award, "staff_share_below_minimum", date(2025, 1, 1)) == []
