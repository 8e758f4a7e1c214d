"""Take the pictures of the user guide from a demonstration that is served, in both languages.

    ./run demo && PORT=8123 ./run serve &
    .venv/bin/python -m tests.browser.pictures http://127.0.0.1:8123 USER PASSWORD

USER is the finance officer of the demonstration. A page that does not answer stops it.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS

PLACE = Path(__file__).parents[2] / "backoffice" / "web" / "static" / "web" / "guide"
SIZE = {"width": 1180, "height": 760}
COLOURS = 64
PAGES = {
    "aujourdhui": "/aujourdhui/",
    "import": "/imports/",
    "factures": "/factures/",
    "grille": "/grille/",
    "dossier": "",
    "formulaire": "/formulaires/",
    "rapprochement": "/rapprochement/",
    "regles": "/regles/maribel/",
    "accords": "/accords/",
    "journal": "/journal/",
}
"""The name of each picture, and the page that it shows; empty: the first dossier of the list."""


def take(page: Page, language: str, name: str) -> None:
    """Keep what the page shows, in few colours."""
    path = PLACE / language / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    taken = Image.open(io.BytesIO(page.screenshot()))
    taken.convert("RGB").quantize(COLOURS).save(path, optimize=True)


def speak(page: Page, language: str) -> None:
    """Choose the language of the page in its header."""
    page.locator(f'form.languages button[value="{language}"]').click()
    page.wait_for_load_state()


def show(page: Page, address: str) -> None:
    """Open a page, or the first dossier of the list."""
    answer = page.goto(address or "/dossiers/")
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} does not answer")
    if not address:
        page.locator("main tbody th a").first.click()
        page.wait_for_load_state()


def main(base: str, username: str, password: str) -> None:
    """Every picture, in both languages."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_context(base_url=base, viewport=SIZE).new_page()
        page.goto("/connexion/")
        for language in ("nl", "fr"):
            speak(page, language)
            take(page, language, "connexion")
        page.locator("#id_login").fill(username)
        page.locator("#id_password").fill(password)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: "connexion" not in address)
        for language in ("nl", "fr"):
            speak(page, language)
            for name, address in PAGES.items():
                show(page, address)
                take(page, language, name)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:4])
