"""A chain that is removed, or made again by who owns the database, is told by `audit verify`."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from backoffice.federation.audit.entries import AuditEntry, AuditSeal
from backoffice.federation.audit.recording import text_of
from backoffice.federation.audit.sealing import digest_of, macs_of, marks_of, seal_all
from backoffice.federation.models import Organisation
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
ENTRY, SEAL = "federation_auditentry", "federation_auditseal"
EMPTY = ("DELETE FROM entries", "DELETE FROM seals")
NEW, OLD = "n" * 60, "o" * 60


@pytest.fixture
def tamper() -> Callable[..., None]:
    """SQL on the trail, as somebody who owns the database may write it."""

    def run(statement: str, *values: Any) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                for table in (ENTRY, SEAL):
                    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER audit_append_only")
            cursor.execute(statement.replace("entries", ENTRY).replace("seals", SEAL), values)

    return run


@pytest.fixture
def one() -> Organisation:
    """A service beside another one, both sealed."""
    UserFactory()
    OrganisationFactory(enterprise_number="0999000228")
    row = OrganisationFactory(enterprise_number="0999000129", name="0")
    for name in "12":
        row.name = name
        row.save()
        seal_all()
    return row


def verified(*words: str) -> tuple[int, str]:
    """The exit code of `audit verify` and what it says."""
    out = io.StringIO()
    try:
        call_command("audit", "verify", *words, stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def seal_without_the_key(organisation: Organisation) -> None:
    """Chain the entries anew as the program does, but for the key that is not in the database."""
    rows = list(AuditEntry.objects.filter(organisation=organisation).order_by("pk"))
    link = AuditSeal(
        organisation=organisation,
        number=1,
        first=rows[0].pk,
        last=rows[-1].pk,
        count=len(rows),
        marks=text_of(marks_of(rows)),
        sealed_at=rows[-1].at,
        mac="0" * 64,
    )
    link.digest = digest_of(link, rows)
    link.save()


def test_a_chain_that_was_removed_whole_is_missed(one, tamper):
    assert verified()[0] == 0
    for statement in EMPTY:
        tamper(statement + " WHERE organisation_id = %s", one.pk)
    code, said = verified()
    assert code == 1
    assert "0999000129 : CHAÎNE ROMPUE, sceau 2 : le sceau noté manque" in said
    assert "0999000228 : 1 sceau(x)" in said


def test_it_is_missed_even_with_its_organisation(one, tamper):
    for statement in EMPTY:
        tamper(statement + " WHERE organisation_id = %s", one.pk)
    tamper("DELETE FROM federation_organisation WHERE id = %s", one.pk)
    assert f"organisation {one.pk} : CHAÎNE ROMPUE" in verified()[1]


def test_a_chain_that_the_site_itself_seals_anew_is_not_the_one_it_noted(one, tamper):
    tamper("DELETE FROM seals WHERE organisation_id = %s", one.pk)
    tamper("UPDATE entries SET reason = 'autre' WHERE organisation_id = %s", one.pk)
    seal_all()
    code, said = verified()
    assert code == 1
    assert "0999000129 : CHAÎNE ROMPUE" in said


def test_nobody_seals_without_a_key_of_the_site(one, tamper):
    for statement in EMPTY:
        tamper(statement + " WHERE organisation_id IS NULL")
    tamper("DELETE FROM seals WHERE organisation_id = %s", one.pk)
    seal_without_the_key(one)
    code, said = verified("--organisation", "0999000129")
    assert code == 1
    assert "0999000129 : CHAÎNE ROMPUE, sceau 1 : le sceau n'a pas été posé avec une clé" in said


def test_a_trail_that_was_emptied_is_told(one, tamper):
    for statement in EMPTY:
        tamper(statement)
    code, said = verified()
    assert code == 1
    assert said.count("aucun acte : le journal a été supprimé") == 3


def test_a_trail_that_began_again_is_not_the_one_noted_elsewhere(one, tamper, tmp_path: Path):
    noted = tmp_path / "empreintes.txt"
    noted.write_text(verified()[1], encoding="utf-8")
    one.name = "3"
    one.save()
    seal_all()
    assert verified("--expect", str(noted))[0] == 0, "what came since is no fault"
    for statement in EMPTY:
        tamper(statement)
    for row in (*Organisation.objects.all(), UserFactory()):
        row.save()
    one.name = "4"
    one.save()
    seal_all()
    code, said = verified("--expect", str(noted))
    assert code == 1
    assert "0999000129 : CHAÎNE ROMPUE" in said


def test_a_file_without_a_noted_seal_is_refused(one, tmp_path: Path):
    noted = tmp_path / "empreintes.txt"
    with pytest.raises(CommandError, match="est illisible \\(introuvable\\)"):
        call_command("audit", "verify", expect=str(noted))
    noted.write_text("rien", encoding="utf-8")
    with pytest.raises(CommandError, match="ne tient aucune empreinte"):
        call_command("audit", "verify", expect=str(noted))


def test_the_trail_holds_through_a_turn_of_keys(settings):
    settings.IDENTITY_KEYS = [OLD]
    OrganisationFactory(enterprise_number="0999000129")
    seal_all()
    settings.IDENTITY_KEYS = [NEW]
    assert verified()[0] == 1, "another key proves nothing"
    settings.IDENTITY_KEYS = [NEW, OLD]
    call_command("identities", "--turn")
    settings.IDENTITY_KEYS = [NEW]
    assert verified()[0] == 0


def test_seals_of_before_the_key_are_vouched_for_by_the_next_one_of_the_site(one, tamper):
    tamper("DELETE FROM seals WHERE organisation_id IS NULL")
    tamper("UPDATE seals SET mac = ''")
    assert verified()[0] == 1
    seal_all()
    assert verified()[0] == 0
    newest = AuditSeal.objects.filter(organisation=None).order_by("number").last()
    assert newest is not None
    assert newest.mac == macs_of(newest.digest)[0]
    assert len(json.loads(newest.heads)) == 2
