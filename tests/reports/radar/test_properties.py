"""Random legal claims, drafts and sent ones: nothing is found until one of them has a cent more."""

from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine import money
from reports.radar.claimed import Piece, PieceClaim, StaffClaim, standing
from reports.radar.content import Claimant
from reports.radar.months import months_above_cost
from reports.radar.pieces import bills_of, pieces_above_amount

AWARDS = ("ACS", "COCOF", "COCOM", "MAR")
CELLS = list(product(("W01", "W02", "W03"), range(24_288, 24_300)))
WEIGHTS = st.lists(st.integers(0, 5), min_size=5, max_size=5).filter(sum)
COSTS = st.integers(1, 900_000)


def claimant(reference: str, version: int | None, year: int = 2024) -> Claimant:
    return Claimant(reference, year, version, "cocof_facultative")


@st.composite
def months(draw) -> tuple[dict[tuple[str, int], int], list[StaffClaim], list[StaffClaim]]:
    """Costs, the drafts that share each with own funds, and what some awards sent: no more."""
    cells = draw(st.lists(st.sampled_from(CELLS), min_size=1, max_size=8, unique=True))
    room = {cell: draw(COSTS) for cell in cells}
    drafts, sent = [], []
    gone = draw(st.sets(st.sampled_from(AWARDS)))
    for (worker, month), cost in room.items():
        shares = money.allocate(cost, draw(WEIGHTS))
        for award, share in zip(AWARDS, shares, strict=False):
            drafts.append(StaffClaim(worker, month, claimant(award, None), 100, share))
            if award in gone:
                less = share - draw(st.integers(0, share))
                sent.append(StaffClaim(worker, month, claimant(award, 1), 100, less))
    return room, drafts, sent


@settings(max_examples=100, deadline=None)
@given(months(), st.data())
def test_one_cent_too_much_in_what_was_sent_or_drafted_is_that_cell_alone(found, data) -> None:
    room, drafts, sent = found
    assert list(months_above_cost(standing(drafts, sent), room)) == []
    cell = data.draw(st.sampled_from(sorted(room)))
    mine = [one for one in drafts if (one.worker, one.month) == cell]
    rest = room[cell] - sum(one.amount or 0 for one in mine)
    place = data.draw(st.sampled_from(range(len(mine))))
    version = data.draw(st.sampled_from([None, 2]))
    wrong = replace(
        mine[place],
        claimant=claimant(mine[place].claimant.reference, version),
        amount=(mine[place].amount or 0) + rest + 1,
    )
    if version is None:
        drafts[drafts.index(mine[place])] = wrong
    else:
        key = (wrong.worker, wrong.month, wrong.claimant.reference)
        sent = [one for one in sent if (one.worker, one.month, one.claimant.reference) != key]
        sent.append(wrong)
    (over,) = months_above_cost(standing(drafts, sent), room)
    assert ((over.who, over.month), over.amount) == (cell, 1)
    assert (wrong.claimant, wrong.amount) in over.claims


@st.composite
def bills(draw) -> tuple[list[Piece], list[PieceClaim]]:
    """Invoices entered under one piece or two, shared by awards over two exercises."""
    pieces, claims = [], []
    for number in range(draw(st.integers(1, 5))):
        total = draw(COSTS)
        day = date(2024, 3, 1 + number)
        names = [f"P{number}", f"Q{number}"][: draw(st.integers(1, 2))]
        mine = [Piece(name, "0123456749", f"F{number}", day, total) for name in names]
        pieces += mine
        for place, share in enumerate(money.allocate(total, draw(WEIGHTS))[:4]):
            who = claimant(AWARDS[place], None, 2024 + place % 2)
            claims.append(PieceClaim(mine[place % len(mine)], who, share))
    return pieces, claims


@settings(max_examples=100, deadline=None)
@given(bills(), st.data())
def test_one_cent_too_much_of_an_invoice_is_that_invoice_alone(found, data) -> None:
    pieces, claims = found
    assert list(pieces_above_amount(bills_of(pieces, claims))) == []
    place = data.draw(st.sampled_from(range(len(claims))))
    chosen = claims[place]
    number = chosen.piece.number
    asked = sum(one.amount for one in claims if one.piece.number == number)
    more = chosen.amount + chosen.piece.total - asked + 1
    claims[place] = replace(chosen, amount=more)
    (over,) = pieces_above_amount(bills_of(pieces, claims))
    assert (over.amount, over.cost) == (1, chosen.piece.total)
    assert {over.who, *over.others} == {
        one.piece.piece for one in claims if one.piece.number == number
    }
    assert (chosen.claimant, more) in over.claims
