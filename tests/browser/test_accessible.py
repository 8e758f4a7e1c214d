"""axe-core on every page that somebody reads: nothing serious, nothing critical, at any width."""

import re
from collections.abc import Container, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page

from tests.people import federation, member
from tests.visits import made
from tests.walk import ENTRIES, OF, Sample, sample

pytestmark = pytest.mark.browser
NARROW = {"width": 390, "height": 844}
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OF_LAYOUT = ["aria-required-children", "aria-required-parent", "scrollable-region-focusable"]
"""The rules of axe that an arrangement for narrow screens may break."""
GRAVE = {"serious", "critical"}
HTML = "text/html; charset=utf-8"
READERS = ("anonymous", "finance", "director", "federation", "administrator")
DARK = ("today", "grid", "justification", "deadlines", "imports", "rules", "funder_form", "chapter")
"""Pages looked at in dark too, where contrast may fail by itself."""


@pytest.fixture
def own(transactional_db: None) -> Sample:
    return sample("YSER")


def reader(role: str, own: Sample) -> Client:
    """Somebody of that role, signed in."""
    if role == "anonymous":
        return Client()
    if role in {"finance", "director"}:
        return member(role, own.organisation)
    return federation("finance" if role == "federation" else role)


def pages(
    own: Sample, client: Client, *, language: str = "fr", but: Container[str] = ()
) -> Iterator[tuple[str, str]]:
    """What a person reads: the text of each address that answers as a page; no row stays."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for name, entry in ENTRIES.items():
        if "GET" not in entry.methods or name in but:
            continue
        with transaction.atomic():
            address, asked = entry.address(name, own), made(entry.query, own)
            wide = name.startswith("admin:")
            answer = client.get(address, asked if wide else made(OF, own) | asked)
            if answer.status_code != 200:
                answer = client.get(address, asked)
            text = answer.content.decode(errors="replace") if answer.status_code == 200 else ""
            if text.lower().startswith("<!doctype html>"):  # not a file, nor a part of a page
                yield name, text
            transaction.set_rollback(True)


CHANGING = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*|[0-9]+')


def content(text: str) -> str:
    """What a page shows within the frame of all pages, without the numbers of its making."""
    return CHANGING.sub("", text.partition("<main")[2].partition("</main>")[0]) or text


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """The contents that a former reader was shown too."""
    return set()


def opened(page: Page, text: str) -> None:
    """Show a page that was read before, with its own style sheets and scripts."""
    page.unroute_all()
    page.route("**/page/", lambda route: route.fulfill(body=text, content_type=HTML))
    page.route(
        lambda address: "/static/" not in address and not address.endswith("/page/"),
        lambda route: route.fulfill(status=204),
    )
    page.goto("/page/")


def barriers(page: Page, **options: object) -> list[str]:
    """What axe finds serious or critical on a page: its rule, and where."""
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"][:3]
    ]


@pytest.mark.ignore_template_errors  # of Django's own templates
@pytest.mark.parametrize("role", READERS)
def test_no_page_has_a_serious_or_critical_barrier(browser, live_server, own, role, looked_at):
    """Each content once, in the frame of its first reader; the frame of each reader."""
    seen = dict(pages(own, reader(role, own)))
    assert seen
    shown = {name: content(text) for name, text in seen.items()}
    new = [name for name in shown if shown[name] not in looked_at] or list(seen)[:1]
    looked_at |= set(shown.values())
    light, dark = (
        browser.new_context(base_url=live_server.url, color_scheme=scheme).new_page()
        for scheme in ("light", "dark")
    )
    found = {}
    for name in new:
        opened(light, seen[name])
        found[name] = barriers(light)
        if name in DARK:
            opened(dark, seen[name])
            found[f"{name} (dark)"] = barriers(dark)
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_no_page_in_dutch_falls_apart_on_a_telephone(browser, live_server, own):
    page = browser.new_context(base_url=live_server.url, viewport=NARROW).new_page()
    found: dict[str, list[str]] = {}
    for role in ("finance", "federation", "administrator"):
        done = {*found, *(name for name in ENTRIES if name.startswith("admin:"))}
        for name, text in pages(own, reader(role, own), language="nl", but=done):
            assert '<html lang="nl"' in text
            opened(page, text)
            wide = page.evaluate(WIDE)
            found[name] = barriers(page, runOnly=OF_LAYOUT)
            found[name] += [f"the page scrolls {wide} px sideways"] if wide > 0 else []
    assert len(found) > len(DARK)
    assert {name: lines for name, lines in found.items() if lines} == {}
