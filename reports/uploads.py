"""A workbook that a user deposits: looked at without writing, then imported or thrown away.

The stored file holds personal data: it is deleted as soon as it has been imported or refused.
"""

import hashlib
import uuid
from pathlib import Path, PureWindowsPath

from django.contrib.auth.models import AnonymousUser, User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from backoffice.federation.access import organisations_for
from backoffice.federation.models import Organisation
from reports.exchange.importer import import_workbook
from reports.exchange.outcome import ImportReport
from reports.exchange.problems import remove_box
from reports.models import WorkbookImport

State = WorkbookImport.State


class CannotApply(ValueError):
    """The deposited workbook cannot be imported any more; the message says why."""


def uploads_for(user: User | AnonymousUser) -> QuerySet[WorkbookImport]:
    """The imports that a user may see, newest first."""
    visible = organisations_for(user)
    rows = WorkbookImport.objects.filter(organisation__in=visible)
    return rows.select_related("organisation", "uploaded_by").order_by("-uploaded_at", "-pk")


@transaction.atomic
def deposit(*, organisation: Organisation, by: User, file: UploadedFile[bytes]) -> WorkbookImport:
    """Keep a workbook and say what it would change; nothing of it is written.

    Only the rows of `organisation` are accepted. When it can be imported only by removing the
    stored rows that it no longer has, the report is that of such an import.
    """
    content = file.read()
    upload = WorkbookImport(
        organisation=organisation,
        uploaded_by=by,
        sha256=hashlib.sha256(content).hexdigest(),
        state=State.REFUSED,
        report={},
    )
    file.seek(0)
    upload.file.save(f"{uuid.uuid4().hex}.xlsx", file, save=False)
    stored, path = upload.file.name or "", Path(upload.file.path)
    try:
        _settle(upload, _look(path, organisation, PureWindowsPath(file.name or "").name))
    except BaseException:
        upload.file.storage.delete(stored)
        raise
    return upload


def _look(path: Path, organisation: Organisation, name: str) -> ImportReport:
    report = import_workbook(path, dry_run=True, organisation=organisation, name=name)
    if not (report.blocked and report.absent):
        return report
    removing = import_workbook(
        path, dry_run=True, organisation=organisation, name=name, remove_absent=True
    )
    return report if removing.blocked else removing


@transaction.atomic
def apply(*, upload: WorkbookImport, remove_absent: bool = False) -> WorkbookImport:
    """Import a deposited workbook, all or nothing, after checking that it is still the same file.

    Args:
        upload: what was deposited and looked at.
        remove_absent: delete the stored rows of the year that the workbook no longer has: those
            that the user saw, no other.

    Raises:
        CannotApply: it was refused or imported already, the stored file or the rows to remove
            have changed, or it can be imported only with the removal.
    """
    row = WorkbookImport.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    refuse_unready(row, remove_absent=remove_absent)
    path = Path(row.file.path)
    report = import_workbook(path, organisation=row.organisation, remove_absent=remove_absent)
    seen = row.report.get("absent", [])
    if remove_absent and report.applied and report.as_json()["absent"] != seen:
        raise CannotApply(
            _("Les lignes à supprimer ne sont plus celles que vous avez vues : déposez à nouveau.")
        )
    _settle(row, report)
    return row


def refuse_unready(upload: WorkbookImport, *, remove_absent: bool) -> None:
    """Look whether a deposited workbook can still be imported, without reading its content.

    Raises:
        CannotApply: it was refused or imported already, the stored file has changed, or it can be
            imported only with the removal of rows.
    """
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
    """Throw away a workbook that was looked at and not imported, with its file.

    Raises:
        CannotApply: it was refused or imported: its trace stays.
    """
    row = WorkbookImport.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if row.state != State.PREVIEWED:
        raise CannotApply(_("Ce classeur est déjà traité : sa trace reste dans l'historique."))
    _forget(row)
    row.delete()


def _forget(upload: WorkbookImport) -> None:
    """Delete the stored file once the database agrees."""
    stored, storage = upload.file.name, upload.file.storage
    upload.file.name = ""
    if stored:
        transaction.on_commit(lambda: storage.delete(stored))


def _settle(upload: WorkbookImport, report: ImportReport) -> None:
    """Store the outcome; keep the file only while it can still be imported."""
    upload.report = report.as_json()
    if report.applied:
        upload.state = State.APPLIED
    else:
        upload.state = State.REFUSED if report.blocked else State.PREVIEWED
    if upload.state != State.PREVIEWED:
        _forget(upload)
    upload.save()
