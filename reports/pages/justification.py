"""The page of one justification: its lines by worker and by head, its findings by level."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from django.utils.translation import gettext as _

from backoffice.engine.sheet import FigureUse
from backoffice.web.templatetags.labels import said
from backoffice.web.words import Spoken
from reports.documents.words import rule_text
from reports.dossier import Check, Detail, Dossier, EvidenceLine, HeadLine, InvoiceLine, StaffLine
from reports.lines import HEAD_LABELS
from reports.months import MonthLine, months_of, year_of
from reports.pages.explanation import share_text
from reports.pages.standing import (
    Due,
    State,
    balance_words,
    due_of,
    late_instalments,
    next_due,
    state_of,
    unsigned,
)


@dataclass(frozen=True)
class Sums:
    """Cents over a group of lines; None as soon as one of them is unknown."""

    presented: int
    admissible: int | None
    payable: int | None


@dataclass(frozen=True)
class WorkerGroup:
    """The lines of one worker, by month; `fte` in FTE-months."""

    worker: str
    name: str
    fte: Fraction
    lines: tuple[StaffLine, ...]
    sums: Sums


@dataclass(frozen=True)
class InvoiceGroup:
    """The invoices of one head; each line with its share in words."""

    label: str
    lines: tuple[tuple[InvoiceLine, str], ...]
    sums: Sums


@dataclass(frozen=True)
class CheckGroup:
    """The findings of one level."""

    level: str
    title: str
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class JustificationPage:
    """What the template prints, in order; no arithmetic is left to it."""

    dossier: Dossier
    state: State
    due: Due | None
    balance_words: str
    bound_words: str
    heads: tuple[tuple[HeadLine, str], ...]
    checks: tuple[CheckGroup, ...]
    unsigned: int
    staff: tuple[WorkerGroup, ...]
    outside: InvoiceGroup | None
    invoices: tuple[InvoiceGroup, ...]
    missing: tuple[tuple[str, tuple[EvidenceLine, ...]], ...]
    lacking: int
    files: tuple[EvidenceLine, ...]
    deadlines: tuple[Due, ...]
    figures: tuple[FigureUse, ...]
    late: int
    months: tuple[MonthLine, ...]
    whole: MonthLine
    details: tuple[tuple[Detail, str], ...]


def page_of(dossier: Dossier) -> JustificationPage:
    """Lay out one dossier for the screen."""
    return JustificationPage(
        dossier=dossier,
        state=state_of(dossier),
        due=next_due(dossier),
        balance_words=balance_words(dossier.amounts.balance),
        bound_words=_bound_words(dossier),
        heads=tuple((head, rule_text(head.rule)) for head in dossier.heads),
        checks=tuple(_checks(dossier)),
        unsigned=len(unsigned(dossier)),
        staff=_workers(dossier.staff),
        outside=next(iter(_heads(dossier.outside_payroll)), None),
        invoices=_heads(dossier.purchases),
        missing=_missing(dossier),
        lacking=sum(1 for line in dossier.evidence if not line.reference),
        files=tuple(line for line in dossier.evidence if line.dated_on),
        deadlines=tuple(due_of(line, dossier.cover.as_of) for line in dossier.deadlines),
        figures=dossier.figures,
        late=len(late_instalments(dossier)),
        months=months_of(dossier),
        whole=year_of(dossier),
        details=tuple((one, rule_text(one.rule)) for one in dossier.details),
    )


def _missing(dossier: Dossier) -> tuple[tuple[str, tuple[EvidenceLine, ...]], ...]:
    """The documents that lack, by worker or piece, in the order of the lines."""
    found: dict[str, tuple[EvidenceLine, ...]] = {}
    for line in dossier.evidence:
        if not line.reference:
            found[line.who] = (*found.get(line.who, ()), line)
    return tuple(found.items())


def _bound_words(dossier: Dossier) -> str:
    """What limits the payable amount."""
    granted, admissible = dossier.amounts.granted, dossier.amounts.admissible
    if granted is None or admissible is None:
        return _("inconnu tant qu'un terme manque")
    if granted == admissible:
        return _("accordé et admissible sont égaux")
    return _("limité par l'accordé") if granted < admissible else _("limité par l'admissible")


_LEVELS = Spoken({"error": "Erreurs", "warning": "Avertissements", "info": "Informations"})


def _checks(dossier: Dossier) -> list[CheckGroup]:
    groups = (
        CheckGroup(level, title, tuple(c for c in dossier.checks if c.level == level))
        for level, title in _LEVELS.items()
    )
    return [group for group in groups if group.checks]


def _sums(lines: Sequence[StaffLine] | Sequence[InvoiceLine]) -> Sums:
    return Sums(
        presented=sum(line.presented for line in lines),
        admissible=_sum([line.admissible for line in lines]),
        payable=_sum([line.payable for line in lines]),
    )


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _workers(staff: Sequence[StaffLine]) -> tuple[WorkerGroup, ...]:
    ordered = sorted(staff, key=lambda line: (line.worker, line.month, line.row))
    groups = []
    for worker, found in groupby(ordered, key=lambda line: line.worker):
        lines = tuple(found)
        fte = sum((line.fte for line in lines), Fraction(0))
        groups.append(WorkerGroup(worker, lines[0].name, fte, lines, _sums(lines)))
    return tuple(groups)


def _heads(invoices: Sequence[InvoiceLine]) -> tuple[InvoiceGroup, ...]:
    groups = []
    for head in HEAD_LABELS:
        lines = [line for line in invoices if line.head == head]
        if lines:
            shown = tuple((line, share_text(line.share)) for line in lines)
            groups.append(InvoiceGroup(said(HEAD_LABELS[head]), shown, _sums(lines)))
    return tuple(groups)
