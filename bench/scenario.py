"""A horizon projected and settled in one batch, against `settle` one employer-year after another.

The alternative settles the same claims with the same result; it does not project the cost, which
ours does in the time that is shown.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from backoffice.engine.claims.ledger import settle
from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.run import Run, run
from backoffice.engine.scenario.totals import totals_of
from bench.table import Row
from bench.timing import Timing, fresh, peak_mb, timed
from reports.scenarios.aggregates.steps import Walk
from reports.scenarios.aggregates.view import aggregated_by, walk_of
from reports.scenarios.assumed import NONE_ASSUMED
from reports.scenarios.comparing import EVERYONE
from reports.scenarios.scenario import Change, Scenario
from tests.engine.projection.by_year import employer_year
from tests.engine.projection.made import FIRST_YEAR, Made, made
from tests.reports.scenarios.beside import beside

_ALTERNATIVE = "`settle`, employer by employer and year by year"
_DAY = date(FIRST_YEAR + 1, 1, 1)
_MEMBERS, _WORKERS = 40, 1_000


def measure(*, quick: bool) -> Iterator[Row]:
    """The sizes asked, then a lever that moves on each of them."""
    yield from _service(runs=5 if quick else 15)
    yield from _federation(employers=10 if quick else _MEMBERS, runs=1 if quick else 3)
    yield _large(workers=100 if quick else _WORKERS, runs=2 if quick else 3)
    yield _huge(workers=2_000 if quick else 100_000)
    yield _to_the_cent(employers=2 if quick else 10)


def library() -> list[list[Patch]]:
    """As many scenarios as the library holds, of every kind, on the invented awards."""
    whole = Fraction(1)
    asked: list[tuple[str, str, Any]] = [
        *(("post", "*", {"fte": Fraction(n, 2), "cost": 70_000}) for n in range(1, 9)),
        ("scheme", "s2", {"stop": True}),
        *(
            ("figure", "s3.premium_rate", {"set": whole}),
            ("figure", "s0.ceiling", {"freeze": True}),
        ),
        *(("index", "*", {"lag": n, "of": "grants"}) for n in (1, 2, 3)),
        *(("index", "*", {"skip": 2028}), ("index", "*", {"full": True})),
        *(("index", "*", {"capped_above": n}) for n in (3_000, 3_500)),
        *(("award", "*", {"factor": Fraction(n, 100)}) for n in (95, 98, 102, 110)),
        *(("award", "*", {"indexed_by": regime}) for regime in ("r", Fraction(2, 100))),
        *(("worker", "E0/W0", {"share": Fraction(1, 2)}), ("pay_date", "*", {"delay_days": 90})),
    ]
    single = [[Patch(1, kind, target, _DAY, values)] for kind, target, values in asked]
    together = [replace(one[0], number=n) for n, one in enumerate(single, 1)]
    return [*single, together]


def _service(runs: int) -> Iterator[Row]:
    one = made(workers=20, awards=8, years=5)
    done = run(one.facts)
    yield Row.of(
        "scenario, one service, 20 workers x 60 months x 8 awards",
        timed(lambda: run(one.facts), runs),
        target="< 50 ms",
        alternative=_ALTERNATIVE,
        other=_settled(one, done, runs).middle,
    )
    patch = Patch(1, "award", "*", _DAY, {"factor": Fraction(98, 100)})
    yield Row.of(
        "scenario, one service: a lever on every award, with totals",
        timed(lambda: totals_of(run(one.facts, [patch], done), done), runs),
        target="< 200 ms",
        alternative="the run from nothing",
        other=timed(lambda: run(one.facts, [patch]), runs).middle,
    )


def _federation(employers: int, runs: int) -> Iterator[Row]:
    one = made(workers=12, awards=8, years=5, employers=employers, each=2)
    done, scenarios = run(one.facts), library()
    apart, asked = _settled(one, done, 1).middle, employers == _MEMBERS
    yield Row.of(
        f"scenario, {employers} organisations x 60 months: {len(scenarios)} scenarios, baseline",
        timed(lambda: _all(one, scenarios), runs),
        target="< 5 s" if asked else "",
        alternative=f"{_ALTERNATIVE} (one scenario, times {len(scenarios) + 1})",
        other=apart * (len(scenarios) + 1),
    )
    patch = Patch(1, "index", "*", _DAY, {"lag": 2})
    yield Row.of(
        f"scenario, {employers} organisations: a lever on the index, with totals",
        timed(lambda: _totals(one, [patch], done), max(runs, 3)),
        target="< 1 s" if asked else "",
        alternative=_ALTERNATIVE,
        other=apart,
    )
    yield _aggregated(one, max(runs, 3), asked=asked)


def _aggregated(one: Made, runs: int, *, asked: bool) -> Row:
    """What the federation reads, small cells hidden, once a lever moves after other changes."""
    base = beside(one.facts)
    since = date(FIRST_YEAR + 1, 1, 1)
    before = Change(1, "award", "*", since, {"factor": Fraction(98, 100)})
    late = iter(range(1, 120))
    walk = walk_of(base)
    targets = (EVERYONE, *sorted(set(one.facts.names.approval_kinds)))

    def moved(walk: Walk | None) -> None:
        lever = Change(2, "index", "*", since, {"lag": next(late), "of": "grants"})
        aggregated_by(base, Scenario("x", (before, lever)), NONE_ASSUMED, targets, walk)

    moved(walk)
    return Row.of(
        f"scenario, {len(one.facts.names.employers)} organisations: a lever, as the federation "
        "reads it",
        timed(lambda: moved(walk), runs),
        target="< 1 s" if asked else "",
        alternative="every change decided again",
        other=timed(lambda: moved(None), runs).middle,
    )


def _all(one: Made, scenarios: list[list[Patch]]) -> None:
    base = run(one.facts)
    for patches in scenarios:
        _totals(one, patches, base)


def _totals(one: Made, patches: list[Patch], base: Run) -> None:
    totals_of(run(one.facts, patches, base), base)


def _large(workers: int, runs: int) -> Row:
    found = fresh("bench.scenario:large", workers=workers, runs=runs)
    return Row(
        f"scenario, {workers:,} workers x 60 months x 8 awards",
        found["median"],
        found["spread"],
        target="< 1 s" if workers == _WORKERS else "",
        alternative=_ALTERNATIVE,
        other=found["settle"],
        memory=f"{found['peak']:.0f} MB, {found['lines'] / found['median'] / 1e6:.2f} M lines/s",
    )


def large(workers: int, runs: int) -> dict[str, Any]:
    """One employer whose every worker stands on each award."""
    one = made(workers=workers, awards=8, years=5)
    ours = timed(lambda: run(one.facts), runs)
    peak = peak_mb()
    done = run(one.facts)
    return {
        "median": ours.middle,
        "spread": ours.spread,
        "peak": peak,
        "lines": len(done.book.slices),
        "settle": _settled(one, done, 1).middle,
    }


def _huge(workers: int) -> Row:
    found = fresh("bench.scenario:huge", workers=workers, book=min(workers, 2_000))
    return Row(
        f"scenario, {workers:,} workers x 120 months, book by book (1 run)",
        found["seconds"],
        target="reported, linear in workers",
        alternative=f"{_ALTERNATIVE} (one book, scaled)",
        other=found["settle"],
        memory=f"{found['peak']:.0f} MB; {found['first']:.2f} s the first book, "
        f"{found['last']:.2f} s the last of {found['books']}",
    )


def huge(workers: int, book: int) -> dict[str, Any]:
    """Books of a hundred employers each, one after the other: memory is that of one book."""
    each = 20
    one = made(workers=each, awards=8, years=10, employers=book // each, each=1)
    seconds = [timed(lambda: run(one.facts), 1).middle for _ in range(workers // book)]
    peak = peak_mb()
    apart = _settled(one, run(one.facts), 1).middle
    return {
        "seconds": sum(seconds),
        "first": seconds[0],
        "last": seconds[-1],
        "books": len(seconds),
        "peak": peak,
        "settle": apart * len(seconds),
    }


def _to_the_cent(employers: int) -> Row:
    """What each award pays, by the batch and by `settle`."""
    one = made(workers=6, awards=8, years=5, employers=employers, seed=3)
    done = run(one.facts)
    away = amounts = 0
    for employer in range(employers):
        for year in range(FIRST_YEAR, FIRST_YEAR + 5):
            asked = employer_year(one, done, employer, year)
            for claim in settle(*asked.arguments).claims:
                ours = int(done.funding.payable[asked.rows[claim.award.index]])
                theirs = -1 if claim.payable is None else claim.payable
                amounts, away = amounts + 1, away + abs(ours - theirs)
    return Row(
        "scenario against `settle`",
        note=f"{away} cents away",
        target="0",
        alternative=f"over {amounts} award-years",
    )


def _settled(one: Made, done: Run, runs: int) -> Timing:
    """The same claims by `settle`; reading them back from the run is not counted."""
    years = range(FIRST_YEAR, done.facts.stop // 12)
    employers = range(len(one.facts.names.employers))
    asked = [employer_year(one, done, employer, year) for employer in employers for year in years]
    return timed(lambda: [settle(*each.arguments) for each in asked], runs)
