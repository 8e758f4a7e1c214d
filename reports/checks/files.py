"""The file of each subsidised worker: what the funder asks for and what is there on the day.

Level of a missing diploma or contract: an error once the exercise is over and the law asks that
the file be transmitted (the unjustified part is paid back), else a warning. A file of which nothing
was ever entered is unknown, not missing. The rest depends on the case and is accepted by name.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from backoffice.engine.periods import Period, month_index, month_start
from backoffice.federation.vocabulary import Diploma
from grants.models import Post
from grants.pack import FunctionRow
from grants.snapshots import AwardFacts
from reports.checks.rule import Case
from reports.dossier import Check
from reports.slices import SliceFacts
from reports.worker_files import missing_kinds
from staffing.models import ContractLine, WorkerDocument

Kind = WorkerDocument.Kind
_PAPERS = (Kind.CONTRACT, Kind.AMENDMENT)


def worker_file_unknown(case: Case) -> Iterator[Check]:
    """The scheme asks for a file per worker, and none of the employer's was ever entered."""
    if case.award.scheme.worker_file and not case.facts.staff.files and len(case.claim.rows):
        yield Check(
            code="worker_file_unknown",
            level="warning",
            subject="worker_file",
            who=case.award.row.reference,
            month="",
            message=_("Le dossier des travailleurs (diplôme, contrat, ...) n'est pas connu ici."),
            todo=_("Encodez les documents de chaque travailleur."),
            article=_article(case),
        )


def documents_missing(case: Case) -> Iterator[Check]:
    """A worker of the award without a document that the scheme asks for every worker."""
    asked = case.award.scheme.worker_file
    for worker in _workers(case):
        missing = missing_kinds(asked, case.documents_of(worker))
        if missing:
            since = min(asked[kind].get("transmitted_since", date.max.year) for kind in missing)
            late = _is_over(case) and case.facts.year >= since
            yield Check(
                code="worker_document_missing",
                level="error" if late else "warning",
                subject=f"file:{worker}:{','.join(missing)}",
                who=worker,
                month="",
                message=_("Il manque au dossier du travailleur : %(kinds)s.")
                % {"kinds": ", ".join(str(kind.label) for kind in missing)},
                todo=_("Ajoutez le document et sa date."),
                article=_article(case),
            )


def documents_not_transmitted(case: Case) -> Iterator[Check]:
    """Documents of a worker that the funder must have and has not received."""
    asked = case.award.scheme.worker_file
    due = {k for k, one in asked.items() if case.facts.year >= one.get("transmitted_since", 9999)}
    due |= {str(Kind.AMENDMENT)} if Kind.CONTRACT in due else set()
    for worker in _workers(case):
        waiting = [
            document.reference
            for document in case.documents_of(worker)
            if document.kind in due and not _by(document.transmitted_on, case.facts.as_of)
        ]
        if waiting:
            yield Check(
                code="worker_document_not_transmitted",
                level="warning",
                subject=f"transmit:{worker}:{','.join(waiting)}",
                who=worker,
                month="",
                message=_("Documents du travailleur pas encore transmis : %(references)s.")
                % {"references": ", ".join(waiting)},
                todo=_("Transmettez-les, puis notez la date de transmission."),
                article=_article(case),
            )


def contract_without_document(case: Case) -> Iterator[Check]:
    """A contract line that no contract or amendment of the file covers.

    A document covers a line when the line names it as its evidence, or when it is dated after the
    start of the line before and before the start of the line after.
    """
    if Kind.CONTRACT not in case.award.scheme.worker_file:
        return
    for worker in _workers(case):
        papers = [one for one in case.documents_of(worker) if one.kind in _PAPERS]
        for before, line, after in _neighbours(case.contracts_of(worker)):
            if papers and not any(_covers(paper, before, line, after) for paper in papers):
                yield Check(
                    code="contract_without_document",
                    level="warning",
                    subject=f"paper:{worker}:{line.starts_on.isoformat()}",
                    who=worker,
                    month=f"{line.starts_on:%Y-%m}",
                    message=_(
                        "La ligne de contrat du %(start)s commence après le dernier contrat ou "
                        "avenant du dossier (%(last)s)."
                    )
                    % {
                        "start": f"{line.starts_on:%d/%m/%Y}",
                        "last": f"{max(paper.dated_on for paper in papers):%d/%m/%Y}",
                    },
                    todo=_("Ajoutez l'avenant qui change le contrat."),
                    article=_article(case),
                )


def seniority_not_proven(case: Case) -> Iterator[Check]:
    """Seniority from before the contract that no attestation proves.

    An attestation that does not state its months proves an unknown number: nothing is then said.
    """
    if Kind.SENIORITY not in case.award.scheme.worker_file:
        return
    for worker in _workers(case):
        lines = case.contracts_of(worker)
        proofs = [one for one in case.documents_of(worker) if one.kind == Kind.SENIORITY]
        claimed = max(_months_before(lines[0].starts_on, line.seniority_on) for line in lines)
        stated = [one.months for one in proofs if one.months is not None]
        if len(stated) < len(proofs) or claimed <= sum(stated):
            continue
        yield Check(
            code="seniority_not_proven",
            level="warning",
            subject=f"seniority:{worker}:{claimed}:{sum(stated)}",
            who=worker,
            month="",
            message=_(
                "%(claimed)d mois d'ancienneté comptés avant l'entrée en service, %(proven)d "
                "attestés."
            )
            % {"claimed": claimed, "proven": sum(stated)},
            todo=_("Ajoutez l'attestation qui manque, ou corrigez « Ancienneté depuis le »."),
            article=_article(case),
        )


