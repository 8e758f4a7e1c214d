"""What is presented and not admitted: nothing before the notification, never a building."""

from datetime import date
from decimal import Decimal

import pytest

from grants.models import Award
from tests.factories import TermFactory
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db


def regional(place: Service, notified_on: date, letter_on: date, **terms: str) -> Award:
    """An award of the Region for 2024 whose letter comes on a day of our choice."""
    award = place.award("region_facultative", **terms)
    award.letter_on, award.notified_on = letter_on, notified_on
    award.save()
    return award


NEW_LAW = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("issued_on", "letter_on", "admitted"),
    [
        (date(2024, 2, 15), NEW_LAW, 0),
        (date(2024, 3, 9), NEW_LAW, 0),
        (date(2024, 3, 10), NEW_LAW, 20_000),
        (date(2024, 3, 9), date(2024, 12, 31), 20_000),
    ],
)
def test_an_expense_before_the_notification_is_not_admitted_since_the_code_of_2025(
    issued_on: date, letter_on: date, admitted: int
) -> None:
    place = service()
    award = regional(place, date(2024, 3, 10), letter_on)
    place.invoice(award, issued_on=issued_on, paid_on=date(2024, 4, 2))
    amounts = place.dossier(award).amounts
    assert (amounts.presented, amounts.admissible) == (20_000, admitted)
    found = place.found(award, "invoice_not_admitted")
    assert len(found) == (admitted == 0)
    for check in found:
        assert "avant la notification, le 10/03/2024" in check.message
        assert "Code des finances publiques" in check.article
        assert "art. 165 §2" in check.article


def test_an_exception_of_the_government_admits_what_came_before() -> None:
    place = service()
    award = regional(place, date(2024, 3, 10), NEW_LAW, started_early="oui")
    place.invoice(award, issued_on=date(2024, 2, 15))
    assert place.dossier(award).amounts.admissible == 20_000
    award.terms.filter(code="started_early").update(value="non")
    assert place.dossier(award).amounts.admissible == 0


@pytest.mark.parametrize(
    ("notified_on", "days", "presented"),
    [
        (date(2024, 3, 1), 0, 300_000),
        (date(2024, 3, 2), 1, 290_323),
        (date(2024, 3, 31), 30, 9_677),
        (date(2024, 4, 1), 31, 0),
        (date(2025, 2, 1), 31, 0),
    ],
)
def test_the_days_of_a_worker_before_the_notification_are_not_presented(
    notified_on: date, days: int, presented: int
) -> None:
    """3,000.00 for the 31 days of March: 30 days are 2,903.23, one is 96.77."""
    place = service()
    award = regional(place, notified_on, NEW_LAW)
    place.assign(award)
    assert place.dossier(award).amounts.presented == presented
    found = place.found(award, "days_before_notification")
    assert [check.who for check in found] == ["W01"] * bool(days)
    for check in found:
        assert f"{days} jours" in check.message
        assert "art. 165 §2" in check.article


def test_other_schemes_ask_nothing_of_the_notification() -> None:
    place = service()
    award = place.funded("cocof_facultative")
    award.letter_on, award.notified_on = NEW_LAW, date(2025, 1, 10)
    award.save()
    assert place.dossier(award).amounts.presented == 300_000
    assert place.found(award, "days_before_notification") == []


@pytest.mark.parametrize("paid_on", [None, date(2023, 12, 31), date(2025, 1, 1)])
def test_the_region_admits_only_what_is_paid_within_the_period(paid_on: date | None) -> None:
    place = service()
    award = place.award("region_facultative")
    invoice = place.invoice(award, paid_on=paid_on)
    assert place.dossier(award).amounts.admissible == 0
    invoice.paid_on = date(2024, 12, 31)
    invoice.save()
    assert place.dossier(award).amounts.admissible == 20_000


@pytest.mark.parametrize(
    "scheme",
    [
        *("cocof_facultative", "cocom_facultative", "region_facultative", "fwb_facultative"),
        *("cocof_multi_year", "cocom_multi_year"),
    ],
)
def test_the_purchase_of_a_building_is_never_admitted(scheme: str) -> None:
    place = service()
    award = place.award(scheme)
    place.invoice(award, category="building", amount=Decimal("150000.00"), piece="B-1")
    place.invoice(award, category="equipment", amount=Decimal("100.00"))
    assert place.dossier(award).amounts.admissible == 10_000
    (check,) = place.found(award, "invoice_not_admitted")
    assert (check.who, check.amount) == ("B-1", 15_000_000)
    assert "Achat d'un immeuble" in check.message


def test_two_awards_that_count_the_same_threshold_are_named_together() -> None:
    place = service()
    first = place.award("cocof_facultative", "A", own_share_min="25 %")
    second = place.award("cocof_facultative", "B", own_share_min="25 %")
    place.invoice(first, category="equipment", amount=Decimal("8000.00"))
    assert place.found(first, "investment_of_the_year") == []
    place.invoice(second, category="equipment", amount=Decimal("7000.00"))
    (check,) = place.found(first, "investment_of_the_year")
    assert "A (" in check.message
    assert "B (" in check.message
    TermFactory(award=first, code="investment_free", value="5000.00")
    assert place.found(first, "investment_of_the_year") == []
    assert len(place.found(second, "investment_of_the_year")) == 1


def test_the_fwb_pays_by_the_day_of_the_commitment_that_the_letter_gives() -> None:
    place = service()
    award = place.award("fwb_facultative", granted="8000.00", committed_on="2024-02-01")
    expected = [check.month for check in place.found(award, "instalment_not_recorded")]
    assert expected == ["2024-02"]
    TermFactory(award=award, code="accepted_on", value="2025-05-02")
    assert len(place.found(award, "instalment_not_recorded")) == 2
