"""Who claims what of which worker-month and invoice: as computed today, and as sent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from backoffice.engine.claims.ledger import Ledger
from grants.models import Award
from invoices.snapshots import InvoiceFacts, InvoiceRow
from reports.radar.content import Claimant
from reports.sent import Sent, SentInvoice
from reports.snapshots import YearFacts


@dataclass(frozen=True)
class StaffClaim:
    """A worker-month; `hours` x days in hundredths, `amount` is what is asked to be paid."""

    worker: str
    month: int
    claimant: Claimant
    hours: int
    amount: int | None


@dataclass(frozen=True)
class Piece:
    """An invoice as it is encoded or as it was sent; `supplier` by its number when known."""

    piece: str
    supplier: str
    number: str
    issued_on: date
    total: int

    @property
    def keys(self) -> tuple[tuple[object, ...], ...]:
        """What makes two pieces one: the same name and supplier, or the same document."""
        named = ("piece", self.piece, self.supplier)
        if self.total <= 0:
            return (named,)
        return named, ("document", self.supplier, self.number, self.issued_on, self.total)


@dataclass(frozen=True)
class PieceClaim:
    """A share of an invoice, as presented to a funder."""

    piece: Piece
    claimant: Claimant
    amount: int


def piece_of(row: InvoiceRow) -> Piece:
    """An encoded invoice."""
    supplier, number = _identity(row.supplier_number, row.supplier_name, row.number)
    return Piece(row.piece, supplier, number, row.issued_on, row.amount)


def staff_now(facts: YearFacts, ledger: Ledger) -> Iterator[StaffClaim]:
    """The worker-months of every award of the year as computed today."""
    weights = facts.slices.weights
    for claim in ledger.claims:
        award = facts.awards[claim.award.index]
        claimant = Claimant(award.row.reference, facts.year, None, award.scheme.code)
        paid = None if claim.payable is None else claim.staff["payable"].values.tolist()
        for row, place in enumerate(claim.rows.tolist()):
            pay = facts.slice_facts[place].pay
            worker = facts.staff.workers[int(facts.staff.pay.worker[pay])].number
            month, amount = int(facts.staff.pay.month[pay]), paid[row] if paid else None
            yield StaffClaim(worker, month, claimant, int(weights[place]), amount)


def pieces_now(facts: InvoiceFacts, awards: Mapping[int, Award]) -> Iterator[PieceClaim]:
    """The invoice shares of every exercise as encoded today.

    Args:
        facts: the invoices of the organisation, of any year.
        awards: its awards by id.
    """
    for key, parts in facts.parts.items():
        row = awards[key]
        for part in parts:
            invoice = facts.rows[part.invoice]
            year = _exercise(row, invoice.issued_on)
            if year is not None:
                claimant = Claimant(row.reference, year, None, row.scheme)
                yield PieceClaim(piece_of(invoice), claimant, part.amount)


def _exercise(award: Award, day: date) -> int | None:
    """The exercise in which a cost of a day is presented; None where it is in none.

    An award within one year takes what is put on it, where a check names a day out of it.
    """
    first, last = award.starts_on.year, award.ends_on.year if award.ends_on else None
    if first == last:
        return first
    return day.year if first <= day.year <= (last or day.year) else None


def staff_sent(sent: Iterable[Sent]) -> Iterator[StaffClaim]:
    """The worker-months of frozen documents."""
    for one in sent:
        for line in one.staff:
            weight = line.hours * line.days
            yield StaffClaim(line.worker, line.month, claimant_of(one), weight, line.payable)


def pieces_sent(sent: Iterable[Sent]) -> Iterator[PieceClaim]:
    """The invoice shares of frozen documents."""
    for one in sent:
        for line in one.invoices:
            yield PieceClaim(_piece_sent(line), claimant_of(one), line.presented)


def standing(now: Iterable[StaffClaim], sent: Iterable[StaffClaim]) -> tuple[StaffClaim, ...]:
    """What each award may receive of a worker-month: what it was sent for, or the draft if higher.

    A dossier that has left stands until another corrects it, and today's draft may leave too.
    """
    drafts, gone = _by_award(now), _by_award(sent)
    return tuple(_higher(gone.get(key), drafts.get(key)) for key in sorted({*drafts, *gone}))


def _by_award(claims: Iterable[StaffClaim]) -> dict[tuple[str, int, str, int], StaffClaim]:
    """One claim per worker-month and award; an unknown amount makes the sum unknown."""
    found: dict[tuple[str, int, str, int], StaffClaim] = {}
    for claim in claims:
        key = claim.worker, claim.month, claim.claimant.reference, claim.claimant.year
        found[key] = _added(found[key], claim) if key in found else claim
    return found


def _added(one: StaffClaim, other: StaffClaim) -> StaffClaim:
    amounts = one.amount, other.amount
    amount = None if amounts[0] is None or amounts[1] is None else amounts[0] + amounts[1]
    return replace(one, hours=one.hours + other.hours, amount=amount)


def _higher(sent: StaffClaim | None, draft: StaffClaim | None) -> StaffClaim:
    """The claim that counts; what is not known in one of the two is taken from the other."""
    first, *others = [claim for claim in (sent, draft) if claim is not None]
    for other in others:
        amounts = [amount for amount in (first.amount, other.amount) if amount is not None]
        hours, amount = max(first.hours, other.hours), max(amounts, default=None)
        kept = first if (first.hours, first.amount) == (hours, amount) else other
        first = replace(kept, hours=hours, amount=amount)
    return first


def claimant_of(sent: Sent) -> Claimant:
    """Who claims in a frozen document."""
    return Claimant(sent.reference, sent.year, sent.version, sent.scheme)


def _piece_sent(line: SentInvoice) -> Piece:
    supplier, number = _identity(line.supplier_number, line.supplier, line.number)
    return Piece(line.piece, supplier, number, line.issued_on, line.total)


def _identity(enterprise: str, name: str, number: str) -> tuple[str, str]:
    """The supplier, by its enterprise number when known, and its number of the invoice, folded."""
    digits = "".join(filter(str.isdigit, enterprise))
    return digits or name.casefold(), "".join(number.split()).casefold()
