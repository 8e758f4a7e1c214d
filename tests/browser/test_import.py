"""Files handed in on the page: refused with their problems, corrected, followed, given up."""

import base64
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from backoffice.federation.models import Job
from reports.exchange.exporter import export_workbook
from reports.exchange.resources import SheetResource
from reports.models import WorkbookImport
from tests.browser.test_site import NARROW, log_in

pytestmark = pytest.mark.browser
DROP = """(form, files) => {
  const data = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    data.items.add(new File([bytes], name));
  }
  form.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
}"""


@pytest.fixture
def workbook(service, tmp_path) -> Path:
    path = tmp_path / "classeur.xlsx"
    export_workbook(service.organisation, 2024, path)
    return path


def written(path: Path, header: str, value: object) -> Path:
    book = openpyxl.load_workbook(path)
    sheet = book["Factures"]
    place = next(cell.column for cell in sheet[1] if str(cell.value).startswith(header))
    sheet.cell(2, place).value = value
    book.save(path)
    return path


def open_imports(page: Page, service) -> None:
    log_in(page, service)
    page.locator("summary", has_text="Données").click()
    page.get_by_role("link", name="Imports").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Importer des fichiers")
    page.wait_for_load_state()


def hand_in(page: Page, path: Path) -> None:
    page.get_by_label("Classeurs (.xlsx)").set_input_files(path)
    page.get_by_role("button", name="Examiner").click()
    expect(page.get_by_role("status")).to_contain_text("en attente")


def test_a_bad_workbook_says_what_to_correct_and_the_corrected_one_goes_in(
    page, service, carrier, workbook
):
    open_imports(page, service)
    hand_in(page, written(workbook, "Montant", 12.345))
    carrier.work_off()
    expect(page.get_by_role("alert")).to_contain_text("rien n'a été enregistré")
    row = page.get_by_role("row").filter(has_text="A-W01")
    expect(row).to_contain_text("Factures")
    expect(row).to_contain_text("décimales")
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger la liste des problèmes").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("link", name="Imports", exact=True).last.click()
    written(workbook, "Montant", 12.34)
    hand_in(page, written(workbook, "Description", "Papier"))
    carrier.work_off()
    expect(page.locator("#import")).to_contain_text("Rien n'est encore enregistré.")
    page.get_by_role("button", name="Importer").click()
    carrier.work_off()
    expect(page.get_by_role("status")).to_contain_text("Classeur importé.")
    assert service.organisation.invoices.get().description == "Papier"


def test_the_bar_moves_while_the_file_is_read_and_a_cancelled_look_can_be_asked_again(
    page, service, workbook
):
    open_imports(page, service)
    hand_in(page, workbook)
    job = Job.objects.get()
    Job.objects.filter(pk=job.pk).update(
        state="running", claim="x", started_at=job.asked_at, done=3, total=20, doing="Lecture"
    )
    expect(page.get_by_label("Avancement")).to_have_attribute("value", "3")
    expect(page.get_by_role("status")).to_contain_text("Lecture")
    Job.objects.filter(pk=job.pk).update(state="queued", claim="")
    page.get_by_role("button", name="Annuler ce travail").click()
    expect(page.get_by_role("status")).to_contain_text("annulé")
    page.get_by_role("button", name="Examiner à nouveau").click()
    expect(page.get_by_role("status")).to_contain_text("en attente")
    assert WorkbookImport.objects.get().state == "waiting"


def test_an_import_cancelled_while_it_writes_changes_nothing(
    page, service, carrier, workbook, monkeypatch
):
    open_imports(page, service)
    hand_in(page, written(workbook, "Description", "Papier"))
    carrier.work_off()
    page.get_by_role("button", name="Importer").click()
    expect(page.get_by_role("status")).to_contain_text("en attente")
    store = SheetResource.store

    def asked_meanwhile(self, rows):
        store(self, rows)
        Job.objects.filter(state="running").update(cancel_asked=True)

    monkeypatch.setattr(SheetResource, "store", asked_meanwhile)
    carrier.work_off()
    expect(page.get_by_role("status")).to_contain_text("il n'a rien enregistré")
    assert service.organisation.invoices.get().description == "Fournitures"


def test_files_are_dropped_named_and_a_wrong_one_is_never_sent(page, service, carrier, workbook):
    open_imports(page, service)
    good = base64.b64encode(workbook.read_bytes()).decode()
    page.locator("form.drop").evaluate(
        DROP, [["un.xlsx", good], ["deux.xlsx", good], ["photo.png", "AA=="]]
    )
    expect(page.locator(".chosen")).to_contain_text("ce fichier ne sera pas envoyé")
    page.get_by_role("button", name="Examiner").click()
    expect(page.get_by_role("status")).to_contain_text("2 fichiers reçus.")
    expect(page.get_by_text("travail en cours")).to_have_count(2)
    assert carrier.work_off() == 2
    expect(page.get_by_text("prêt à importer")).to_have_count(2)
    assert {one.name for one in WorkbookImport.objects.all()} == {"un.xlsx", "deux.xlsx"}


def test_a_file_of_two_hundred_megabytes_is_refused_before_it_is_sent(page, service):
    open_imports(page, service)
    page.get_by_label("Classeurs (.xlsx)").evaluate(
        """(field) => {
          const data = new DataTransfer();
          const part = new Uint8Array(10 * 1024 * 1024);
          data.items.add(new File(Array(20).fill(part), "gros.xlsx"));
          field.files = data.files;
          field.dispatchEvent(new Event("change"));
        }"""
    )
    expect(page.locator(".chosen")).to_have_text(
        "gros.xlsx dépasse 10 Mo : ce fichier ne sera pas envoyé."
    )
    assert page.get_by_label("Classeurs (.xlsx)").evaluate("field => field.files.length") == 0


def test_the_pages_of_imports_fit_a_telephone(page, service, carrier, workbook):
    open_imports(page, service)
    hand_in(page, written(workbook, "Montant", 12.345))
    carrier.work_off()
    expect(page.get_by_role("alert")).to_contain_text("rien n'a été enregistré")
    page.set_viewport_size(NARROW)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    page.goto("/imports/")
    assert page.evaluate(wide) == 0
