"""Puts a backup back on an empty site: all of it, verified, or nothing."""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, OperationalError, connection, transaction

from backoffice.federation.backup.archive import Manifest, SavedTable, blocks, opened
from backoffice.federation.backup.keys import fingerprints
from backoffice.federation.backup.refusal import Refused
from backoffice.federation.backup.tables import Table, tables
from backoffice.federation.backup.writing import (
    applied_migrations,
    check_migrated,
    digest_of,
    evidence_files,
    site_mode,
)
from backoffice.federation.files import cause

_NOTHING = "Rien n'a été écrit."
_SHOWN = 5


def check_backup(path: Path) -> Manifest:
    """What a whole backup holds; nothing of the site is read or written.

    Raises:
        Refused: it is cut, altered, unreadable or of another format.
    """
    with opened(path) as (_archive, manifest):
        return manifest


def restore_backup(path: Path, *, keys: Mapping[str, str] | None = None) -> Manifest:
    """Fill this empty site from a backup and verify every table by reading it back.

    Args:
        path: the backup.
        keys: keys that must be those of the saved site; None asks nothing.

    Raises:
        Refused: the backup or the site does not fit, or something failed on the way; the site is
            as empty as before.
    """
    with opened(path) as (archive, manifest):
        if keys is not None and fingerprints(keys) != manifest.keys:
            raise Refused(
                "Ce fichier de clés n'est pas celui de cette sauvegarde : prenez celui qui a été "
                f"écrit avec elle. {_NOTHING}"
            )
        _check_same_product(manifest)
        try:
            with _staging_folder() as staged, transaction.atomic():
                _check_empty()
                _take_out(archive, manifest, staged)
                _fill(archive, manifest)
                _verify(manifest)
                _put_in_place(staged)
        except OSError as error:
            raise Refused(
                f"Les pièces n'ont pas pu être remises dans {settings.MEDIA_ROOT} "
                f"({cause(error)}) : libérez de la place ou corrigez les droits ; le site est "
                "resté vide."
            ) from error
    return manifest


def _check_same_product(manifest: Manifest) -> None:
    """The same mode and the same migrations, all of them applied here."""
    if manifest.mode != site_mode():
        kinds = {"demo": "une démonstration", "site": "un site réel"}
        raise Refused(
            f"Cette sauvegarde vient d'{kinds[manifest.mode]} et ce site-ci est "
            f"{kinds[site_mode()]} : réglez BACKOFFICE_MODE={manifest.mode}. {_NOTHING}"
        )
    check_migrated()
    saved, here = _named(manifest.migrations), _named(applied_migrations())
    if unknown := sorted(saved - here):
        raise Refused(
            f"Cette sauvegarde vient d'une version plus récente du produit ({manifest.product} ; "
            f"ce site n'a pas {_some(unknown)}) : installez cette version, lancez « migrate », "
            f"puis recommencez. {_NOTHING}"
        )
    if missing := sorted(here - saved):
        raise Refused(
            f"Cette sauvegarde vient d'une version plus ancienne du produit ({manifest.product}, "
            f"sans {_some(missing)}) : installez cette version-là sur un site vide, restaurez, "
            f"puis mettez à jour (docs/deploy.md). {_NOTHING}"
        )


def _named(migrations: Mapping[str, list[str]]) -> set[str]:
    return {f"{app}.{name}" for app, names in migrations.items() for name in names}


def _some(names: Iterable[str]) -> str:
    """The first ones, and how many more."""
    known = list(names)
    more = [f"et {len(known) - _SHOWN} de plus"] if len(known) > _SHOWN else []
    return " ".join([", ".join(known[:_SHOWN]), *more])


def _check_empty() -> None:
    """No row and no evidence file: a restore never mixes two sites."""
    counts = {table.title: table.rows().count() for table in tables()}
    counts["fichiers de pièces"] = len(evidence_files(settings.MEDIA_ROOT))
    there = [f"{title} : {count}" for title, count in counts.items() if count]
    if there:
        raise Refused(
            f"Ce site contient déjà des données ({_some(there)}) : une sauvegarde se restaure "
            f"sur un site vide, avec sa base et son dossier à lui. {_NOTHING}"
        )


@contextmanager
def _staging_folder() -> Iterator[Path]:
    """A folder beside the evidence folder, readable by its owner only.

    A commit that fails after `_put_in_place` takes the evidence away again.
    """
    staged = Path(tempfile.mkdtemp(dir=settings.MEDIA_ROOT.parent, prefix=".restore-"))
    try:
        yield staged
    except BaseException:
        if not staged.exists():
            settings.MEDIA_ROOT.rename(staged)
        raise
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _take_out(archive: zipfile.ZipFile, manifest: Manifest, staged: Path) -> None:
    """The evidence files, which the archive has just been checked to hold whole."""
    for saved in manifest.evidence:
        target = staged / saved.name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with archive.open(saved.member) as source, os.fdopen(handle, "wb") as file:
            file.writelines(blocks(source))
            file.flush()
            os.fsync(file.fileno())


def _fill(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Every row with its own key; then the database checks the references and counts on."""
    saved = {table.name: table for table in manifest.tables}
    models = tables()
    if {table.name: table.columns for table in models} != {
        name: table.columns for name, table in saved.items()
    }:
        raise Refused(f"Les tables de la sauvegarde ne sont pas celles de ce site. {_NOTHING}")
    for table in models:
        _store(archive, table, saved[table.name])
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise Refused(
            "Une ligne de la sauvegarde renvoie à une autre qui n'y est pas ; le site est resté "
            "vide."
        ) from error
    statements = connection.ops.sequence_reset_sql(no_style(), [table.model for table in models])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _store(archive: zipfile.ZipFile, table: Table, saved: SavedTable) -> None:
    try:
        with archive.open(saved.member) as lines:
            table.store(lines)
    except (DatabaseError, ValidationError, ValueError, TypeError) as error:
        # Only a fault of the server itself is quoted: others may quote a row.
        why = str(error).splitlines()[0] if isinstance(error, OperationalError) else "une valeur"
        raise Refused(
            f"La base de ce site a refusé la table « {table.title} » ({why}) ; le site est resté "
            "vide."
        ) from error


def _verify(manifest: Manifest) -> None:
    """What the database gives back is what was saved, line by line."""
    saved = {table.name: (table.rows, table.sha256) for table in manifest.tables}
    for table in tables():
        if digest_of(table.lines()) != saved[table.name]:
            raise Refused(
                f"La table « {table.title} » relue n'est pas celle de la sauvegarde : un autre "
                "programme écrit peut-être dans cette base ; le site est resté vide."
            )


def _put_in_place(staged: Path) -> None:
    """The staged folder becomes the evidence folder, whose empty folders give way."""
    root: Path = settings.MEDIA_ROOT
    for folder, _folders, _files in os.walk(root, topdown=False):
        Path(folder).rmdir()
    staged.rename(root)
