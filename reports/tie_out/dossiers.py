"""Which dossiers carry the costs of a line: what each presents of them and is paid."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from reports.tie_out.classes import STAFF
from reports.tie_out.content import Entry, Share
from reports.tie_out.pay import staff_shares
from reports.tie_out.year import Year


def shares_of(year: Year, entries: Sequence[Entry]) -> Mapping[tuple[str, str], list[Share]]:
    """What each dossier presents and is paid, by class and analytical account.

    What a dossier of another exercise pays is unknown here.
    """
    found = {(STAFF.code, code): shares for code, shares in staff_shares(year).items()}
    paid = _paid_parts(year)
    for entry in entries:
        if entry.kind == "invoice" and entry.dossier:
            key, presented = (entry.group, entry.analytical), entry.amount or 0
            label, payable = paid.get((entry.dossier, entry.key), ("", None))
            mine = found.setdefault(key, [])
            mine.append(Share(entry.dossier, label, presented, payable))
    return {key: _gathered(shares) for key, shares in found.items()}


def _gathered(shares: Iterable[Share]) -> list[Share]:
    """One share per dossier, by reference; unknown as soon as one part is."""
    found: dict[str, Share] = {}
    for share in shares:
        first = found.get(share.reference)
        if first is None:
            found[share.reference] = share
        else:
            known = first.payable is not None and share.payable is not None
            found[share.reference] = replace(
                first,
                presented=first.presented + share.presented,
                payable=(first.payable or 0) + (share.payable or 0) if known else None,
            )
    return [found[reference] for reference in sorted(found)]


def _paid_parts(year: Year) -> dict[tuple[str, str], tuple[str, int | None]]:
    """Label of the award and payable cents of each invoice part, by reference and piece."""
    found: dict[tuple[str, str], tuple[str, int | None]] = {}
    for index, award in enumerate(year.facts.awards):
        sheet = year.claims[index].invoices
        known = "payable" in sheet
        for row, part in enumerate(year.facts.invoices.parts_of(award.row.pk)):
            piece = year.facts.invoices.rows[part.invoice].piece
            payable = int(sheet["payable"].values[row]) if known else None
            found[award.row.reference, piece] = (award.row.label, payable)
    return found
