"""The best allocation of a year of a scenario: read-only, its amounts as sure as the projection."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from backoffice.engine.optimum.bottlenecks import bottlenecks
from backoffice.engine.optimum.plan import Best, Plan, best_of, changes_of
from backoffice.engine.optimum.projected import Projected, lay_out
from backoffice.engine.optimum.run_year import Key, RunYear, run_year
from backoffice.engine.periods import Ints
from backoffice.engine.projection.facts import ASSUMPTION
from backoffice.engine.scenario.run import Run
from reports.grid.answers import places_of
from reports.grid.locks import locks_of
from reports.optimum.candidates import Candidates, candidates_of
from reports.optimum.certified import Barred, Certified, Change, changes, own_funds, shares_of
from reports.optimum.solving import solve
from reports.scenarios.comparing import Baseline
from reports.scenarios.figures import DOUBTS, MISSING
from reports.sent import sent_by

_MONTHS = 12


@dataclass(frozen=True)
class Move:
    """A worker over months in a row, charged otherwise; `gain` in cents, given the moves above."""

    number: str
    name: str
    first: int
    last: int
    changes: tuple[Change, ...]
    gain: int


@dataclass(frozen=True)
class Forecast(Certified):
    """The proposal of a projected year.

    Attributes:
        moves: what changes, in the order in which the gains are told.
        doubt: how sure the amounts of the year are, a word of `DOUBTS`; `doubts` of each award.
        squeezed: worker-months whose hours exceed the contract under the scenario alone.
        carried: cents that the awards which may change pay in the comparison, where those hours
            stay as they are.
        known_until: the first month without real pay.
        obstacles: what bars each cell, empty for nothing.
    """

    moves: tuple[Move, ...]
    doubt: str
    doubts: tuple[str, ...]
    squeezed: int
    carried: int
    known_until: int
    candidates: Candidates
    obstacles: tuple[str, ...]

    def barred(self, cell: int) -> Barred:
        cells, pay = self.question.cells, self.question.book.pay
        worker = self.candidates.workers[int(pay.worker[cells.pay[cell]])]
        return Barred(worker.number, self.codes[int(cells.post[cell])], self.obstacles[cell])


def forecast_of(base: Baseline, run: Run, year: int) -> Forecast:
    """The best allocation of a year of the horizon under a scenario.

    Args:
        base: what stands today.
        run: of the scenario on it, or of the baseline itself.
        year: civil year of the horizon.
    """
    now = run_year(run, year)
    locked, sent = _settled_already(base, year)
    projected = lay_out(now, run_year(base.run, year), locked, sent)
    candidates = candidates_of(base, now, year)
    obstacles = _obstacles(projected, candidates)
    barred = np.array([bool(one) for one in obstacles], dtype=np.bool_)
    question = projected.question(barred)
    best = best_of(question, solve)
    before, after = best.today.funding, best.plan.funding
    names, awards = now.facts.names, question.years.award.tolist()
    codes = tuple(post.code for post in candidates.posts)
    rows = np.flatnonzero(run.facts.years.year == year)
    doubts = tuple(_doubts(projected.year, best))
    return Forecast(
        question=question,
        awards=shares_of(
            question,
            [(names.awards[one], names.award_labels[one]) for one in awards],
            before,
            after,
        ),
        codes=codes,
        granted=int(question.years.granted[question.open].sum()),
        today=best.today.payable,
        proposed=best.plan.payable,
        bound=best.proof.bound,
        cost_lines=len(best.plan.lines),
        own_funds=own_funds(before, after),
        frozen=len(projected.frozen),
        bottlenecks=tuple(bottlenecks(best)),
        moves=tuple(_moves(best, candidates, codes)),
        doubt=DOUBTS[max((_cost_doubt(projected.year), *doubts))],
        doubts=tuple(DOUBTS[one] for one in doubts),
        squeezed=len(projected.squeezed),
        carried=int(run.funding.payable[rows[question.open]].sum()),
        known_until=int(now.facts.known_until.max(initial=now.facts.first)),
        candidates=candidates,
        obstacles=obstacles,
    )


def _settled_already(base: Baseline, year: int) -> tuple[list[int], set[Key]]:
    """Awards (by index) that a justification locks, worker-months that a sent version asks."""
    names, locked, sent = base.facts.names, list[int](), set[Key]()
    owners = base.facts.worker_employer.tolist()
    worker = {key: place for place, key in enumerate(zip(owners, names.workers, strict=True))}
    award_owners = names.award_employers.tolist()
    for employer, organisation in enumerate(base.scope.organisations):
        pks = set(locks_of(organisation, year))
        rows = organisation.awards.filter(pk__in=pks).values_list("reference", flat=True)
        references = {(employer, reference) for reference in rows}
        locked += [
            place
            for place, key in enumerate(zip(award_owners, names.awards, strict=True))
            if key in references
        ]
        if sent_by(organisation, base.horizon.as_of, year):
            clashes = places_of(organisation, year, base.horizon.as_of).clashes
            sent |= {(worker[employer, number], month) for number, month in clashes}
    return locked, sent


def _obstacles(projected: Projected, candidates: Candidates) -> tuple[str, ...]:
    """What keeps the worker of each cell off its post on one of its days, if anything."""
    laid = projected.laid
    found = [""] * len(laid.first)
    owner, post = laid.owner.tolist(), laid.lines.post.tolist()
    for place, contract in enumerate(projected.contract.tolist()):
        cell = owner[place]
        found[cell] = found[cell] or candidates.obstacle(contract, post[place])
    return tuple(found)


def _moves(best: Best, candidates: Candidates, codes: Sequence[str]) -> Iterator[Move]:
    """What changes, each settled on top of those before it."""
    plan, question = best.today, best.plan.question
    awards = [candidates.awards[award] for award in question.years.award.tolist()]
    for cells in changes_of(best.plan):
        now = plan.with_steps(cells, best.plan.steps[cells])
        worker = candidates.workers[_worker(best.plan, cells)]
        months = question.month[cells]
        yield Move(
            number=worker.number,
            name=worker.name,
            first=int(months.min()),
            last=int(months.max()),
            changes=tuple(changes(best.plan, cells.tolist(), awards, codes)),
            gain=now.payable - plan.payable,
        )
        plan = now


def _worker(plan: Plan, cells: Ints) -> int:
    cell = int(cells[0])
    return int(plan.question.book.pay.worker[plan.question.cells.pay[cell]])


def _doubts(year: RunYear, best: Best) -> Iterator[int]:
    """How sure what each award-year pays is: its terms, and the months that it pays."""
    for place, renewed in enumerate(year.facts.renewed.tolist()):
        plans = best.today.lines, best.plan.lines
        pay = np.concatenate([lines.pay[lines.award == place] for lines in plans])
        if int(best.plan.funding.payable[place]) < 0:
            yield MISSING
        else:
            yield max(ASSUMPTION if renewed else 0, _doubt(year, pay))


def _cost_doubt(year: RunYear) -> int:
    return _doubt(year, np.arange(len(year.status)))


def _doubt(year: RunYear, pay: Ints) -> int:
    """The worst status of some worker-months, or that a part of their cost is unknown."""
    if year.incomplete[pay].any():
        return MISSING
    return int(year.status[pay].max(initial=0))
