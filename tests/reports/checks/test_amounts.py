"""What the rules cut, what is left unused, and money that comes late, each in euros."""

from datetime import date
from decimal import Decimal

import pytest

from grants.models import Term
from tests.factories import (
    InstalmentFactory,
    PayItemFactory,
    PayMonthFactory,
    ReceiptFactory,
    TermFactory,
)
from tests.reports.checks.situations import service

pytestmark = pytest.mark.django_db


def test_a_grant_above_what_is_admissible_is_a_warning_in_euros() -> None:
    place = service()
    award = place.funded("maribel", granted="3500.00")
    (check,) = place.found(award, "grant_not_used")
    assert (check.level, check.amount) == ("warning", 50_000)
    assert "500,00" in check.message
    Term.objects.filter(award=award, code="granted").update(value="3000.00")
    assert place.found(award, "grant_not_used") == []


def test_presented_may_exceed_what_is_granted() -> None:
    place = service()
    amounts = place.dossier(place.funded("maribel", granted="2000.00")).amounts
    assert (amounts.granted, amounts.presented, amounts.payable) == (200_000, 300_000, 200_000)
    assert amounts.own_funds == 100_000


def test_cost_above_the_ceiling_per_fte_is_named_in_euros() -> None:
    place = service()
    award = place.funded("maribel", ceiling="30000.00", granted="2500.00")
    (check,) = place.found(award, "cost_above_bound")
    assert (check.level, check.amount) == ("info", 50_000)
    Term.objects.filter(award=award, code="ceiling").update(value="36000.00")
    assert place.found(award, "cost_above_bound") == []


def test_pay_on_a_scale_that_the_letter_does_not_admit_is_named() -> None:
    place = service()
    award = place.funded("cocof_casg", scales="319.02-AJ")
    assert [check.who for check in place.found(award, "scale_not_admitted")] == ["W01"]
    Term.objects.filter(award=award, code="scales").update(value="319.02-AJ, 332.00.20-ADMIN")
    assert place.found(award, "scale_not_admitted") == []


def test_pay_above_the_scale_is_named_in_euros() -> None:
    place = service()
    award = place.funded("cocof_casg")
    assert place.found(award, "cost_cut_by_scale") == []
    PayItemFactory(pay_month=place.month, cost_item="year_end", amount=Decimal("100.00"))
    place.month.items.filter(cost_item="gross").update(amount=Decimal("9000.00"))
    (check,) = place.found(award, "cost_cut_by_scale")
    amounts = place.dossier(award).amounts
    assert check.amount is not None
    assert amounts.admissible == amounts.presented - check.amount
    assert check.amount > 0


def test_a_cap_is_bound_by_the_scales_that_its_letter_names_and_only_then() -> None:
    place = service("CAP")
    place.month.items.update(amount=Decimal("9000.00"))
    award = place.funded("cocom_cap", granted="20000.00")
    assert place.dossier(award).amounts.admissible == 900_000
    TermFactory(award=award, code="scales", value="332.00.20-ADMIN")
    assert place.found(award, "terms_missing")
    TermFactory(award=award, code="index_regime", value="private_m2")
    amounts, (check,) = place.dossier(award).amounts, place.found(award, "cost_cut_by_scale")
    assert check.amount is not None
    assert amounts.admissible == 900_000 - check.amount
    assert 0 < amounts.admissible < 900_000


def test_two_posts_filled_by_more_than_their_fte_are_cut_and_named() -> None:
    place = service()
    award = place.award("cocof_casg")
    assignment = place.assign(award)
    assert place.found(award, "cost_cut_by_frame") == []
    assignment.post.fte = Decimal("0.5000")
    assignment.post.save()
    (check,) = place.found(award, "cost_cut_by_frame")
    assert check.amount == 150_000


def test_a_head_above_its_maximum_is_named_with_both_amounts() -> None:
    place = service()
    award = place.funded("cocof_casg")
    place.invoice(award, amount=Decimal("650.00"))
    (check,) = place.found(award, "head_above_maximum")
    assert "650,00" in check.message
    assert "500,00" in check.message
    assert check.amount == 15_000


