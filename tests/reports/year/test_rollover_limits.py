"""What a roll-over may not write: past a contract or a post, or without a letter."""

from datetime import date

import pytest

from grants.models import Award, Post
from reports.year.rollover import plan_roll_over
from staffing.models import Assignment
from tests.factories import ContractLineFactory, TermFactory
from tests.reports.year.former_year import END, FIRST, TODAY, Year, former_year, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    return former_year()


@pytest.mark.parametrize("going_on", [False, True])
def test_an_assignment_ends_with_the_contract_and_the_report_says_so(
    year: Year, *, going_on: bool
) -> None:
    if going_on:
        Award.objects.update(ends_on=date(2026, 12, 31))
        Post.objects.update(ends_on=None)
    lines = year.former.worker.contract_lines
    lines.update(ends_on=date(2025, 3, 31))
    ContractLineFactory(
        worker=year.former.worker, starts_on=date(2025, 4, 1), ends_on=date(2025, 6, 30)
    )
    ContractLineFactory(worker=year.former.worker, starts_on=date(2025, 9, 1))
    plan = year.apply()
    assert Assignment.objects.get(starts_on=FIRST).ends_on == date(2025, 6, 30)
    assert (
        "W01 → CASG-2024 P1 : jusqu'au 30/06/2025, fin de son contrat : prolongez-le ou "
        "remplacez-le"
    ) in said(plan, "to_do")
    assert "jusqu'au 30/06/2025" in "\n".join(said(plan, "carried"))


def test_an_assignment_ends_with_its_post(year: Year) -> None:
    Post.objects.update(ends_on=date(2025, 8, 31))
    year.apply()
    assert Assignment.objects.get(starts_on=FIRST).ends_on == date(2025, 8, 31)


def test_contracts_that_follow_each_other_carry_the_whole_year(year: Year) -> None:
    year.former.worker.contract_lines.update(ends_on=date(2025, 6, 30))
    ContractLineFactory(worker=year.former.worker, starts_on=date(2025, 7, 1))
    plan = year.apply()
    assert Assignment.objects.get(starts_on=FIRST).ends_on == END
    assert "fin de son contrat" not in "\n".join(said(plan, "to_do"))


def test_a_second_roll_over_before_the_letter_asks_for_the_same_terms(year: Year) -> None:
    TermFactory(award=year.award, code="investment_max", value="40000.00")
    first = "\n".join(said(year.apply(), "to_do"))
    again = plan_roll_over(year.organisation, 2026, TODAY)
    [asked] = [one for one in first.splitlines() if "termes de la lettre" in one]
    assert "Maximum petit équipement" in asked
    assert asked.replace("2025", "2026") in said(again, "to_do")
    assert "lettre" not in "\n".join(said(again, "changed"))


def test_a_term_that_the_last_letter_left_out_is_not_asked_for(year: Year) -> None:
    TermFactory(award=year.award, code="investment_max", value="40000.00")
    year.apply()
    Award.objects.filter(renews=year.award).update(
        letter_reference="LETTRE-2", letter_on=FIRST, notified_on=FIRST
    )
    again = plan_roll_over(year.organisation, 2026, TODAY)
    assert "Maximum petit équipement" not in "\n".join(said(again, "to_do"))


def test_an_award_whose_scheme_ends_is_not_renewed_and_the_report_names_what_follows(
    year: Year,
) -> None:
    Award.objects.filter(pk=year.award.pk).update(
        scheme="ape", approval=None, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )
    plan = plan_roll_over(year.organisation, 2027, TODAY)
    assert (
        "Le régime prend fin le 31/12/2026. Il est suivi par : Subvention sectorielle qui succède "
        "à l'APE."
    ) in "\n".join(said(plan, "not_carried"))
