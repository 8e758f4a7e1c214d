"""Frozen documents hold pseudonyms; names are put back only for who may read them today.

A supplier who is a natural person is a pseudonym too, without her enterprise number, which a public
register leads to her name. A document frozen before that rule, or before somebody said that a
supplier is a person, holds names: it stays as it was issued, until the identity of one of its
people is erased, which writes the pseudonym over the name and says so beside it.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from backoffice.federation.models import Identity, Organisation
from invoices.models import Invoice, Supplier
from reports.dossier import Dossier, InvoiceLine
from reports.models import Justification
from staffing.models import Worker

Document = Mapping[str, Any]


@dataclass(frozen=True)
class People:
    """Who the lines of an organisation are about: by number of worker, by piece of invoice.

    `suppliers` are the natural persons who sent an invoice, by its piece.
    """

    workers: Mapping[str, Identity]
    pieces: Mapping[str, Identity]
    suppliers: Mapping[str, Supplier]


NOBODY = People({}, {}, {})


def people_of(organisation: Organisation) -> People:
    """Every person of an organisation, in three queries."""
    workers = Worker.objects.filter(organisation=organisation)
    invoices = Invoice.objects.filter(organisation=organisation, identity__isnull=False)
    return People(
        {worker.number: worker.identity for worker in workers},
        {one.piece: one.identity for one in invoices.select_related("identity")},  # type: ignore[misc]
        _suppliers(organisation=organisation, supplier__identity__isnull=False),
    )


def suppliers_of(organisation: Organisation) -> People:
    """The natural persons who sent invoices to an organisation, and nobody else; one query."""
    return People({}, {}, _suppliers(organisation=organisation, supplier__identity__isnull=False))


def _suppliers(**which: Any) -> dict[str, Supplier]:
    rows = Invoice.objects.filter(**which).select_related("supplier__identity")
    return {one.piece: one.supplier for one in rows}


def pseudonymised(people: People, dossier: Dossier) -> Dossier:
    """The same dossier without a name: what it says of someone, it says of a pseudonym."""
    return replace(
        dossier,
        staff=tuple(
            replace(line, name=_pseudonym(people.workers, line.worker)) for line in dossier.staff
        ),
        invoices=tuple(_nameless(people, line) for line in dossier.invoices),
    )


def _nameless(people: People, line: InvoiceLine) -> InvoiceLine:
    if line.person:
        line = replace(line, person=_pseudonym(people.pieces, line.piece))
    supplier = people.suppliers.get(line.piece)
    if supplier is None or supplier.identity is None:
        return line
    return replace(line, supplier=supplier.identity.pseudonym, supplier_number="")


def named(people: People, document: Document) -> dict[str, Any]:
    """A frozen document with the names of today; an erased identity shows its pseudonym."""
    return _written_over(document, people, shows_names=True)


def nameless(people: People, document: Document) -> dict[str, Any]:
    """A frozen document with pseudonyms alone, also where it was frozen with names."""
    return _written_over(document, people, shows_names=False)


def document_digest(text: str) -> str:
    """SHA-256 of a document as it is stored."""
    return hashlib.sha256(text.encode()).hexdigest()


def write_over_names(identity: Identity, at: datetime) -> int:
    """Put the pseudonym of one person in the documents that name her; how many changed.

    Amounts, lines and the digest of the content as it was issued stay; the row keeps the SHA-256
    of its text before and after.
    """
    people = _only(identity)
    changed = []
    rows = Justification.objects.filter(award__organisation_id=identity.organisation_id)
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        document = json.loads(row.text)
        over = nameless(people, document)
        if over == document:
            continue
        text = json.dumps(over, ensure_ascii=False, indent=1) + "\n"
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
        return json.dumps(nameless(people, json.loads(text)), ensure_ascii=False)

    return over


def _only(identity: Identity) -> People:
    workers = Worker.objects.filter(identity=identity).values_list("number", flat=True)
    pieces = Invoice.objects.filter(identity=identity).values_list("piece", flat=True)
    return People(
        dict.fromkeys(workers, identity),
        dict.fromkeys(pieces, identity),
        _suppliers(supplier__identity=identity),
    )


def _written_over(document: Document, people: People, *, shows_names: bool) -> dict[str, Any]:
    def shown(identity: Identity) -> str:
        return identity.name if shows_names else identity.pseudonym

    def invoiced(line: Document) -> dict[str, Any]:
        over, supplier = dict(line), people.suppliers.get(line["piece"])
        if line.get("person") and line["piece"] in people.pieces:
            over["person"] = shown(people.pieces[line["piece"]])
        if line.get("supplier") and supplier is not None and supplier.identity is not None:
            over["supplier"] = shown(supplier.identity)
            over["supplier_number"] = supplier.enterprise_number if shows_names else ""
        return over

    found = dict(document)
    if "staff" in found:
        found["staff"] = [
            line | {"name": shown(people.workers[line["worker"]])}
            if line.get("name") and line["worker"] in people.workers
            else line
            for line in found["staff"]
        ]
    if "invoices" in found:
        found["invoices"] = [invoiced(line) for line in found["invoices"]]
    return found


def _pseudonym(by: Mapping[str, Identity], key: str) -> str:
    return by[key].pseudonym if key in by else key
