"""The table of rights, walked: every address x every role x one's own and another service."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.http import SimpleCookie
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import resolve
from django.utils.html import escape

from backoffice.federation.models import AuditEntry, ConsentUse
from backoffice.federation.roles import EVERYWHERE, SERVICE_RIGHTS, Right
from tests.addresses import views
from tests.golden import cases
from tests.people import consent_of, federation, member
from tests.standing import standing
from tests.visits import Visit, made
from tests.walk import ENTRIES, OF, Sample, sample

ROLES = (
    "anonymous",
    "finance",
    "director",
    "accountant",
    "federation",
    "consented",
    "analyst",
    "administrator",
)
"""Of the own service: the first three; `consented` is the federation's finance officer to whom it
gave a consent, `federation` the same person without one."""
TABLE = {(row["page"], row["method"]): row for row in cases("rights.csv")}
SEERS = ("finance", "director", "accountant", "consented")
"""Who may see the rows of the own service."""
OWN, OTHER = "YSER", "ZWIN"
"""What every name of a service holds: it must not reach whoever may not see the service."""
SECRET = {"calendar_feed"}
"""Addresses that open to whoever knows them: their secret is the right."""


@dataclass(frozen=True)
class Ground:
    """Two services that know nothing of each other, and who looks at them."""

    own: Sample
    other: Sample
    cookies: dict[str, SimpleCookie]


@pytest.fixture(scope="module")
def walked_ground(django_db_setup: None, django_db_blocker) -> Iterator[Ground]:
    """Made once: every visit leaves it as it was."""
    with standing(django_db_blocker):
        own, other = sample(OWN), sample(OTHER)
        clients = {"anonymous": Client()}
        for role in ("finance", "director", "accountant"):
            clients[role] = member(role, own.organisation)
        for role in ("analyst", "administrator"):
            clients[role] = federation(role)
        clients["federation"] = clients["consented"] = federation("finance")
        yield Ground(own, other, {role: client.cookies for role, client in clients.items()})


@pytest.fixture
def ground(db: None, walked_ground: Ground) -> Ground:
    return walked_ground


@contextmanager
def visiting(ground: Ground, role: str) -> Iterator[Client]:
    """The client of a role, in a place of which nothing stays."""
    with transaction.atomic():
        if role == "consented":
            consent_of(ground.own.organisation)
        client = Client()
        client.cookies = copy(ground.cookies[role])
        yield client
        transaction.set_rollback(True)


def ask(
    client: Client, key: tuple[str, str], of: Sample, *, at: Sample | None = None
) -> HttpResponseBase:
    """Visit an address for the rows of an organisation, named in the query unless it is wide.

    With `at`, the query names that organisation instead.
    """
    (name, method), entry = key, ENTRIES[key[0]]
    return send(client, method, entry.address(name, of), (entry, of, at or of))


def send(
    client: Client, method: str, address: str, about: tuple[Visit, Sample, Sample]
) -> HttpResponseBase:
    entry, of, at = about
    right = getattr(resolve(address).func, "right", None)
    query = {} if right is None or right in EVERYWHERE else made(OF, at)
    query |= made(entry.query, at)
    if method == "GET":
        return client.get(address, query)
    return client.post(address, made(entry.sent, of), query_params=query)


def shown(response: HttpResponseBase) -> str:
    """All that a response says beyond the address asked for, inside a workbook or archive too."""
    content = b"".join(response) if response.streaming else response.content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            content = b"".join(package.read(name) for name in package.namelist())
    asked = response.wsgi_request
    said = content.decode(errors="replace").replace(escape(asked.get_full_path()), "")
    return said.replace(asked.path, "")


def may_not_read(role: str, key: tuple[str, str]) -> set[str]:
    """What no response to a role may hold: names of workers, suppliers and awards."""
    hidden = {OTHER} if role in SEERS else {OWN, OTHER}
    stems = ("Personne {}", "Fournisseur {}", "{}-1")
    return set() if key[0] in SECRET else {one.format(name) for name in hidden for one in stems}


INLINE = re.compile(
    r"<style|<[^>]+\s(?:style|on[a-z]+)=|<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")"
    r"|javascript:",
    re.IGNORECASE,
)
"""What a strict policy refuses in a page: a style or a script that is no file of ours."""


def page_of(response: HttpResponseBase) -> str:
    """The page of a response; nothing of a file."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    return response.content.decode() if is_page and not response.streaming else ""


