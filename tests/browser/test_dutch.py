"""The site in Dutch, from the door on: chosen once, kept on every page, at any width."""

import pytest
from playwright.sync_api import Page, expect

from tests.test_language_shown import left_in_french

pytestmark = pytest.mark.browser
NARROW = {"width": 390, "height": 844}
PAGES = (
    ("/", "Vandaag"),
    ("/dossiers/", "Subsidiedossiers"),
    ("/subventions/MARIBEL-1/2024/", "Emplois supplémentaires"),
    ("/travailleurs/", "Werknemers"),
    ("/factures/", "Aankoopfacturen"),
    ("/echeances/", "Vervaldagen"),
    ("/rapprochement/", "Boekhoudkundige afstemming"),
    ("/imports/", "Bestanden importeren"),
    ("/valeurs/", "Referentiewaarden"),
)


@pytest.fixture
def dutch(page: Page, service) -> Page:
    """Signed in, after choosing Dutch at the door."""
    page.get_by_role("button", name="Nederlands").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.get_by_label("Gebruikersnaam").fill(service.organisation.memberships.get().user.username)
    page.get_by_label("Wachtwoord", exact=True).fill("a plain password")
    page.get_by_role("button", name="Aanmelden").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vandaag")
    return page


@pytest.mark.parametrize(("address", "heading"), PAGES)
def test_the_main_pages_are_in_dutch_and_fit_a_telephone(dutch, address, heading):
    dutch.goto(address)
    expect(dutch.get_by_role("heading", level=1)).to_contain_text(heading)
    assert left_in_french(dutch.content()) == []
    dutch.set_viewport_size(NARROW)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert dutch.evaluate(wide) <= 0


def test_changing_the_language_keeps_the_page_and_its_filter(dutch):
    dutch.goto("/travailleurs/?q=W01")
    dutch.get_by_role("button", name="Français").click()
    expect(dutch.get_by_role("heading", level=1)).to_contain_text("Travailleurs")
    assert dutch.url.endswith("/travailleurs/?q=W01")
    dutch.get_by_role("button", name="Nederlands").click()
    expect(dutch.get_by_role("heading", level=1)).to_contain_text("Werknemers")


def test_an_explanation_opens_beside_the_table_in_dutch(dutch):
    dutch.goto("/subventions/MARIBEL-1/2024/")
    dutch.get_by_role("link", name="50.000,00").first.click()
    panel = dutch.get_by_role("dialog")
    expect(panel).to_contain_text("Toegekend")
    panel.get_by_role("button", name="Sluiten").click()
    expect(panel).to_be_hidden()
