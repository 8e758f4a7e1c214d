"""Erase who a person is: the name and the number go, what was declared about work stays."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.engine.figures import Figures
from backoffice.federation.audit import because
from backoffice.federation.erasing import erase_file
from backoffice.federation.models import Identity, Job, StoredFile
from invoices.models import Supplier
from reports.exports import remove_exports
from reports.people.keeping import holds, invoices_about, justifications_about
from reports.people.register import PersonRequest, note_request
from reports.pseudonyms import write_over_names

_SHORTEST_WORD = 3


class CannotErase(ValueError):
    """The identity stays; the message says why, and until when where that is known."""


@transaction.atomic
def erase_identity(
    *, identity: Identity, by: User | None, reason: str, today: date, figures: Figures
) -> None:
    """Put the pseudonym of a person in place of the name, for good.

    Her numbers are deleted, and with them the content of the files about the person, of those
    frozen with the name, and the copies that jobs made for somebody to fetch. Rows, amounts, lines,
    documents and their digests stay. What people typed or handed in elsewhere is not touched:
    `review_of` says where the name may still be.

    Raises:
        CannotErase: it is done already, a contract runs, a duration of conservation has not run out
            or is not known, or the reason is empty or names the person.
    """
    row = Identity.objects.select_for_update(of=("self",)).get(pk=identity.pk)
    _refuse(row, reason, today, figures)
    with because(reason):
        now = timezone.now()
        for file in files_about(row):
            erase_file(file)
        _remove_copies(row)
        write_over_names(row, now)
        _remove_enterprise_numbers(row)
        row.name, row.national_number, row.national_number_hash = row.pseudonym, "", ""
        row.erased_at, row.erased_by = now, by
        row.save()
        note_request(identity=row, kind=PersonRequest.Kind.ERASED, by=by, reason=reason)


def _refuse(row: Identity, reason: str, today: date, figures: Figures) -> None:
    if row.is_erased:
        raise CannotErase(_("Cette identité est déjà effacée."))
    if not reason.strip():
        raise CannotErase(_("Indiquez le motif."))
    words = {word for word in _words(row.name) if len(word) >= _SHORTEST_WORD}
    if words & set(_words(reason)):
        raise CannotErase(_("Le motif reste dans la piste d'audit : n'y écrivez pas le nom."))
    found = holds(row, today, figures)
    if found:
        raise CannotErase(" ".join(hold.words for hold in found))


def _words(text: str) -> list[str]:
    return "".join(one if one.isalnum() else " " for one in text.casefold()).split()


def _remove_enterprise_numbers(row: Identity) -> None:
    """A public register says who has the number of a self-employed person."""
    suppliers = list(Supplier.objects.filter(identity=row))
    for supplier in suppliers:
        supplier.enterprise_number = ""
    Supplier.objects.bulk_update(suppliers, ["enterprise_number"])


def _remove_copies(row: Identity) -> None:
    """Archives and workbooks that jobs made hold names: they can be asked for again."""
    jobs = list(Job.objects.filter(organisation=row.organisation_id).values_list("pk", flat=True))
    transaction.on_commit(lambda: remove_exports(jobs))


def files_about(identity: Identity) -> list[StoredFile]:
    """Papers of the person, also those taken off since, and the files frozen with the name."""
    papers = Q(about=identity) | Q(links__contract_line__worker__identity=identity)
    papers |= Q(links__worker_document__worker__identity=identity)
    papers |= Q(links__invoice__in=invoices_about(identity))
    frozen = Q(frozen_as__justification__in=justifications_about(identity))
    files = StoredFile.objects.filter(papers | frozen, organisation_id=identity.organisation_id)
    return list(files.distinct().order_by("pk"))
