"""The chain: whatever is done to a sealed entry is found, and honest life breaks nothing."""

import io
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction

from backoffice.federation.audit.entries import AuditEntry, AuditSeal
from backoffice.federation.audit.recording import hold
from backoffice.federation.audit.sealing import AT_MOST, seal, seal_all, unsealed
from backoffice.federation.audit.verifying import Break, Chain, Fault, verify
from backoffice.federation.models import Organisation
from tests.factories import OrganisationFactory
from tests.federation.conftest import Site

COLUMNS = "organisation_id, at, act, model, count, changes, reason, origin"
COPY = "INSERT INTO entries (id, ...) SELECT %s, ... FROM entries WHERE id = %s".replace(
    "...", COLUMNS
)
ENTRY, SEAL = "federation_auditentry", "federation_auditseal"


@pytest.fixture
def organisation(db: None) -> Organisation:
    """One with five entries, sealed three then two."""
    row = OrganisationFactory.create(name="0")
    for number in range(1, 5):
        row.name = str(number)
        row.save()
        if number == 2:
            seal_all()
    seal_all()
    return row


@pytest.fixture
def tamper(db: None) -> Callable[..., None]:
    """SQL on the trail, as somebody who owns the database may write it."""

    def run(statement: str, *values: Any) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                for table in (ENTRY, SEAL):
                    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER audit_append_only")
            cursor.execute(statement.replace("entries", ENTRY).replace("seals", SEAL), values)

    return run


def keys(organisation: Organisation) -> list[int]:
    rows = AuditEntry.objects.filter(organisation=organisation).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def chain(organisation: Organisation) -> Chain:
    return verify(organisation.pk)


def test_an_untouched_chain_holds_and_says_what_waits(organisation: Organisation) -> None:
    organisation.name = "autre"
    organisation.save()
    found = chain(organisation)
    last = AuditSeal.objects.filter(organisation=organisation).order_by("number").last()
    assert last is not None
    assert (found.seals, found.entries, found.waiting) == (2, 5, 1)
    assert (found.digest, found.fault) == (last.digest, None)
    assert seal_all() == 2, "the organisation, and the site that notes its seal"
    assert seal_all() == 0
    assert unsealed() == []
    assert chain(organisation).waiting == 0


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("changes", '{"rows":[]}'),
        ("actor_id", 1),
        ("reason", "autre"),
        ("at", "2020-01-01 00:00:00"),
        ("model", "grants.award"),
        ("act", "deleted"),
        ("last_key", 999999),
        ("count", 2),
        ("origin", "command import"),
    ],
)
def test_a_changed_entry_is_found(
    organisation: Organisation, tamper: Callable[..., None], column: str, value: Any
) -> None:
    key = keys(organisation)[3]
    tamper("UPDATE entries SET NAME = %s WHERE id = %s".replace("NAME", column), value, key)
    assert chain(organisation).fault == Fault(Break.ENTRY_ALTERED, 2, key)


def test_a_deleted_entry_is_found(organisation: Organisation, tamper: Callable[..., None]) -> None:
    key = keys(organisation)[1]
    tamper("DELETE FROM entries WHERE id = %s", key)
    assert chain(organisation).fault == Fault(Break.ENTRY_MISSING, 1, key)


def test_an_entry_given_to_another_organisation_is_found_in_both(
    organisation: Organisation, tamper: Callable[..., None]
) -> None:
    other = OrganisationFactory.create()
    seal_all()
    key = keys(organisation)[4]
    tamper("UPDATE entries SET organisation_id = %s WHERE id = %s", other.pk, key)
    assert chain(organisation).fault == Fault(Break.ENTRY_MISSING, 2, key)
    assert chain(other).fault == Fault(Break.ENTRY_ADDED, 1, key)


def test_an_entry_slipped_in_is_found(
    organisation: Organisation, tamper: Callable[..., None]
) -> None:
    key = keys(organisation)[1]
    tamper("DELETE FROM entries WHERE id = %s", key)
    tamper(
        COPY,
        key,
        key + 1,
    )
    assert chain(organisation).fault == Fault(Break.ENTRY_ALTERED, 1, key)


def test_an_entry_in_a_free_place_is_found(
    organisation: Organisation, tamper: Callable[..., None]
) -> None:
    first = keys(organisation)[0]
    tamper(
        COPY,
        first - 1000,
        first,
    )
    assert chain(organisation).fault == Fault(Break.ENTRY_ADDED, 1, first - 1000)


