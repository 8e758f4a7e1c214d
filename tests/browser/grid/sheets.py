"""What every test of the grid does with its page."""

from django.test import Client
from playwright.sync_api import Page, expect

from tests.reports.grid.conftest import Desk


def origin(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


def open_grid(page: Page, desk: Desk) -> None:
    user = desk.organisation.memberships.earliest("pk").user
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": origin(page)}])
    page.goto("/grille/?annee=2024")
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page.get_by_role("button", name="Enregistrer", exact=True)).to_be_visible()


def cell(page: Page, desk: Desk, post: int, month: int):
    return page.locator(f'td[data-c="{desk.key(post, month)}"]')


def save(page: Page, reason: str) -> None:
    page.keyboard.press("Control+s")
    give_reason(page, reason)


def give_reason(page: Page, reason: str) -> None:
    page.get_by_label("Motif de la décision").fill(reason)
    with page.expect_response("**/enregistrer/**"):  # the words of a former save may still stand
        page.keyboard.press("Enter")
    expect(page.locator("#dit")).to_contain_text("enregistrée")
