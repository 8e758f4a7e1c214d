"""From preparation to frozen: ready, approved by a second person, frozen, or unlocked."""

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.federation.audit import because
from backoffice.federation.storing import XLSX, keep_file, or_no_file
from grants.models import Award
from reports.documents.json_file import render_json
from reports.documents.writing import file_name, render_files
from reports.dossier import Dossier
from reports.freezing import finalised, freeze, open_checks
from reports.models import FrozenFile, Justification, JustificationFile, State
from reports.pseudonyms import named, nameless, suppliers_of
from reports.workflow.changes import changed_by
from reports.workflow.claims import refuse_claimed_elsewhere
from reports.workflow.comparing import compare
from reports.workflow.content import (
    Document,
    claimed_digest,
    digest_of,
    document_of,
    stored_text,
)
from reports.workflow.steps import MoveRefused, Outcome, Step, dossier_on, locked, record

KEPT = {"xlsx": XLSX, "pdf": "application/pdf"}
"""The frozen files that are stored, by extension; the JSON is the frozen row itself."""
NOT_DRAWN: Mapping[str, bytes] = MappingProxyType({})


@transaction.atomic
def make_ready(*, step: Step) -> Outcome:
    """Say that a justification is ready to be approved, as it stands on the day shown.

    Raises:
        MoveRefused: see `locked`; a point is open; the day is to come; it says what was sent.
    """
    file = locked(step, "ready")
    if step.as_of > timezone.localdate():
        raise MoveRefused(_("La situation est celle d'un jour à venir : choisissez un jour passé."))
    dossier = dossier_on(step, step.as_of)
    _refuse_open(dossier)
    document = document_of(dossier)
    _refuse_sent_already(step, document)
    file.as_of, file.prepared_at, file.prepared_by = step.as_of, timezone.now(), step.by
    kept = nameless(suppliers_of(step.award.organisation), document)
    file.content, file.digest = stored_text(kept), digest_of(document)
    return Outcome(record(file, State.READY, step.by))


@transaction.atomic
def approve(*, step: Step) -> Outcome:
    """Approve a ready justification, as another person than the one who prepared it.

    A content that changed since it was ready falls back to preparation, and says what changed.

    Raises:
        MoveRefused: see `locked`; it is the same person, or one who changed the data.
    """
    file = locked(step, "approve")
    if file.prepared_by_id == step.by.pk:
        raise MoveRefused(
            _("Vous avez déclaré cette justification prête : une autre personne l'approuve.")
        )
    if step.by.pk in changed_by(step.award, step.year, file.prepared_at):
        raise MoveRefused(
            _(
                "Vous avez modifié les données du service avant que la justification soit déclarée "
                "prête : une autre personne l'approuve."
            )
        )
    changed = what_changed(file, _dossier_of(file, step))
    if changed:
        return _fall_back(file, step.by, changed)
    file.approved_at, file.approved_by = timezone.now(), step.by
    return Outcome(record(file, State.APPROVED, step.by))


def draw_files(step: Step) -> Mapping[str, bytes]:
    """The files that freezing would keep, laid out without any lock; none when it falls back.

    Raises:
        MoveRefused: as for `freeze_file`.
    """
    with transaction.atomic():
        file = locked(step, "freeze")
        dossier = _dossier_of(file, step)
        if what_changed(file, dossier):
            return {}
        final = _final(step, dossier)
    return render_files(final)


@or_no_file()
def freeze_file(*, step: Step, drawn: Mapping[str, bytes] = NOT_DRAWN) -> Outcome:
    """Freeze an approved justification and keep its files, byte for byte.

    A content that changed since it was ready falls back to preparation, and says what changed.

    Args:
        step: who, and what they saw.
        drawn: what `draw_files` gave; laid out again when the content is another by now.

    Raises:
        MoveRefused: see `locked`; another dossier claims the same costs; it says what was sent.
    """
    file = locked(step, "freeze")
    dossier = _dossier_of(file, step)
    changed = what_changed(file, dossier)
    if changed:
        return _fall_back(file, step.by, changed)
    final = _final(step, dossier)
    current = drawn.get("json") == render_json(final)
    contents = drawn if current else render_files(final)
    row, _new = keep_version(step.award, final, contents, step.by)
    file.justification, file.content = row, ""
    return Outcome(record(file, State.FROZEN, step.by))


def keep_version(
    award: Award, final: Dossier, contents: Mapping[str, bytes], by: User | None
) -> tuple[Justification, bool]:
    """The frozen version with its files, and whether it is new."""
    row, new = freeze(award, final, digests_of(final, contents), by)
    keep_frozen(row=row, dossier=final, contents=contents, by=by)
    return row, new