def test_entries_that_change_places_are_found(
    organisation: Organisation, tamper: Callable[..., None]
) -> None:
    first, second = keys(organisation)[3:5]
    for key, new in ((first, -1), (second, first), (-1, second)):
        tamper("UPDATE entries SET id = %s WHERE id = %s", new, key)
    assert chain(organisation).fault == Fault(Break.ENTRY_ALTERED, 2, first)


def test_marks_that_were_wiped_hide_nothing(
    organisation: Organisation, tamper: Callable[..., None]
) -> None:
    key = keys(organisation)[0]
    tamper("UPDATE entries SET reason = 'autre' WHERE id = %s", key)
    tamper("UPDATE seals SET marks = '[]' WHERE number = 1")
    assert chain(organisation).fault == Fault(Break.ENTRY_ADDED, 1, key)


def test_a_removed_seal_is_found(organisation: Organisation, tamper: Callable[..., None]) -> None:
    tamper("DELETE FROM seals WHERE number = 1")
    assert chain(organisation).fault == Fault(Break.SEAL_MISSING, 2)


def test_an_altered_seal_is_found(organisation: Organisation, tamper: Callable[..., None]) -> None:
    tamper(
        "UPDATE seals SET digest = %s WHERE number = 2 AND organisation_id = %s",
        "0" * 64,
        organisation.pk,
    )
    assert chain(organisation).fault == Fault(Break.SEAL_ALTERED, 2)


def test_the_command_names_the_break_and_ends_with_1(
    organisation: Organisation, tamper: Callable[..., None]
) -> None:
    out = io.StringIO()
    call_command("audit", "verify", stdout=out)
    assert "2 sceau(x), 5 acte(s) intacts" in out.getvalue()
    key = keys(organisation)[0]
    tamper("UPDATE entries SET reason = 'autre' WHERE id = %s", key)
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify", stdout=out)
    assert ended.value.code == 1
    assert f"CHAÎNE ROMPUE, sceau 1, acte {key} : l'acte a été modifié" in out.getvalue()


def test_each_organisation_has_its_own_chain(organisation: Organisation) -> None:
    other = OrganisationFactory.create()
    assert seal_all() == 2
    assert chain(other).seals == 1
    assert chain(organisation).seals == 2


@pytest.mark.django_db
def test_a_long_wait_is_sealed_by_parts() -> None:
    entries = [AuditEntry(act="looked", model="workers", count=0) for _n in range(AT_MOST + 1)]
    AuditEntry.objects.bulk_create(entries)
    assert seal_all() == 2
    assert verify(None).entries == AT_MOST + 1


WORK = """
from backoffice.federation.models import Organisation
row = Organisation.objects.create(enterprise_number="0999000129", name="0")
for number in range(30):
    row.name = str(number)
    row.save()
"""


def test_two_who_seal_at_once_make_one_chain(site: Site) -> None:
    site.python(WORK)
    for sealing in [site.start("audit", "seal") for _n in range(2)]:
        said, _nothing = sealing.communicate(timeout=120)
        assert sealing.returncode == 0, said
    site.run("audit", "seal")
    assert "1 sceau(x), 30 acte(s) intacts, 0 pas encore scellé(s)" in site.run("audit", "verify")


def test_a_restored_site_has_the_same_chain(site: Site, tmp_path: Path) -> None:
    site.python(WORK)
    site.run("audit", "seal")
    before = site.run("audit", "verify")
    site.run("backup", "--out", str(tmp_path / "site.zip"))
    site.run("flush", "--no-input", "-v0")
    assert "Le journal est vide" in site.run("audit", "verify")
    site.run("restore", str(tmp_path / "site.zip"))
    assert site.run("audit", "verify") == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_nothing_is_sealed_while_somebody_writes_there() -> None:
    row = OrganisationFactory.create()
    ready, done = Barrier(2), Barrier(2)

    def writing() -> None:
        with transaction.atomic():
            hold({row.pk}, using="default")
            ready.wait()
            done.wait()
        connections.close_all()

    thread = Thread(target=writing)
    thread.start()
    ready.wait()
    try:
        assert seal(row.pk) is None
    finally:
        done.wait()
        thread.join()
    assert seal(row.pk) is not None


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a trigger of PostgreSQL")
@pytest.mark.parametrize("table", [ENTRY, SEAL])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = 0", "DELETE FROM {}", "TRUNCATE {}"])
def test_postgresql_itself_refuses_to_touch_the_trail(statement: str, table: str) -> None:
    OrganisationFactory.create()
    seal_all()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL backoffice.emptying = 'no'")  # as on a site: not a test
        with pytest.raises(DatabaseError, match="append-only"):
            cursor.execute(statement.format(table))
