"""The radar of an organisation and a year, over all its funders and what it has sent."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from backoffice.engine.claims.ledger import Ledger
from backoffice.engine.periods import OPEN_END, Period
from backoffice.federation.models import Organisation
from grants.stacking import TONES
from invoices.snapshots import invoice_facts
from reports.justifications import settled
from reports.radar.claimed import (
    piece_of,
    pieces_now,
    pieces_sent,
    staff_now,
    staff_sent,
    standing,
)
from reports.radar.content import Finding, Radar
from reports.radar.months import Cell, months_of
from reports.radar.pieces import Bill, bills_of, pieces_above_amount, pieces_of_one_number
from reports.sent import Sent, sent_by
from reports.snapshots import YearFacts, YearTables, year_facts, year_tables


def radar(
    organisation: Organisation, year: int, as_of: date, tables: YearTables | None = None
) -> Radar:
    """Everything that several claims share in a year, in a constant number of queries.

    Each award counts for what it was sent for, or for today's draft where that asks for more.
    """
    facts = year_facts(organisation, year, as_of, tables)
    ledger, sent = settled(facts), sent_by(organisation, as_of)
    staff = standing(staff_now(facts, ledger), staff_sent(one for one in sent if one.year == year))
    bills = _bills(organisation, sent, year)
    room = by_cell(facts, ledger.room.tolist())
    contract = by_cell(facts, facts.staff.pay.contract.tolist())
    findings = (
        *months_of(staff, room, contract),
        *pieces_above_amount(bills),
        *pieces_of_one_number(bills),
    )
    return Radar(
        organisation=organisation.name,
        enterprise_number=organisation.enterprise_number,
        demo=organisation.is_demo,
        year=year,
        findings=tuple(sorted(findings, key=_order)),
        names={worker.number: worker.name for worker in facts.staff.workers},
        unknown=tuple(_unknown(ledger, {(one.reference, one.year) for one in sent}, year)),
        cells=len(facts.staff.pay),
        pieces=len(bills),
        split=_split(bills, findings),
    )


def federation_radar(
    organisations: Iterable[Organisation], year: int, as_of: date
) -> Iterator[Radar]:
    """The radar of many employers, one after the other: what they share is read once."""
    tables = year_tables(year)
    for organisation in organisations:
        yield radar(organisation, year, as_of, tables)


def _bills(organisation: Organisation, sent: Sequence[Sent], year: int) -> tuple[Bill, ...]:
    """The invoices of which something is claimed for the year, whatever their own."""
    invoices = invoice_facts(organisation, Period(date.min, OPEN_END), ())
    awards = {award.pk: award for award in organisation.awards.all()}
    encoded = [piece_of(row) for row in invoices.rows]
    found = bills_of(encoded, (*pieces_now(invoices, awards), *pieces_sent(sent)))
    return tuple(bill for bill in found if any(one.year == year for one in bill.claimants))


def by_cell(facts: YearFacts, values: Sequence[int]) -> dict[Cell, int]:
    """A column of the pay by worker number and month."""
    pay, workers = facts.staff.pay, facts.staff.workers
    rows = zip(pay.worker.tolist(), pay.month.tolist(), values, strict=True)
    return {(workers[worker].number, month): value for worker, month, value in rows}


def _order(finding: Finding) -> tuple[object, ...]:
    awards = tuple((claimant.reference, claimant.year) for claimant, _amount in finding.claims)
    return -TONES.index(finding.tone), finding.kind, finding.who, finding.month, awards


def _unknown(ledger: Ledger, gone: set[tuple[str, int]], year: int) -> Iterator[str]:
    for claim in sorted(ledger.claims, key=lambda one: one.award.key):
        if claim.payable is None and (claim.award.key, year) not in gone:
            yield claim.award.key


def _split(bills: Sequence[Bill], found: Iterable[Finding]) -> int:
    """Pieces that several awards share while no euro of them is asked twice."""
    twice = {one.who for one in found if one.kind == "piece"}
    return sum(len(bill.claimants) > 1 and bill.pieces[0] not in twice for bill in bills)
