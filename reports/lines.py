"""The lines of a dossier, from the settled claim and the rows it came from."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.claims.claim import Claim
from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.sheet import Sheet, labels
from backoffice.federation.vocabulary import Function
from backoffice.figures.vocabulary import expense_categories
from backoffice.web.templatetags.labels import in_french
from grants.dues import dues_of
from grants.snapshots import AwardFacts
from reports.dossier import (
    DeadlineLine,
    Detail,
    EvidenceLine,
    HeadLine,
    InstalmentLine,
    InvoiceLine,
    ReceiptLine,
    StaffLine,
)
from reports.snapshots import YearFacts

HEAD_LABELS = {
    "staff": labels("Frais de personnel", "Personeelskosten"),
    "training": labels("Formation", "Vorming"),
    "running": labels("Fonctionnement", "Werking"),
    "investment": labels("Petit équipement", "Kleine uitrusting"),
}
_DIFFERENTIAL = labels(
    "Différentiel au barème du secteur, non financé (brut)",
    "Verschil met de loonschaal van de sector, niet gefinancierd (bruto)",
)
_FUNCTIONS_NL = {
    "social": "Sociale functie",
    "coordination": "Coördinatie",
    "administration": "Administratie",
    "reception": "Onthaal",
    "psychology": "Psychologie",
    "legal": "Juridische bijstand",
    "community": "Gemeenschapswerk",
    "maintenance": "Onderhoud",
}


def _columns(sheet: Sheet) -> dict[str, list[int]]:
    """The columns of a sheet by name, as plain integers."""
    return {column.name: column.values.tolist() for column in sheet.columns}


def _cell(columns: Mapping[str, Sequence[int]], name: str, row: int) -> int | None:
    return columns[name][row] if name in columns else None


def staff_lines(facts: YearFacts, claim: Claim) -> Iterator[StaffLine]:
    """One line per slice of the award, by worker and month."""
    columns = _columns(claim.staff)
    functions = {code: function_label(code) for code in Function.values}
    fte = claim.staff["fte"]
    for row, place in enumerate(claim.rows.tolist()):
        source = facts.slice_facts[place]
        worker = facts.staff.workers[source.contract.worker]
        yield StaffLine(
            row=row,
            worker=worker.number,
            name=worker.name,
            post=source.assignment.post.code,
            function=functions[source.assignment.post.function],
            month=int(facts.staff.pay.month[source.pay]),
            days=columns["days"][row],
            hours=columns["hours"][row],
            full_time=columns["full_time"][row],
            fte=fte.ratio(row),
            gross=columns["gross"][row],
            charges=columns["charges"][row],
            benefits=columns["benefits"][row],
            deducted=columns["deducted"][row],
            presented=columns["presented"][row],
            admissible=_cell(columns, "admissible", row),
            payable=_cell(columns, "payable", row),
            pay_evidence=facts.staff.months[source.pay].evidence,
            contract_evidence=source.contract.row.evidence,
        )


def function_label(code: str) -> dict[str, str]:
    """A function in the two languages."""
    return {"fr": in_french(Function(code).label), "nl": _FUNCTIONS_NL[code]}


def invoice_lines(facts: YearFacts, claim: Claim, award: AwardFacts) -> Iterator[InvoiceLine]:
    """One line per invoice part of the award, by piece."""
    references = {other.row.pk: other.row.reference for other in facts.awards}
    columns = _columns(claim.invoices)
    for row, part in enumerate(facts.invoices.parts_of(award.row.pk)):
        invoice = facts.invoices.rows[part.invoice]
        category = expense_categories()[invoice.category]
        yield InvoiceLine(
            row=row,
            piece=invoice.piece,
            issued_on=invoice.issued_on,
            supplier=invoice.supplier_name,
            supplier_number=invoice.supplier_number,
            number=invoice.number,
            description=invoice.description,
            category=category.label,
            head=HEADS[columns["head"][row]],
            total=invoice.amount,
            share=part.share,
            presented=part.amount,
            admissible=_cell(columns, "admissible", row),
            payable=_cell(columns, "payable", row),
            paid_on=invoice.paid_on,
            payment_reference=invoice.payment_reference,
            evidence=invoice.evidence,
            others=tuple(
                f"{references.get(other, _('autre exercice'))} {share}"
                for other, share in facts.invoices.shares[part.invoice]
                if other != award.row.pk
            ),
            person=invoice.person,
            function=function_label(invoice.function) if invoice.function else None,
            hours=invoice.hours,
        )


def detail_lines(claim: Claim) -> Iterator[Detail]:
    """The parts of what is granted, and what the scale of the posts pays above their premium."""
    for part in claim.grant.parts if claim.grant else ():
        yield Detail(part.name, part.label, part.amount, part.rule)
    if claim.award.shape == "post_premium":
        found = claim.staff.total("differential") if "differential" in claim.staff else None
        yield Detail("differential", _DIFFERENTIAL, found, "scale_maximum - premium_month")


def head_lines(claim: Claim) -> Iterator[HeadLine]:
    """The heads of the summary, with what is payable of each."""
    for head in claim.heads:
        yield HeadLine(
            name=head.name,
            label=HEAD_LABELS[head.name],
            presented=head.presented,
            admitted=head.admitted,
            maximum=head.maximum,
            admissible=head.admissible,
            payable=_payable(claim, head.name),
            rule=head.rule,
        )


def _payable(claim: Claim, head: str) -> int | None:
    if claim.payable is None:
        return None
    mine = claim.invoices["head"].values == HEADS.index(head)
    payable = money.total(claim.invoices["payable"].values[mine])
    return payable + (claim.staff.total("payable") if head == "staff" else 0)


def receipt_lines(facts: YearFacts, award: AwardFacts) -> tuple[ReceiptLine, ...]:
    """What came for the exercise up to the day of the statement, by day."""
    return tuple(
        ReceiptLine(
            receipt.reference,
            receipt.received_on,
            money.cents(receipt.amount.amount),
            _number_of(award, receipt.instalment_id),
        )
        for receipt in award.row.receipts.all()
        if receipt.year == facts.year and receipt.received_on <= facts.as_of
    )


def instalment_lines(
    facts: YearFacts, award: AwardFacts, receipts: tuple[ReceiptLine, ...]
) -> Iterator[InstalmentLine]:
    """What should have come, what came of it, and the days late."""
    for instalment in award.row.instalments.all():
        if instalment.year != facts.year:
            continue
        mine = [line for line in receipts if line.instalment == instalment.number]
        received = sum(line.amount for line in mine)
        expected = money.cents(instalment.amount.amount)
        last = max((line.received_on for line in mine), default=None)
        reached = last if last is not None and received >= expected else facts.as_of
        yield InstalmentLine(
            number=instalment.number,
            kind=str(instalment.get_kind_display()),
            due_on=instalment.due_on,
            expected=expected,
            received=received,
            received_on=last,
            late_days=max((reached - instalment.due_on).days, 0),
        )


def _number_of(award: AwardFacts, instalment: int | None) -> int | None:
    for one in award.row.instalments.all():
        if one.pk == instalment:
            return int(one.number)
    return None


def deadline_lines(award: AwardFacts, year: int, known_on: date) -> Iterator[DeadlineLine]:
    """What the scheme and the letter ask for after the exercise, by day; days unknown left out."""
    for due in dues_of(award, year, known_on):
        if due.due_on is not None:
            yield DeadlineLine(
                due_on=due.due_on,
                kind=due.kind,
                label=due.label,
                consequence=due.consequence,
                source=due.source,
                status=due.status,
                state=due.state,
            )


def evidence_lines(
    staff: tuple[StaffLine, ...],
    invoices: tuple[InvoiceLine, ...],
    files: tuple[EvidenceLine, ...],
) -> Iterator[EvidenceLine]:
    """Every document that the lines rest on, once each; an empty reference is a missing one.

    A contract that is in the file of its worker is shown there, with its days.
    """
    yield from files
    filed = {(line.who, line.reference) for line in files}
    contracts = dict.fromkeys((line.worker, line.contract_evidence) for line in staff)
    for worker, reference in contracts:
        if (worker, reference) in filed and reference:
            continue
        yield EvidenceLine("contract", worker, "", reference)
    accounts = dict.fromkeys((line.worker, line.month, line.pay_evidence) for line in staff)
    for worker, month, reference in accounts:
        yield EvidenceLine("account", worker, f"{month // 12}-{month % 12 + 1:02d}", reference)
    for line in invoices:
        yield EvidenceLine("invoice", line.piece, line.issued_on.isoformat(), line.evidence)
        yield EvidenceLine(
            "payment", line.piece, line.issued_on.isoformat(), line.payment_reference
        )


def last_day(award: AwardFacts) -> date:
    """Last day of the exercise of an award."""
    return award.exercise.stop - timedelta(days=1)
