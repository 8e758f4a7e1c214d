"""What every test shares: repeatable examples, and no way out to the network."""

import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth
from django.utils import translation
from hypothesis import settings

from backoffice.texts import compile_changed

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

compile_changed()

ONE_DATABASE = {
    "tests/browser/": "what a page does in a browser, whatever answers it; jobs stay on both",
    "tests/test_rights.py": "rights are decided by views; test_language_shown.py opens every page",
    "tests/reports/checks/": "rules over a dossier that tests/reports/justifications reads",
    "tests/reports/documents/": "files written from a dossier",
    "tests/reports/rulebook/": "pages and files written from the figures and the schemes",
    "tests/reports/guide/": "pages written from the guide",
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


@pytest.fixture(autouse=True)
def in_the_language_of_the_sources() -> Iterator[None]:
    """A page asked in another language leaves nothing to the next test."""
    yield
    translation.deactivate()


@pytest.fixture
def code_of() -> Callable[[str], str]:
    """The code that an application shows now for a secret."""

    def code(secret: str) -> str:
        counter = int(time.time()) // 30
        return auth.format_hotp_value(auth.hotp_value(secret, counter))

    return code
