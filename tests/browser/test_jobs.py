"""An import followed from its page: the page moves by itself when the worker has done it."""

import shutil
import zipfile

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from reports.exchange.exporter import export_workbook
from reports.models import WorkbookImport
from tests.browser.test_site import NARROW, log_in

pytestmark = pytest.mark.browser


def ask_for_an_import(page: Page, service, carrier, tmp_path) -> None:
    path = tmp_path / "classeur.xlsx"
    export_workbook(service.organisation, 2024, path)
    book = openpyxl.load_workbook(path)
    sheet = book["Factures"]
    place = next(cell.column for cell in sheet[1] if str(cell.value).startswith("Description"))
    sheet.cell(2, place).value = "Papier"
    book.save(path)
    log_in(page, service)
    page.locator("summary", has_text="Données").click()
    page.get_by_role("link", name="Imports").click()
    page.get_by_label("Classeurs (.xlsx)").set_input_files(path)
    page.get_by_role("button", name="Examiner").click()
    expect(page.get_by_role("status")).to_contain_text("en attente")
    assert carrier.work_off() == 1
    page.get_by_role("button", name="Importer").click()


def test_the_page_of_an_import_moves_by_itself_until_it_is_done(page, service, carrier, tmp_path):
    ask_for_an_import(page, service, carrier, tmp_path)
    expect(page.get_by_role("heading", name="Import d'un classeur")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("en attente")
    assert carrier.work_off() == 1
    expect(page.get_by_role("status")).to_contain_text("Classeur importé.")
    assert WorkbookImport.objects.get().state == "applied"


def test_an_import_is_given_up_and_listed(page, service, carrier, tmp_path):
    ask_for_an_import(page, service, carrier, tmp_path)
    page.set_viewport_size(NARROW)
    page.get_by_role("button", name="Annuler ce travail").click()
    expect(page.get_by_role("status")).to_contain_text("annulé")
    page.goto("/travaux/")
    expect(page.get_by_role("row").filter(has_text="Import d'un classeur")).to_contain_text(
        "annulé"
    )
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    assert carrier.work_off() == 0
    assert WorkbookImport.objects.get().state == "previewed"


def test_a_session_that_ends_while_the_page_waits_leads_to_the_login(
    page, service, carrier, tmp_path
):
    ask_for_an_import(page, service, carrier, tmp_path)
    page.get_by_role("button", name="Annuler ce travail").focus()
    page.wait_for_timeout(2500)
    expect(page.get_by_role("button", name="Annuler ce travail")).to_be_focused()
    page.context.clear_cookies()
    page.wait_for_url("**/connexion/**")


def test_every_dossier_of_a_year_comes_in_one_archive(page, service, carrier, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    log_in(page, service)
    page.get_by_label("Formats").select_option("classeurs et JSON, sans les PDF (plus rapide)")
    page.get_by_role("button", name="Écrire tous les dossiers de l'année").click()
    expect(page.get_by_role("status")).to_contain_text("en attente")
    assert carrier.work_off() == 1
    page.set_viewport_size(NARROW)
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger les dossiers de 2024 (ZIP)").click()
    number = service.organisation.enterprise_number
    assert download.value.suggested_filename == f"justifications-{number}-2024.zip"
    with zipfile.ZipFile(download.value.path()) as archive:
        assert [name.rsplit(".")[-1] for name in archive.namelist()] == ["json", "xlsx"]
    shutil.rmtree(tmp_path / "exports")
    page.reload()
    expect(page.get_by_text("n'est plus là")).to_be_visible()
    page.get_by_role("button", name="Redemander ce fichier").click()
    expect(page.get_by_role("status")).to_contain_text("en attente")
