"""Hours outside a contract, above it, or financed twice: three words, each with its article."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import AssignmentFactory, ContractLineFactory
from tests.reports.checks.situations import service

pytestmark = pytest.mark.django_db


def test_an_assignment_that_outlives_its_contract_is_refused_with_its_days() -> None:
    place = service()
    place.contract.ends_on = date(2024, 3, 20)
    place.contract.save()
    award = place.award("maribel")
    assignment = place.assign(award)
    (check,) = place.found(award, "assignment_outside_contract")
    assert (check.level, check.who, check.month) == ("error", "W01", "2024-03")
    assert "21/03/2024 au 31/03/2024" in check.message
    assert "11 jours" in check.message
    assert check.subject == f"assignment:W01:{assignment.post.code}:{assignment.starts_on}"
    assignment.ends_on = date(2024, 3, 20)
    assignment.save()
    assert place.found(award, "assignment_outside_contract") == []


def test_a_gap_between_two_contract_lines_is_found() -> None:
    place = service()
    place.contract.ends_on = date(2024, 3, 10)
    place.contract.save()
    ContractLineFactory(worker=place.worker, starts_on=date(2024, 3, 12), scale_column="gradue")
    (check,) = place.found(place.funded("maribel"), "assignment_outside_contract")
    assert "1 jours" in check.message


def test_hours_above_the_contract_are_named_and_not_counted() -> None:
    place = service()
    place.contract.weekly_hours = Decimal("19.00")
    place.contract.save()
    award = place.award("maribel")
    assignment = place.assign(award, "38.00")
    (check,) = place.found(award, "hours_above_contract")
    assert check.level == "warning"
    assert place.dossier(award).staff[0].hours == 1900
    assignment.weekly_hours = Decimal("19.00")
    assignment.save()
    assert place.found(award, "hours_above_contract") == []


def test_a_month_assigned_without_pay_is_named_once_it_is_over() -> None:
    place = service()
    award = place.award("maribel")
    assignment = place.assign(award, ends_on=date(2024, 5, 31))
    (check,) = place.found(award, "months_without_pay")
    assert (check.month, check.message.split()[0]) == ("2024-04", "2")
    assert place.found(award, "months_without_pay", as_of=date(2024, 4, 1)) == []
    assignment.ends_on = date(2024, 3, 31)
    assignment.save()
    assert place.found(award, "months_without_pay") == []


def test_a_cocof_top_up_over_an_acs_post_is_a_suspicious_stack_whose_premium_is_deducted() -> None:
    place = service()
    acs, cocof = place.funded("acs", "ACS"), place.funded("cocof_casg", "COCOF")
    (check,) = place.found(cocof, "stack_suspicious")
    assert (check.level, check.amount) == ("warning", 200_000)
    assert "ACS" in check.message
    assert "règle ACS" in check.article
    assert place.dossier(cocof).amounts.presented == 100_000
    assert "Déjà payés par elle et déduits ici : 2\u202f000,00" in check.message
    (first,) = place.found(acs, "stack_suspicious")
    assert "déduits" not in first.message
    assert (first.level, first.amount) == ("warning", None)  # nothing is deducted from this one


def test_a_cocof_top_up_over_an_ape_post_is_a_suspicious_stack() -> None:
    place = service()
    place.funded("ape", "APE")
    (check,) = place.found(place.funded("cocof_casg", "COCOF"), "stack_suspicious")
    assert check.level == "warning"
    assert check.article


def test_maribel_hours_are_exclusive() -> None:
    place = service()
    maribel, cocof = place.funded("maribel", "MAR"), place.funded("cocof_casg", "COCOF")
    for award in (maribel, cocof):
        (check,) = place.found(award, "stack_forbidden")
        assert (check.level, check.who) == ("error", "W01")
        assert "Maribel" in check.article


def test_a_worker_shared_by_hours_is_no_stack() -> None:
    place = service()
    maribel, cocof = place.award("maribel", "MAR"), place.award("cocof_casg", "COCOF")
    place.assign(maribel, "19.00")
    place.assign(cocof, "19.00")
    codes = {check.code for check in place.dossier(cocof).checks}
    assert not any(code.startswith("stack_") for code in codes)


def test_awards_that_follow_each_other_in_a_month_are_no_stack() -> None:
    place = service()
    maribel, cocof = place.award("maribel", "MAR"), place.award("cocof_casg", "COCOF")
    place.assign(maribel, ends_on=date(2024, 3, 15))
    place.assign(cocof, starts_on=date(2024, 3, 16))
    codes = {check.code for check in place.dossier(cocof).checks}
    assert not any(code.startswith("stack_") for code in codes)


def test_two_awards_of_the_same_scheme_on_the_same_hours_are_a_stack() -> None:
    place = service()
    first, second = place.funded("maribel", "M1"), place.funded("maribel", "M2")
    assert place.found(second, "stack_forbidden")
    assert place.dossier(second).amounts.presented == 0
    assert place.dossier(first).amounts.presented == 300_000


def test_two_assignments_to_one_award_on_the_same_hours_are_an_error() -> None:
    place = service()
    award = place.funded("maribel")
    post = award.posts.get()
    second = AssignmentFactory(
        worker=place.worker, post=post, starts_on=date(2024, 2, 1), weekly_hours=Decimal("19.00")
    )
    (check,) = place.found(award, "hours_twice_on_the_award")
    assert (check.level, check.who) == ("error", "W01")
    second.delete()
    assert place.found(award, "hours_twice_on_the_award") == []


def test_a_post_with_more_paid_holders_than_fte_is_named() -> None:
    place = service()
    award = place.funded("maribel")
    assert place.found(award, "post_overfilled") == []
    post = award.posts.get()
    post.fte = Decimal("0.5")
    post.save()
    (check,) = place.found(award, "post_overfilled")
    assert (check.level, check.who, check.month) == ("warning", post.code, "2024-03")
