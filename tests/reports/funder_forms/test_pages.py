"""A funder's form on the site: handed in, mapped once, filled for a dossier, replaced next year."""

import io
import json
import shutil
import subprocess
import zipfile
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from backoffice.federation.models import Job
from reports.models import FormCell, FunderForm
from tests.factories import InvoiceFactory, MembershipFactory
from tests.reports.funder_forms.forms import parts_of, with_parts, workbook
from tests.reports.views.conftest import add_worker, build_service
from tests.reports.views.reading import asked_file, fetched, words

PAGE = "/formulaires/"


@pytest.fixture
def service(db):
    return build_service()


def upload(content: bytes, name: str = "formulaire.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def handed_in() -> bytes:
    """The funder's file: another call of `workbook` writes another time in it."""
    return workbook()


@pytest.fixture
def form(service, handed_in) -> FunderForm:
    data = {"name": "Maribel", "file": upload(handed_in)}
    assert service.client.post(f"{PAGE}nouveau/", data).status_code == 302
    return FunderForm.objects.get()


def put(service, form, cell, source, *, last_row=""):
    """Map a cell of the first sheet, or a list on the second."""
    sheet = "Personnel" if last_row and cell[1] == "2" else "Déclaration"
    data = {"sheet": sheet, "cell": cell, "source": source, "last_row": last_row}
    return service.client.post(f"{PAGE}{form.pk}/cellules/", data)


ASKED = {"reference": "MARIBEL-1", "year": "2024"}


def download(service, form, query=None, **asked):
    return fetched(service.client, f"{PAGE}{form.pk}/remplir/", query, ASKED | asked)


def test_a_form_is_mapped_once_and_filled_with_a_dossier(service, form):
    for cell, source in (
        ("B3", "organisation"),
        ("B4", "payable"),
        ("B6", "as_of"),
        ("B7", "as_of"),
    ):
        assert put(service, form, cell, source).status_code == 302
    put(service, form, "A2", "worker.name", last_row="7")
    put(service, form, "B2", "worker.payable", last_row="7")
    response = download(service, form, {"au": "2026-11-20"})
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    page, people = book["Déclaration"], book["Personnel"]
    dossier = json.loads(fetched(service.client, f"{service.page}fichiers/json/").content)
    assert page["B3"].value == service.organisation.name
    assert page["B3"].font.bold
    assert f"{page['B4'].value:.2f}" == dossier["amounts"]["payable"]
    assert page["B5"].value == "=B4/2"
    assert f"{page['B6'].value:%Y-%m-%d}" == "2026-11-20"
    assert page["B7"].value == "20/11/2026", "a cell that shows no day gets it in words"
    assert people["A2"].value == "Nom de W01"
    assert people["A3"].value is None
    assert people["B8"].value == "=SUM(B2:B7)"
    assert response.name == "maribel-maribel-1-2024.xlsx"


def test_every_part_without_a_mapped_cell_is_the_one_of_the_funder(service, form, handed_in):
    put(service, form, "B4", "payable")
    before, after = parts_of(handed_in), parts_of(download(service, form).content)
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet1.xml"]
    asked = parts_of(download(service, form, calculate="on").content)
    changed = {name for name in before if before[name] != asked[name]}
    assert changed == {"xl/workbook.xml", "xl/worksheets/sheet1.xml"}


def test_a_year_outside_the_award_is_refused_at_the_form_and_asks_no_job(service, form):
    put(service, form, "B4", "payable")
    InvoiceFactory(organisation=service.organisation, piece="A-2025", issued_on=date(2025, 3, 1))
    asked = ASKED | {"year": "2025"}
    response = service.client.post(f"{PAGE}{form.pk}/remplir/", asked)
    assert response.status_code == 422
    (said,) = response.context["filling"].errors["year"]
    assert said == "Cette subvention ne porte pas sur cet exercice."
    assert said in words(response)
    assert not Job.objects.exists()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice n'est pas installé")
def test_libreoffice_opens_the_filled_form_and_calculates_it(service, form, tmp_path):
    put(service, form, "B4", "granted")
    path = tmp_path / "rempli.xlsx"
    path.write_bytes(download(service, form, calculate="on").content)
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", home, "--headless", "--convert-to", "csv", "--outdir", tmp_path, path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603
    assert "Moitié,25000" in (tmp_path / "rempli.csv").read_text("latin-1")


def test_a_list_longer_than_its_place_is_refused_and_nothing_is_cut(service, form):
    add_worker(service.post, service.organisation, "W02")
    put(service, form, "A2", "worker.name", last_row="2")
    job = asked_file(service.client, f"{PAGE}{form.pk}/remplir/", None, ASKED)
    assert job.state == "failed"
    [sentence] = job.problems
    assert "Le formulaire n'est pas rempli." in sentence
    assert "a 2 lignes" in sentence
    assert "Travailleurs" in sentence


REFUSED = (
    ({"cell": "B5", "source": "payable"}, "contient une formule"),
    ({"cell": "B1", "source": "payable"}, "fusionnée dans A1:C1"),
    ({"cell": "7B", "source": "payable"}, "comme B7"),
    ({"cell": "😀", "source": "payable"}, "comme B7"),
    ({"cell": "ZZZ1", "source": "payable"}, "hors de la feuille"),
    ({"cell": "A9", "source": "worker.name"}, "demande la dernière ligne"),
    ({"cell": "A9", "source": "worker.name", "last_row": "3"}, "est avant la première"),
    ({"cell": "A9", "source": "worker.name", "last_row": "300 %"}, "numéro de ligne"),
    ({"cell": "A9", "source": "password"}, "choix"),
)


@pytest.mark.parametrize(("typed", "sentence"), REFUSED)
def test_a_cell_that_cannot_take_a_value_says_why(service, form, typed, sentence):
    response = put(service, form, **typed)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not FormCell.objects.exists()


def test_a_cell_is_mapped_once_and_given_back(service, form):
    put(service, form, "B4", "payable")
    assert "reçoit déjà une valeur" in put(service, form, "B4", "granted").content.decode()
    cell = FormCell.objects.get()
    service.client.post(f"{PAGE}{form.pk}/cellules/{cell.pk}/retirer/")
    assert not FormCell.objects.exists()


def test_the_file_of_a_new_year_keeps_the_mapping_and_says_what_moved(service, form):
    put(service, form, "B4", "payable")
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book["Déclaration"]["A4"] = "Montant accepté"
    kept = io.BytesIO()
    book.save(kept)
    address = f"{PAGE}{form.pk}/fichier/"
    page = service.client.post(address, {"file": upload(kept.getvalue())}, follow=True)
    assert "se lit « Montant accepté »" in page.content.decode()
    assert parts_of(download(service, form).content)


@pytest.mark.parametrize(
    "content",
    [b"<svg><script/></svg>", b"", with_parts(workbook(), {"xl/vbaProject.bin": b"x"})],
    ids=["SVG", "vide", "macros"],
)
def test_a_file_that_is_no_form_is_refused_and_the_name_is_kept(service, content):
    data = {"name": "Formulaire Cocof", "file": upload(content)}
    response = service.client.post(f"{PAGE}nouveau/", data)
    assert response.status_code == 422
    assert 'value="Formulaire Cocof"' in response.content.decode()
    assert not FunderForm.objects.exists()


def test_another_service_finds_nothing(service, form):
    stranger = Client()
    stranger.force_login(MembershipFactory().user)
    assert stranger.get(f"{PAGE}{form.pk}/").status_code == 404
    assert stranger.post(f"{PAGE}{form.pk}/remplir/", ASKED).status_code == 404
    assert stranger.post(f"{PAGE}{form.pk}/retirer/").status_code == 404
    assert "Maribel" not in stranger.get(PAGE).content.decode()


def test_a_director_fills_a_form_and_does_not_change_it(service, form):
    put(service, form, "B4", "payable")
    director = Client()
    director.force_login(MembershipFactory(organisation=service.organisation, role="director").user)
    assert director.get(f"{PAGE}{form.pk}/").status_code == 200
    assert fetched(director, f"{PAGE}{form.pk}/remplir/", None, ASKED).content
    assert director.post(f"{PAGE}{form.pk}/retirer/").status_code == 403


def test_the_page_takes_the_same_queries_for_one_cell_and_for_many(
    service, form, django_assert_max_num_queries
):
    put(service, form, "B4", "payable")
    address = f"{PAGE}{form.pk}/"
    with django_assert_max_num_queries(40) as few:
        service.client.get(address)
    count = len(few)
    for row in range(10, 30):
        put(service, form, f"B{row}", "granted")
    with django_assert_max_num_queries(count):
        service.client.get(address)


def test_a_form_that_unpacks_to_more_than_a_page_can_read_is_refused(service, handed_in):
    big = with_parts(handed_in, {"xl/worksheets/sheet9.xml": bytes(21 * 1024 * 1024)})
    refused = service.client.post(f"{PAGE}nouveau/", {"name": "Grand", "file": upload(big)})
    assert refused.status_code == 422
    assert "trop grand une fois ouvert" in refused.content.decode()


def test_the_rows_below_those_shown_are_not_read(service, handed_in):
    sheet = parts_of(handed_in)["xl/worksheets/sheet1.xml"].decode()
    head, _found, tail = sheet.partition("</sheetData>")
    below = '<row r="200"/><row r="300"><c r="A300" t="d"><v>broken</v></c></row>'
    broken = f"{head}{below}</sheetData>{tail}"
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts_of(handed_in).items():
            archive.writestr(name, broken if name == "xl/worksheets/sheet1.xml" else part)
    data = {"name": "Long", "file": upload(other.getvalue())}
    assert service.client.post(f"{PAGE}nouveau/", data).status_code == 302
    shown = service.client.get(f"{PAGE}{FunderForm.objects.get().pk}/")
    assert "Montant demandé" in shown.content.decode()


def test_a_form_that_cannot_be_shown_says_so_and_keeps_its_mapping(service):
    parts = parts_of(workbook()) | {"xl/styles.xml": b"<styleSheet"}
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    data = {"name": "Maribel", "file": upload(kept.getvalue())}
    assert service.client.post(f"{PAGE}nouveau/", data).status_code == 302
    form = FunderForm.objects.get()
    FormCell.objects.create(form=form, source="payable", sheet="Déclaration", cell="B4")
    response = service.client.get(f"{PAGE}{form.pk}/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Le formulaire ne peut pas être montré : enregistrez-le de nouveau en .xlsx." in page
    assert "B4" in page