def _final(step: Step, dossier: Dossier) -> Dossier:
    """The dossier as it is frozen, with its version."""
    _refuse_open(dossier)
    _refuse_sent_already(step, document_of(dossier))
    refuse_claimed_elsewhere(step.award, dossier)
    return finalised(step.award, dossier)


@transaction.atomic
def unlock(*, step: Step, reason: str) -> Outcome:
    """Bring a justification that has not been sent back to preparation, for a reason.

    Raises:
        MoveRefused: see `locked`; or no reason is given.
    """
    file = locked(step, "unlock")
    if not reason.strip():
        raise MoveRefused(_("Indiquez pourquoi la justification est déverrouillée."))
    return Outcome(back_to_draft(file, step.by, reason.strip()))


def back_to_draft(file: JustificationFile, by: User | None, reason: str) -> JustificationFile:
    """A justification in preparation again; a frozen version that was not sent is withdrawn."""
    version = file.justification
    with because(reason):
        if version is not None:
            version.withdrawn_at = timezone.now()
            version.save(update_fields=["withdrawn_at"])
        file.justification, file.as_of, file.content, file.digest = None, None, "", ""
        file.prepared_at = file.approved_at = None
        file.prepared_by = file.approved_by = None
        return record(file, State.DRAFT, by, reason)


def what_changed(file: JustificationFile, dossier: Dossier) -> str:
    """What a ready or approved justification no longer says, in words; empty when nothing."""
    document = document_of(dossier)
    if digest_of(document) == file.digest:
        return ""
    kept = named(suppliers_of(file.award.organisation), json.loads(file.content))
    words = compare(kept, document).words
    return words or _("le contenu ou un nom")


def _dossier_of(file: JustificationFile, step: Step) -> Dossier:
    """The dossier as it stands on the day on which it was said to be ready."""
    return dossier_on(step, file.as_of or step.as_of)


def _fall_back(file: JustificationFile, by: User, changed: str) -> Outcome:
    """Back to preparation because the content is no longer what was read."""
    words = _(
        "Le contenu a changé depuis que la justification a été déclarée prête (%s) : elle est de "
        "nouveau en préparation."
    )
    back_to_draft(file, by, words % _cut(changed))
    return Outcome(file, words % changed)


def _cut(text: str, most: int = 350) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _refuse_open(dossier: Dossier) -> None:
    waiting = open_checks(dossier)
    if waiting:
        count = len(waiting)
        raise MoveRefused(
            ngettext(
                "%d point est encore à régler : voyez les contrôles ci-dessous.",
                "%d points sont encore à régler : voyez les contrôles ci-dessous.",
                count,
            )
            % count
        )


def _refuse_sent_already(step: Step, document: Document) -> None:
    """A resubmission that says the same as a version already sent is refused."""
    claimed, suppliers = claimed_digest(document), suppliers_of(step.award.organisation)
    sent = JustificationFile.objects.filter(
        award=step.award, year=step.year, sent_at__isnull=False
    ).select_related("justification")
    for file in sent:
        version = file.justification
        if version and claimed_digest(named(suppliers, json.loads(version.text))) == claimed:
            raise MoveRefused(
                _(
                    "La version %(version)d, envoyée le %(day)s, dit déjà la même chose : il n'y a "
                    "rien à renvoyer tant que rien ne change."
                )
                % {
                    "version": version.version,
                    "day": f"{timezone.localtime(file.sent_at):%d/%m/%Y}",
                }
            )


def digests_of(dossier: Dossier, contents: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 of each file of a dossier, by its name."""
    name = file_name(dossier)
    return {
        f"{name}.{extension}": hashlib.sha256(content).hexdigest()
        for extension, content in contents.items()
    }


@transaction.atomic
def keep_frozen(
    *, row: Justification, dossier: Dossier, contents: Mapping[str, bytes], by: User | None
) -> None:
    """Keep the files of a frozen version, once; a withdrawn version stands again."""
    if row.withdrawn_at is not None:
        row.withdrawn_at = None
        row.save(update_fields=["withdrawn_at"])
    there = set(row.files.values_list("extension", flat=True))
    organisation, name = row.award.organisation, file_name(dossier)
    for extension in sorted(set(KEPT) & set(contents) - there):
        upload = SimpleUploadedFile(f"{name}.{extension}", contents[extension])
        stored = keep_file(
            organisation=organisation,
            upload=upload,
            types=frozenset({KEPT[extension]}),
            by=by,
        )
        FrozenFile.objects.create(justification=row, extension=extension, stored=stored)


def open_correction(file: JustificationFile, by: User | None, reason: str) -> JustificationFile:
    """The linked justification that will replace one that was sent."""
    with because(reason):
        record(file, State.CORRECTED, by, reason)
        return JustificationFile.objects.create(
            award=file.award, year=file.year, number=file.number + 1, corrects=file
        )
