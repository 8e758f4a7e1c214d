"""The end of a scheme, and what takes over after it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from backoffice.engine.periods import Ints
from backoffice.engine.projection.facts import taken
from backoffice.engine.scenario.award_years import taken_years
from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.run import Run, run
from backoffice.engine.scenario.totals import totals_of
from tests.engine.projection.made import Made

MID_2027 = date(2027, 7, 1)


def _granted(done: Run, award: str) -> Ints:
    place = done.facts.names.awards.index(award)
    rows = np.flatnonzero(done.facts.years.award == place)
    return done.facts.years.granted[rows[np.argsort(done.facts.years.year[rows])]]


def test_a_scheme_that_stops_carries_no_hour_after_its_last_day(one: Made) -> None:
    done = run(one.facts, [Patch(1, "scheme", "s5", MID_2027, {"stop": True})])
    lines = done.book.slices
    mine = done.facts.names.awards.index("A5") == done.facts.years.award[lines.award]
    months = done.months.pay.month[lines.pay][mine]
    assert months.max() == 2027 * 12 + 5
    assert _granted(done, "A5").tolist() == [9_000_000, 4_500_000, 0]


def test_a_successor_takes_over_a_share_of_what_an_ended_scheme_granted(one: Made) -> None:
    years = one.facts.years
    kept = np.flatnonzero((years.award != 5) | (years.year < 2027))
    parts = taken(one.facts.parts, np.flatnonzero(one.facts.parts.year < 0))
    facts = replace(one.facts, years=taken_years(years, kept), parts=parts)
    facts = replace(facts, renewed=one.facts.renewed[kept], repeated=one.facts.repeated[:0])
    again = Patch(1, "scheme", "s5", date(2027, 1, 1), {"successor": Fraction(9, 10)})
    done = run(facts, [again])
    assert done.refused == ()
    assert _granted(done, "A5").tolist() == [9_000_000, 8_100_000, 8_100_000]
    paid = totals_of(done).paid_by_award(8)[5].reshape(3, 12).sum(axis=1)
    assert (paid > 0).all()


@pytest.mark.parametrize(
    ("ends", "from_day", "granted"),
    [
        (MID_2027, MID_2027, [9_000_000, 9_000_000, 9_000_000]),
        (MID_2027, date(2027, 10, 1), [9_000_000, 6_750_000, 9_000_000]),
        (date(2027, 1, 1), date(2027, 1, 1), [9_000_000, 9_000_000, 9_000_000]),
        (date(2027, 3, 15), date(2028, 1, 1), [9_000_000, 2_250_000, 9_000_000]),
        (date(2026, 1, 1), MID_2027, [0, 4_500_000, 9_000_000]),
    ],
)
def test_a_successor_of_a_scheme_that_a_former_change_ended_grants_its_last_whole_amount(
    one: Made, ends: date, from_day: date, granted: list[int]
) -> None:
    done = run(
        one.facts,
        [
            Patch(1, "scheme", "s5", ends, {"stop": True}),
            Patch(2, "scheme", "s5", from_day, {"successor": Fraction(1)}),
        ],
    )
    assert done.refused == ()
    assert _granted(done, "A5").tolist() == granted
    paid = totals_of(done).paid_by_award(8)[5].reshape(3, 12).sum(axis=1)
    assert ((paid > 0) == (np.array(granted) > 0)).all()


def test_a_share_of_a_successor_adds_to_what_the_ended_scheme_has_granted(one: Made) -> None:
    done = run(
        one.facts,
        [
            Patch(1, "scheme", "s5", MID_2027, {"stop": True}),
            Patch(2, "scheme", "s5", MID_2027, {"successor": Fraction(9, 10)}),
        ],
    )
    assert _granted(done, "A5").tolist() == [9_000_000, 8_550_000, 8_100_000]