def test_training_is_admitted_up_to_a_share_of_the_admitted_staff_costs() -> None:
    place = service()
    award = place.funded("cocof_casg", granted="9000.00")
    place.invoice(award, category="training", amount=Decimal("45.00"))
    heads = {head.name: head for head in place.dossier(award).heads}
    assert (heads["training"].maximum, heads["training"].admissible) == (3_000, 3_000)


@pytest.mark.parametrize(
    ("received_on", "amount", "days", "state", "euros"),
    [
        (date(2024, 3, 31), "12500.00", 0, "", 0),
        (date(2024, 4, 1), "12500.00", 1, "reçue", 1_250_000),
        (date(2024, 5, 30), "12500.00", 60, "reçue", 1_250_000),
        (date(2024, 4, 10), "12000.00", 335, "toujours attendue", 50_000),
        (None, "0.00", 335, "toujours attendue", 1_250_000),
    ],
)
def test_a_late_instalment_is_counted_in_days_and_euros(
    received_on: date | None, amount: str, days: int, state: str, euros: int
) -> None:
    place = service()
    award = place.award("maribel")
    instalment = InstalmentFactory(award=award, number=1)
    if received_on:
        ReceiptFactory(
            award=award, instalment=instalment, received_on=received_on, amount=Decimal(amount)
        )
    found = place.found(award, "instalment_late")
    assert len(found) == bool(days)
    for check in found:
        assert f"{days} jours" in check.message
        assert state in check.message
        assert check.amount == euros


def test_what_comes_after_the_day_of_the_statement_is_not_seen_yet() -> None:
    place = service()
    award = place.award("maribel")
    instalment = InstalmentFactory(award=award, number=1)
    ReceiptFactory(award=award, instalment=instalment, received_on=date(2024, 4, 10))
    before = place.dossier(award, date(2024, 4, 9))
    assert before.amounts.advances == 0
    assert before.instalments[0].late_days == 9
    after = place.dossier(award, date(2024, 4, 10))
    assert after.amounts.advances == 1_250_000
    assert after.instalments[0].late_days == 10


def test_money_received_above_what_is_payable_is_to_give_back() -> None:
    place = service()
    award = place.funded("maribel")
    ReceiptFactory(award=award, amount=Decimal("3500.00"))
    ReceiptFactory(award=award, amount=Decimal("-100.00"))
    amounts = place.dossier(award).amounts
    assert (amounts.advances, amounts.balance, amounts.recovery) == (340_000, -40_000, 40_000)


def test_users_fees_written_in_mid_year_are_deducted_once() -> None:
    place = service()
    award = place.funded("cocom_facultative", granted="5000.00")
    TermFactory(award=award, code="income_deducted", value="150,00", starts_on=date(2024, 6, 1))
    amounts = place.dossier(award).amounts
    assert (amounts.income, amounts.admissible) == (15_000, 285_000)


def test_a_correction_of_an_earlier_month_is_negative_and_named() -> None:
    place = service()
    award = place.award("maribel")
    place.assign(award, ends_on=date(2024, 4, 30))
    april = PayMonthFactory(worker=place.worker, month=date(2024, 4, 1))
    item = PayItemFactory(pay_month=april, cost_item="gross", amount=Decimal("-250.00"))
    (check,) = place.found(award, "negative_month")
    assert (check.level, check.month, check.amount) == ("info", "2024-04", -25_000)
    assert place.dossier(award).amounts.payable == 275_000
    item.amount = Decimal("250.00")
    item.save()
    assert place.found(award, "negative_month") == []


def test_a_share_that_the_scheme_pays_on_a_day_wants_its_instalment() -> None:
    place = service()
    award = place.award("ape")
    missing = place.found(award, "instalment_not_recorded")
    assert [check.month for check in missing] == ["2024-01", "2024-04", "2024-07", "2024-10"]
    InstalmentFactory(award=award, year=2024, number=1, due_on=date(2024, 1, 31))
    assert len(place.found(award, "instalment_not_recorded")) == 3
