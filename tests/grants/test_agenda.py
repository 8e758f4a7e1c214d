"""What organisations owe, by day, and what a miss of each costs in euros."""

from datetime import date
from decimal import Decimal

import pytest

from backoffice.engine.stakes import REPAY, STOP, SUSPEND
from backoffice.federation.models import Organisation
from grants.agenda import Item, agenda
from grants.models import Award
from grants.services.deadlines import plan_deadlines
from tests.factories import (
    AwardFactory,
    InstalmentFactory,
    OrganisationFactory,
    ReceiptFactory,
    TermFactory,
)

TODAY = date(2024, 8, 1)
LIFE = {"starts_on": date(2024, 1, 1), "ends_on": date(2024, 12, 31)}


def award(organisation: Organisation, scheme: str, reference: str, granted: str = "") -> Award:
    found: Award = AwardFactory(
        organisation=organisation, scheme=scheme, reference=reference, **LIFE
    )
    if granted:
        TermFactory(award=found, code="granted", value=granted)
    return found


def items(organisation: Organisation, today: date = TODAY) -> dict[tuple[str, str], Item]:
    for year in (2024, 2025):
        plan_deadlines(organisation=organisation, year=year, known_on=today)
    return {(item.award.reference, item.due.code): item for item in agenda([organisation], today)}


@pytest.fixture
def own(db: None) -> Organisation:
    organisation: Organisation = OrganisationFactory()
    return organisation


def test_a_cap_that_misses_31_august_loses_the_twelfths_of_september_to_december(
    own: Organisation,
) -> None:
    cap = award(own, "cocom_cap", "CAP", "120000.00")
    for month in range(1, 8):
        ReceiptFactory(award=cap, received_on=date(2024, month, 28), amount=Decimal("10000.00"))
    item = items(own)["CAP", "pieces"]
    assert item.due.due_on == date(2024, 8, 31)
    assert item.effects == {STOP, SUSPEND}
    assert item.stake is not None
    (loss,) = item.stake.losses
    assert [one.due_on for one in loss.payments] == [
        date(2024, 9, 26), date(2024, 10, 28), date(2024, 11, 26), date(2024, 12, 26),
    ]  # fmt: skip
    assert item.stake.amount == 4_000_000


def test_pieces_that_do_not_come_suspend_the_other_awards_of_the_same_authority(
    own: Organisation,
) -> None:
    casg = award(own, "cocof_casg", "CASG-24", "100000.00")
    later = AwardFactory(
        organisation=own, scheme="cocof_casg", reference="CASG-25",
        starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31),
    )  # fmt: skip
    TermFactory(
        award=later, code="granted", value="80000.00", starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
    )  # fmt: skip
    award(own, "cocom_cap", "CAP", "120000.00")
    ReceiptFactory(award=casg, amount=Decimal("60000.00"))
    item = items(own, date(2025, 3, 1))["CASG-24", "pieces"]
    assert item.stake is not None
    found = {(loss.effect, loss.award): loss.amount for loss in item.stake.losses}
    assert found == {(REPAY, "CASG-24"): 10_000_000, (SUSPEND, "CASG-25"): 4_000_000}
    law = item.law("suspension")
    assert law is not None
    assert "art. 94 §4" in law.article


def test_recorded_payments_count_for_what_is_left_of_them(own: Organisation) -> None:
    casg = award(own, "cocof_casg", "CASG", "100000.00")
    first = InstalmentFactory(award=casg, due_on=date(2024, 2, 15), amount=Decimal("50000.00"))
    InstalmentFactory(award=casg, due_on=date(2024, 6, 15), amount=Decimal("25000.00"))
    InstalmentFactory(award=casg, due_on=date(2025, 10, 31), amount=Decimal("25000.00"))
    ReceiptFactory(award=casg, instalment=first, amount=Decimal("50000.00"))
    ReceiptFactory(award=casg, amount=Decimal("10000.00"))
    coming = items(own)["CASG", "pieces"].exercise.account.coming
    assert coming is not None
    assert [(one.due_on, one.left) for one in coming] == [
        (date(2024, 6, 15), 1_500_000),
        (date(2025, 10, 31), 2_500_000),
    ]


def test_without_amount_nor_payments_the_cost_is_unknown(own: Organisation) -> None:
    award(own, "wallonia_css", "CSS")
    item = items(own)["CSS", "pieces"]
    assert item.stake is not None
    assert (item.stake.amount, item.stake.unknown) == (None, 1)


def test_what_has_no_known_consequence_says_so(own: Organisation) -> None:
    award(own, "cocof_casg", "CASG")
    item = items(own)["CASG", "activity_report"]
    assert (item.law("suspension"), item.due.row is None) == (None, False)
    if item.due.rule is not None and not item.due.rule.effect:
        assert item.stake is None


def test_a_stored_deadline_of_years_ago_stays_in_the_list(own: Organisation) -> None:
    casg = award(own, "cocof_casg", "CASG")
    items(own)
    Award.objects.filter(pk=casg.pk).update(starts_on=date(2025, 1, 1), ends_on=None)
    found = agenda([own], date(2031, 1, 1))
    assert ("CASG", 2024) in {(item.award.reference, item.exercise.year) for item in found}


def test_the_queries_do_not_grow_with_the_awards(
    own: Organisation, django_assert_num_queries
) -> None:
    award(own, "cocof_casg", "ONE", "1000.00")
    items(own)
    with django_assert_num_queries(7):
        assert agenda([own], TODAY)
    for number in range(5):
        award(own, "cocom_cap", f"MORE-{number}", "1000.00")
    items(own)
    both = [own, OrganisationFactory()]
    with django_assert_num_queries(7):
        assert [item.stake for item in agenda(both, TODAY)]


@pytest.mark.parametrize(
    ("granted_on", "told"), [(date(2024, 12, 31), "OOBCC"), (date(2025, 1, 1), "art. 168")]
)
def test_the_law_is_the_one_of_the_day_on_which_the_subsidy_was_granted(
    own: Organisation, granted_on: date, told: str
) -> None:
    acs = award(own, "acs", "ACS", "1000.00")
    Award.objects.update(letter_on=granted_on)
    TermFactory(award=acs, code="justify_by", value="2025-03-31")
    law = items(own)["ACS", "letter"].law("suspension")
    assert law is not None
    assert told in law.text


def test_no_general_law_is_found_for_a_maribel_fund(own: Organisation) -> None:
    fund = award(own, "maribel", "MAR", "1000.00")
    TermFactory(award=fund, code="justify_by", value="2025-03-31")
    item = items(own)["MAR", "letter"]
    assert (item.law("recovery"), item.effects, item.stake) == (None, frozenset(), None)
