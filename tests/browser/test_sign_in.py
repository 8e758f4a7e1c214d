"""The second factor in a real browser: set up by keyboard, asked again, and recovery codes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import FederationMemberFactory, UserFactory

pytestmark = pytest.mark.browser
PASSWORD = "a plain password"


def fill_in(page: Page, username: str) -> None:
    page.get_by_label("Nom d'utilisateur").fill(username)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")


def test_the_second_factor_is_set_up_before_any_page_and_asked_at_the_next_sign_in(
    page: Page, code_of: Callable[[str], str]
) -> None:
    FederationMemberFactory(user=UserFactory(username="analyste"), second_factor=False)
    page.goto("/connexion/")
    fill_in(page, "analyste")
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmez que c'est vous")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Activer le second facteur")
    secret = page.locator("code").inner_text()
    page.get_by_role("textbox").fill(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    codes = page.locator("ul.codes code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="Je les ai gardés").click()

    page.goto("/compte/second-facteur/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/connexion/")
    fill_in(page, "analyste")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second facteur")
    page.get_by_role("textbox").fill(codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "second-facteur" not in address)
