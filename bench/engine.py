"""The engine alone: settle random employers, against plain fractions and against floats."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.ledger import Ledger, settle
from bench.employers import EmployerYear, employer_year, with_crowded_posts
from bench.floats import settle_in_floats
from bench.table import Row
from bench.timing import fresh, peak_mb, timed
from tests.engine.claims.reference import reference_settle

YEARS = range(2021, 2026)
_ASKED, _PRODUCTS = 1_000, 1_000_000


def measure(*, quick: bool) -> Iterator[Row]:
    """Settling at the sizes asked, then the cents."""
    yield _sixty_months(200 if quick else 1_000, runs=3 if quick else 5)
    yield _crowded(200 if quick else 1_000, runs=3 if quick else 5)
    yield _many_small(10 if quick else 50)
    yield _large(10_000 if quick else 100_000)
    yield from _to_the_cent(seeds=2 if quick else 12)


def settled(year: EmployerYear) -> Ledger:
    """The ledger of one random employer-year."""
    return settle(year.pay, year.slices, year.awards, year.known)


def _sixty_months(workers: int, runs: int) -> Row:
    found = fresh("bench.engine:sixty_months", workers=workers, runs=runs)
    lines = found["lines"]
    return Row(
        f"engine, {workers:,} workers x 60 months x 8 awards",
        found["median"],
        found["spread"],
        target="< 1 s" if workers == _ASKED else "",
        alternative="the same split and bounds in floats (numpy), inexact",
        other=found["floats"],
        memory=f"{found['peak']:.0f} MB, {lines / found['median'] / 1e6:.2f} M lines/s",
    )


def sixty_months(workers: int, runs: int) -> dict[str, Any]:
    """Five exercises of one large employer, settled one after the other."""
    years = [employer_year(workers, 8, year) for year in YEARS]
    ours = timed(lambda: [settled(year) for year in years], runs)
    peak = peak_mb()
    floats = timed(lambda: [settle_in_floats(year) for year in years], runs)
    return {
        "median": ours.middle,
        "spread": ours.spread,
        "floats": floats.middle,
        "peak": peak,
        "lines": sum(len(year.slices) for year in years),
    }


def _crowded(workers: int, runs: int) -> Row:
    years = [with_crowded_posts(employer_year(workers, 8, year)) for year in YEARS]
    ours = timed(lambda: [settled(year) for year in years], runs)
    small = with_crowded_posts(employer_year(20, 8, YEARS[0]))
    plain = timed(
        lambda: reference_settle(small.pay, small.slices, small.awards, small.known), runs
    )
    return Row.of(
        f"engine, {workers:,} workers x 60 months, posts held beyond their FTE",
        ours,
        alternative="plain Fractions, row by row (20 workers x 12 months, scaled)",
        other=plain.middle * workers / 20 * len(YEARS),
    )


def _many_small(employers: int) -> Row:
    years = [employer_year(20, 8, year, seed) for seed in range(employers) for year in YEARS]
    ours = timed(lambda: [settled(year) for year in years], 3)
    sample = years[: max(len(years) // 10, 1)]
    plain = timed(lambda: [reference_settle(y.pay, y.slices, y.awards, y.known) for y in sample], 3)
    return Row.of(
        f"engine, {employers} employers x 20 workers x 5 years x 8 awards",
        ours,
        alternative="plain Fractions, row by row",
        other=plain.middle * len(years) / len(sample),
        memory=f"{ours.middle / len(years) * 1000:.1f} ms an employer-year",
    )


def _large(workers: int) -> Row:
    found = fresh("bench.engine:large", workers=workers)
    return Row(
        f"engine, {workers:,} workers x 12 months x 5 awards (1 run)",
        found["seconds"],
        target="reported, within 24 GiB",
        alternative="the same in floats (numpy), inexact",
        other=found["floats"],
        memory=f"{found['peak']:.0f} MB, {found['lines'] / found['seconds'] / 1e6:.2f} M lines/s",
    )


def large(workers: int) -> dict[str, Any]:
    """One exercise of one employer far larger than any of ours."""
    year = employer_year(workers, 5, YEARS[-1])
    ours = timed(lambda: settled(year), 1)
    peak = peak_mb()
    floats = timed(lambda: settle_in_floats(year), 1)
    return {
        "seconds": ours.middle,
        "floats": floats.middle,
        "peak": peak,
        "lines": len(year.slices),
    }


def _to_the_cent(seeds: int) -> Iterator[Row]:
    """Cents of difference with the fractions, amount by amount and month by month."""
    amounts = months = away = 0
    bounds = wrong = splits = apart = 0
    for seed in range(seeds):
        year = employer_year(20, 8, YEARS[seed % len(YEARS)], seed)
        ledger = settled(year)
        plain = reference_settle(year.pay, year.slices, year.awards, year.known)
        for claim in ledger.claims:
            ours = (claim.presented, claim.admissible, claim.payable)
            pairs = list(zip(ours, plain.claims[claim.award.key], strict=True))
            amounts += len(pairs)
            away += sum(abs((mine or 0) - (theirs or 0)) for mine, theirs in pairs)
            away += sum((mine is None) != (theirs is None) for mine, theirs in pairs)
        months += len(plain.own_funds)
        away += int(np.abs(ledger.own_funds - np.array(plain.own_funds)).sum())
        found = *_float_faults(year, ledger), *_float_splits(year)
        bounds, wrong, splits, apart = map(
            sum, zip((bounds, wrong, splits, apart), found, strict=True)
        )
    yield Row(
        "engine against plain Fractions",
        note=f"{away} cents away",
        target="0",
        alternative=f"over {amounts} amounts and {months:,} worker-months",
    )
    yield Row(
        "floats: products and bounds with another cent",
        note=f"{_float_products()} and {wrong}",
        alternative=f"of {_PRODUCTS:,} amounts x a rate, and {bounds:,} bounds per FTE",
    )
    yield Row(
        "floats, part by part: months that do not sum",
        note=f"{apart:,} months",
        alternative=f"of {splits:,} worker-months fully shared",
    )


def _float_faults(year: EmployerYear, ledger: Ledger) -> tuple[int, int]:
    """Bounds per FTE compared, and those where floats give another cent."""
    floats, seen, wrong = settle_in_floats(year), 0, 0
    for claim in ledger.claims:
        theirs = floats[claim.award.index]
        if not theirs.bounds:
            continue
        key = year.slices.post if claim.award.bound == "post_year" else year.slices.pay
        ours = dict(
            zip(key[claim.rows].tolist(), claim.staff["group_bound"].values.tolist(), strict=True)
        )
        seen += len(ours)
        wrong += sum(round(theirs.bounds[name] * 100) != cents for name, cents in ours.items())
    return seen, wrong


def _float_splits(year: EmployerYear) -> tuple[int, int]:
    """Months wholly shared, and those whose parts rounded in floats do not sum to their cost."""
    pay, slices = year.pay, year.slices
    shared = np.zeros(len(pay), dtype=np.int64)
    np.add.at(shared, slices.pay, slices.weights)
    sums = np.zeros(len(pay))
    cost = np.sum(list(pay.costs.values()), axis=0)
    rate = slices.weights / np.maximum(shared, 1)[slices.pay]
    np.add.at(sums, slices.pay, np.round(cost[slices.pay] / 100 * rate, 2))
    return len(pay), int((np.rint(sums * 100).astype(np.int64) != cost).sum())


def _float_products() -> int:
    """Amounts times a rate of four decimals that floats round to another cent."""
    draw = np.random.default_rng(7)
    cents = draw.integers(1, 1_000_000, _PRODUCTS)
    rate = draw.integers(1, 20_000, _PRODUCTS)
    exact = money.times(cents, rate, 10_000)
    return int((np.rint(np.round(cents / 100 * (rate / 10_000), 2) * 100) != exact).sum())
