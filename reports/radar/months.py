"""Worker-months claimed above their cost, and hours that carry two awards."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.engine.periods import days_in_month, month_start
from backoffice.engine.radar import at_stake, excesses, overlaps
from backoffice.web.templatetags.labels import cited
from grants.scheme import schemes
from grants.stacking import TONES, Stack, stack_between
from reports.radar.claimed import StaffClaim
from reports.radar.content import Claimant, Finding
from reports.radar.table import ints, table_of

Cell = tuple[str, int]


def stack_of(claimants: Sequence[Claimant], month: int) -> Stack:
    """The strictest answer between any two of the claimants; one alone is against itself."""
    pairs = list(combinations(claimants, 2)) or [(claimants[0], claimants[0])]
    found = [
        stack_between(schemes()[one.scheme], schemes()[other.scheme], month_start(month))
        for one, other in pairs
    ]
    return max(found, key=lambda stack: TONES.index(stack.tone))


def months_of(
    claims: Sequence[StaffClaim], room: Mapping[Cell, int], contract: Mapping[Cell, int]
) -> Iterator[Finding]:
    """What is found of worker-months, each euro once: see the two functions below.

    What must leave a month anyway is no longer at stake for its hours; where nothing more is, the
    hours are told on the line of the month.
    """
    above = {(one.who, one.month): one for one in months_above_cost(claims, room)}
    for one in shared_hours(claims, contract):
        over = above.get((one.who, one.month))
        if over is None or not _who(one) <= _who(over) or one.amount is None or over.amount is None:
            yield one
        elif one.amount > over.amount:
            yield replace(one, amount=one.amount - over.amount)
        else:
            hours = [told for told in (over.hours, one.hours) if told is not None]
            above[one.who, one.month] = replace(over, hours=max(hours, default=None))
    yield from above.values()


def _who(finding: Finding) -> set[Claimant]:
    return {claimant for claimant, _amount in finding.claims}


def months_above_cost(claims: Sequence[StaffClaim], room: Mapping[Cell, int]) -> Iterator[Finding]:
    """Worker-months that awards pay together above what they cost.

    A month that is no longer in the pay costs nothing: all that is claimed of it is above.

    Args:
        claims: those of every award; an unknown amount claims nothing yet.
        room: cents that awards may pay together, by worker and month.
    """
    rows = [
        ((claim.worker, claim.month), claim.claimant, claim.amount)
        for claim in claims
        if claim.amount is not None
    ]
    cells = sorted({*room, *(cell for cell, _claimant, _amount in rows)})
    table = table_of(cells, rows)
    sizes = ints([room.get(cell, 0) for cell in cells])
    for over in excesses(sizes, table.claims):
        cell = worker, month = cells[over.cell]
        named = table.named(over)
        stack = stack_of([claimant for claimant, _amount in named], month)
        yield Finding(
            kind="month",
            tone="forbidden",
            who=worker,
            month=month,
            claims=named,
            amount=over.excess,
            cost=room.get(cell, 0),
            article=euro_once(named, stack) if cell in room else str(_("Mois absent de la paie.")),
            status=stack.status,
        )


def euro_once(named: Sequence[tuple[Claimant, int | None]], stack: Stack) -> str:
    """Why a cell that is claimed above itself is forbidden."""
    if len(named) == 1:
        return str(_("Une subvention ne paie pas plus que le coût."))
    return str(_("Un même euro ne se demande qu'une fois. %s") % cited(stack.article)).strip()


def shared_hours(claims: Sequence[StaffClaim], contract: Mapping[Cell, int]) -> Iterator[Finding]:
    """Hours that carry two awards, with the word of the stacking rules.

    Args:
        claims: those of every award, whether their amount is known or not.
        contract: hours x days (hundredths) of each worker-month; where the pay no longer holds the
            month, the award that carries the most hours stands for the contract.
    """
    cells = sorted({(claim.worker, claim.month) for claim in claims})
    carried: dict[tuple[Cell, Claimant], int] = {}
    paid: dict[tuple[Cell, Claimant], int | None] = {}
    for claim in claims:
        key = (claim.worker, claim.month), claim.claimant
        carried[key] = carried.get(key, 0) + claim.hours
        before = paid.get(key, 0)
        paid[key] = None if claim.amount is None or before is None else before + claim.amount
    most: dict[Cell, int] = {}
    for (cell, _claimant), hours in carried.items():
        most[cell] = max(most.get(cell, 0), hours)
    sizes = ints([contract.get(cell, most[cell]) for cell in cells])
    table = table_of(cells, [(cell, who, hours) for (cell, who), hours in carried.items()])
    for one in overlaps(sizes, table.claims):
        cell = cells[one.cell]
        claimants = [table.claimants[index] for index in one.claimants]
        amounts = [paid[cell, claimant] for claimant in claimants]
        stack = stack_of(claimants, cell[1])
        known = [amount for amount in amounts if amount is not None]
        yield Finding(
            kind="hours",
            tone=stack.tone,
            who=cell[0],
            month=cell[1],
            claims=tuple(zip(claimants, amounts, strict=True)),
            amount=at_stake(one, known) if len(known) == len(amounts) else None,
            cost=None,
            article=stack.article,
            status=stack.status,
            hours=money.round_ratio(one.shared, days_in_month(cell[1])),
        )