def diploma_below_minimum(case: Case) -> Iterator[Check]:
    """A diploma below that of the post or of the function, without a derogation valid on each day.

    The diploma is the highest one of the file that states its level, else that of the contract.
    """
    least = least_diplomas(case.award)
    seen: set[tuple[str, str]] = set()
    for place in case.claim.rows:
        source = case.facts.slice_facts[int(place)]
        worker, post = case.worker_of(source.pay), source.assignment.post
        row = least.get(post.function)
        wanted = diploma_asked(post, row)
        held = case.diploma_of(worker) or source.contract.row.diploma
        if is_enough(held, wanted) or (worker, post.code) in seen:
            continue
        if not _has_derogation(case, worker, _days_of(case, source)):
            seen.add((worker, post.code))
            yield Check(
                code="diploma_below_minimum",
                level="warning",
                subject=f"diploma:{worker}:{post.code}:{wanted}",
                who=worker,
                month=case.month_of(source.pay),
                message=_("Diplôme %(held)s ; le poste %(post)s demande %(wanted)s.")
                % {
                    "held": Diploma(held).label,
                    "post": post.code,
                    "wanted": Diploma(wanted).label,
                },
                todo=_("Ajoutez la dérogation de qualification au dossier, ou corrigez le poste."),
                article=row.source if row and row.diploma == wanted else "",
            )


def least_diplomas(award: AwardFacts) -> dict[str, FunctionRow]:
    """By function, the row of the scheme that asks for a diploma, that of the legal form first."""
    form = award.texts.get("form")
    rows = [row for row in award.scheme.functions if row.form in {"", form} and row.diploma]
    return {row.function: row for row in sorted(rows, key=lambda one: one.form)}


def diploma_asked(post: Post, row: FunctionRow | None) -> str:
    """The higher of what a post and its function ask for; empty for nothing."""
    return min(filter(None, (post.diploma, row.diploma if row else "")), key=_rank, default="")


def is_enough(held: str, wanted: str) -> bool:
    """Whether a diploma is at least the one that is asked."""
    return not wanted or _rank(held) <= _rank(wanted)


_RANKS = {diploma: rank for rank, diploma in enumerate(Diploma.values)}


def _rank(diploma: str) -> int:
    """0 is the highest diploma."""
    return _RANKS[diploma]


def _has_derogation(case: Case, worker: str, days: Period) -> bool:
    """On every one of these days some derogation of the worker is in force."""
    spans = [
        (one.dated_on, one.valid_until or date.max)
        for one in case.documents_of(worker)
        if one.kind == Kind.DEROGATION
    ]
    return all(
        any(first.toordinal() <= day <= last.toordinal() for first, last in spans)
        for day in range(days.start.toordinal(), days.stop.toordinal())
    )


def _days_of(case: Case, source: SliceFacts) -> Period:
    """The days of a month of pay on which the worker holds the post, within the exercise."""
    month = int(case.facts.staff.pay.month[source.pay])
    found = Period(month_start(month), month_start(month + 1)).overlap(case.award.exercise)
    for row in (source.assignment, source.assignment.post, source.contract.row):
        found = found.overlap(Period.inclusive(row.starts_on, row.ends_on))
    return found


def _workers(case: Case) -> list[str]:
    """The workers of the award, by number, where the scheme asks for files and some are known."""
    if not case.award.scheme.worker_file or not case.facts.staff.files:
        return []
    return sorted({case.worker_of(case.facts.slice_facts[int(row)].pay) for row in case.claim.rows})


def _is_over(case: Case) -> bool:
    return case.facts.as_of >= case.award.exercise.stop


def _by(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of


def _article(case: Case) -> str:
    return str(next(iter(case.award.scheme.worker_file.values()))["source"])


def _months_before(start: date, since: date) -> int:
    """Whole months from `since` to `start`, 0 when it is not before."""
    months = month_index(start) - month_index(since) - (start.day < since.day)
    return max(months, 0)


def _neighbours(
    lines: list[ContractLine],
) -> Iterator[tuple[ContractLine | None, ContractLine, ContractLine | None]]:
    yield from zip([None, *lines], lines, [*lines[1:], None], strict=False)


def _covers(
    paper: WorkerDocument,
    before: ContractLine | None,
    line: ContractLine,
    after: ContractLine | None,
) -> bool:
    if line.evidence and line.evidence == paper.reference:
        return True
    late_enough = before is None or paper.dated_on > before.starts_on
    return late_enough and (after is None or paper.dated_on < after.starts_on)
