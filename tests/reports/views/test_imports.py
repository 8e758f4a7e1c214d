"""The import page: deposit, preview, import, refuse; only for one's own organisation."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backoffice.federation.jobs import run_until_empty
from backoffice.federation.models import Job
from invoices.models import Supplier
from reports.exchange.exporter import export_workbook
from reports.models import WorkbookImport
from reports.views.scope import XLSX
from staffing.models import ContractLine
from tests.reports.views.reading import words


@pytest.fixture
def workbook(service, tmp_path) -> Path:
    path = tmp_path / "classeur.xlsx"
    export_workbook(service.organisation, 2024, path)
    return path


def changed(path: Path, sheet: str, cell: str, value: object) -> bytes:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def column(path: Path, sheet: str, header: str) -> str:
    page = openpyxl.load_workbook(path)[sheet]
    return next(cell.column_letter for cell in page[1] if str(cell.value).startswith(header))


def deposit(service, content: bytes, name: str = "classeur.xlsx"):
    file = SimpleUploadedFile(name, content, content_type=XLSX)
    return service.client.post("/imports/", {"workbook": file})


def upload(service, content: bytes, name: str = "classeur.xlsx"):
    """Hand a file in and have a worker look at it."""
    response = deposit(service, content, name)
    run_until_empty()
    return response


def bring_in(service, **boxes: str):
    """Ask for the import, have a worker carry it, and come back to its page."""
    response = service.client.post(f"/imports/{last().pk}/importer/", boxes)
    run_until_empty()
    return service.client.get(response.headers["Location"])


def last() -> WorkbookImport:
    return WorkbookImport.objects.get()


@pytest.fixture
def better(service, workbook) -> bytes:
    return changed(
        workbook, "Factures", column(workbook, "Factures", "Description") + "2", "Papier"
    )


@pytest.fixture
def worse(service, workbook) -> bytes:
    return changed(workbook, "Factures", column(workbook, "Factures", "Montant") + "2", 12.345)


def description(service) -> str:
    return service.organisation.invoices.get().description


def test_the_preview_shows_what_changes_and_writes_nothing(service, better):
    response = upload(service, better)
    page = words(service.client.get(response.headers["Location"]))
    assert "Rien n'est encore enregistré. 0 ligne nouvelle, 1 ligne modifiée." in page
    assert "A-W01" in page
    assert "Description Fournitures Papier" in page
    assert description(service) == "Fournitures"
    assert last().state == "previewed"


def test_the_import_writes_then_forgets_the_file(
    service, better, django_capture_on_commit_callbacks
):
    upload(service, better)
    stored = Path(last().file.path)
    assert stored.is_file()
    with django_capture_on_commit_callbacks(execute=True):
        followed = bring_in(service)
    assert "Classeur importé." in words(followed)
    assert description(service) == "Papier"
    assert not stored.exists()


def test_an_import_asked_twice_leads_to_the_first(service, better):
    upload(service, better)
    first = service.client.post(f"/imports/{last().pk}/importer/")
    again = service.client.post(f"/imports/{last().pk}/importer/")
    assert again.headers["Location"] == first.headers["Location"]
    page = words(service.client.get(first.headers["Location"]))
    assert "Ce travail est déjà demandé" in page
    assert "Import d'un classeur en attente" in page
    assert run_until_empty() == 1
    assert description(service) == "Papier"


def test_a_workbook_thrown_away_before_its_turn_is_said(service, better):
    upload(service, better)
    service.client.post(f"/imports/{last().pk}/importer/")
    service.client.post(f"/imports/{last().pk}/abandonner/")
    run_until_empty()
    page = words(service.client.get(f"/travaux/{Job.objects.latest('pk').pk}/"))
    assert "échoué" in page
    assert "Le classeur a été effacé : déposez-le à nouveau." in page


def test_a_workbook_refused_when_its_turn_comes_changes_nothing(service, better):
    upload(service, better)
    response = service.client.post(f"/imports/{last().pk}/importer/")
    service.organisation.enterprise_number = "0999000228"
    service.organisation.save()
    run_until_empty()
    page = words(service.client.get(response.headers["Location"]))
    assert "Classeur refusé : rien n'a été enregistré, rien n'a changé." in page
    assert last().state == "refused"
    assert description(service) == "Fournitures"


def test_what_was_imported_is_not_imported_twice(service, better):
    upload(service, better)
    bring_in(service)
    response = service.client.post(f"/imports/{last().pk}/importer/")
    assert "déjà traité" in words(service.client.get(response.headers["Location"]))


def test_a_file_changed_since_the_preview_is_not_imported(service, better, worse):
    upload(service, better)
    Path(last().file.path).write_bytes(worse)
    response = service.client.post(f"/imports/{last().pk}/importer/")
    assert "n'est plus celui" in words(service.client.get(response.headers["Location"]))
    assert description(service) == "Fournitures"


def test_a_bad_workbook_is_refused_with_its_problems(service, worse):
    response = upload(service, worse)
    page = words(service.client.get(response.headers["Location"]))
    assert "Classeur refusé : rien n'a été enregistré, rien n'a changé." in page
    assert "Qui Mois Message Champ Feuille Ligne Colonne Que faire" in page
    assert "A-W01" in page
    assert "Factures 2 H" in page
    assert service.client.post(f"/imports/{last().pk}/importer/").status_code == 302
    assert last().state == "refused"
    assert not last().file.name


def test_the_problems_are_handed_out_as_a_workbook(service, worse):
    upload(service, worse)
    response = service.client.get(f"/imports/{last().pk}/problemes/")
    page = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in page[1]][:3] == ["Qui", "Mois", "Message"]
    assert page["A2"].value == "A-W01"


def test_the_same_workbook_has_nothing_to_import(service, workbook):
    response = upload(service, workbook.read_bytes())
    page = words(service.client.get(response.headers["Location"]))
    assert "il n'y a rien à importer" in page


def test_a_deposit_can_be_thrown_away(service, better, django_capture_on_commit_callbacks):
    upload(service, better)
    stored = Path(last().file.path)
    with django_capture_on_commit_callbacks(execute=True):
        service.client.post(f"/imports/{last().pk}/abandonner/")
    assert not WorkbookImport.objects.exists()
    assert not stored.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("photo.png", b"x", "Ce n'est ni un classeur .xlsx ni une facture .xml"),
        ("vide.xlsx", b"", "Le fichier est vide"),
        ("gros.xlsx", b"x" * (10 * 1024 * 1024 + 1), "dépasse 10 Mo"),
    ],
)
def test_a_file_that_is_no_workbook_is_not_kept(service, name, content, message):
    response = upload(service, content, name)
    assert response.status_code == 422
    assert message in words(response)
    assert not WorkbookImport.objects.exists()


def test_no_file_at_all_is_said(service):
    response = service.client.post("/imports/", {})
    assert response.status_code == 422
    assert "Choisissez au moins un fichier." in words(response)


def test_an_image_renamed_to_xlsx_is_refused_by_its_content(service):
    response = upload(service, b"\x89PNG\r\n\x1a\n" + b"0" * 100, "photo.xlsx")
    page = words(service.client.get(response.headers["Location"]))
    assert "Classeur refusé" in page
    assert "Le fichier photo.xlsx n'est pas un classeur" in page


def without_invoices(path: Path) -> bytes:
    book = openpyxl.load_workbook(path)
    for sheet in ("Factures", "Ventilation", "Fournisseurs"):
        book[sheet].delete_rows(2, book[sheet].max_row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_what_the_workbook_no_longer_has_is_shown_and_stays(service, workbook):
    response = upload(service, without_invoices(workbook))
    page = words(service.client.get(response.headers["Location"]))
    assert "ne sont plus dans le classeur : elles restent, sauf si vous cochez la case" in page
    assert "A-W01" in page
    bring_in(service)
    assert last().state == "applied"
    assert service.organisation.invoices.count() == 1


def test_what_the_workbook_no_longer_has_is_removed_when_the_box_is_ticked(service, workbook):
    upload(service, without_invoices(workbook))
    bring_in(service, remove_absent="1")
    assert not service.organisation.invoices.exists()
    page = words(service.client.get(f"/imports/{last().pk}/"))
    assert "Lignes supprimées" in page


def test_only_the_rows_that_were_seen_are_removed(service, workbook):
    upload(service, without_invoices(workbook))
    Supplier.objects.create(organisation=service.organisation, code="TARD", name="Arrivé après")
    late = service.organisation.invoices.get()
    late.pk, late.piece = None, "A-TARD"
    late.save()
    page = words(bring_in(service, remove_absent="1"))
    assert "échoué" in page
    assert "Les lignes à supprimer ne sont plus celles que vous avez vues" in page
    assert last().state == "previewed"
    assert service.organisation.invoices.count() == 2


def test_a_start_date_is_corrected_only_with_the_box_ticked(service, workbook):
    contract = ContractLine.objects.filter(worker__organisation=service.organisation).get()
    start = contract.starts_on - timedelta(days=31)
    at = column(workbook, "Contrats", "Du") + "2"
    response = upload(service, changed(workbook, "Contrats", at, start))
    page = words(service.client.get(response.headers["Location"]))
    assert "il n'est possible qu'en les supprimant" in page
    answer = service.client.post(f"/imports/{last().pk}/importer/", follow=True)
    assert "empêchent cet import" in words(answer)
    assert last().state == "previewed"
    bring_in(service, remove_absent="1")
    kept = ContractLine.objects.filter(worker__organisation=service.organisation).get()
    assert kept.starts_on == start


def test_the_workbook_of_another_employer_is_refused(service, other, workbook):
    response = upload(other, workbook.read_bytes())
    page = words(other.client.get(response.headers["Location"]))
    assert "Classeur refusé" in page
    assert "autre employeur" in page


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (("xl/vbaProject.bin", b"macro"), "Ce classeur contient des macros"),
        (("xl/worksheets/sheet99.xml", bytes(3_000_000)), "est trop grand"),
    ],
    ids=["macros", "bomb"],
)
def test_a_workbook_with_macros_or_that_would_fill_the_memory_is_refused_and_forgotten(
    service, better, monkeypatch, part, said
):
    monkeypatch.setattr("reports.exchange.package.MOST_BYTES", 3_000_000)
    response = upload(service, with_part(better, *part))
    page = words(service.client.get(response.headers["Location"]))
    assert said in page
    assert "rien n'a changé" in page
    assert (last().state, last().file.name) == ("refused", "")


@pytest.mark.parametrize("path", ["", "problemes/"])
def test_the_import_of_another_service_does_not_exist(service, other, better, path):
    upload(service, better)
    assert other.client.get(f"/imports/{last().pk}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["importer/", "abandonner/"])
def test_another_service_cannot_decide_on_an_import(service, other, better, path):
    upload(service, better)
    assert other.client.post(f"/imports/{last().pk}/{path}").status_code == 404
    assert last().state == "previewed"


def test_the_history_lists_ones_own_imports_only(service, other, better):
    upload(service, better)
    assert "prêt à importer" in words(service.client.get("/imports/"))
    assert "Aucun import." in words(other.client.get("/imports/"))


def test_the_template_carries_the_employer_and_is_empty(service):
    response = service.client.get("/imports/modele/")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert service.organisation.enterprise_number in [c.value for c in book["Couverture"]["B"]]
    assert book["Travailleurs"]["A2"].value is None
