"""The radar of an organisation and a year, over all its funders and what it has sent."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from backoffice.engine.claims.ledger import Ledger
from backoffice.engine.periods import OPEN_END, Period
from backoffice.federation.models import Organisation
from grants.stacking import TONES
from invoices.snapshots import InvoiceFacts, invoice_facts
from reports.justifications import settled
from reports.radar.claimed import (
    PieceClaim,
    StaffClaim,
    piece_of,
    pieces_now,
    pieces_sent,
    staff_now,
    staff_sent,
)
from reports.radar.content import Claimant, Finding, Radar
from reports.radar.months import Cell, months_of
from reports.radar.pieces import Bill, bills_of, pieces_above_amount, pieces_of_one_number
from reports.sent import Sent, sent_by
from reports.snapshots import YearFacts, YearTables, year_facts, year_tables


@dataclass(frozen=True)
class _View:
    """One way to look at the claims: all as computed today, or those sent as they were sent."""

    staff: tuple[StaffClaim, ...]
    pieces: tuple[PieceClaim, ...]


def radar(
    organisation: Organisation, year: int, as_of: date, tables: YearTables | None = None
) -> Radar:
    """Everything that several claims share in a year, in a constant number of queries.

    A version that has left the house stands for its award, unless the draft of today is worse.
    """
    facts = year_facts(organisation, year, as_of, tables)
    ledger, sent = settled(facts), sent_by(organisation, as_of)
    invoices = invoice_facts(organisation, Period(date.min, OPEN_END), ())
    encoded = [piece_of(row) for row in invoices.rows]
    views = _views(facts, ledger, invoices, sent)
    bills = [bills_of(encoded, view.pieces) for view in views]
    found: dict[object, Finding] = {}
    for view, listed in zip(views, bills, strict=True):
        for finding in _findings(facts, ledger, view, listed):
            if any(claimant.year == year for claimant, _amount in finding.claims):
                _keep(found, finding)
    mine = [bill for bill in bills[-1] if any(one.year == year for one in bill.claimants)]
    return Radar(
        organisation=organisation.name,
        enterprise_number=organisation.enterprise_number,
        demo=organisation.is_demo,
        year=year,
        findings=tuple(sorted(found.values(), key=_order)),
        names={worker.number: worker.name for worker in facts.staff.workers},
        unknown=tuple(_unknown(ledger, {(one.reference, one.year) for one in sent}, year)),
        cells=len(facts.staff.pay),
        pieces=len(mine),
        split=_split(mine, found.values()),
    )


def federation_radar(
    organisations: Iterable[Organisation], year: int, as_of: date
) -> Iterator[Radar]:
    """The radar of many employers, one after the other: what they share is read once."""
    tables = year_tables(year)
    for organisation in organisations:
        yield radar(organisation, year, as_of, tables)


def _views(
    facts: YearFacts, ledger: Ledger, invoices: InvoiceFacts, sent: Sequence[Sent]
) -> tuple[_View, ...]:
    awards = {award.pk: award for award in facts.organisation.awards.all()}
    now = _View(tuple(staff_now(facts, ledger)), tuple(pieces_now(invoices, awards)))
    if not sent:
        return (now,)
    gone = {(one.reference, one.year) for one in sent}

    def stays(claimant: Claimant) -> bool:
        return (claimant.reference, claimant.year) not in gone

    mine = [one for one in sent if one.year == facts.year]
    staff = (claim for claim in now.staff if stays(claim.claimant))
    pieces = (claim for claim in now.pieces if stays(claim.claimant))
    return now, _View((*staff, *staff_sent(mine)), (*pieces, *pieces_sent(sent)))


def _findings(
    facts: YearFacts, ledger: Ledger, view: _View, bills: Sequence[Bill]
) -> Iterator[Finding]:
    room = _by_cell(facts, ledger.room.tolist())
    contract = _by_cell(facts, facts.staff.pay.contract.tolist())
    yield from months_of(view.staff, room, contract)
    yield from pieces_above_amount(bills)
    yield from pieces_of_one_number(bills)


def _by_cell(facts: YearFacts, values: Sequence[int]) -> dict[Cell, int]:
    """A column of the pay by worker number and month."""
    pay, workers = facts.staff.pay, facts.staff.workers
    rows = zip(pay.worker.tolist(), pay.month.tolist(), values, strict=True)
    return {(workers[worker].number, month): value for worker, month, value in rows}


def _keep(found: dict[object, Finding], finding: Finding) -> None:
    """The same cell and awards seen twice are one finding: the one with the most euros."""
    awards = tuple((claimant.reference, claimant.year) for claimant, _amount in finding.claims)
    key = finding.kind, finding.who, finding.month, awards
    before = found.get(key)
    if before is None or (finding.amount or 0) >= (before.amount or 0):
        found[key] = finding


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
