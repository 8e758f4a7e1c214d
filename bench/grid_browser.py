"""The grid in Chromium, served as a site is: from the key that ends an edit to the totals drawn."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

from django.test import Client
from playwright.sync_api import Page, sync_playwright

from bench.table import Row
from bench.timing import Timing, timed

_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_STARTS = 60
"""Seconds that the server is given to answer."""
_WATCH = """() => {
  addEventListener("keydown", (event) => {
    if (event.key === "Enter") window.since = performance.now();
  }, true);
  new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(() => {
    window.drawn?.(performance.now() - window.since);
  }))).observe(document.getElementById("totaux"), { childList: true });
}"""


def rows(client: Client, address: str, cell: str, runs: int) -> Iterator[Row]:
    """One edit after the other in the same page; `cell` is worker, post and month."""
    name = "grid, one cell in Chromium: from the key to the totals drawn"
    if _CHROMIUM is None:
        yield Row(name, note="no Chromium here")
        return
    with _server() as site, _page(site, client) as page:
        page.goto(address)
        page.wait_for_selector("#outils:not([hidden])")
        page.evaluate(_WATCH)
        taken = Timing(
            tuple(_edit(page, cell, f"{1 + run % 3},5 h") for run in range(runs + 1))[1:]
        )
        again = timed(lambda: _opened(page), 3)
    yield Row.of(
        name,
        taken,
        target="< 300 ms",
        alternative="opening the page of the year again",
        other=again.middle,
        memory="a pause of 40 ms between the keys and the question is part of it",
    )


def _edit(page: Page, cell: str, text: str) -> float:
    """Seconds that one edit takes to be drawn."""
    page.locator(f'td[data-c="{cell}"]').click()
    page.evaluate("() => { window.totals = new Promise((drawn) => { window.drawn = drawn; }); }")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    return float(page.evaluate("() => window.totals")) / 1000


def _opened(page: Page) -> None:
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.wait_for_selector("#outils:not([hidden])")


@contextmanager
def _server() -> Iterator[str]:
    """The site as `./run serve` starts it, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
    process = subprocess.Popen([*command, "backoffice.wsgi:application"])  # noqa: S603
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    last = time.monotonic() + _STARTS
    while time.monotonic() < last:
        asked = HTTPConnection("127.0.0.1", port, timeout=_STARTS)
        try:
            asked.request("GET", "/sante/")
            asked.getresponse()
        except OSError:
            time.sleep(0.2)
        else:
            return
        finally:
            asked.close()
    raise RuntimeError("the site does not start")


@contextmanager
def _page(site: str, client: Client) -> Iterator[Page]:
    """A page of the site in which the client's user is signed in."""
    value = client.cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": value, "domain": urlsplit(site).hostname, "path": "/"}
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        context = chromium.new_context(
            base_url=site, viewport={"width": 1400, "height": 900}, locale="fr-BE"
        )
        context.add_cookies([cookie])  # type: ignore[list-item]
        try:
            yield context.new_page()
        finally:
            chromium.close()
