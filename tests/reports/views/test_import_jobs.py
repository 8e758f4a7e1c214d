"""Looking at files and importing them by jobs: followed, given up, several at once, filtered."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.federation.jobs import cancel, run_until_empty
from backoffice.federation.models import Job
from reports.exchange.exporter import export_workbook
from reports.exchange.resources import SheetResource
from reports.models import WorkbookImport
from tests.reports.views.reading import markup, words
from tests.reports.views.test_imports import changed, column, deposit, description, last, upload


@pytest.fixture
def workbook(service, tmp_path) -> Path:
    path = tmp_path / "classeur.xlsx"
    export_workbook(service.organisation, 2024, path)
    return path


@pytest.fixture
def better(workbook) -> bytes:
    return changed(
        workbook, "Factures", column(workbook, "Factures", "Description") + "2", "Papier"
    )


@pytest.fixture
def worse(workbook) -> bytes:
    return changed(workbook, "Factures", column(workbook, "Factures", "Montant") + "2", 12.345)


def test_a_file_is_kept_at_once_and_looked_at_by_a_job(service, better):
    response = deposit(service, better)
    assert last().state == "waiting"
    page = markup(service.client.get(response.headers["Location"]))
    assert "Examen d'un fichier à importer" in page
    assert f'hx-get="/imports/{last().pk}/"' in page
    assert '<progress id="avancement">' in page
    run_until_empty()
    page = markup(service.client.get(response.headers["Location"]))
    assert "Rien n'est encore enregistré." in page
    assert f'hx-get="/imports/{last().pk}/"' not in page


def test_the_moving_part_is_the_same_as_in_the_whole_page(service, better):
    address = deposit(service, better).headers["Location"]
    for _turn in range(2):
        whole = service.client.get(address).content.decode()
        part = service.client.get(address, headers={"hx-request": "true"}).content.decode()
        assert part.strip().startswith('<div id="import"')
        assert without_token(part.strip()) in without_token(whole)
        run_until_empty()


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_a_look_that_fails_says_so_and_can_be_asked_again(service, better, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("reports.uploads.read_workbook", broken)
        response = upload(service, better)
    page = words(service.client.get(response.headers["Location"]))
    assert "Un imprévu a arrêté ce travail (OSError)" in page
    assert "Ce fichier n'est pas encore examiné : rien n'est enregistré." in page
    service.client.post(f"/imports/{last().pk}/examiner/")
    run_until_empty()
    assert last().state == "previewed"


def broken(*args, **kwargs):
    raise OSError("no room")


def test_a_look_that_is_given_up_leaves_the_file_to_be_looked_at_or_thrown_away(service, better):
    response = deposit(service, better)
    cancel(Job.objects.get())
    run_until_empty()
    page = words(service.client.get(response.headers["Location"]))
    assert "annulé Ce travail est annulé : il n'a rien enregistré." in page
    assert "Examiner à nouveau Abandonner et effacer le fichier" in page
    service.client.post(f"/imports/{last().pk}/abandonner/")
    assert not WorkbookImport.objects.exists()


def test_an_import_cancelled_while_it_writes_writes_nothing(service, better, monkeypatch):
    upload(service, better)
    service.client.post(f"/imports/{last().pk}/importer/")
    store = SheetResource.store

    def asked_meanwhile(self, rows):
        store(self, rows)
        Job.objects.filter(state="running").update(cancel_asked=True)

    monkeypatch.setattr(SheetResource, "store", asked_meanwhile)
    run_until_empty()
    assert Job.objects.latest("pk").state == "cancelled"
    assert description(service) == "Fournitures"
    assert last().state == "previewed"
    page = words(service.client.get(f"/imports/{last().pk}/"))
    assert "Ce travail est annulé : il n'a rien enregistré." in page
    assert "Rien n'est encore enregistré." in page


def test_a_cancelled_job_goes_back_to_the_page_that_asked_and_to_no_other_site(service, better):
    deposit(service, better)
    address = f"/travaux/{Job.objects.get().pk}/annuler/"
    back = service.client.post(address, {"back": f"/imports/{last().pk}/"})
    assert back.headers["Location"] == f"/imports/{last().pk}/"
    for elsewhere in ("https://ailleurs.example/", "//ailleurs.example/"):
        answer = service.client.post(address, {"back": elsewhere})
        assert answer.headers["Location"].startswith("/travaux/")


def test_several_files_are_kept_together_each_with_its_own_verdict(service, better, worse):
    files = [
        SimpleUploadedFile("bon.xlsx", better),
        SimpleUploadedFile("mauvais.xlsx", worse),
        SimpleUploadedFile("photo.png", b"x"),
    ]
    page = markup(service.client.post("/imports/", {"workbook": files}, follow=True))
    assert "2 fichiers reçus." in page
    assert "photo.png : Ce n'est ni un classeur .xlsx ni une facture .xml" in page
    assert 'id="recents" hx-get="/imports/"' in page
    run_until_empty()
    page = words(service.client.get("/imports/"))
    assert "bon.xlsx classeur d'une année prêt à importer" in page
    assert "mauvais.xlsx classeur d'une année refusé" in page


def test_the_list_asks_the_same_queries_for_one_file_and_for_twenty(service, better):
    deposit(service, better)
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as found:
            service.client.get("/imports/")
        counts.append(len(found))
        for number in range(19):
            deposit(service, better, f"{number}.xlsx")
    assert counts[0] == counts[1]


def test_the_problems_are_filtered_and_handed_out_as_text(service, workbook):
    content = many_problems(workbook)
    response = upload(service, content)
    address = response.headers["Location"]
    assert "Problèmes à corriger (12)" in words(service.client.get(address))
    page = words(service.client.get(address, {"texte": "FACTURES 5"}))
    assert "Problèmes à corriger (1)" in page
    assert "Problèmes à corriger (12)" in words(service.client.get(address, {"feuille": "Rien"}))
    text = service.client.get(f"{address}problemes/", {"format": "csv"}).content.decode()
    assert text.startswith("\ufeffQui;Mois;Message;Champ;Feuille;Ligne;Colonne;Que faire\r\n")
    assert text.count("\r\n") == 13


def many_problems(path: Path) -> bytes:
    book = openpyxl.load_workbook(path)
    sheet = book["Factures"]
    values = [cell.value for cell in sheet[2]]
    amount = next(c.column for c in sheet[1] if str(c.value).startswith("Montant"))
    piece = next(c.column for c in sheet[1] if str(c.value).startswith("Pièce"))
    for row in range(2, 14):
        for place, value in enumerate(values, start=1):
            sheet.cell(row, place).value = value
        sheet.cell(row, piece).value = f"P-{row}"
        sheet.cell(row, amount).value = 12.345
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
