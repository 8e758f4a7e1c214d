"""The page of one justification: amounts, findings, lines, named acceptances, files."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import SignOff
from tests.factories import TermFactory, WorkerDocumentFactory
from tests.reports.views.conftest import AS_OF
from tests.reports.views.reading import fetched, markup, words


def test_the_amounts_read_as_a_sum_with_the_way_the_money_goes(service):
    page = words(service.get())
    for part in (
        "Accordé 50 000,00 €",
        "Présenté 3 459,51 €",
        "Admissible 3 280,90 €",
        "Payable 3 280,90 € limité par l'admissible",
        "Avances reçues 2 000,00 € 1 en retard",
        "Solde 1 280,90 € à recevoir",
    ):
        assert part in page


def test_the_lines_stand_by_worker_and_by_head(service):
    page = words(service.get())
    assert "W01 · Nom de W01" in page
    assert "03/2024 P1 31 38,00 1,00 3 280,90" in page
    assert "A-W01" in page
    assert "98 %" in page


def test_a_finding_says_who_and_what_to_do(service):
    page = words(service.get())
    assert "Avertissements" in page
    assert "Accepter nommément les points cochés" in page


def test_a_missing_evidence_is_listed(service):
    service.post.assignments.get().worker.pay_months.update(evidence="")
    page = words(service.get())
    assert "1 pièce manque : W01 : Compte individuel 2024-03" in page


def test_the_file_of_a_worker_stands_with_its_days_and_what_lacks_by_worker(service):
    service.award.scheme = "cocof_casg"
    service.award.save()
    worker = service.post.assignments.get().worker
    page = words(service.get())
    assert "dossier des travailleurs (diplôme, contrat, ...) n'est pas connu ici" in page
    assert "Dossiers du personnel Travailleur" not in page
    for kind, sent in (("seniority", date(2024, 4, 10)), ("amendment", None)):
        WorkerDocumentFactory(
            worker=worker,
            kind=kind,
            reference=kind,
            valid_until=date(2026, 12, 31),
            transmitted_on=sent,
        )
    page = words(service.get())
    assert "2 pièces manquent : W01 : Diplôme, Contrat de travail" in page
    assert "W01 Attestation d'ancienneté seniority 30/06/2012 31/12/2026 10/04/2024" in page
    assert "W01 Avenant au contrat amendment 30/06/2012 31/12/2026 pas encore" in page


def test_figures_show_their_status_and_source(service):
    TermFactory(
        award=service.award, code="ceiling", value="47000.00", decided_on="2024-02-01",
        letter_reference="LETTRE-9", status="to_confirm",
    )  # fmt: skip
    page = words(service.get())
    assert "47 000,00 €/ETP/an" in page or "47 000,00 €" in page
    assert "à confirmer" in page
    assert "LETTRE-9" in page


@pytest.mark.parametrize("year", [2019, 0, 1989, 2101, 99999])
def test_a_year_in_which_the_award_does_not_exist_has_no_page(service, year):
    assert service.client.get(f"/subventions/MARIBEL-1/{year}/").status_code == 404


def test_a_reference_may_hold_a_slash_and_spaces(service):
    type(service.award).objects.update(reference="COM/2024 n° 3")
    page = markup(service.client.get("/dossiers/"))
    assert "/subventions/COM/2024%20n%C2%B0%203/2024/" in page
    response = service.client.get("/subventions/COM/2024%20n%C2%B0%203/2024/")
    assert response.status_code == 200


def test_the_day_is_kept_from_page_to_page(service):
    page = markup(service.get())
    assert 'href="/dossiers/?annee=2024&au=2025-02-01"' in page
    assert 'href="explication/montants/payable/?au=2025-02-01"' in page


def test_what_came_after_the_day_is_not_counted(service):
    page = words(service.client.get(service.page, {"au": "2024-04-01"}))
    assert "Avances reçues 0,00 €" in page


def warnings_of(service) -> list[str]:
    page = service.get().content.decode()
    return [part.split('"')[0] for part in page.split('name="subject" value="')[1:]]


def accept(service, subjects, **changes):
    data = {"subject": subjects, "reason": "Vérifié", **changes}
    return service.client.post(f"{service.page}acceptations/?au=2025-02-01", data)


def test_a_warning_is_accepted_in_the_name_of_the_account_with_a_reason(service):
    User.objects.update(first_name="Anne", last_name="Dupont")
    subjects = warnings_of(service)
    response = accept(service, subjects, signed_by="La directrice")
    assert response.headers["Location"] == f"{service.page}?au=2025-02-01#controles"
    rows = SignOff.objects.values_list("subject", "signed_by", "reason")
    assert sorted(rows) == sorted((s, "Anne Dupont", "Vérifié") for s in subjects)
    assert warnings_of(service) == []
    user = User.objects.get()
    assert {row.user for row in SignOff.objects.all()} == {user}
    assert f"Accepté par Anne Dupont (compte {user.username})." in words(service.get())


def test_the_name_of_who_accepts_is_that_of_the_account(service):
    User.objects.update(first_name="Anne", last_name="Dupont")
    page = service.get()
    assert "Accepté par Anne Dupont" in words(page)
    assert 'name="signed_by"' not in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": ""}, "Indiquez pourquoi."),
        ({"subject": []}, "Cochez au moins un avertissement."),
        ({"subject": ["inconnu"]}, "n'est pas à accepter"),
        ({"reason": "x" * 251}, "250"),
    ],
)
def test_an_acceptance_that_is_not_complete_writes_nothing(service, changes, message):
    response = accept(service, warnings_of(service), **changes)
    assert response.status_code == 422
    assert message in words(response)
    assert not SignOff.objects.exists()


def test_an_error_is_never_signed_off(service):
    service.award.terms.filter(code="fund").delete()
    page = service.get()
    assert "Erreurs" in words(page)
    assert accept(service, ["term:maribel.fund"]).status_code == 422
    assert not SignOff.objects.exists()


def test_what_is_accepted_once_is_not_accepted_twice(service):
    subjects = warnings_of(service)
    accept(service, subjects)
    response = accept(service, subjects[:1])
    assert response.status_code == 422
    assert f"déjà été accepté par {User.objects.get().username}" in words(response)


def test_the_number_of_queries_is_the_same_for_1_and_20_workers(
    service, worker_adder, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as one:
        service.get()
    for number in range(2, 21):
        worker_adder(f"W{number:02d}")
    with django_assert_num_queries(len(one)):
        assert "W20" in words(service.get())


def test_the_json_file_carries_the_amounts_and_no_name_in_its_own(service):
    found = fetched(service.client, f"{service.page}fichiers/json/", {"au": "2025-02-01"})
    assert found.headers["Content-Type"] == "application/json"
    assert found.name == "justification-maribel-1-2024.json"
    assert json.loads(found.content)["amounts"]["payable"] == "3280.90"


def test_the_workbook_is_a_workbook(service):
    found = fetched(service.client, f"{service.page}fichiers/xlsx/", {"au": "2025-02-01"})
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(found.content)).namelist()


def test_a_format_that_does_not_exist_has_no_file(service):
    assert service.client.post(f"{service.page}fichiers/docx/").status_code == 404


def test_a_finding_leads_to_the_row_that_puts_it_right(service):
    worker = service.organisation.workers.get()
    worker.assignments.update(weekly_hours="40.00")
    page = service.get().content.decode()
    invoice = service.organisation.invoices.get()
    carried = f"?au={AS_OF}"
    assert f'<a href="/registres/invoices/{invoice.pk}/{carried}">A-W01</a>' in page
    grid = f"/grille/?annee=2024&amp;au={AS_OF}#travailleur-{worker.pk}"
    assert f'<a href="{grid}">W01</a>' in page
    assert f'<a href="{grid}">Grille d&#x27;affectation</a>' in page
    rows = service.client.get("/grille/", {"annee": "2024", "au": AS_OF}).content.decode()
    assert f'id="travailleur-{worker.pk}"' in rows
