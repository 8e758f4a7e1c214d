"""A file that a user hands in: kept, looked at without writing, then imported or thrown away.

Looking and importing are long work: a job does them. The stored file holds personal data: it is
deleted as soon as it has been imported or refused.
"""

import hashlib
import uuid
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from backoffice.federation.access import organisations_for
from backoffice.federation.models import Organisation
from backoffice.web.sentences import in_each
from reports.exchange.importer import import_reading
from reports.exchange.lines import Reading
from reports.exchange.outcome import ImportReport
from reports.exchange.problems import remove_box
from reports.exchange.reading import read_workbook
from reports.exchange.watching import NOBODY, Watch
from reports.models import WorkbookImport

State = WorkbookImport.State
Kind = WorkbookImport.Kind
LONGEST_NAME = 200
_SLICE = 1024 * 1024


class CannotApply(ValueError):
    """The file that was handed in cannot be imported any more; the message says why."""


def uploads_for(user: User | AnonymousUser) -> QuerySet[WorkbookImport]:
    """The imports that a user may see, newest first."""
    visible = organisations_for(user)
    rows = WorkbookImport.objects.filter(organisation__in=visible)
    return rows.select_related("organisation", "uploaded_by").order_by("-uploaded_at", "-pk")


@transaction.atomic
def deposit(
    *,
    organisation: Organisation,
    by: User,
    file: UploadedFile[bytes],
    asked: Mapping[str, Any] | None = None,
) -> WorkbookImport:
    """Keep a file to be looked at; nothing of it is read or written.

    Args:
        organisation: whose file it is.
        by: who hands it in.
        file: a workbook or an electronic invoice; with `asked`, a trial balance.
        asked: `year` and `partial`, of a balance.
    """
    digest = hashlib.sha256()
    for part in file.chunks(_SLICE):
        digest.update(part)
    name = _shown_name(file.name or "")
    upload = WorkbookImport(
        organisation=organisation,
        uploaded_by=by,
        kind=_kind(name) if asked is None else Kind.BALANCE,
        name=name,
        asked=dict(asked or {}),
        sha256=digest.hexdigest(),
        state=State.WAITING,
        report={},
    )
    file.seek(0)
    ending = Path(name).suffix.lower()
    upload.file.save(f"{uuid.uuid4().hex}{ending}", file, save=False)
    try:
        upload.save()
    except BaseException:
        upload.file.storage.delete(upload.file.name or "")
        raise
    return upload


def _kind(name: str) -> WorkbookImport.Kind:
    return Kind.E_INVOICE if name.lower().endswith(".xml") else Kind.WORKBOOK


def _shown_name(written: str) -> str:
    """The name that a file came with, without its folder or what cannot be shown."""
    last = PureWindowsPath(written).name
    return "".join(one for one in last if one.isprintable())[-LONGEST_NAME:]


def look(*, upload: WorkbookImport, watch: Watch = NOBODY) -> ImportReport:
    """What a workbook would change, if it can be imported; nothing of it is written.

    Only the rows of its organisation are accepted. When it can be imported only by removing the
    stored rows that it no longer has, the report is that of such an import.
    """
    report = _trial(upload, watch, remove_absent=False)
    if not (report.blocked and report.absent):
        return report
    removing = _trial(upload, watch, remove_absent=True)
    return report if removing.blocked else removing


def _trial(upload: WorkbookImport, watch: Watch, *, remove_absent: bool) -> ImportReport:
    return import_reading(
        read(upload=upload, watch=watch),
        dry_run=True,
        organisation=upload.organisation,
        remove_absent=remove_absent,
        watch=watch,
    )


def read(*, upload: WorkbookImport, watch: Watch = NOBODY) -> Reading:
    """The rows of a workbook that was handed in; the database is not asked."""
    return read_workbook(Path(upload.file.path), upload.name, watch)


