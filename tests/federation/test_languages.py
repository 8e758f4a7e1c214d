"""The language of pages, jobs and mails: the account's choice, else the browser's."""

from types import MappingProxyType

import pytest
from django.test import Client
from django.utils import translation

from backoffice.federation.jobs import carrying
from backoffice.federation.jobs.registry import Kind
from backoffice.federation.models import Preference
from tests.factories import JobFactory, MembershipFactory, PreferenceFactory, UserFactory

pytestmark = pytest.mark.django_db
DUTCH = MappingProxyType({"HTTP_ACCEPT_LANGUAGE": "nl-BE,nl;q=0.9,fr;q=0.5"})


@pytest.fixture
def member() -> Client:
    client = Client()
    client.force_login(MembershipFactory().user)
    return client


def choose(client: Client, language: str, page: str = "/travailleurs/?q=a&page=2"):
    return client.post("/langue/", {"language": language, "next": page})


def test_a_page_says_which_language_it_is_in(member: Client) -> None:
    page = member.get("/regles/")
    assert page["Content-Language"] == "fr"
    assert '<html lang="fr">' in page.content.decode()


def test_without_a_choice_the_language_is_the_browsers(member: Client) -> None:
    page = member.get("/regles/", **DUTCH)
    assert page["Content-Language"] == "nl"
    assert '<html lang="nl">' in page.content.decode()


def test_a_browser_that_speaks_neither_gets_french(member: Client) -> None:
    assert member.get("/regles/", HTTP_ACCEPT_LANGUAGE="de,en")["Content-Language"] == "fr"


def test_choosing_a_language_leads_back_to_the_same_page_in_it(member: Client) -> None:
    answer = choose(member, "nl")
    assert answer.status_code == 302
    assert answer["Location"] == "/travailleurs/?q=a&page=2"
    assert '<html lang="nl">' in member.get("/regles/").content.decode()


def test_the_choice_of_the_account_goes_before_the_browsers(member: Client) -> None:
    choose(member, "fr")
    assert member.get("/regles/", **DUTCH)["Content-Language"] == "fr"


def test_the_choice_follows_the_account_to_another_browser() -> None:
    chosen = PreferenceFactory(language="nl")
    elsewhere = Client()
    elsewhere.force_login(chosen.user)
    assert elsewhere.get("/regles/")["Content-Language"] == "nl"


def test_the_language_is_chosen_before_signing_in_too() -> None:
    visitor = Client()
    choose(visitor, "nl", "/connexion/")
    page = visitor.get("/connexion/")
    assert page["Content-Language"] == "nl"
    assert page.cookies.get("django_language") is None
    assert not Preference.objects.exists()


def test_a_language_that_the_site_does_not_speak_changes_nothing(member: Client) -> None:
    assert choose(member, "en").status_code == 302
    assert not Preference.objects.exists()
    assert member.get("/regles/")["Content-Language"] == "fr"


def test_choosing_twice_keeps_the_last(member: Client) -> None:
    choose(member, "nl")
    choose(member, "fr")
    assert [row.language for row in Preference.objects.all()] == ["fr"]


def test_the_way_back_stays_on_the_site(member: Client) -> None:
    assert choose(member, "nl", "https://elsewhere.example/")["Location"] == "/"
    assert choose(member, "nl", "//elsewhere.example/")["Location"] == "/"


def test_a_link_alone_changes_no_language(member: Client) -> None:
    assert member.get("/langue/?language=nl")["Location"] == "/?language=nl"
    assert not Preference.objects.exists()


def test_a_job_speaks_its_owners_language(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken: list[str | None] = []

    def note(_work: object) -> dict[str, str]:
        spoken.append(translation.get_language())
        return {}

    kind = Kind("essai", {}, note, (), right="", quiet=False)
    monkeypatch.setattr(carrying, "kind_of", lambda _code: kind)
    JobFactory(owner=PreferenceFactory(language="nl").user)
    JobFactory(owner=UserFactory())
    JobFactory(owner=None)
    carrying.run_until_empty()
    assert spoken == ["nl", "fr", "fr"]
