"""A real browser on the live site; skipped, visibly, where no Chromium is installed."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.carriers import CARRIERS, Carrier, carrier_of
from tests.reports.views.conftest import Service, build_service

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module, closed at its end with the loop that it runs in this thread.

    Django refuses the database in a thread with a running loop unless told that it is meant.
    """
    if CHROMIUM is None:
        pytest.skip("aucun Chromium sur cette machine : les pages ne sont pas essayées")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def service(transactional_db: None) -> Service:
    return build_service()


@pytest.fixture
def page(browser: Browser, service: Service, live_server) -> Iterator[Page]:
    """A page at the login form of the live site; a message of the console is a failure."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 1400, "height": 900})
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto("/")
    yield opened
    context.close()
    assert said == []


@pytest.fixture(params=CARRIERS, ids=lambda url: url.split(":")[0] or "table")
def carrier(request: pytest.FixtureRequest, settings, monkeypatch) -> Iterator[Carrier]:
    """Whoever carries the jobs: the table alone, then each broker of TEST_BROKER_URLS."""
    yield from carrier_of(request.param, settings, monkeypatch)
