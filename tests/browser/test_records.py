"""The records in a real browser: filtered while typing, mistyped, seen side by side, saved, axe."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.factories import InvoiceFactory

pytestmark = pytest.mark.browser
HARD = {"serious", "critical"}


@pytest.fixture
def desk(browser, service, live_server) -> Iterator[Page]:
    """A page of the finance officer, signed in; a refused form is a message of the console."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    session = service.client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    yield context.new_page()
    context.close()


def refused_by_axe(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in HARD]


def test_the_list_follows_what_is_typed_and_the_address_keeps_it(desk, service):
    for n in range(3):
        InvoiceFactory(
            organisation=service.organisation,
            supplier=service.organisation.suppliers.get(),
            piece=f"ZED-{n}",
        )
    desk.goto("/factures/")
    expect(desk.locator("#trouve")).to_contain_text("4 lignes trouvées")
    desk.get_by_label("Chercher", exact=True).press_sequentially("zed-1")
    expect(desk.locator("#compte")).to_contain_text("1 ligne trouvée")
    expect(desk.get_by_role("link", name="ZED-1")).to_be_visible()
    assert "texte=zed-1" in desk.url
    desk.reload()
    expect(desk.locator("#trouve")).to_contain_text("1 ligne trouvée")
    desk.get_by_label("Chercher", exact=True).fill("")
    expect(desk.locator("#compte")).to_contain_text("4 lignes trouvées")
    desk.go_back()
    expect(desk.locator("#trouve")).to_contain_text("1 ligne trouvée")


def test_what_is_mistyped_is_read_first_and_its_link_goes_to_the_field(desk, service):
    invoice = service.organisation.invoices.get()
    desk.goto(reverse("change_row", args=["invoices", invoice.pk]))
    desk.get_by_label("Montant TVAC").fill("300 %")
    desk.get_by_label("Description").fill("Papier 🌻")
    desk.get_by_role("button", name="Enregistrer").click()
    summary = desk.locator("[data-focus]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("n'est pas un nombre")
    summary.get_by_role("link", name="Montant TVAC").click()
    expect(desk.get_by_label("Montant TVAC")).to_be_focused()
    desk.keyboard.press("ControlOrMeta+a")
    desk.keyboard.type("1 234,50")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status").first).to_contain_text("Enregistré")
    expect(desk.locator("dl.facts")).to_contain_text("1234,50")
    expect(desk.locator("dl.facts")).to_contain_text("Papier 🌻")


def test_two_people_on_one_row_see_each_other_s_words(desk, service):
    worker = service.organisation.workers.get()
    address = reverse("change_row", args=["workers", worker.pk])
    other = desk.context.new_page()
    desk.goto(address)
    other.goto(address)
    other.get_by_label("Nom", exact=False).last.fill("Nom d'une collègue")
    other.get_by_role("button", name="Enregistrer").click()
    expect(other.get_by_role("status").first).to_contain_text("Enregistré")
    desk.get_by_label("Nom", exact=False).last.fill("Mon nom")
    desk.get_by_role("button", name="Enregistrer").click()
    table = desk.get_by_role("table")
    expect(table).to_contain_text("Mon nom")
    expect(table).to_contain_text("Nom d'une collègue")
    assert refused_by_axe(desk) == []
    desk.get_by_role("button", name="Enregistrer ma saisie").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Mon nom")


def test_a_view_is_saved_with_the_keyboard_and_opens_the_list(desk):
    desk.goto("/factures/?etat=unpaid")
    desk.get_by_text("Enregistrer cette vue").focus()
    desk.keyboard.press("Enter")
    desk.get_by_label("Nom de la vue").fill("Impayées")
    desk.get_by_label("L'ouvrir à chaque visite de cette liste").check()
    desk.get_by_role("button", name="Enregistrer").click()
    expect(desk.get_by_role("link", name="Impayées")).to_have_attribute("aria-current", "true")
    desk.goto("/factures/")
    assert "etat=unpaid" in desk.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_a_list_a_row_and_a_form(desk, service, scheme):
    desk.emulate_media(color_scheme=scheme)
    invoice = service.organisation.invoices.get()
    for address in (
        "/factures/",
        "/travailleurs/",
        reverse("record_row", args=["awards", service.award.pk]),
        reverse("change_row", args=["invoices", invoice.pk]),
        reverse("new_row", args=["contract_lines"]),
    ):
        desk.goto(address)
        assert refused_by_axe(desk) == [], address
    desk.get_by_role("button", name="Enregistrer").click()
    expect(desk.locator("[data-focus]")).to_be_visible()
    assert refused_by_axe(desk) == []


def test_nothing_overflows_a_telephone(desk, service):
    desk.set_viewport_size({"width": 390, "height": 844})
    invoice = service.organisation.invoices.get()
    for address in (
        "/factures/",
        reverse("record_row", args=["invoices", invoice.pk]),
        reverse("change_row", args=["invoices", invoice.pk]),
    ):
        desk.goto(address)
        wide = desk.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, address
