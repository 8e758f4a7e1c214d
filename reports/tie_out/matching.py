"""Which leads explain a difference: only a combination that is exact and the only one."""

from collections.abc import Sequence
from itertools import combinations

from reports.tie_out.content import Reason

MOST_COMBINED = 12


def explaining(difference: int, leads: Sequence[Reason]) -> tuple[Reason, ...]:
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
            if sum(lead.amount for lead in chosen) == difference
        ]
        if found:
            return found[0] if len(found) == 1 else ()
    return ()
