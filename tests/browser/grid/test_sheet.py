"""The allocation grid as a spreadsheet: keyboard, paste, two people at once, a split month."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from staffing.models import AllocationNote, Assignment
from tests.browser.grid.sheets import cell, open_grid, save
from tests.browser.test_site import NARROW
from tests.factories import MembershipFactory
from tests.reports.grid.conftest import Desk

pytestmark = pytest.mark.browser


def test_the_keyboard_types_fills_undoes_and_saves_with_a_reason(page: Page, desk: Desk):
    open_grid(page, desk)
    cell(page, desk, 0, 3).click()
    page.keyboard.type("30")
    page.keyboard.press("Tab")
    expect(cell(page, desk, 0, 4)).to_be_focused()
    expect(page.locator("#dit")).to_contain_text("1 case à enregistrer. SUB-0")
    page.keyboard.press("ArrowLeft")
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+r")
    expect(cell(page, desk, 0, 5)).to_have_text("30")
    page.keyboard.press("Control+z")
    expect(cell(page, desk, 0, 5)).to_have_text("50")
    page.keyboard.press("Control+y")
    expect(page.locator("#dit")).to_contain_text("3 cases à enregistrer.")
    save(page, "30 % sur SUB-0 le temps du remplacement")
    rows = Assignment.objects.filter(post=desk.posts[0]).order_by("starts_on")
    assert [(row.starts_on.month, str(row.weekly_hours)) for row in rows] == [
        (1, "19.00"),
        (3, "11.40"),
        (6, "19.00"),
    ]
    assert AllocationNote.objects.count() == 3
    page.keyboard.press("Control+Home")
    expect(page.locator("td:focus")).to_have_attribute("data-c", f"{desk.worker.pk}:0:1")
    page.keyboard.press("Control+End")
    expect(cell(page, desk, 1, 12)).to_be_focused()
    cell(page, desk, 0, 3).click()
    page.keyboard.press("Shift+F2")
    expect(page.get_by_role("dialog")).to_contain_text("le temps du remplacement")


def test_escape_leaves_the_cell_as_it_was_and_delete_empties_it(page: Page, desk: Desk):
    open_grid(page, desk)
    cell(page, desk, 0, 3).click()
    page.keyboard.press("F2")
    page.keyboard.type("80")
    page.keyboard.press("Escape")
    expect(cell(page, desk, 0, 3)).to_have_text("50")
    expect(cell(page, desk, 0, 3)).to_be_focused()
    page.keyboard.press("Delete")
    expect(cell(page, desk, 0, 3)).to_have_text("")
    expect(page.locator(f'td[data-c="{desk.worker.pk}:0:3"]')).to_have_text("75")


def test_a_block_of_excel_is_pasted_and_copied_back(page: Page, desk: Desk):
    open_grid(page, desk)
    cell(page, desk, 0, 1).click()
    page.evaluate("navigator.clipboard.writeText('12,5\\t25 %\\r\\n7,6 h\\t0\\r\\n')")
    page.keyboard.press("Control+v")
    expect(cell(page, desk, 0, 1)).to_have_text("12,5")
    expect(cell(page, desk, 0, 2)).to_have_text("25")
    expect(cell(page, desk, 1, 1)).to_have_text("20")
    expect(cell(page, desk, 1, 2)).to_have_text("")
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()").split() == ["12,5", "25", "20"]
    page.keyboard.press("Control+z")
    expect(cell(page, desk, 0, 1)).to_have_text("50")


def test_a_block_larger_than_the_grid_is_refused_whole_with_what_to_do(page: Page, desk: Desk):
    open_grid(page, desk)
    cell(page, desk, 1, 12).click()
    page.evaluate("navigator.clipboard.writeText('1\\t2\\n3\\t4')")
    page.keyboard.press("Control+v")
    expect(page.get_by_role("alert").first).to_contain_text("dépasse la grille")
    expect(cell(page, desk, 1, 12)).to_have_text("25")


def test_text_and_300_percent_are_named_and_stay_to_be_corrected(page: Page, desk: Desk):
    open_grid(page, desk)
    cell(page, desk, 0, 1).click()
    page.evaluate("navigator.clipboard.writeText('beaucoup\\t300\\t40')")
    page.keyboard.press("Control+v")
    alert = page.get_by_role("alert").first
    expect(alert).to_contain_text("SUB-0, janvier 2024 : « beaucoup » n'est pas une part")
    expect(alert).to_contain_text("SUB-0, février 2024 : 300 % dépasse le contrat")
    expect(cell(page, desk, 0, 1)).to_have_text("beaucoup")
    expect(cell(page, desk, 0, 2)).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("dialog")).to_be_hidden()
    cell(page, desk, 0, 1).click()
    page.keyboard.type("10")
    page.keyboard.press("Tab")
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    expect(alert).not_to_contain_text("300")
    save(page, "Corrigé")
    assert desk.cells()[desk.key(0, 2)] == "20"


def test_a_month_is_split_on_a_day_by_the_dialog(page: Page, desk: Desk):
    open_grid(page, desk)
    cell(page, desk, 0, 3).click()
    page.get_by_role("button", name="Scinder le mois").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Jusqu'à la veille")).to_have_value("50")
    dialog.get_by_label("Premier jour du changement").fill("15/03/2024")
    dialog.get_by_label("À partir de ce jour").fill("30")
    dialog.get_by_role("button", name="Scinder").click()
    expect(cell(page, desk, 0, 3)).to_have_text("50@15:30")
    save(page, "Changement le 15")
    assert desk.cells()[desk.key(0, 3)] == "50@15:30"


def test_two_people_at_once_nobody_is_overwritten_and_mine_can_be_kept(page: Page, desk: Desk):
    open_grid(page, desk)
    cell(page, desk, 0, 3).click()
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    expect(page.locator("#dit")).to_contain_text("1 case à enregistrer.")
    other = Client()
    other.force_login(MembershipFactory(organisation=desk.organisation).user)
    theirs = Desk(desk.organisation, desk.worker, desk.posts, other)
    edits = ((desk.key(0, 3), "40"), (desk.key(1, 4), "0"))
    assert theirs.save(*edits, reason="Congé").status_code == 200
    page.keyboard.press("Control+s")
    page.get_by_label("Motif de la décision").fill("Remplacement")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Un collègue a enregistré entre-temps")
    expect(dialog).to_contain_text("Congé")
    expect(dialog.get_by_role("row").filter(has_text="SUB-1, 04/2024")).to_contain_text("9,5")
    dialog.get_by_label("30 %").check()
    dialog.get_by_role("button", name="Reprendre").click()
    expect(cell(page, desk, 0, 3)).to_have_text("30")
    expect(cell(page, desk, 1, 4)).to_have_text("")
    assert desk.cells()[desk.key(0, 3)] == "40"
    save(page, "Remplacement")
    assert desk.cells()[desk.key(0, 3)] == "30"
    assert desk.key(1, 4) not in desk.cells()


def test_what_is_saved_can_still_be_undone_as_a_new_change(page: Page, desk: Desk):
    open_grid(page, desk)
    cell(page, desk, 0, 3).click()
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    save(page, "Essai")
    page.keyboard.press("Control+z")
    expect(cell(page, desk, 0, 3)).to_have_text("50")
    assert desk.cells()[desk.key(0, 3)] == "30"
    save(page, "Retour")
    assert desk.cells()[desk.key(0, 3)] == "50"


def test_the_dialog_of_a_colleague_closed_without_a_choice_gives_nothing_up(page: Page, desk: Desk):
    open_grid(page, desk)
    cell(page, desk, 0, 3).click()
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    other = Client()
    other.force_login(MembershipFactory(organisation=desk.organisation).user)
    theirs = Desk(desk.organisation, desk.worker, desk.posts, other)
    assert theirs.save((desk.key(0, 3), "40")).status_code == 200
    page.keyboard.press("Control+s")
    page.get_by_label("Motif de la décision").fill("Remplacement")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("40 % (15,2 h)")
    page.keyboard.press("Escape")
    expect(cell(page, desk, 0, 3)).to_have_text("30")
    expect(page.get_by_role("button", name="Enregistrer (1)")).to_be_enabled()


@pytest.mark.parametrize("opened", ["", "scinder", "enregistrer", "ajouter"])
def test_no_serious_fault_of_access_is_found(page: Page, desk: Desk, opened: str):
    open_grid(page, desk)
    cell(page, desk, 0, 3).click()
    page.keyboard.type("100")
    page.keyboard.press("Enter")
    expect(page.locator("#dit")).to_contain_text("1 case à enregistrer.")
    if opened:
        page.evaluate("name => document.getElementById(name).showModal()", opened)
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []


def test_a_line_is_opened_on_another_award(page: Page, desk: Desk):
    Assignment.objects.filter(post=desk.posts[1]).delete()
    open_grid(page, desk)
    page.get_by_role("button", name="Ajouter une ligne").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Subvention et poste").select_option(label="SUB-1 · P1 (1,00 ETP)")
    dialog.get_by_role("button", name="Ajouter").click()
    expect(cell(page, desk, 1, 1)).to_be_focused()
    page.keyboard.type("50")
    page.keyboard.press("Enter")
    expect(page.locator(f'td[data-c="{desk.worker.pk}:0:1"]')).to_have_text("0")
    save(page, "Nouvelle subvention")
    assert desk.cells()[desk.key(1, 1)] == "50"


def test_hours_and_shares_are_two_views_of_the_same_cells(page: Page, desk: Desk):
    open_grid(page, desk)
    page.get_by_role("button", name="En heures").click()
    expect(cell(page, desk, 0, 3)).to_have_text("19")
    cell(page, desk, 0, 3).click()
    page.keyboard.type("15,2")
    page.keyboard.press("Enter")
    expect(page.locator("#dit")).to_contain_text("1 case à enregistrer.")
    page.get_by_role("button", name="En heures").click()
    expect(cell(page, desk, 0, 3)).to_have_text("40")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, NARROW], ids=["wide", "narrow"])
def test_the_page_never_scrolls_sideways_and_the_first_column_stays(page: Page, desk: Desk, size):
    page.set_viewport_size(size)
    open_grid(page, desk)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    cell(page, desk, 0, 12).click()
    head = page.locator("table.grid tbody th").nth(1)
    box, frame = head.bounding_box(), page.locator(".grid-frame").bounding_box()
    assert box is not None
    assert frame is not None
    assert abs(box["x"] - frame["x"]) < 3


def test_without_scripts_the_sheet_is_read_and_one_cell_is_saved_by_a_form(
    browser, desk, live_server
):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    client = Client()
    client.force_login(desk.organisation.memberships.earliest("pk").user)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto("/grille/?annee=2024")
    expect(cell(page, desk, 0, 3)).to_have_text("50")
    page.locator("#id_worker").select_option(index=1)
    page.locator("#id_post").select_option(index=1)
    page.locator("#id_number").select_option("3")
    page.locator("#id_value").fill("20")
    page.locator("#id_reason").fill("Sans script")
    page.get_by_role("button", name="Enregistrer la case").click()
    expect(cell(page, desk, 0, 3)).to_have_text("20")
    context.close()
