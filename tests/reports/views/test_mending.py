"""Where a finding of a justification is put right: a page of the site, never a sheet of a file."""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.factories import AwardFactory
from tests.people import member
from tests.reports.views.conftest import Service
from tests.reports.views.reading import markup

CHECKS = Path("reports/checks")


def remedies(service: Service, reference: str, client: Client | None = None) -> dict[str, str]:
    """What each remedy says, and the address of its link."""
    page = markup((client or service.client).get(f"/subventions/{reference}/2024/"))
    found = re.findall(r'<p class="todo">([^<]+)(?:<a href="([^"]+)">[^<]+</a>)?</p>', page)
    return {words.strip(): address for words, address in found}


def test_no_remedy_speaks_of_a_sheet_of_a_workbook():
    said = " ".join(path.read_text() for path in CHECKS.glob("*.py"))
    assert not re.search(r"feuilles? «|classeur", said)


def test_a_missing_term_leads_to_the_terms_of_its_award(service):
    AwardFactory(organisation=service.organisation, reference="APE-1", scheme="ape")
    address = remedies(service, "APE-1")["Encodez-le parmi les termes de la lettre."]
    assert address.startswith("/termes/?texte=APE-1")
    assert service.client.get(address).status_code == 200


def test_a_letter_to_come_leads_to_its_award(service):
    award = AwardFactory(
        organisation=service.organisation,
        reference="APE-2",
        scheme="ape",
        letter_reference="",
        letter_on=None,
        notified_on=None,
    )
    words = "Quand elle arrive, encodez sa référence, ses dates et ses termes."
    address = remedies(service, award.reference)[words]
    assert "texte=APE-2" in address
    assert "APE-2" in markup(service.client.get(address))


def test_every_remedy_of_a_dossier_leads_to_a_page_that_opens(service):
    found = remedies(service, service.award.reference)
    assert any(found.values())
    for address in filter(None, found.values()):
        assert service.client.get(address.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("role", ["finance", "director", "accountant"])
def test_a_page_that_the_reader_may_not_open_is_not_named(service, role):
    reader = member(role, service.organisation)
    words = "Importez les heures financées (Qbis) déclarées."
    address = remedies(service, service.award.reference, reader)[words]
    assert bool(address) == (role != "director")
