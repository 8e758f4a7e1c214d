"""What the product holds of a year's invoices: each on its account and its approval."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backoffice.engine.periods import year_period
from backoffice.figures.vocabulary import expense_categories
from invoices.snapshots import InvoiceRow, Part
from reports.tie_out.classes import class_of
from reports.tie_out.content import Entry
from reports.tie_out.year import Year


@dataclass(frozen=True)
class Elsewhere:
    """Parts of invoices that a year's accounts may see otherwise than the product does.

    `later` are on an exercise of this year but dated in another one; `other` are dated in this year
    but on an award of another one.
    """

    later: tuple[Entry, ...]
    other: tuple[Entry, ...]


def invoice_entries(year: Year, approvals: Mapping[int, int | None]) -> Iterator[Entry]:
    """The invoices issued in the year: one entry per award that carries a part, one for the rest.

    An invoice without approval follows the awards that carry it.

    Args:
        year: the year.
        approvals: approval of each invoice, both by database id.
    """
    period = year_period(year.number)
    for place, invoice in enumerate(year.facts.invoices.rows):
        if period.contains(invoice.issued_on):
            own = year.codes.of(approvals.get(invoice.pk))
            yield from _parts(year, place, own)


def elsewhere(year: Year, approvals: Mapping[int, int | None]) -> Elsewhere:
    """See `Elsewhere`."""
    period = year_period(year.number)
    mine = {award.row.pk for award in year.facts.awards}
    rows = year.facts.invoices.rows
    later, other = [], []
    for award, parts in sorted(year.facts.invoices.parts.items()):
        for part in parts:
            invoice = rows[part.invoice]
            entry = _entry(year, invoice, part, year.codes.of(approvals.get(invoice.pk)))
            if not period.contains(invoice.issued_on):
                later.append(entry)
            elif award not in mine:
                other.append(entry)
    return Elsewhere(_sorted(later), _sorted(other))


def _parts(year: Year, place: int, own: str) -> Iterator[Entry]:
    invoice = year.facts.invoices.rows[place]
    rest = invoice.amount
    for award, _share in year.facts.invoices.shares.get(place, ()):
        part = next(one for one in year.facts.invoices.parts_of(award) if one.invoice == place)
        rest -= part.amount
        yield _entry(year, invoice, part, own)
    if rest:
        yield _line(invoice, own, "", rest)


def _entry(year: Year, invoice: InvoiceRow, part: Part, own: str) -> Entry:
    code = own or year.codes.awards[part.award]
    return _line(invoice, code, year.codes.references[part.award], part.amount)


def _line(invoice: InvoiceRow, code: str, dossier: str, amount: int) -> Entry:
    account = expense_categories()[invoice.category].account
    group = class_of(account)
    return Entry(
        group="" if group is None else group.code,
        analytical=code,
        account=account,
        kind="invoice",
        key=invoice.piece,
        label=f"{invoice.supplier_name}, {invoice.description}",
        day=invoice.issued_on,
        dossier=dossier,
        amount=amount,
    )


def _sorted(entries: list[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda one: (one.key, one.dossier)))
