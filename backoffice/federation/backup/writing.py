"""Makes a backup: one consistent picture of the rows, and every evidence file."""

import contextlib
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import FileField
from django.utils import timezone

from backoffice.federation.backup.archive import (
    MANIFEST,
    Manifest,
    SavedFile,
    SavedTable,
    add,
    blocks,
    sealed,
)
from backoffice.federation.backup.keys import fingerprints, site_keys
from backoffice.federation.backup.refusal import Refused
from backoffice.federation.backup.tables import Table, tables
from backoffice.federation.files import cause

_PICTURE = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


def make_backup(*, out: Path) -> Manifest:
    """Write the whole site to `out`, readable by its owner only; others may write meanwhile.

    Raises:
        Refused: the file exists already, the database is not up to date, or the system refuses
            the file; nothing is left behind.
    """
    check_free(out)
    check_migrated()
    if out.resolve().is_relative_to(settings.MEDIA_ROOT.resolve()):
        raise Refused(f"{out} est dans le dossier des pièces : choisissez un autre dossier.")
    beside = None
    try:
        handle, beside = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.", suffix=".tmp")
        with os.fdopen(handle, "w+b") as file:
            with sealed(file) as archive, one_picture():
                manifest = _fill(archive)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(out)
    except OSError as error:
        raise Refused(
            f"La sauvegarde {out} n'a pas pu être écrite ({cause(error)}) : libérez de la place "
            "ou choisissez un autre dossier ; rien n'a été remplacé."
        ) from error
    finally:
        if beside is not None:
            with contextlib.suppress(OSError):
                Path(beside).unlink(missing_ok=True)
    return manifest


def check_free(path: Path) -> None:
    """Refuse a name that is taken, or whose folder does not exist.

    Raises:
        Refused: with the name.
    """
    if path.exists():
        raise Refused(f"Le fichier {path} existe déjà : choisissez un autre nom.")
    if not path.parent.is_dir():
        raise Refused(
            f"Le dossier {path.parent} n'existe pas : créez-le ou choisissez un autre dossier."
        )


@contextmanager
def one_picture() -> Iterator[None]:
    """Every query inside sees the same moment; nobody waits for it, on either database."""
    with connection.cursor() as cursor:
        cursor.execute(_PICTURE[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def check_migrated() -> None:
    """Refuse a database that is not as this version of the product expects it.

    Raises:
        Refused: a migration has not been applied.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refused(
            "La base n'est pas à jour pour cette version du produit : lancez « migrate » d'abord "
            "(pour une sauvegarde d'avant la mise à jour, réinstallez la version d'avant). "
            "Rien n'a été écrit."
        )


def applied_migrations() -> dict[str, list[str]]:
    """Migrations applied to this database that the product still has, by app."""
    loader = MigrationLoader(connection)
    found: dict[str, list[str]] = {}
    for app, name in sorted(set(loader.applied_migrations) & set(loader.disk_migrations)):
        found.setdefault(app, []).append(name)
    return found


def site_mode() -> str:
    """`demo` for invented data, `site` for a real site."""
    return "demo" if settings.DEMO else "site"


def digest_of(lines: Iterable[bytes]) -> tuple[int, str]:
    """How many lines, and their SHA-256."""
    digest, count = hashlib.sha256(), 0
    for line in lines:
        digest.update(line)
        count += 1
    return count, digest.hexdigest()


def evidence_files(root: Path) -> list[Path]:
    """Every file in the evidence folder, in the order of its path; links are not followed."""
    found = (Path(folder) / name for folder, _folders, names in os.walk(root) for name in names)
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def _fill(archive: zipfile.ZipFile) -> Manifest:
    """The rows first: a file that a row names was there before it."""
    saved = tables()
    migrations = applied_migrations()
    kept = [_save_table(archive, table) for table in saved]
    named = {name for table in saved for name in _named_files(table)}
    files = list(_save_files(archive, settings.MEDIA_ROOT))
    manifest = Manifest(
        product=version("backoffice"),
        mode=site_mode(),
        made_at=timezone.now().isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=migrations,
        keys=fingerprints(site_keys()),
        tables=kept,
        evidence=files,
        missing=sorted(named - {file.name for file in files}),
    )
    add(archive, MANIFEST, [manifest.text()])
    return manifest


def _save_table(archive: zipfile.ZipFile, table: Table) -> SavedTable:
    count = 0

    def counted() -> Iterator[bytes]:
        nonlocal count
        for line in table.lines():
            count += 1
            yield line

    digest, _size = add(archive, f"tables/{table.name}.jsonl", counted())
    return SavedTable(table.name, table.columns, count, digest)


def _save_files(archive: zipfile.ZipFile, root: Path) -> Iterator[SavedFile]:
    """Every evidence file; one that the site removes meanwhile is not missed."""
    for path in evidence_files(root):
        name = path.relative_to(root).as_posix()
        try:
            name.encode()
            file = path.open("rb")
        except FileNotFoundError:
            continue
        except (OSError, UnicodeEncodeError) as error:
            why = cause(error) if isinstance(error, OSError) else "nom illisible"
            raise Refused(
                f"Un fichier du dossier des pièces {path.parent} ne peut pas être lu ({why}) : "
                "corrigez ses droits ou son nom ; la sauvegarde n'est pas faite."
            ) from error
        with file:
            digest, size = add(archive, f"evidence/{name}", blocks(file))
        yield SavedFile(name, size, digest)


def _named_files(table: Table) -> Iterator[str]:
    """The evidence files that the rows of a table name."""
    for field in table.fields:
        if isinstance(field, FileField):
            yield from table.rows().exclude(**{field.name: ""}).values_list(field.name, flat=True)
