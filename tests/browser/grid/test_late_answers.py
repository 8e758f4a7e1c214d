"""What the server answers late undoes nothing of what was typed, saved or undone meanwhile."""

from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, Page, Request, Route, expect

from tests.browser.grid.sheets import cell, give_reason, open_grid, save
from tests.reports.grid.conftest import Desk

pytestmark = pytest.mark.browser


def answered_later(page: Page, address: str) -> Callable[[], None]:
    """The server answers these requests at once; the page hears it when the function is called."""
    held: list[tuple[Route, APIResponse]] = []
    ended: list[Request] = []

    def hold(route: Route) -> None:
        held.append((route, route.fetch()))

    def end(request: Request) -> None:
        ended.append(request)

    def release() -> None:
        while not held:
            page.wait_for_timeout(10)
        for route, answer in held:
            route.fulfill(response=answer)
        while not {route.request for route, _answer in held} <= set(ended):
            page.wait_for_timeout(10)
        page.unroute(address)
        page.evaluate("() => new Promise(requestAnimationFrame)")

    page.on("requestfinished", end)
    page.on("requestfailed", end)
    page.route(address, hold)
    return release


def test_the_answer_to_a_draft_that_comes_after_the_save_changes_nothing(page: Page, desk: Desk):
    open_grid(page, desk)
    hear_the_draft = answered_later(page, "**/essai/**")
    cell(page, desk, 0, 3).click()
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    save(page, "Essai")
    hear_the_draft()
    expect(page.locator("#dit")).to_contain_text("enregistrée")
    expect(cell(page, desk, 0, 3)).to_have_class("noted")


# Both before the page has heard that the dialog is closed.
UNDO_AT_ONCE = """() => {
  document.querySelector("#enregistrer form").requestSubmit(
    document.querySelector("#enregistrer button[value=save]"));
  document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true }));
}"""


@pytest.mark.parametrize(("keys", "then"), [(("4", "0", "Enter"), "40"), (("Control+z",), "50")])
def test_what_is_typed_or_undone_during_a_save_is_a_change_of_what_it_stored(
    page: Page, desk: Desk, keys: tuple[str, ...], then: str
):
    open_grid(page, desk)
    cell(page, desk, 0, 3).click()
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    hear_the_save = answered_later(page, "**/enregistrer/**")
    page.keyboard.press("Control+s")
    page.get_by_label("Motif de la décision").fill("Essai")
    page.keyboard.press("Enter")
    for key in keys:
        page.keyboard.press(key)
    hear_the_save()
    expect(cell(page, desk, 0, 3)).to_have_text(then)
    expect(page.locator("#dit")).to_contain_text("1 case à enregistrer.")
    assert desk.cells()[desk.key(0, 3)] == "30"
    save(page, "Ensuite")
    assert desk.cells()[desk.key(0, 3)] == then


def test_what_is_undone_as_the_reason_is_given_is_a_change_of_what_was_asked_about(
    page: Page, desk: Desk
):
    open_grid(page, desk)
    cell(page, desk, 0, 3).click()
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+s")
    page.get_by_label("Motif de la décision").fill("Essai")
    with page.expect_response("**/enregistrer/**"):
        page.evaluate(UNDO_AT_ONCE)
    expect(page.locator("#dit")).to_contain_text("1 case à enregistrer.")
    assert desk.cells()[desk.key(0, 3)] == "30"
    save(page, "Ensuite")
    assert desk.cells()[desk.key(0, 3)] == "50"


def test_a_second_save_waits_for_the_first_and_accuses_no_colleague(page: Page, desk: Desk):
    open_grid(page, desk)
    cell(page, desk, 0, 3).click()
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    hear_the_save = answered_later(page, "**/enregistrer/**")
    page.keyboard.press("Control+s")
    page.get_by_label("Motif de la décision").fill("Essai")
    page.keyboard.press("Enter")
    cell(page, desk, 0, 4).click()
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("dialog")).to_be_hidden()
    hear_the_save()
    expect(page.get_by_role("dialog")).to_contain_text("1 case à enregistrer.")
    give_reason(page, "Ensuite")
    found = desk.cells()
    assert (found[desk.key(0, 3)], found[desk.key(0, 4)]) == ("30", "20")
