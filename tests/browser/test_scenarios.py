"""A director's way in a browser: from the library to the note for her board."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from backoffice.federation.jobs import run_until_empty
from tests.people import member
from tests.reports.views.conftest import Service

pytestmark = pytest.mark.browser
GRAVE = {"serious", "critical"}
DAY = "au=2025-02-01"


@pytest.fixture
def director(browser: Browser, service: Service, live_server) -> Iterator[Page]:
    """A page on which the director of the service is signed in."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    session = member("director", service.organisation).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    yield context.new_page()
    context.close()


def grave(page: Page) -> list[str]:
    """What axe finds serious on the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['help']}" for one in found if one["impact"] in GRAVE]


def test_a_director_goes_from_the_library_to_the_note(director: Page) -> None:
    page = director
    page.goto(f"/scenarios/?{DAY}")
    page.get_by_role("link", name=re.compile("Ouvrir.*Maribel.*gelé")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Maribel")
    page.get_by_role("link", name="Comparer").click()
    expect(page.locator("#chiffres")).to_contain_text("Fonds propres")

    chosen = page.locator(".picking")
    chosen.locator("summary").click()
    for name in ("ACS : de 95 à 100 % de la prime", "Soldes payés en retard"):
        chosen.get_by_label(name).check()
    page.get_by_role("button", name="Comparer").click()
    expect(page.locator("section[aria-labelledby^=scenario-]")).to_have_count(3)
    assert grave(page) == []

    before = page.locator(".compared tbody tr").count()
    with page.expect_response(re.compile("montants=")):
        page.get_by_label("Montants accordés").press("ArrowLeft")
    expect(page.locator("output[for=montants]")).to_have_text("99")
    expect(page.locator("section[aria-labelledby^=scenario-]")).to_have_count(4)
    assert page.locator(".compared tbody tr").count() > before
    expect(page).to_have_url(re.compile("montants=99"))
    assert grave(page) == []

    page.locator(".compared a.why").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Coût du personnel")
    page.get_by_role("link", name="W01").click()
    expect(page.locator(".steps")).to_contain_text("Coût du mois")
    assert grave(page) == []

    page.get_by_role("link", name="Comparaison de scénarios").click()
    assert note_of(page).startswith(b"%PDF")


def test_a_director_writes_a_change_by_keyboard_from_what_she_has(director: Page) -> None:
    page, keys = director, director.keyboard
    page.goto(f"/scenarios/?{DAY}")
    page.locator("#id_name").focus()
    keys.type("Moins de Maribel")
    page.locator("#id_reason").focus()
    keys.type("pour le conseil")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Moins de Maribel")

    page.get_by_role("link", name="subvention", exact=True).focus()
    keys.press("Enter")
    page.get_by_label("Ce qui change").focus()
    keys.type("Emplois")
    keys.press("Tab")
    keys.type("01/01/2026")
    keys.press("Tab")
    keys.type("30.000,00")
    assert grave(page) == []
    keys.press("Enter")
    expect(page.locator("ol.changes")).to_contain_text(re.compile(r"MARIBEL-1.*30.000,00"))


def note_of(page: Page) -> bytes:
    """The note for the board, asked from a comparison and fetched from its job."""
    page.get_by_role("button", name="Préparer la note au conseil (PDF)").click()
    run_until_empty()
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger le fichier (PDF)").click()
    return download.value.path().read_bytes()


READ = """() => [...document.querySelectorAll('.chart')].map((chart) => {
  const shown = [...chart.querySelectorAll('svg')].filter((one) => one.checkVisibility());
  const words = shown.flatMap((one) => [...one.querySelectorAll('text')]);
  const box = words.map((one) => one.getBoundingClientRect());
  return {
    drawn: shown.map((one) => one.getAttribute('class')),
    least: Math.min(...words.map((one, k) => box[k].height)),
    first: Math.min(...box.map((one) => one.left)),
    last: Math.max(...box.map((one) => one.right)),
  };
})"""
TWO = f"{DAY}&s=maribel_frozen&s=acs_100_percent"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/scenarios/comparaison/", "/tresorerie/"])
def test_a_chart_is_read_on_a_telephone_and_its_table_with_the_keyboard(
    director: Page, scheme: str, path: str
) -> None:
    page = director
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{path}?{TWO}", wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    charts = page.evaluate(READ)
    assert charts
    for one in charts:
        assert one["drawn"] == ["on-narrow"]
        assert one["least"] >= 12
        assert one["first"] >= 0
        assert one["last"] <= 390
    for chart in page.locator(".chart").all():
        chart.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(chart.get_by_role("table")).to_be_visible()
        page.keyboard.press("Tab")
        expect(chart.get_by_role("region")).to_be_focused()
    assert grave(page) == []


def test_a_scenario_is_written_with_the_keyboard(director: Page) -> None:
    page = director
    page.goto(f"/scenarios/?{DAY}")
    page.get_by_role("textbox", name="Nom").fill("Moins d'octrois")
    page.get_by_label("Motif").fill("pour le conseil")
    page.get_by_label("Motif").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Moins d'octrois")
    page.get_by_role("link", name="subvention", exact=True).press("Enter")
    page.get_by_label("Ce qui change").select_option("*")
    page.get_by_label("À partir du").fill("01/03/2025")
    page.get_by_label("Part de ce qui est prévu").fill("95 %")
    page.get_by_label("Part de ce qui est prévu").press("Enter")
    expect(page.locator(".changes")).to_contain_text("toutes les subventions")
    assert grave(page) == []
