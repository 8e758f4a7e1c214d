"""Why a figure is what it is: the same steps as a page and as a fragment."""

import re

import pytest

from tests.factories import AwardFactory
from tests.reports.views.reading import words

KINDS = (
    "lignes/0",
    "factures/0",
    "rubriques/staff",
    "rubriques/running",
    "montants/accorde",
    "montants/presente",
    "montants/admissible",
    "montants/payable",
    "montants/fonds-propres",
    "montants/avances",
    "montants/solde",
)


def fragment(service, path):
    return service.client.get(
        f"{service.page}explication/{path}/", {"au": "2025-02-01"}, headers={"HX-Request": "true"}
    )


@pytest.mark.parametrize("path", KINDS)
def test_the_fragment_is_the_one_of_the_full_page(service, path):
    page = service.get(f"explication/{path}/").content.decode()
    part = fragment(service, path).content.decode().strip()
    assert part.startswith('<div class="explanation">')
    assert part in page
    assert "<html" not in part


def test_every_link_of_the_page_leads_to_an_explanation(service):
    page = service.get().content.decode()
    links = set(re.findall(r'class="why" href="(explication/[^"?]*)', page))
    assert {f"explication/{kind}/" for kind in KINDS} == links
    for link in links:
        assert service.get(link).status_code == 200


def test_a_worker_month_is_explained_step_by_step(service):
    page = words(fragment(service, "lignes/0"))
    assert "Travailleur W01, mars 2024" in page
    assert "Heures par semaine 38,00 h" in page
    assert "Plafond par ETP et par an 46 607,60 €" in page
    assert "confirmé 46 607,60 €" in page
    assert "maribel." not in page
    assert "en vigueur le 01/01/2024, décidé le 01/12/2023" in page
    assert page.index("Présenté 3 280,90") < page.index("Admissible 3 280,90")


def test_an_invoice_is_explained_from_its_total_and_share(service):
    page = words(fragment(service, "factures/0"))
    assert "Montant de la facture (TVAC) 182,25 €" in page
    assert "Part mise sur la subvention 98 %" in page
    assert "Présenté 178,61 €" in page
    assert "Payable 0,00 €" in page


def test_the_granted_amount_is_explained_by_its_letter(service):
    page = words(fragment(service, "montants/accorde"))
    assert "maribel.granted" not in page
    assert "LETTRE-1" in page


def test_the_balance_is_what_is_payable_less_what_came(service):
    page = words(fragment(service, "montants/solde"))
    assert "Payable 3 280,90 €" in page
    assert "Avances reçues 2 000,00 €" in page
    assert "Solde 1 280,90 €" in page


def test_an_unknown_amount_is_explained_as_unknown(service):
    AwardFactory(organisation=service.organisation, reference="APE-1", scheme="ape")
    response = service.client.get("/subventions/APE-1/2024/explication/montants/accorde/")
    assert "Accordé inconnu" in words(response)
    assert "voyez les contrôles" in words(response)


@pytest.mark.parametrize(
    "path",
    [
        "lignes/99",
        "lignes/-1",
        "lignes/abc",
        "factures/99",
        "rubriques/rien",
        "montants/tout",
        "autre/1",
    ],
)
def test_what_does_not_exist_has_no_explanation(service, path):
    assert fragment(service, path).status_code == 404
