"""Join a kept file to the row that it proves, or take it off; always inside one organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from backoffice.federation.audit import because
from backoffice.federation.media_types import EVIDENCE_TYPES
from backoffice.federation.models import Organisation, StoredFile
from backoffice.federation.storing import FileRefused, keep_file
from grants.models import Amendment, Award, Deadline
from invoices.models import Invoice
from reports.evidence.link import EvidenceLink
from staffing.models import ContractLine, WorkerDocument

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@dataclass(frozen=True)
class Target:
    """A kind of row that takes files, and the way from such a row to its organisation."""

    model: type[models.Model]
    owner: str


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "award": Target(Award, "organisation"),
        "amendment": Target(Amendment, "award__organisation"),
        "deadline": Target(Deadline, "award__organisation"),
        "contract_line": Target(ContractLine, "worker__organisation"),
        "worker_document": Target(WorkerDocument, "worker__organisation"),
        "invoice": Target(Invoice, "organisation"),
    }
)


def target_row(organisation: Organisation, kind: str, number: int) -> models.Model | None:
    """The row of that kind and number in the organisation; None where there is none."""
    target = TARGETS.get(kind)
    if target is None:
        return None
    rows: QuerySet[Any] = target.model._default_manager.filter(  # noqa: SLF001 - public API
        pk=number, **{target.owner: organisation}
    )
    found: models.Model | None = rows.first()
    return found


def files_of(kind: str, row: models.Model) -> QuerySet[EvidenceLink]:
    """The files joined to a row, newest first, with who kept them: one query."""
    links = EvidenceLink.objects.filter(**{kind: row}).select_related("file", "attached_by")
    return links.order_by("-attached_at", "-pk")


def links_in(organisation: Organisation) -> QuerySet[EvidenceLink]:
    """Every link of an organisation."""
    return EvidenceLink.objects.filter(file__organisation=organisation)


@transaction.atomic
def attach_file(
    *,
    kind: str,
    row: models.Model,
    upload: "UploadedFile[Any]",
    by: User | None,
    types: frozenset[str] = EVIDENCE_TYPES,
) -> EvidenceLink:
    """Keep a file and join it to a row of its organisation.

    Raises:
        FileRefused: as for `keep_file`, or the same file is joined to that row already.
    """
    organisation = owner_of(kind, row)
    file = keep_file(organisation=organisation, upload=upload, types=types, by=by)
    try:
        return join_file(kind=kind, row=row, file=file, by=by)
    except FileRefused:
        file.file.storage.delete(file.file.name or "")
        raise


@transaction.atomic
def join_file(*, kind: str, row: models.Model, file: StoredFile, by: User | None) -> EvidenceLink:
    """Join a file that is kept already to a row of the same organisation.

    Raises:
        FileRefused: the same content is joined to that row already.
        ValueError: the file belongs to another organisation.
    """
    if file.organisation_id != owner_of(kind, row).pk:
        raise ValueError(f"file {file.pk} is of another organisation than the row it would prove")
    if files_of(kind, row).filter(file__sha256=file.sha256).exists():
        raise FileRefused(_("Ce fichier est déjà joint à cette ligne."))
    link = EvidenceLink(file=file, attached_by=by, **{kind: row})
    link.save()
    _remember(file, link)
    return link


@transaction.atomic
def detach_file(*, link: EvidenceLink, reason: str) -> None:
    """Take a file off a row; its original stays kept, and the trail says why.

    Raises:
        ValueError: no reason is given.
    """
    if not reason.strip():
        raise ValueError(_("Indiquez le motif."))
    with because(reason):
        _remember(link.file, link)
        link.delete()


def _remember(file: StoredFile, link: EvidenceLink) -> None:
    """Whom the file is about, so that it goes with her even once it is joined to nothing."""
    row = link.contract_line or link.worker_document
    invoice = link.invoice
    invoiced = (invoice.identity or invoice.supplier.identity) if invoice else None
    person = row.worker.identity if row else invoiced
    if person is not None and person != file.about:
        file.about = person
        file.save(update_fields=["about"])


def owner_of(kind: str, row: Any) -> Organisation:
    """The organisation of a row that takes files."""
    for step in TARGETS[kind].owner.split("__"):
        row = getattr(row, step)
    return row  # type: ignore[no-any-return]
