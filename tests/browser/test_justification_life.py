"""The whole way of a justification by a finance officer and her director, in two browsers."""

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, expect

from backoffice.federation.jobs import run_until_empty
from backoffice.federation.roles import Role
from reports.models import Justification, JustificationFile, Move
from tests.factories import MembershipFactory

pytestmark = pytest.mark.browser
ADDRESS = "/subventions/MARIBEL-1/2024/"


@pytest.fixture
def desk(browser, service, live_server) -> Iterator[Callable[[Role], Page]]:
    """A page of the justification for a person of the service with a role."""
    contexts = []

    def opened(role: Role) -> Page:
        membership = service.organisation.memberships.filter(role=role).first()
        user = (membership or MembershipFactory(organisation=service.organisation, role=role)).user
        client = Client()
        client.force_login(user)
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 1280, "height": 900}
        )
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(ADDRESS)
        return page

    yield opened
    for context in contexts:
        context.close()


def accept_all(page: Page) -> None:
    page.get_by_label("Tout cocher").check()
    page.locator(".sign").get_by_label("Motif").fill("Comparé avec la source")
    page.get_by_role("button", name="Accepter", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Accepté par")


def here(page: Page) -> str:
    return page.locator('.places [aria-current="step"]').inner_text()


def test_two_people_bring_a_justification_to_its_end(desk, service, tmp_path: Path) -> None:
    finance = desk(Role.FINANCE)
    accept_all(finance)
    finance.get_by_role("button", name="Déclarer prête").click()
    expect(finance.get_by_role("status")).to_contain_text("une autre personne l'approuve")
    expect(finance.get_by_role("button", name="Approuver")).to_have_count(0)

    director = desk(Role.DIRECTOR)
    assert here(director) == "prête"
    director.get_by_role("button", name="Approuver").click()
    expect(director.get_by_role("status")).to_contain_text("peut être figée")

    finance.goto(ADDRESS)
    finance.get_by_role("button", name="Figer").click()
    expect(finance.get_by_role("status")).to_contain_text("en attente")
    assert run_until_empty() == 1
    finance.get_by_role("link", name="Voir la justification").click()
    assert here(finance) == "figée"
    version = Justification.objects.get()
    with finance.expect_download() as download:
        finance.locator(".way .files").get_by_role("link", name="PDF").click()
    digest = hashlib.sha256(Path(download.value.path()).read_bytes()).hexdigest()
    assert digest == version.files.get(extension="pdf").stored.sha256

    send(finance, tmp_path / "accusé.png")
    decide(finance)
    finance.get_by_label("Référence bancaire").fill("EXT-2025-9")
    finance.get_by_role("button", name="Clore").click()
    expect(finance.get_by_role("status")).to_contain_text("Le dossier est clos")
    assert here(finance) == "close"
    states = [move.to_state for move in Move.objects.order_by("pk")]
    assert states == ["ready", "approved", "frozen", "sent", "decided", "closed"]


def send(finance: Page, proof: Path) -> None:
    """With a picture that proves it."""
    Image.new("L", (4, 4)).save(proof)
    finance.get_by_label("Preuve d'envoi").set_input_files(proof)
    finance.get_by_label("Référence de l'envoi").fill("RP 2025 0042")
    finance.get_by_role("button", name="Enregistrer l'envoi").click()
    expect(finance.get_by_role("status")).to_contain_text("L'envoi est enregistré")


def decide(finance: Page) -> None:
    """One line refused, the rest accepted."""
    finance.get_by_role("link", name="Encoder la décision").click()
    finance.get_by_role("checkbox", name="A-W01").check()
    finance.get_by_label("Motif commun").fill("hors objet")
    finance.get_by_role("button", name="Refuser les lignes cochées").click()
    expect(finance.get_by_role("status")).to_contain_text("Les réponses sont gardées")
    finance.get_by_label("Référence de la décision").fill("DEC 2025/17")
    finance.get_by_label("Accepter tout le reste").check()
    finance.get_by_role("button", name="Enregistrer la décision").click()
    expect(finance.get_by_role("status")).to_contain_text("La décision est enregistrée")


def test_an_old_tab_and_a_second_click_after_a_move_end_in_a_sentence(desk, service) -> None:
    finance = desk(Role.FINANCE)
    accept_all(finance)
    finance.goto(ADDRESS)
    finance.get_by_role("button", name="Déclarer prête").click()
    director, tab, old = (desk(Role.DIRECTOR) for _tab in range(3))
    tab.get_by_text("Déverrouiller").first.click()
    tab.locator(".move").get_by_label("Motif").fill("Une facture oubliée")
    director.get_by_role("button", name="Approuver").click()
    expect(director.get_by_role("status")).to_contain_text("peut être figée")
    tab.get_by_role("button", name="Déverrouiller").click()
    expect(tab.locator(".move").get_by_role("alert")).to_contain_text("a changé depuis")
    expect(tab.locator(".move").get_by_label("Motif")).to_have_value("Une facture oubliée")
    old.get_by_role("button", name="Approuver").click()
    expect(old.locator(".way").get_by_role("alert")).to_contain_text("elle est approuvée")
    expect(old.locator(".way").get_by_role("alert")).to_be_focused()
    old.get_by_role("button", name="Nederlands").click()
    expect(old).to_have_url(re.compile(f"{ADDRESS}$"))
    assert JustificationFile.objects.get().state == "approved"


def test_the_keyboard_alone_declares_it_ready(desk, service) -> None:
    finance = desk(Role.FINANCE)
    accept_all(finance)
    finance.goto(ADDRESS)
    button = finance.get_by_role("button", name="Déclarer prête")
    for _press in range(80):
        finance.keyboard.press("Tab")
        if button.evaluate("it => it === document.activeElement"):
            break
    finance.keyboard.press("Enter")
    expect(finance.get_by_role("status")).to_contain_text("est prête")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["", "comparaison/version/", "repetition/?pourcentage=40&graine=a", "decision/"]
)
def test_no_page_of_the_way_hinders_a_reader_or_a_telephone(
    desk, service, path: str, scheme: str
) -> None:
    finance = desk(Role.FINANCE)
    accept_all(finance)
    finance.get_by_role("button", name="Déclarer prête").click()
    director = desk(Role.DIRECTOR)
    director.get_by_role("button", name="Approuver").click()
    finance.goto(ADDRESS)
    finance.get_by_role("button", name="Figer").click()
    expect(finance.get_by_role("status")).to_contain_text("en attente")
    run_until_empty()
    finance.goto(ADDRESS)
    finance.get_by_label("Référence de l'envoi").fill("RP 1")
    finance.get_by_role("button", name="Enregistrer l'envoi").click()
    finance.emulate_media(color_scheme=scheme)
    finance.goto(ADDRESS + path)
    found = Axe().run(finance).response["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []
    finance.set_viewport_size({"width": 390, "height": 844})
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert finance.evaluate(wide) == 0
