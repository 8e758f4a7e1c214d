"""What is asked of two employers that a merger has made one."""

from datetime import date
from fractions import Fraction

import numpy as np

from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.run import run
from tests.engine.projection.made import made

FACTS = made(workers=3, awards=8, years=3, employers=2, seed=8).facts
BASE = run(FACTS)
MERGED, LATER, EARLIER = date(2027, 1, 1), date(2027, 7, 1), date(2026, 7, 1)
MERGE = Patch(1, "merge", "E0", MERGED, {"into": "E1"})


def asked(day: date, number: str, **values: object) -> list[tuple[int, int]]:
    """Employer and ten-thousandths of FTE of the posts asked of an employer, after the merger."""
    post = Patch(2, "post", number, day, {"per": "employer", **values})
    done = run(FACTS, [MERGE, post], BASE)
    assert done.refused == ()
    demands = done.facts.demands
    return list(zip(demands.employer.tolist(), demands.fte.tolist(), strict=True))


def test_what_is_asked_of_either_is_asked_of_the_one_that_stays() -> None:
    assert asked(LATER, "E0", fte=1) == asked(LATER, "E1", fte=1) == [(1, 10_000)]
    assert asked(EARLIER, "E0", fte=1) == [(0, 10_000)]


def test_a_least_counts_the_contracts_of_both() -> None:
    lines, day = FACTS.contracts, LATER.toordinal()
    here = (lines.start <= day) & (lines.stop > day)
    both = sum(
        (
            Fraction(int(a), int(b))
            for a, b in zip(lines.hours[here], lines.full_time[here], strict=True)
        ),
        Fraction(0),
    )
    [(employer, lacking)] = asked(LATER, "E0", least=20)
    assert employer == 1
    assert abs(lacking - (20 - both) * 10_000) <= 1
    alone = here & (lines.employer == 0)
    assert np.count_nonzero(alone) < np.count_nonzero(here)
    [(_employer, more)] = asked(EARLIER, "E0", least=20)
    assert more > lacking
