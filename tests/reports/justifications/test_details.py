"""Amounts beside those of an award: the parts of an APE year, the gap of an ACS post."""

from datetime import date

import pytest

from grants.models import Award
from reports.justifications import award_dossier
from staffing.models import ContractLine
from tests.factories import TermFactory
from tests.reports.checks.situations import service

pytestmark = pytest.mark.django_db


def test_the_premium_of_an_ape_year_is_a_line_of_its_own_and_the_lines_sum_to_the_grant() -> None:
    place = service()
    award = place.funded("ape", granted=None, base_amount=None)
    Award.objects.update(starts_on=date(2022, 1, 1), ends_on=None)
    days = {"starts_on": date(2022, 1, 1), "ends_on": None, "decided_on": date(2021, 12, 1)}
    TermFactory(award=award, code="base_amount", value="100000.00", **days)
    dossier = award_dossier(place.organisation, "A", 2023, date(2024, 3, 1))
    assert {one.name: one.amount for one in dossier.details} == {
        "indexed": 10_699_000,
        "exceptional": 484_000,
    }
    assert dossier.amounts.granted == 11_183_000


def test_2024_of_ape_drops_the_premium_and_the_dossier_says_that_it_is_to_confirm() -> None:
    place = service()
    award = place.funded("ape", granted=None, base_amount=None)
    Award.objects.update(starts_on=date(2022, 1, 1), ends_on=None)
    days = {"starts_on": date(2022, 1, 1), "ends_on": None, "decided_on": date(2021, 12, 1)}
    TermFactory(award=award, code="base_amount", value="100000.00", **days)
    dossier = place.dossier(award)
    assert dossier.amounts.granted == 11_131_240
    told = [check for check in dossier.checks if check.code == "figure_to_confirm"]
    assert [check.level for check in told] == ["warning"]
    assert "Prime exceptionnelle" in told[0].message
    assert "125757" in told[0].message
    assert {use.status for use in dossier.figures if use.code == "ape.exceptional_rate"} == {
        "to_confirm"
    }


def test_the_gap_of_an_acs_post_is_summed_over_its_months() -> None:
    place = service()
    award = place.funded("acs")
    (gap,) = place.dossier(award).details
    sheet = place.dossier(award).staff_sheet
    assert gap.name == "differential"
    assert gap.amount == sheet.total("differential")
    assert gap.amount == sheet.total("scale_maximum") - sheet.total("premium_month")


def test_the_gap_of_a_post_whose_scale_is_not_known_is_unknown_and_not_zero() -> None:
    place = service()
    award = place.funded("acs")
    ContractLine.objects.update(scale="INCONNU")
    (gap,) = place.dossier(award).details
    assert gap.amount is None


def test_another_award_has_nothing_beside_its_amounts() -> None:
    place = service()
    assert place.dossier(place.funded("maribel")).details == ()
    letter = place.funded("ape", reference="B", granted="3000.00")
    assert place.dossier(letter).details == ()
