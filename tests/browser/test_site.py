"""The way of a finance officer through the site, with a mouse, with a keyboard, on a telephone."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import AwardFactory, InvoiceFactory, MembershipFactory, VentilationFactory

pytestmark = pytest.mark.browser
NARROW = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}


def log_in(page: Page, service) -> None:
    user = service.organisation.memberships.get().user
    page.get_by_label("Nom d'utilisateur").fill(user.username)
    page.get_by_label("Mot de passe").fill("a plain password")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Aujourd'hui")
    page.get_by_role("link", name="Dossiers", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dossiers de subvention 2024")


def open_justification(page: Page, service) -> None:
    log_in(page, service)
    page.get_by_role("link", name="MARIBEL-1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Emplois supplémentaires")


def test_a_click_on_a_figure_explains_it_beside_the_table(page, service):
    open_justification(page, service)
    page.locator("#personnel ~ .scroll td.n").nth(10).click()
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("Travailleur W01, mars 2024")
    expect(panel).to_contain_text("Plafond par ETP et par an")
    panel.get_by_role("button", name="Fermer").click()
    expect(panel).to_be_hidden()
    assert page.url.endswith("/subventions/MARIBEL-1/2024/")


def test_the_keyboard_alone_goes_from_the_login_to_an_explanation_and_back(page, service):
    user = service.organisation.memberships.get().user
    page.get_by_label("Nom d'utilisateur").focus()
    page.keyboard.type(user.username)
    page.keyboard.press("Tab")
    page.keyboard.type("a plain password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Aujourd'hui")
    tab_to(page, "MARIBEL-1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Emplois supplémentaires")
    tab_to(page, "50 000,00 €")
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("montant")
    expect(panel.get_by_role("heading")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("a:focus")).to_have_text("50\u202f000,00\u202f€")


def tab_to(page: Page, text: str) -> None:
    """Press Tab until the element that reads `text` has the focus; 60 presses at most."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.innerText || ''")
        if focused.replace("\u202f", " ").strip() == text:
            return
    pytest.fail(f"the keyboard does not reach {text}")


def test_the_first_stop_of_the_keyboard_skips_to_the_content(page, service):
    log_in(page, service)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()


def test_a_warning_is_accepted_with_one_tick_for_all(page, service):
    open_justification(page, service)
    page.get_by_label("Tout cocher").check()
    page.get_by_label("Motif").fill("Comparé avec la source")
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_role("status")).to_contain_text("Accepté par ")
    assert service.award.sign_offs.exists()


def test_a_session_that_ended_leads_to_the_login(page, service):
    open_justification(page, service)
    page.context.clear_cookies()
    page.locator(".why").first.click()
    page.wait_for_url("**/connexion/**")


@pytest.mark.parametrize(
    "path",
    [
        "/aujourdhui/",
        "/dossiers/",
        "/subventions/MARIBEL-1/2024/",
        "/subventions/MARIBEL-1/2024/explication/lignes/0/",
        "/imports/",
        "/travailleurs/",
        "/factures/",
        "/cumuls/",
        "/cumuls/matrice/",
        "/complements/",
    ],
)
def test_a_narrow_screen_never_scrolls_sideways(page, service, path):
    log_in(page, service)
    page.set_viewport_size(NARROW)
    page.goto(path)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0


def test_the_list_of_invoices_fits_a_laptop_with_long_names(page, service):
    user = service.organisation.memberships.get().user
    other = MembershipFactory(
        user=user, organisation__name="DEMO Fédération bicommunautaire de l'Exemple ASBL"
    ).organisation
    invoice = InvoiceFactory(
        supplier__organisation=other,
        supplier__name="DEMO Papeterie Agathe Doriveau",
        organisation=other,
        piece="A2025-138",
        category="staff_fees",
        person="DEMO Agathe Doriveau",
        function="legal",
        description="DEMO Permanence juridique, BODY (11/2025)",
        amount="123456.78",
        evidence="",
    )
    award = AwardFactory(organisation=other, reference="COCOM-COORD-2025")
    VentilationFactory(invoice=invoice, award=award, share_numerator=1, share_denominator=3)
    log_in(page, service)
    page.set_viewport_size(LAPTOP)
    page.goto("/factures/")
    expect(page.get_by_role("table")).to_contain_text("COCOM-COORD-2025")
    table = page.locator(".scroll:has(.list)")
    assert table.evaluate("it => it.scrollWidth - it.clientWidth") == 0


def test_a_figure_is_explained_without_scripts_too(browser, service, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    open_justification(page, service)
    page.locator(".why").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Explication")
    expect(page.get_by_role("main")).to_contain_text("50\u202f000,00\u202f€")
    context.close()
