"""Which leads explain a difference: only a combination that is exact and the only one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from reports.tie_out.content import Line, Reason

MOST_COMBINED = 12


@dataclass(frozen=True)
class Lead:
    """What may explain a difference.

    One that moves an amount from one line to another has the same `transfer` on both; what its
    lines move adds up to nothing.
    """

    reason: Reason
    transfer: str = ""


def explained(asked: Sequence[tuple[Line, Sequence[Lead]]]) -> list[Line]:
    """Each line with the leads that explain what is left of it; others stay hints.

    A transfer holds only where every line that it touches needs it: an amount that is missing on
    one line and stands on no other is a difference, not a transfer.
    """
    one_sided: set[str] = set()
    while True:
        chosen = [
            explaining(
                line.unexplained or 0, [one for one in leads if one.transfer not in one_sided]
            )
            for line, leads in asked
        ]
        refused = _one_sided([line for line, _leads in asked], chosen)
        if not refused:
            break
        one_sided |= refused
    return [_with(line, leads, found) for (line, leads), found in zip(asked, chosen, strict=True)]


def explaining(difference: int, leads: Sequence[Lead]) -> tuple[Lead, ...]:
    """The leads whose sum is the difference, to the cent; none when it is not certain.

    The fewest leads win; two combinations of as few leave the difference unexplained. Beyond
    `MOST_COMBINED` leads, each alone and all together are tried.
    """
    if not difference:
        return ()
    count = len(leads)
    sizes = range(1, count + 1) if count <= MOST_COMBINED else (1, count)
    for size in sizes:
        found = [
            chosen
            for chosen in combinations(leads, size)
            if sum(lead.reason.amount for lead in chosen) == difference
        ]
        if found:
            return found[0] if len(found) == 1 else ()
    return ()


def _one_sided(lines: Sequence[Line], chosen: Sequence[tuple[Lead, ...]]) -> set[str]:
    """The transfers whose lines, debit positive, do not add up to nothing."""
    moved: dict[str, int] = {}
    for line, found in zip(lines, chosen, strict=True):
        for lead in found:
            cents = line.group.sign * lead.reason.amount
            moved[lead.transfer] = moved.get(lead.transfer, 0) + cents
    moved.pop("", None)
    return {transfer for transfer, cents in moved.items() if cents}


def _with(line: Line, leads: Sequence[Lead], found: Sequence[Lead]) -> Line:
    left = bool(line.unexplained) and not found
    return replace(
        line,
        reasons=(*line.reasons, *(lead.reason for lead in found)),
        hints=tuple(lead.reason for lead in leads) if left else (),
    )
