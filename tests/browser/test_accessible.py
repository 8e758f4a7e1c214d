"""axe-core on every page that somebody reads: nothing serious, nothing critical."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page

from tests.people import federation, member
from tests.visits import made
from tests.walk import ENTRIES, OF, Sample, sample

pytestmark = pytest.mark.browser
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


def pages(own: Sample, client: Client) -> Iterator[tuple[str, str]]:
    """What a person reads: the text of each address that answers as a page; no row stays."""
    for name, entry in ENTRIES.items():
        if "GET" not in entry.methods or name.startswith("admin:"):
            continue
        with transaction.atomic():
            address, asked = entry.address(name, own), made(entry.query, own)
            answer = client.get(address, made(OF, own) | asked)
            if answer.status_code != 200:
                answer = client.get(address, asked)
            text = answer.content.decode(errors="replace") if answer.status_code == 200 else ""
            if text.startswith("<!doctype html>"):  # not a file, nor a part of a page
                yield name, text
            transaction.set_rollback(True)


def barriers(page: Page, text: str) -> list[str]:
    """What axe finds serious or critical on a page: its rule, and where."""
    page.unroute_all()
    page.route("**/page/", lambda route: route.fulfill(body=text, content_type=HTML))
    page.route(
        lambda address: "/static/" not in address and not address.endswith("/page/"),
        lambda route: route.fulfill(status=204),
    )
    page.goto("/page/")
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize("role", READERS)
def test_no_page_has_a_serious_or_critical_barrier(browser, live_server, own, role):
    seen = dict(pages(own, reader(role, own)))
    assert seen
    light, dark = (
        browser.new_context(base_url=live_server.url, color_scheme=scheme).new_page()
        for scheme in ("light", "dark")
    )
    found = {name: barriers(light, text) for name, text in seen.items()}
    found |= {f"{name} (dark)": barriers(dark, seen[name]) for name in DARK if name in seen}
    assert {name: lines for name, lines in found.items() if lines} == {}
