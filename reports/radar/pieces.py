"""Invoices claimed above their amount, under one piece or several, in one exercise or two."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _

from backoffice.engine.periods import month_index
from backoffice.engine.radar import excesses
from reports.radar.claimed import Piece, PieceClaim
from reports.radar.content import Claimant, Finding
from reports.radar.months import euro_once, stack_of
from reports.radar.table import ints, table_of


@dataclass(frozen=True)
class Bill:
    """One invoice, whatever the pieces and the versions under which it was entered.

    `total` is its amount as encoded today, or as sent when it is no longer encoded.
    """

    total: int
    claims: tuple[PieceClaim, ...]

    @property
    def pieces(self) -> tuple[str, ...]:
        """The pieces that are charged, in order."""
        return tuple(sorted({claim.piece.piece for claim in self.claims}))

    @property
    def month(self) -> int:
        """The month of its day, the first one when versions differ."""
        return month_index(min(claim.piece.issued_on for claim in self.claims))

    @property
    def claimants(self) -> tuple[Claimant, ...]:
        return tuple(dict.fromkeys(claim.claimant for claim in self.claims))


def bills_of(encoded: Iterable[Piece], claims: Sequence[PieceClaim]) -> tuple[Bill, ...]:
    """The invoices that are claimed: pieces are joined by name and supplier, or by document."""
    roots: dict[tuple[object, ...], tuple[object, ...]] = {}

    def root(key: tuple[object, ...]) -> tuple[object, ...]:
        while roots.setdefault(key, key) != key:
            key = roots[key]
        return key

    for piece in (*encoded, *(claim.piece for claim in claims)):
        first, *others = piece.keys
        for other in others:
            roots[root(other)] = root(first)
    totals: dict[tuple[object, ...], int] = {}
    for piece in encoded:
        key = root(piece.keys[0])
        totals[key] = max(piece.total, totals.get(key, piece.total))
    mine: dict[tuple[object, ...], list[PieceClaim]] = {}
    for claim in claims:
        mine.setdefault(root(claim.piece.keys[0]), []).append(claim)
    return tuple(
        Bill(totals.get(key, max(claim.piece.total for claim in found)), _standing(found))
        for key, found in mine.items()
    )


def _standing(claims: Sequence[PieceClaim]) -> tuple[PieceClaim, ...]:
    """What each award may receive of a bill: what it was sent for, or the draft if higher."""
    found: dict[tuple[str, int], dict[int, list[PieceClaim]]] = {}
    for claim in claims:
        award = claim.claimant.reference, claim.claimant.year
        versions = found.setdefault(award, {})
        versions.setdefault(claim.claimant.version or 0, []).append(claim)
    return tuple(
        claim
        for versions in found.values()
        for claim in max(versions.items(), key=lambda pair: (_asked(pair[1]), pair[0]))[1]
    )


def _asked(claims: Iterable[PieceClaim]) -> int:
    return sum(claim.amount for claim in claims)


def pieces_above_amount(bills: Sequence[Bill]) -> Iterator[Finding]:
    """Invoices of which more is presented than they amount to."""
    rows = [
        (place, claim.claimant, claim.amount)
        for place, bill in enumerate(bills)
        for claim in bill.claims
    ]
    table = table_of(range(len(bills)), rows)
    for over in excesses(ints([bill.total for bill in bills]), table.claims):
        bill, named = bills[over.cell], table.named(over)
        stack = stack_of([claimant for claimant, _amount in named], bill.month)
        yield Finding(
            kind="piece",
            tone="forbidden",
            who=bill.pieces[0],
            month=bill.month,
            claims=named,
            amount=over.excess,
            cost=bill.total,
            article=euro_once(named, stack),
            status=stack.status,
            others=bill.pieces[1:],
        )


def pieces_of_one_number(bills: Sequence[Bill]) -> Iterator[Finding]:
    """Two invoices of one supplier under one number, of another day or amount: perhaps the same."""
    alike: dict[tuple[str, str], list[Bill]] = {}
    for bill in bills:
        for key in {(claim.piece.supplier, claim.piece.number) for claim in bill.claims}:
            if key[1] and bill.total > 0:
                alike.setdefault(key, []).append(bill)
    for found in alike.values():
        for one, other in combinations(found, 2):
            yield Finding(
                kind="number",
                tone="suspicious",
                who=one.pieces[0],
                month=min(one.month, other.month),
                claims=tuple(_by_claimant((*one.claims, *other.claims)).items()),
                amount=min(_asked(one.claims), _asked(other.claims)),
                cost=None,
                article=str(_("Une pièce ne justifie qu'une fois le même euro.")),
                status="confirmed",
                others=(*one.pieces[1:], *other.pieces),
            )


def _by_claimant(claims: Iterable[PieceClaim]) -> dict[Claimant, int]:
    """What each claimant asks of some pieces together, in cents."""
    found: dict[Claimant, int] = {}
    for claim in claims:
        found[claim.claimant] = found.get(claim.claimant, 0) + claim.amount
    return found