@transaction.atomic
def record_look(*, upload: WorkbookImport, report: ImportReport) -> WorkbookImport:
    """Keep what looking at a file has found.

    Raises:
        CannotApply: someone else has looked at it or thrown it away meanwhile.
    """
    row = locked(upload)
    if row.state != State.WAITING:
        raise CannotApply(_("Ce fichier est déjà examiné."))
    settle_upload(row, report)
    return row


@transaction.atomic
def apply(
    *,
    upload: WorkbookImport,
    reading: Reading | None = None,
    remove_absent: bool = False,
    watch: Watch = NOBODY,
) -> WorkbookImport:
    """Import a workbook, all or nothing, after checking that it is still the same file.

    Args:
        upload: what was deposited and looked at.
        reading: its rows, where they are read already.
        remove_absent: delete the stored rows of the year that the workbook no longer has: those
            that the user saw, no other.
        watch: may stop the import, which then changes nothing.

    Raises:
        CannotApply: it was refused or imported already, the stored file or the rows to remove
            have changed, or it can be imported only with the removal.
    """
    row = locked(upload)
    refuse_unready(row, remove_absent=remove_absent)
    report = import_reading(
        reading or read(upload=row),
        organisation=row.organisation,
        remove_absent=remove_absent,
        watch=watch,
    )
    seen = row.report.get("absent", [])
    if remove_absent and report.applied and report.as_json()["absent"] != seen:
        raise CannotApply(
            _("Les lignes à supprimer ne sont plus celles que vous avez vues : déposez à nouveau.")
        )
    settle_upload(row, report)
    return row


def refuse_unready(upload: WorkbookImport, *, remove_absent: bool = False) -> None:
    """Look whether a file can still be imported, without reading its content.

    Raises:
        CannotApply: it was refused or imported already, the stored file has changed, or it can be
            imported only with the removal of rows.
    """
    if upload.state == State.WAITING:
        raise CannotApply(_("Ce fichier n'est pas encore examiné."))
    if upload.state != State.PREVIEWED:
        raise CannotApply(_("Ce classeur est déjà traité : déposez-le à nouveau pour l'importer."))
    path = Path(upload.file.path)
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != upload.sha256:
        raise CannotApply(
            _("Le fichier gardé n'est plus celui que vous avez vu : déposez-le à nouveau.")
        )
    if upload.report.get("remove_absent") and not remove_absent:
        raise CannotApply(
            _("Des lignes enregistrées empêchent cet import : cochez « %(box)s ».")
            % {"box": remove_box()}
        )


@transaction.atomic
def discard(*, upload: WorkbookImport) -> None:
    """Throw away a file that was not imported, looked at or not.

    Raises:
        CannotApply: it was refused or imported: its trace stays.
    """
    row = locked(upload)
    if row.state not in {State.WAITING, State.PREVIEWED}:
        raise CannotApply(_("Ce classeur est déjà traité : sa trace reste dans l'historique."))
    forget_file(row)
    row.delete()


def locked(upload: WorkbookImport) -> WorkbookImport:
    """The row, held until the end of the transaction.

    Raises:
        CannotApply: it was thrown away.
    """
    row = WorkbookImport.objects.select_for_update(of=("self",)).filter(pk=upload.pk).first()
    if row is None:
        raise CannotApply(_("Le classeur a été effacé : déposez-le à nouveau."))
    return row


def forget_file(upload: WorkbookImport) -> None:
    """Delete the stored file once the database agrees."""
    stored, storage = upload.file.name, upload.file.storage
    upload.file.name = ""
    if stored:
        transaction.on_commit(lambda: storage.delete(stored))


def settle_upload(upload: WorkbookImport, report: ImportReport) -> None:
    """Store the outcome; keep the file only while it can still be imported."""
    upload.report = in_each(report.as_json())
    if report.applied:
        upload.state = State.APPLIED
    else:
        upload.state = State.REFUSED if report.blocked else State.PREVIEWED
    if upload.state != State.PREVIEWED:
        forget_file(upload)
    upload.save()
