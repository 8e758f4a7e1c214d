"""The files of an employer's workers as they stood on the day of a statement."""

from collections.abc import Collection, Iterator, Mapping

from grants.snapshots import AwardFacts
from reports.dossier import EvidenceLine, StaffLine
from reports.snapshots import YearFacts
from staffing.models import WorkerDocument

ALWAYS = (WorkerDocument.Kind.DIPLOMA, WorkerDocument.Kind.CONTRACT)
"""What every worker has; a derogation and an attestation exist only where they are needed."""


def files_of(facts: YearFacts) -> dict[str, tuple[WorkerDocument, ...]]:
    """The documents received by the day of the statement, by worker number and day."""
    numbers = {worker.pk: worker.number for worker in facts.staff.workers}
    found: dict[str, tuple[WorkerDocument, ...]] = {}
    for one in facts.staff.files:
        if one.received_on is None or one.received_on <= facts.as_of:
            number = numbers[one.worker_id]
            found[number] = (*found.get(number, ()), one)
    return found


def missing_kinds(
    asked: Mapping[str, object], documents: Collection[WorkerDocument]
) -> list[WorkerDocument.Kind]:
    """What a scheme asks of every worker and is not among the documents of one."""
    there = {document.kind for document in documents}
    return [kind for kind in ALWAYS if kind in asked and kind not in there]


def file_lines(
    facts: YearFacts, award: AwardFacts, staff: tuple[StaffLine, ...]
) -> Iterator[EvidenceLine]:
    """The file of each worker of the award, then what lacks; nothing while no file is known."""
    asked = award.scheme.worker_file
    if not asked or not facts.staff.files:
        return
    files = files_of(facts)
    for worker in dict.fromkeys(line.worker for line in staff):
        documents = files.get(worker, ())
        for one in documents:
            sent = one.transmitted_on
            yield EvidenceLine(
                kind=one.kind,
                who=worker,
                about="",
                reference=one.reference,
                dated_on=one.dated_on,
                valid_until=one.valid_until,
                transmitted_on=sent if sent and sent <= facts.as_of else None,
            )
        for kind in missing_kinds(asked, documents):
            yield EvidenceLine(str(kind), worker, "", "")
