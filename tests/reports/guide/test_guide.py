"""The user guide: whole in both languages, with its pictures, and one way to it from each page."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from backoffice.federation.roles import FederationRole
from reports.guide.chapters import chapters
from tests.addresses import views
from tests.factories import FederationMemberFactory, MembershipFactory
from tests.reports.views.conftest import build_service

LANGUAGES = ("fr", "nl")
TEXTS = Path(settings.BASE_DIR) / "templates" / "guide"


@pytest.fixture
def reader(db) -> Client:
    """Somebody of a service who works for the federation and administers it too."""
    user = MembershipFactory().user
    for role in FederationRole:
        FederationMemberFactory(user=user, role=role)
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_is_written_in_both_languages(reader, language):
    reader.post("/langue/", {"language": language, "next": "/aide/"})
    contents = reader.get("/aide/").content.decode()
    for slug, chapter in chapters().items():
        assert chapter.title[language].replace("'", "&#x27;") in contents
        page = reader.get(f"/aide/{slug}/")
        assert page.status_code == 200, slug
    written = {path.stem for path in (TEXTS / language).glob("*.html")}
    assert written == set(chapters())


def test_the_two_languages_say_the_same_things_in_the_same_order():
    def shape(language: str, slug: str) -> list[str]:
        text = (TEXTS / language / f"{slug}.html").read_text(encoding="utf-8")
        return re.findall(r"<(h2|li|tr|kbd|p)\b|picture \"([a-z]+)\"", text)

    assert [slug for slug in chapters() if shape("fr", slug) != shape("nl", slug)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_of_a_chapter_is_there(language):
    texts = (path.read_text(encoding="utf-8") for path in (TEXTS / language).glob("*.html"))
    names = {name for text in texts for name in re.findall(r"picture \"([a-z]+)\"", text)}
    assert names
    lacking = [n for n in names if finders.find(f"web/guide/{language}/{n}.png") is None]
    assert lacking == []


def test_a_page_leads_to_the_chapter_that_speaks_of_it(db):
    service = build_service()
    assert 'href="/aide/justifier/' in service.get().content.decode()
    assert 'href="/aide/importer/' in service.client.get("/imports/").content.decode()


@pytest.mark.parametrize("role", FederationRole)
def test_the_guide_of_the_federation_leads_to_no_page_that_refuses(db, role):
    officer = Client()
    officer.force_login(FederationMemberFactory(role=role).user)
    contents = officer.get("/aide/").content.decode()
    named = set(re.findall(r'href="/aide/([a-z-]+)/', contents))
    assert ("federation" in named, "comptes" in named) == (
        role != FederationRole.ADMINISTRATOR,
        role == FederationRole.ADMINISTRATOR,
    )
    assert "affecter" not in named
    for slug in chapters():
        page = officer.get(f"/aide/{slug}/").content.decode()
        links = re.search(r'<p class="tally">.*?</p>', page)
        for address in re.findall(r'href="([^"]+)"', links[0] if links else ""):
            assert officer.get(address).status_code == 200, (slug, address)


def test_an_unknown_chapter_is_not_found(reader):
    assert reader.get("/aide/rien/").status_code == 404


def test_every_page_that_a_chapter_explains_is_a_page_of_the_site():
    named = {name for chapter in chapters().values() for name in chapter.pages}
    assert named - set(views()) == set()
