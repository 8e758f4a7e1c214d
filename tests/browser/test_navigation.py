"""The bar of the site: menus by mouse, by keyboard, without scripts, on a telephone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_site import LAPTOP, NARROW, log_in, tab_to

pytestmark = pytest.mark.browser


def test_the_keyboard_opens_a_menu_closes_it_and_reaches_its_pages(page: Page, service):
    log_in(page, service)
    page.goto("/")
    tab_to(page, "Comptes")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Rapprochement", exact=True)
    expect(link).to_be_visible()
    tab_to(page, "Factures")
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(page.locator("summary:focus")).to_have_text("Comptes")
    page.keyboard.press("Enter")
    tab_to(page, "Rapprochement")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rapprochement")
    expect(page.locator("summary.here")).to_have_text("Comptes")


def test_one_menu_is_open_at_a_time_and_a_click_elsewhere_closes_it(page: Page, service):
    log_in(page, service)
    for name in ("Comptes", "Données"):
        page.locator("summary", has_text=name).click()
        expect(page.locator(".menu[open]")).to_have_count(1)
    page.get_by_role("heading", level=1).click()
    expect(page.locator(".menu[open]")).to_have_count(0)


@pytest.mark.parametrize("size", [LAPTOP, NARROW], ids=["laptop", "narrow"])
def test_an_open_menu_stays_within_the_screen(page: Page, service, size):
    log_in(page, service)
    page.set_viewport_size(size)
    if size == NARROW:
        page.get_by_role("button", name="Menu").click()
    for summary in page.locator(".menu > summary").all():
        summary.click()
        box = page.locator(".menu[open] > ul").bounding_box()
        assert box is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= size["width"]


def test_the_bar_is_one_line_on_a_laptop_and_folded_on_a_telephone(page: Page, service):
    log_in(page, service)
    for size in (LAPTOP, NARROW):
        page.set_viewport_size(size)
        box = page.get_by_role("banner").bounding_box()
        assert box is not None
        assert box["height"] < 80
    link = page.get_by_role("link", name="Dossiers", exact=True)
    expect(link.first).to_be_hidden()
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("search")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("search")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("navigation", name="Principale").get_by_role("link", name="Dossiers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dossiers de subvention")
