"""Take the pictures of the user guide from a demonstration that is served, in both languages.

    ./run demo && PORT=8123 ./run serve &
    .venv/bin/python -m tests.browser.pictures http://127.0.0.1:8123 PASSWORD

PASSWORD is the one that the demonstration prints. A page that does not answer stops it. The browser
speaks the language of the page in its own buttons where its translations are installed (Debian:
chromium-l10n).
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.reports.funder_forms.forms import workbook

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLACE = Path(__file__).parents[2] / "backoffice" / "web" / "static" / "web" / "guide"
SIZE = {"width": 1180, "height": 760}
COLOURS = 64
OF = "organisation=0999000129"
COMPARED = f"/scenarios/comparaison/?{OF}&s=grants_indexed_with_pay&s=demand_07_maribel_and_acs"
PAGES = {
    "aujourdhui": f"/aujourdhui/?{OF}",
    "import": f"/imports/?{OF}",
    "factures": f"/factures/?{OF}",
    "grille": f"/grille/?{OF}",
    "dossier": "",
    "rapprochement": f"/rapprochement/?{OF}",
    "regles": "/regles/maribel/",
    "journal": "/journal/",
    "scenarios": f"/scenarios/?{OF}",
    "comparaison": COMPARED,
    "curseurs": f"{COMPARED}&plafond=110&montants=97#curseurs",
    "annees": f"{COMPARED}#annees",
    "tresorerie": f"/tresorerie/?{OF}",
    "risque": f"/risque/?{OF}",
    "optimum": "/grille/2025/optimum/?organisation=0999001218",
}
OFFICER, DIRECTOR = "demo", "demo-direction"
FORM = {"B3": "organisation", "B4": "payable", "B6": "as_of"}
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
    """Open a page, or the first dossier of the list.

    A place in the page that is open would be no answer of the site: the page is left before.
    """
    page.goto("about:blank")
    answer = page.goto(address or "/dossiers/")
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} does not answer")
    if not address:
        page.locator("main tbody th a").first.click()
        page.wait_for_load_state()


def sign_in(page: Page, username: str, password: str) -> None:
    """Enter as somebody else."""
    page.context.clear_cookies()
    page.goto("/connexion/")
    page.locator("#id_login").fill(username)
    page.locator("#id_password").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "connexion" not in address)


def hand_in_a_form(page: Page) -> str:
    """A funder's form with three cells mapped; gives its address."""
    page.goto("/formulaires/")
    page.locator("#id_name").fill("Fonds Maribel 2025")
    file = {"name": "formulaire.xlsx", "mimeType": XLSX, "buffer": workbook()}
    page.locator("#id_file").set_input_files(file)
    page.locator("form.entry button").click()
    page.wait_for_load_state()
    for cell, source in FORM.items():
        page.locator("#id_source").select_option(source)
        page.locator("#id_cell").fill(cell)
        page.locator('form[action*="cellules/"] button:not(.plain)').click()
        page.wait_for_load_state()
    return page.url.partition("?")[0]


def main(base: str, password: str) -> None:
    """Every picture, in both languages."""
    form = ""
    with sync_playwright() as driver:
        for language in ("nl", "fr"):
            browser = driver.chromium.launch(
                executable_path=CHROMIUM,
                args=["--no-sandbox", f"--lang={language}"],
                env={"LANGUAGE": language},
            )
            page = browser.new_context(
                base_url=base, viewport=SIZE, locale=language, reduced_motion="reduce"
            ).new_page()
            page.goto("/connexion/")
            speak(page, language)
            take(page, language, "connexion")
            sign_in(page, OFFICER, password)
            form = form or hand_in_a_form(page)
            picture(page, language, PAGES | {"formulaire": form})
            sign_in(page, DIRECTOR, password)
            picture(page, language, {"accords": "/accords/"})
            browser.close()


def picture(page: Page, language: str, addresses: dict[str, str]) -> None:
    """Each page in a language."""
    page.goto("/aujourdhui/")
    speak(page, language)
    for name, address in addresses.items():
        show(page, address)
        take(page, language, name)


if __name__ == "__main__":
    main(*sys.argv[1:3])
