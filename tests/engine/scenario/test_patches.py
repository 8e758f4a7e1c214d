"""What each kind of patch does to the figures, on one small employer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from backoffice.engine.periods import Ints, month_index
from backoffice.engine.projection.facts import taken
from backoffice.engine.projection.index_grid import Regime, grid_of
from backoffice.engine.scenario.compare import (
    posts_at_risk,
    sheet_of,
    tornado,
    units_of,
    winners,
)
from backoffice.engine.scenario.patch import Patch, Value
from backoffice.engine.scenario.patches import apply_patches
from backoffice.engine.scenario.patches.workers import worker_patch
from backoffice.engine.scenario.run import Run, run
from backoffice.engine.scenario.totals import totals_of
from tests.engine.projection.made import Made, made

JULY = date(2027, 7, 1)
Try = Callable[..., Run]


@pytest.fixture(scope="module")
def base(one: Made) -> Run:
    return run(one.facts)


@pytest.fixture
def tried(one: Made, base: Run) -> Try:
    """One patch on the baseline, that must not be refused."""

    def patched(kind: str, target: str, since: date = JULY, **values: Value) -> Run:
        done = run(one.facts, [Patch(1, kind, target, since, values)], base)
        assert done.refused == ()
        return done

    return patched


def test_half_the_hours_halve_the_gross_pay_from_that_month(tried: Try, base: Run) -> None:
    old, new = _gross(base), _gross(tried("worker", "W0", share=Fraction(1, 2)))
    assert new[17] == old[17]
    assert abs(2 * new[18] - old[18]) <= 2


@pytest.mark.parametrize(("hours", "then"), [((3040,), (1900,)), ((760, 2280), (475, 1425))])
def test_half_time_is_half_of_a_full_time_whatever_the_hours_were(
    one: Made, hours: tuple[int, ...], then: tuple[int, ...]
) -> None:
    lines = one.facts.contracts
    mine = np.flatnonzero(lines.worker == 0)[:1].repeat(len(hours))
    here = {name: getattr(lines, name)[mine] for name in lines.__dataclass_fields__}
    here |= {"hours": np.array(hours), "full_time": np.full(len(hours), 3800)}
    facts = replace(one.facts, contracts=replace(lines, **here))
    half = Patch(1, "worker", "W0", JULY, {"of_full_time": Fraction(1, 2)})
    found = worker_patch(facts, half)[0].contracts
    assert tuple(found.hours[found.start >= JULY.toordinal()].tolist()) == then


def test_a_scale_moves_the_pay_to_that_of_its_step(tried: Try, base: Run) -> None:
    new = _gross(tried("worker", "W0", scale="MADE", column="b"))
    assert new[17] == _gross(base)[17]
    assert new[18] > _gross(base)[18]


def test_a_contract_that_ends_costs_nothing_after(tried: Try) -> None:
    done = tried("worker", "W0", end=True)
    assert done.months.pay.month[done.months.pay.worker == 0].max() == 2027 * 12 + 5


def test_an_absence_is_not_paid_until_the_return(tried: Try) -> None:
    done = tried("worker", "W0", leave=date(2027, 9, 1))
    assert _gross(done)[18:20].tolist() == [0, 0]
    assert _gross(done)[20] > 0


def test_an_amount_from_july_counts_for_half_of_the_year(tried: Try, base: Run) -> None:
    done = tried("award", "A5", granted=200_000)
    assert _granted(base, "A5").tolist() == [9_000_000, 9_000_000, 9_000_000]
    assert _granted(done, "A5").tolist() == [9_000_000, 14_500_000, 20_000_000]


def test_a_yearly_index_counts_again_each_january(tried: Try) -> None:
    done = tried("award", "A5", date(2026, 1, 1), indexed_by=Fraction(2, 100))
    assert _granted(done, "A5").tolist() == [9_000_000, 9_180_000, 9_363_600]


def test_a_grant_indexed_as_pay_is_follows_each_event_from_its_month(tried: Try) -> None:
    done = tried("award", "A5", date(2027, 1, 1), indexed_by="r")
    march = 9_000_000 * (200 + 10 * 102) // 1200
    assert _granted(done, "A5").tolist()[:2] == [9_000_000, march]


def test_an_award_that_stops_pays_nothing_the_year_after(tried: Try) -> None:
    assert _granted(tried("award", "A5", stop=True), "A5").tolist() == [9_000_000, 4_500_000, 0]


def test_a_ceiling_moves_what_it_bounds_and_the_right_that_follows_from_it(
    tried: Try, base: Run
) -> None:
    done = tried("figure", "s0.ceiling", date(2028, 1, 1), factor=Fraction(1, 2))
    old, new = _granted(base, "A0"), _granted(done, "A0")
    assert new[:2].tolist() == old[:2].tolist()
    assert abs(2 * new[2] - old[2]) <= 1


def test_a_ceiling_indexed_as_pay_is_rises_from_the_month_of_each_event(
    tried: Try, base: Run
) -> None:
    done = tried("figure", "s0.ceiling", date(2027, 1, 1), indexed_by="r")
    rows = np.flatnonzero(done.facts.years.award == 0)
    amounts = done.facts.years.amount
    values = [
        Fraction(int(amounts.numerator[row, month]), int(amounts.denominator[row, month]))
        for row in rows
        for month in (0, 2)
    ]
    ceiling = Fraction(4_660_760, 100)
    assert values == [
        *(ceiling, ceiling, ceiling),
        *(
            ceiling * Fraction(102, 100),
            ceiling * Fraction(102, 100),
            ceiling * Fraction(10404, 10000),
        ),
    ]
    assert _granted(done, "A0")[0] == _granted(base, "A0")[0]
    assert _granted(done, "A0")[2] > _granted(base, "A0")[2]


def test_a_right_computed_again_without_a_change_is_the_same(tried: Try, base: Run) -> None:
    for code in ("s0.ceiling", "s3.premium_rate"):
        done = tried("figure", code, date(2026, 1, 1), factor=Fraction(1))
        assert done.facts.years.granted.tolist() == base.facts.years.granted.tolist()


def test_lower_contributions_lower_the_cost_of_each_month(tried: Try, base: Run) -> None:
    done = tried("figure", "employer.onss_category_2", set=Fraction(3, 10))
    onss = [one.months.pay.costs["employer_onss"][:24].tolist() for one in (base, done)]
    assert onss[0][:18] == onss[1][:18]
    assert all(new < old for old, new in zip(onss[0][18:], onss[1][18:], strict=True))


@pytest.mark.parametrize(
    ("values", "march_2028"),
    [
        ({"lag": 1}, "lower"),
        ({"skip": 2028}, "lower"),
        ({"capped_above": 1_000}, "lower"),
        ({"path": Fraction(3, 100)}, "same"),
    ],
)
def test_the_index_moves_pay_from_the_event_that_it_changes(
    tried: Try, base: Run, values: dict[str, Value], march_2028: str
) -> None:
    done = tried("index", "r", date(2028, 1, 1), **values)
    old, new = _gross(base), _gross(done)
    assert old[:26].tolist() == new[:26].tolist()
    assert {"lower": new[26] < old[26], "same": new[26] == old[26]}[march_2028]


def test_without_its_cap_an_event_raises_the_highest_pay_in_full(tried: Try, base: Run) -> None:
    top = _gross(base, 1), _gross(tried("index", "*", date(2027, 1, 1), full=True), 1)
    assert top[0][:14].tolist() == top[1][:14].tolist()
    assert (top[1] >= top[0]).all()


def test_an_index_of_grants_moves_what_they_admit_and_no_pay(tried: Try, base: Run) -> None:
    done = tried("index", "*", date(2027, 1, 1), lag=6, of="grants")
    assert _gross(done).tolist() == _gross(base).tolist()
    admissible = [one.funding.admissible[one.facts.years.award == 1].sum() for one in (base, done)]
    assert admissible[1] <= admissible[0]


def test_posts_asked_are_counted_in_fte_and_in_euros_once_a_cost_is_assumed(tried: Try) -> None:
    bare = totals_of(tried("post", "CASG", fte=Fraction(1, 2), per="antenna", function="social"))
    assert bare.demand_fte[:, -1].tolist() == [5_000]
    assert bare.demand_cost[:, -1].tolist() == [-1]
    priced = tried("post", "*", fte=1, cost=60_000, running=6_000, regime="r", funder="cocof")
    cost = totals_of(priced).demand_cost[0]
    assert cost[17] == 0
    assert cost[18] == 550_000
    assert cost[-1] == 561_000
    assert priced.facts.demands.funders == ("", "cocof")


def test_what_is_asked_stands_beside_the_cost_by_the_funder_who_is_asked(
    one: Made, base: Run
) -> None:
    day = date(2028, 1, 1)
    asked = [
        Patch(1, "post", "CASG", day, {"fte": 1, "cost": 60_000, "funder": "cocof"}),
        Patch(2, "post", "CASG", day, {"fte": Fraction(1, 2)}),
    ]
    done = run(one.facts, asked, base)
    totals = totals_of(done, base)
    sheet = sheet_of(done.facts, totals, units_of(done.facts, totals, "CASG"))
    assert sheet.asked["cocof"].tolist() == [0, 0, 6_000_000]
    assert sheet.asked[""].tolist() == [0, 0, 0]
    assert sheet.asked_fte.tolist() == [0, 0, 180_000]
    assert sheet.unpriced_fte.tolist() == [0, 0, 60_000]
    whole = totals_of(base)
    assert sheet.cost.sum() <= sheet_of(one.facts, whole).cost.sum()


def test_units_are_found_by_type_by_employer_and_by_the_one_that_absorbed_it() -> None:
    two = made(workers=2, awards=1, years=1, employers=2, seed=3)
    done = run(two.facts, [Patch(1, "merge", "E0", date(2026, 1, 1), {"into": "E1"})])
    totals = totals_of(done)
    assert len(units_of(two.facts, totals, "*")) == len(totals.cost)
    alone = units_of(two.facts, totals, "E1")
    assert set(totals.unit_employer[alone].tolist()) == {1}
    both = units_of(done.facts, totals, "E1")
    assert set(totals.unit_employer[both].tolist()) == {0, 1}
    assert set(totals.unit_approval[units_of(two.facts, totals, "CASG")].tolist()) == {0}


def test_a_minimum_asks_only_for_what_lacks(tried: Try) -> None:
    few = tried("post", "*", least=Fraction(1, 100), function="social").facts.demands
    assert len(few) == 0
    many = tried("post", "*", least=10, function="social").facts.demands
    assert 0 < many.fte[0] < 100_000


def test_contracts_of_an_odd_part_of_full_time_sum_exactly_to_the_post_they_hold(one: Made) -> None:
    lines = one.facts.contracts
    hours = np.array([2_500, 1_300], dtype=np.int64)
    lines = replace(
        taken(lines, np.arange(2)),
        hours=hours,
        full_time=np.full(2, 3_800, dtype=np.int64),
        function=np.zeros(2, dtype=np.int64),
        approval=np.zeros(2, dtype=np.int64),
        start=np.full(2, date(2020, 1, 1).toordinal(), dtype=np.int64),
    )
    facts = replace(one.facts, contracts=lines)
    word = facts.names.functions[0]

    def asked(least: Value) -> list[int]:
        patch = Patch(1, "post", "CASG", JULY, {"least": least, "function": word})
        done = run(facts, [patch])
        assert done.refused == ()
        return done.facts.demands.fte.tolist()

    assert asked(1) == []
    assert asked(Fraction(5, 3)) == [6_667]


def test_a_post_asked_in_the_middle_of_a_month_begins_with_the_next_one(tried: Try) -> None:
    done = totals_of(tried("post", "CASG", date(2027, 3, 20), fte=1, cost=60_000))
    assert done.demand_cost[0, 14:16].tolist() == [0, 500_000]


def test_a_rate_set_in_the_middle_of_a_month_begins_with_the_next_one(
    tried: Try, base: Run
) -> None:
    done = tried("figure", "s3.premium_rate", date(2027, 3, 31), set=0)
    rows = np.flatnonzero(done.facts.years.award == 3)
    old, new = (each.facts.years.rate.numerator[rows[1]] for each in (base, done))
    assert new[:3].tolist() == old[:3].tolist()
    assert new[3:].tolist() == [0] * 9
    assert old[:4].all()


def test_the_premium_of_who_leaves_moves_no_month_before_the_day(one: Made, base: Run) -> None:
    patch = Patch(1, "worker", "W0", JULY, {"end": True})
    done = run(one.facts, [patch], base)
    row = (done.months.pay.worker == 0) & (done.months.pay.month == JULY.year * 12 + 5)
    assert done.months.pay.costs["year_end"][row].sum() > 0
    old, new, free = totals_of(base), totals_of(done, base), totals_of(done)
    assert new.cost[:, :18].tolist() == old.cost[:, :18].tolist()
    assert new.cost[:, 12:24].sum() == free.cost[:, 12:24].sum()


def test_who_loses_an_award_bears_more_and_its_posts_are_at_risk(tried: Try, base: Run) -> None:
    done = tried("award", "A5", date(2027, 1, 1), stop=True)
    old, new = totals_of(base), totals_of(done, base)
    assert winners(old, new)[0][1:].min() > 0
    assert posts_at_risk(old, new)[:, 12:].sum() > 0
    assert posts_at_risk(old, new)[:, :12].sum() == 0
    sheet = sheet_of(done.facts, new)
    whole = sum(sheet.paid.values()) + sheet.own_funds
    assert whole.tolist() == sheet.cost.tolist()


def test_the_widest_lever_comes_first(one: Made, base: Run) -> None:
    def levered(target: str, factor: Fraction) -> list[Patch]:
        return [Patch(1, "award", target, date(2027, 1, 1), {"factor": factor})]

    levers = {
        target: (levered(target, Fraction(0)), levered(target, Fraction(1)))
        for target in ("A5", "*")
    }
    found = tornado(one.facts, base, levers)
    assert [swing.name for swing in found] == ["*", "A5"]
    assert found[0].width >= found[1].width > 0


def _gross(done: Run, worker: int = 0) -> Ints:
    return done.months.pay.costs["gross"][done.months.pay.worker == worker]


def _granted(done: Run, award: str) -> Ints:
    place = done.facts.names.awards.index(award)
    rows = np.flatnonzero(done.facts.years.award == place)
    return done.facts.years.granted[rows[np.argsort(done.facts.years.year[rows])]]


def test_no_post_is_asked_twice_of_the_same_service_and_function(one: Made) -> None:
    facts = replace(one.facts, contracts=taken(one.facts.contracts, np.arange(0)))

    def asked(*patches: tuple[str, str, Value, date]) -> int:
        rows = [
            Patch(number, "post", "CASG", day, {name: value, "function": function})
            for number, (name, function, value, day) in enumerate(patches, start=1)
        ]
        return int(run(facts, rows).facts.demands.fte.sum())

    least = ("least", "social", 3, JULY)
    assert asked(least) == 30_000
    assert asked(("fte", "social", Fraction(5, 4), JULY), least) == 30_000
    assert asked(("fte", "coordination", 1, JULY), least) == 40_000
    assert asked(("fte", "social", 4, JULY), least) == 40_000
    assert asked(("fte", "social", 1, date(2028, 1, 1)), least) == 40_000


def test_an_employer_with_two_services_asks_once_for_itself(one: Made) -> None:
    names = replace(
        one.facts.names,
        approvals=("S", "T"),
        approval_employers=np.zeros(2, dtype=np.int64),
        approval_kinds=("CASG", "CSS"),
        approval_antennas=np.ones(2, dtype=np.int64),
    )
    facts = replace(one.facts, names=names)
    for per, fte in (("employer", [20_000]), ("service", [20_000, 20_000])):
        patch = Patch(1, "post", "E0", JULY, {"fte": 2, "per": per})
        assert run(facts, [patch]).facts.demands.fte.tolist() == fte
    none = replace(names, approvals=(), approval_kinds=(), approval_employers=np.arange(0))
    alone = Patch(1, "post", "E0", JULY, {"fte": 2, "per": "employer"})
    assert apply_patches(replace(facts, names=none), [alone]).facts.demands.fte.tolist() == [20_000]


def test_another_path_of_the_index_replaces_the_former_one_from_its_day(one: Made) -> None:
    told = {"r": Regime((), month_index(date(2026, 12, 1)))}
    short = replace(one.facts, index=grid_of(told, one.facts.index.months, one.facts.index.step))
    low = Patch(1, "index", "r", date(2026, 1, 1), {"path": Fraction(1, 100)})
    high = Patch(2, "index", "r", date(2028, 1, 1), {"path": Fraction(3, 100)})
    (moves,) = run(short, [low, high]).facts.index.moves
    assert [(each.effective, each.rate) for each in moves] == [
        (date(2027, 1, 1), Fraction(1, 100)),
        (date(2028, 1, 1), Fraction(3, 100)),
    ]
