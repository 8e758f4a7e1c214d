"""What every test shares: repeatable examples, and no way out to the network."""

import gc
import os
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth
from django.db import connection
from django.utils import translation
from factory import Factory
from hypothesis import settings

from backoffice.texts import compile_changed
from reports.documents.presses import PRESSES
from tests import factories

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

compile_changed()

gc.set_threshold(50_000)  # a test makes many objects and little garbage: seven hundred is too often

FILES = "files written from a dossier, a figure or a scheme that others read on both"
CELLS = "judged in the file, before anything is written"
SUMS = "arithmetic over facts that tests/reports/justifications reads on both"
PAGES = "what a page says of facts read on both; test_language_shown.py opens every page"
ONE_DATABASE = {
    "tests/browser/": "what a page does in a browser, whatever answers it; jobs stay on both",
    "tests/figures/": FILES,
    "tests/reports/checks/": SUMS,
    "tests/reports/commands/": "words of commands over services and selectors tried on both",
    "tests/reports/complements/": SUMS,
    "tests/reports/deadlines/test_month.py": PAGES,
    "tests/reports/documents/": FILES,
    "tests/reports/exchange/test_bad_files.py": CELLS,
    "tests/reports/exchange/test_cells.py": CELLS,
    "tests/reports/exchange/test_files.py": CELLS,
    "tests/reports/exchange/test_rules.py": CELLS,
    "tests/reports/funder_forms/": FILES,
    "tests/reports/guide/": PAGES,
    "tests/reports/memorandum/test_money.py": SUMS,
    "tests/reports/memorandum/test_published.py": SUMS,
    "tests/reports/rulebook/": FILES,
    "tests/reports/tie_out/test_documents.py": FILES,
    "tests/reports/tie_out/test_holidays.py": SUMS,
    "tests/reports/tie_out/test_statement.py": SUMS,
    "tests/reports/views/test_explanations.py": PAGES,
    "tests/reports/views/test_rules.py": PAGES,
    "tests/reports/views/test_stacking.py": PAGES,
    "tests/reports/views/test_vacancies.py": PAGES,
    "tests/test_every_page.py": "parts of pages and counts of questions, as below",
    "tests/test_query_counts.py": "as many questions are asked of one as of the other",
    "tests/test_rights.py": "rights are decided by views; test_language_shown.py opens every page",
    "tests/web/test_admin.py": PAGES,
}
"""What reaches the database but asks nothing of it that others do not: on SQLite alone, and why."""

LOCAL = {"127.0.0.1", "::1", "localhost"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark `database` the tests that reach one: they run again on PostgreSQL.

    Not those of `ONE_DATABASE`, unless a broker of the second run carries their jobs.
    """
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        once = item.nodeid.startswith(tuple(ONE_DATABASE)) and "carrier" not in fixtures
        reaches = item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"}
        if reaches and not once:
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the garbage collector need not walk through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A test that calls another machine fails; PostgreSQL and a local browser stay reachable."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOCAL:
            raise RuntimeError(f"the suite must not need the network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:  # noqa: FBT001
    """A database copied from the schema of tests/run is brought up to date, not made again."""
    return django_db_keepdb or (connection.vendor == "sqlite" and "TEST_SCHEMA" in os.environ)


@pytest.fixture(autouse=True)
def in_the_language_of_the_sources() -> Iterator[None]:
    """A page asked in another language leaves nothing to the next test."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def printed_before() -> Callable[[bytes, date, Mapping[str, tuple[str, bytes]]], bytes]:
    """A press that remembers: the same page with the same files is the same paper.

    tests/reports/documents/test_pdf_file.py holds that of the press itself.
    """
    papers, press = dict[object, bytes](), PRESSES.print

    def paper(html: bytes, made: date, files: Mapping[str, tuple[str, bytes]]) -> bytes:
        key = (html, made, tuple(files.items()))
        if key not in papers:
            papers[key] = press(html, made, files)
        return papers[key]

    return paper


@pytest.fixture
def papers_made_once(printed_before: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of each test bear the same names, and what was printed of them comes back."""
    for factory in vars(factories).values():
        if isinstance(factory, type) and issubclass(factory, Factory):
            factory.reset_sequence(force=True)
    monkeypatch.setattr(PRESSES, "print", printed_before)


@pytest.fixture
def code_of() -> Callable[[str], str]:
    """The code that an application shows now for a secret."""

    def code(secret: str) -> str:
        counter = int(time.time()) // 30
        return auth.format_hotp_value(auth.hotp_value(secret, counter))

    return code
