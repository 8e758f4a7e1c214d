"""Interim, fees and volunteers in a justification: counted as staff, shown with who worked."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grants.models import Award
from reports.documents.json_file import render_json
from reports.dossier import Dossier
from reports.pages.explanation import explain
from reports.pages.justification import page_of
from tests.factories import MembershipFactory
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db
WHO = {"person": "Personne Inventée", "function": "reception", "hours": Decimal("7.50")}


def outside(place: Service, award: Award, category: str = "interim", **changed: Any) -> Dossier:
    """The justification of an award that bears one invoice of 200.00 for such a person."""
    place.invoice(award, category=category, **WHO, **changed)
    return place.dossier(award)


@pytest.mark.parametrize("category", ["interim", "staff_fees", "volunteers"])
@pytest.mark.parametrize("scheme", ["cocom_facultative", "cocof_representative", "wallonia_css"])
def test_they_count_with_the_payroll_where_the_scheme_takes_them(
    scheme: str, category: str
) -> None:
    place = service()
    dossier = outside(place, place.funded(scheme), category)
    (head,) = dossier.heads
    assert (head.name, head.presented, head.admissible) == ("staff", 320_000, 320_000)
    assert head.payable == dossier.amounts.payable == 300_000
    assert dossier.staff[0].payable == 281_250
    assert dossier.outside_payroll[0].payable == 18_750
    assert dossier.purchases == ()


@pytest.mark.parametrize("scheme", ["maribel", "acs", "ape", "cocof_casg", "cocom_cap"])
def test_they_are_presented_and_refused_where_the_scheme_pays_jobs(scheme: str) -> None:
    place = service()
    award = place.funded(scheme)
    dossier = outside(place, award)
    (line,) = dossier.outside_payroll
    assert (line.presented, line.admissible) == (20_000, 0)
    (check,) = place.found(award, "invoice_not_admitted")
    assert "Intérim" in check.message


def test_the_maximum_of_the_letter_holds_over_both() -> None:
    place = service()
    award = place.funded("cocom_facultative", staff_max="2560.00")
    (head,) = outside(place, award).heads
    assert (head.admitted, head.maximum, head.payable) == (320_000, 256_000, 256_000)


def test_a_treatment_that_nobody_confirmed_is_accepted_by_name() -> None:
    place = service()
    award = place.funded("cocof_casg")
    (before,) = place.found(award, "cost_items_to_confirm") or (None,)
    outside(place, award)
    (check,) = place.found(award, "cost_items_to_confirm")
    assert "intérim" in check.message
    assert before is None or "intérim" not in before.message
    assert check.level == "warning"


def test_sixty_per_cent_reached_only_with_them_is_a_question_to_the_funder() -> None:
    place = service("BODY")
    award = place.funded("cocof_representative", granted="9000.00")
    place.invoice(award, amount=Decimal("2100.00"))
    assert len(place.found(award, "staff_share_below_minimum")) == 1
    outside(place, award, number="F2")
    assert place.found(award, "staff_share_below_minimum") == []
    (check,) = place.found(award, "staff_share_rests_on_outside", date(2025, 3, 1))
    assert (check.level, check.amount) == ("warning", 18_000)


def test_the_page_shows_who_worked_beside_the_payroll() -> None:
    place = service()
    page = page_of(outside(place, place.funded("cocom_facultative")))
    assert page.invoices == ()
    assert page.outside is not None
    ((line, _share),) = page.outside.lines
    assert (line.person, line.hours) == ("Personne Inventée", 750)
    assert line.function == {"fr": "Accueil", "nl": "Onthaal"}


def test_the_web_page_names_them_under_the_staff_and_says_what_is_not_known() -> None:
    place = service()
    award = place.funded("cocom_facultative")
    place.invoice(award, category="interim", **WHO)
    place.invoice(award, category="volunteers", number="F2")
    client = Client()
    client.force_login(MembershipFactory(organisation=place.organisation).user)
    address = reverse("justification", args=[award.reference, 2024])
    page = client.get(address).content.decode()
    staff = page[page.index('id="hors-paie"') : page.index('id="factures"')]
    for words in ("Personne Inventée", "Accueil", "7,50", "inconnue", "Défraiement de volontaires"):
        assert words in staff


def test_the_explanation_says_who_worked() -> None:
    place = service()
    dossier = outside(place, place.funded("cocom_facultative"))
    assert explain(dossier, "factures", "0").about.startswith("Personne Inventée, Accueil, 7,50")
    assert "2 lignes" in explain(dossier, "rubriques", "staff").steps[0].rule


def test_what_is_not_known_of_the_person_is_said() -> None:
    place = service()
    award = place.funded("cocom_facultative")
    place.invoice(award, category="staff_fees")
    about = explain(place.dossier(award), "factures", "0").about
    assert about.startswith("personne inconnue, fonction inconnue, heures inconnues")


def test_the_json_file_names_the_person_the_function_and_the_hours() -> None:
    place = service()
    dossier = outside(place, place.funded("cocom_facultative"))
    (line,) = json.loads(render_json(dossier))["invoices"]
    assert (line["head"], line["person"], line["hours"]) == ("staff", "Personne Inventée", "7.50")
