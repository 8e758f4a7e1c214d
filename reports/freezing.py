"""A final justification: refused while something is open, then frozen with its files' hashes."""

import json
from collections.abc import Mapping
from dataclasses import replace

from django.contrib.auth.models import User
from django.utils.translation import ngettext

from grants.models import Award
from reports.documents.json_file import render_json
from reports.dossier import Check, Dossier
from reports.models import Justification
from reports.pseudonyms import document_digest, nameless, people_of, pseudonymised
from reports.workflow.content import Document, digest_of, lasting

_OF_A_VERSION = ("version", "as_of", "final")


class NotFinal(ValueError):
    """The justification cannot be final yet; `open_checks` says what is missing, and where."""

    def __init__(self, open_checks: tuple[Check, ...]) -> None:
        self.open_checks = open_checks
        count = len(open_checks)
        super().__init__(
            ngettext(
                "La justification ne peut pas être finale : %d point à régler.",
                "La justification ne peut pas être finale : %d points à régler.",
                count,
            )
            % count
        )


def open_checks(dossier: Dossier) -> tuple[Check, ...]:
    """Errors, and warnings that nobody has signed off by name."""
    return tuple(
        check
        for check in dossier.checks
        if check.level == "error" or (check.level == "warning" and not check.signed_by)
    )


def finalised(award: Award, dossier: Dossier) -> Dossier:
    """The same dossier as a final one, with its version: a new number, or that of the last one.

    The last version is kept when its content is identical; an earlier one was corrected since, so
    that coming back to its content is a new version too.

    Call it in a transaction that also freezes: the award is locked from here on, so that two
    people who finish at once get two versions, one after the other.

    Raises:
        NotFinal: an error, a missing or forecast figure, or a warning without a named sign-off.
    """
    waiting = open_checks(dossier)
    if waiting:
        raise NotFinal(waiting)
    Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
    last = _last(award, dossier)
    same = last is not None and says_the_same(last, dossier)
    version = last.version + (not same) if last else 1
    as_of = last.as_of if last and same else dossier.cover.as_of
    return replace(dossier, cover=replace(dossier.cover, final=True, version=version, as_of=as_of))


def freeze(
    award: Award, dossier: Dossier, files: Mapping[str, str], by: User | None = None
) -> tuple[Justification, bool]:
    """Keep a final justification, never to be edited; an identical one is returned as it is.

    What is kept holds pseudonyms; the files given to the funder hold the names.

    Args:
        award: the award of the dossier, locked by `finalised` in the same transaction.
        dossier: as `finalised` returned it.
        files: SHA-256 of the files written, by name.
        by: the account that freezes it, None at the command line.

    Returns:
        The frozen row, and whether it is new.
    """
    last = _last(award, dossier)
    if last and says_the_same(last, dossier):
        return last, False
    kept = pseudonymised(people_of(award.organisation), dossier)
    text = render_json(kept).decode()
    row = Justification.objects.create(
        award=award,
        year=dossier.cover.year,
        version=dossier.cover.version,
        replaces=last,
        as_of=dossier.cover.as_of,
        frozen_by=by,
        document=text,
        document_digest=document_digest(text),
        digest=content_digest(json.loads(text)),
        file_digests=dict(files),
    )
    return row, True


def _last(award: Award, dossier: Dossier) -> Justification | None:
    """The version that stands for the award and the year."""
    rows = Justification.objects.filter(award=award, year=dossier.cover.year)
    return rows.order_by("version").last()


def says_the_same(row: Justification, dossier: Dossier) -> bool:
    """Whether a frozen version has the content of a dossier, whoever either of them names."""
    people = people_of(row.award.organisation)
    now = json.loads(render_json(pseudonymised(people, dossier)))
    return content_digest(nameless(people, json.loads(row.text))) == content_digest(now)


def content_digest(document: Document) -> str:
    """SHA-256 of a content, whatever its version, the day it was asked for and the language."""
    cover = {key: one for key, one in document["cover"].items() if key not in _OF_A_VERSION}
    return digest_of({**lasting(document), "cover": cover})