def is_noted(said: str, of: Sample, key: tuple[str, str], role: str) -> bool:
    """Whether the trail, and the service that consented, know of what was shown of a service."""
    name = of.award.reference.removesuffix("-1")
    stems = (f"Personne {name}", f"Fournisseur {name}", f"{name}-1")
    if key[0] in SECRET or not any(stem in said for stem in stems):
        return True
    acts = (AuditEntry.Act.LOOKED, AuditEntry.Act.EXPORTED)
    known = AuditEntry.objects.filter(organisation=of.organisation, act__in=acts, model=key[0])
    used = ConsentUse.objects.filter(consent__organisation=of.organisation, page=key[0])
    return known.exists() and (role != "consented" or used.exists())


def looked(ground: Ground, key: tuple[str, str], role: str) -> str:
    """The statuses of a role for its own service and for the other; nothing hidden is shown."""
    found = []
    for of in (ground.own, ground.other):
        with visiting(ground, role) as client:
            response = ask(client, key, of)
            said = shown(response)
            assert is_noted(said, of, key, role), (role, key)
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert not INLINE.search(page_of(response)), (role, key)
        assert not {words for words in may_not_read(role, key) if words in said}, (role, key)
        found.append(str(response.status_code))
    return found[0] if found[0] == found[1] else " ".join(found)


KEYS = [(name, method) for name, entry in ENTRIES.items() for method in entry.methods]


def walked(keys: list[tuple[str, str]]) -> list[object]:
    """One case for each address and method; Django's own pages use names that are not there."""
    lax = pytest.mark.ignore_template_errors
    return [
        pytest.param(key, id="-".join(key), marks=lax if key[0].startswith("admin:") else ())
        for key in keys
    ]


def test_the_table_has_a_row_for_each_walk_and_no_other():
    assert set(TABLE) == set(KEYS)


def test_no_row_of_the_table_opens_a_service_to_whoever_may_not_see_it():
    """The table itself is judged by the rights that the views declare, not by what they answer."""
    opened = []
    for (name, method), row in TABLE.items():
        if getattr(views()[name], "right", Right.READ) in EVERYWHERE:
            continue
        for role in ROLES[1:]:
            own, other = (row[role].split() * 2)[:2]
            refused = {"403", "404"}
            if other not in refused or (role not in SEERS and own not in refused):
                opened.append((name, method, role))
    assert opened == []


@pytest.mark.parametrize("key", walked(KEYS))
def test_each_role_gets_exactly_what_the_table_says(key, ground):
    found = {role: looked(ground, key, role) for role in ROLES}
    row = TABLE.get(key, {})
    assert found == {role: row.get(role) for role in ROLES}, ",".join((*key, *found.values()))


def test_the_walk_finds_a_page_of_people_that_nothing_notes(ground, monkeypatch):
    monkeypatch.setattr("backoffice.federation.audit.requests.record_answer", lambda *_of: ())
    with pytest.raises(AssertionError, match="workers"):
        looked(ground, ("workers", "GET"), "consented")


COMMON = {"take_part", "stop_taking_part", "close_collection"}
"""Addresses whose row, a collection, is of no service."""
ROWS = [
    key
    for key in KEYS
    if ENTRIES[key[0]].rows and ":" not in key[0] and key[0] not in SECRET | COMMON
]
"""The addresses that name a row of a service."""


@pytest.mark.parametrize("key", walked(ROWS))
@pytest.mark.parametrize("role", ["finance", "director", "consented"])
def test_a_row_of_another_service_is_not_reached_by_naming_ones_own(role, key, ground):
    with visiting(ground, role) as client:
        response = ask(client, key, ground.other, at=ground.own)
        assert response.status_code in {403, 404}
        assert OTHER not in shown(response)


@pytest.mark.parametrize("key", walked(ROWS))
def test_a_number_that_nothing_bears_is_not_found(key, ground):
    entry = ENTRIES[key[0]]
    asked = getattr(views()[key[0]], "right", Right.SEE)
    mine, theirs = (SERVICE_RIGHTS[one] for one in ("finance", "director"))
    role = "director" if asked in theirs - mine else "finance"
    with visiting(ground, role) as client:
        address = entry.forged(key[0], ground.own)
        response = send(client, key[1], address, (entry, ground.own, ground.own))
        refused = TABLE[key][role].startswith("403")
        assert response.status_code == (403 if refused else 404)
