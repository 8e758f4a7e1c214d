"""The kept files that prove the lines of a justification, by what they prove."""

from collections.abc import Mapping

from backoffice.federation.models import Organisation, StoredFile
from reports.models import EvidenceLink

Proof = tuple[str, str]


def proofs_of(organisation: Organisation) -> Mapping[Proof, tuple[StoredFile, ...]]:
    """The files joined to invoices, contracts and workers' documents; one query.

    By kind of document and number of the worker or piece: ("invoice", "A-12"), ("diploma", "W03").
    """
    links = EvidenceLink.objects.filter(file__organisation=organisation).select_related(
        "file", "invoice", "contract_line__worker", "worker_document__worker"
    )
    found: dict[Proof, tuple[StoredFile, ...]] = {}
    for link in links.order_by("pk"):
        key = _proof(link)
        if key is not None:
            found[key] = (*found.get(key, ()), link.file)
    return found


def _proof(link: EvidenceLink) -> Proof | None:
    if link.invoice is not None:
        return "invoice", link.invoice.piece
    if link.contract_line is not None:
        return "contract", link.contract_line.worker.number
    if link.worker_document is not None:
        return link.worker_document.kind, link.worker_document.worker.number
    return None
