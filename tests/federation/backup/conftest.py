"""A site with a row in every table and two evidence files, and ways to empty and alter things."""

import inspect
import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from factory.django import DjangoModelFactory

from backoffice.federation.audit.sealing import seal_all
from backoffice.federation.backup.archive import MANIFEST, Manifest, SavedTable, add, sealed
from backoffice.federation.backup.tables import tables
from backoffice.federation.backup.writing import digest_of, make_backup
from tests import factories

Change = Callable[[dict, dict], None]


@pytest.fixture
def media(settings: LazySettings, tmp_path: Path) -> Path:
    """The evidence folder of the test, not made yet."""
    folder = tmp_path / "site" / "media"
    folder.parent.mkdir()
    settings.MEDIA_ROOT = folder
    return folder


@pytest.fixture
def full_site(transactional_db: None, media: Path) -> None:
    """One row of every factory, rights, a line of the administration's log, evidence files."""
    for _name, factory in inspect.getmembers(factories, inspect.isclass):
        if issubclass(factory, DjangoModelFactory) and factory is not DjangoModelFactory:
            factory.create()
    seal_all()
    user, group = User.objects.earliest("pk"), Group.objects.create(name="Comptabilité")
    right = Permission.objects.get(codename="change_award")
    group.permissions.add(right)
    user.groups.add(group)
    user.user_permissions.add(right)
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get(model="award"),
        object_id="1",
        object_repr="SUB-1",
        action_flag=CHANGE,
        change_message="[]",
    )
    for name, content in (("classeur.xlsx", b"\x00\xffclasseur"), ("pièce à l'appui.pdf", b"")):
        path = media / "imports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@pytest.fixture
def saved(full_site: None, tmp_path: Path) -> Path:
    """A backup of the full site, which is then emptied."""
    path = tmp_path / "saved.zip"
    make_backup(out=path)
    empty_site()
    return path


def empty_site() -> None:
    """No row, no evidence file; what `migrate` puts in a new database stays."""
    call_command("flush", interactive=False, verbosity=0)
    for path in settings.MEDIA_ROOT.rglob("*"):
        if path.is_file():
            path.unlink()


def is_empty(media: Path) -> bool:
    """No row, no evidence file and nothing half done beside."""
    rows = [table.name for table in tables() if table.rows().exists()]
    files = [path for path in media.parent.rglob("*") if path.is_file()]
    return (rows, files, list(media.parent.glob(".restore-*"))) == ([], [], [])


def forged(path: Path, change: Change) -> Path:
    """The same backup after `change(document, lines by table)`, sealed as if it were true."""
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    document = json.loads(contents.pop(MANIFEST))
    rows = {
        table["name"]: contents.pop(f"tables/{table['name']}.jsonl").splitlines(keepends=True)
        for table in document["tables"]
    }
    change(document, rows)
    document["tables"] = [
        asdict(SavedTable(table["name"], table["columns"], *digest_of(rows[table["name"]])))
        for table in document["tables"]
    ]
    target = path.with_name("forged.zip")
    with target.open("w+b") as file, sealed(file) as archive:
        for name, lines in rows.items():
            add(archive, f"tables/{name}.jsonl", lines)
        for name, content in contents.items():
            add(archive, name, [content])
        add(archive, MANIFEST, [json.dumps(document).encode()])
    return target


def contents(manifest: Manifest) -> tuple[object, ...]:
    """What two backups of the same site have in common."""
    return manifest.tables, manifest.evidence, manifest.missing, manifest.migrations
