"""Frozen documents hold pseudonyms; names are put back only for who may read them today.

A document frozen before that rule holds names: it stays as it was issued, until the identity of
one of its people is erased, which writes the pseudonym over the name and says so beside it.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from backoffice.federation.models import Identity, Organisation
from invoices.models import Invoice
from reports.dossier import Dossier
from reports.models import Justification
from staffing.models import Worker

Document = Mapping[str, Any]


@dataclass(frozen=True)
class People:
    """Who the lines of an organisation are about: by number of worker, by piece of invoice."""

    workers: Mapping[str, Identity]
    pieces: Mapping[str, Identity]


def people_of(organisation: Organisation) -> People:
    """Every person of an organisation, in two queries."""
    workers = Worker.objects.filter(organisation=organisation)
    invoices = Invoice.objects.filter(organisation=organisation, identity__isnull=False)
    return People(
        {worker.number: worker.identity for worker in workers},
        {one.piece: one.identity for one in invoices.select_related("identity")},  # type: ignore[misc]
    )


def pseudonymised(people: People, dossier: Dossier) -> Dossier:
    """The same dossier without a name: what it says of someone, it says of a pseudonym."""
    return replace(
        dossier,
        staff=tuple(
            replace(line, name=_pseudonym(people.workers, line.worker)) for line in dossier.staff
        ),
        invoices=tuple(
            replace(line, person=_pseudonym(people.pieces, line.piece)) if line.person else line
            for line in dossier.invoices
        ),
    )


def named(people: People, document: Document) -> dict[str, Any]:
    """A frozen document with the names of today; an erased identity shows its pseudonym."""
    return _written_over(document, lambda identity: identity.name, people)


def document_digest(text: str) -> str:
    """SHA-256 of a document as it is stored."""
    return hashlib.sha256(text.encode()).hexdigest()


def write_over_names(identity: Identity, at: datetime) -> int:
    """Put the pseudonym of one person in the documents frozen with names; how many changed.

    Amounts, lines and the digest of the content as it was issued stay; the row keeps the SHA-256
    of its text before and after.
    """
    people = _only(identity)
    changed = []
    rows = Justification.objects.filter(
        award__organisation_id=identity.organisation_id, holds_names=True
    )
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        over = _written_over(json.loads(row.text), lambda one: one.pseudonym, people)
        text = json.dumps(over, ensure_ascii=False, indent=1) + "\n"
        if text == row.document:
            continue
        before, after = document_digest(row.document), document_digest(text)
        said = {"at": at.isoformat(), "before": before, "after": after}
        row.document, row.document_digest = text, after
        row.redactions = [*row.redactions, said]
        changed.append(row)
    Justification.objects.bulk_update(changed, ["document", "document_digest", "redactions"])
    return len(changed)


def without_name(identity: Identity) -> Callable[[str], str]:
    """How a frozen document would read without the name of one person on its lines."""
    people = _only(identity)

    def over(text: str) -> str:
        document = _written_over(json.loads(text), lambda one: one.pseudonym, people)
        return json.dumps(document, ensure_ascii=False)

    return over


def _only(identity: Identity) -> People:
    workers = Worker.objects.filter(identity=identity).values_list("number", flat=True)
    pieces = Invoice.objects.filter(identity=identity).values_list("piece", flat=True)
    return People(dict.fromkeys(workers, identity), dict.fromkeys(pieces, identity))


def _written_over(
    document: Document, shown: Callable[[Identity], str], people: People
) -> dict[str, Any]:
    found = dict(document)
    for part, key, name, by in (
        ("staff", "worker", "name", people.workers),
        ("invoices", "piece", "person", people.pieces),
    ):
        if part in found:
            found[part] = [
                line | {name: shown(by[line[key]])} if line.get(name) and line[key] in by else line
                for line in found[part]
            ]
    return found


def _pseudonym(by: Mapping[str, Identity], key: str) -> str:
    return by[key].pseudonym if key in by else key
