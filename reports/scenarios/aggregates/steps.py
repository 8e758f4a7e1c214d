"""Which changes an aggregate may show: those that move many services, none of them alone.

Two scenarios that differ by one change would tell what it does to whom it concerns. So each change
must itself move at least four employers, none of which bears more than 80 % of it; and be written
in figures that nobody can sweep (`general`).
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from backoffice.engine.periods import Ints
from backoffice.engine.projection.facts import Demands, Facts
from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.run import Run, run
from backoffice.engine.scenario.totals import Totals, totals_beside, totals_of
from reports.memorandum.disclosure import too_few
from reports.scenarios.aggregates.general import Published, few_only, refused

_MOST_STEPS = 200


@dataclass(frozen=True)
class Shown:
    """The changes that may be shown, and why the others are not.

    `narrow` are the figures, by how their codes begin, that one of the changes moves for a few
    employers only: nothing of what moves in them is shown.
    """

    patches: tuple[Patch, ...]
    refused: tuple[str, ...]
    narrow: tuple[str, ...]
    run: Run


@dataclass(frozen=True)
class _Step:
    """What stands once some changes are applied, the last of them kept or not.

    `run` is None where it is not at hand: one is made of `kept` for who needs it. A change that
    asks for posts alone moves no cost: `totals` stay.
    """

    kept: tuple[Patch, ...]
    demands: Demands
    totals: Totals
    run: Run | None
    refused: str = ""
    narrow: tuple[str, ...] = ()


class Walk:
    """The changes of scenarios on one baseline, decided once for all those that begin alike.

    A slider is a change at the end: only that one is run again.
    """

    def __init__(self, facts: Facts, base: Run, known: Published) -> None:
        self._facts, self._base, self._known = facts, base, known
        self._start = _Step((), facts.demands, totals_of(base), base)
        self._near: tuple[tuple[Patch, ...], Run] | None = None
        self._steps: OrderedDict[tuple[str, ...], _Step] = OrderedDict()

    def shown(self, patches: Sequence[Patch]) -> Shown:
        """Each change in its order, beside the former ones that may be shown."""
        steps, before = [], self._start
        for place in range(len(patches)):
            before = self._step(before, patches[: place + 1])
            steps.append(replace(before, run=None))
        done = self._run(before)
        return Shown(
            before.kept,
            tuple(one.refused for one in steps if one.refused),
            tuple(dict.fromkeys(code for one in steps for code in one.narrow)),
            done,
        )

    def _step(self, before: _Step, patches: Sequence[Patch]) -> _Step:
        key = tuple(map(_written, patches))
        step = self._steps.get(key) or self._decided(before, patches[-1])
        self._steps[key] = replace(step, run=None)
        if len(self._steps) > _MOST_STEPS:
            self._steps.popitem(last=False)
        return step

    def _decided(self, before: _Step, patch: Patch) -> _Step:
        """Whether a change may be shown, and what stands after it."""
        if why := refused(patch, before.kept, self._known):
            return replace(before, refused=why, narrow=())
        after = self._after(before, patch)
        moved = [*_moved(before.totals, after.totals), *_lacking(patch, before, after)]
        if any(map(too_few, moved)):
            return replace(before, refused=few_only(patch), narrow=())
        if patch.kind == "post" or after.run is None:
            return after
        return replace(after, narrow=tuple(_narrow(after.run, before.totals, after.totals)))

    def _after(self, before: _Step, patch: Patch) -> _Step:
        """One change more on the run of the former ones."""
        former, kept = self._run(before), (*before.kept, patch)
        more = run(former.facts, [patch], former)
        if more.since < former.since < former.facts.stop:
            done = run(self._facts, kept, self._base)
        else:
            done = _on(former, more)
        totals = before.totals if patch.kind == "post" else totals_beside(done, self._start.totals)
        return _Step(kept, done.facts.demands, totals, done)

    def _run(self, step: _Step) -> Run:
        """The run of what a step keeps; the last one made stays at hand for who moves a slider."""
        if step.run is not None:
            return step.run
        if self._near is None or self._near[0] != step.kept:
            self._near = step.kept, run(self._facts, step.kept, self._base)
        return self._near[1]


def _on(former: Run, more: Run) -> Run:
    """A run with one change more, which begins no earlier than those of the former run."""
    refused = (*former.refused, *more.refused)
    if more.since in {former.since, more.facts.stop}:
        return replace(more, since=former.since, before=former.before, refused=refused)
    stands = former.since == former.facts.stop
    return replace(more, before=None if stands else former, refused=refused)


def _written(patch: Patch) -> str:
    """A change, told apart from all others."""
    return repr((patch.number, patch.kind, patch.target, patch.since, sorted(patch.values.items())))


def _moved(old: Totals, new: Totals) -> Iterator[dict[int, int]]:
    """What each employer sees move: cost, FTE and own funds."""
    units = old.unit_employer
    yield _by(units, np.abs(new.cost - old.cost).sum(axis=1))
    yield _by(units, np.abs(new.fte - old.fte).sum(axis=1))
    yield _by(units, np.abs(new.own_funds - old.own_funds).sum(axis=1))


def _lacking(patch: Patch, before: _Step, after: _Step) -> Iterator[dict[int, int]]:
    """The FTE that each employer lacks, where a demand brings all up to a least.

    Posts asked for every service tell nothing of any: how many services there are is public.
    """
    if tells_of_contracts(patch):
        more, demands = len(before.demands), after.demands
        yield _by(demands.employer[more:], demands.fte[more:])


def tells_of_contracts(patch: Patch) -> bool:
    """Whether a demand depends on the posts that services have."""
    return patch.kind == "post" and "least" in patch.values


def _narrow(done: Run, old: Totals, new: Totals) -> Iterator[str]:
    """The figures that move for a few employers only: those of funders, and of invoices."""
    names = done.facts.names
    owner, size = names.award_employers, len(names.awards)
    paid = np.abs(new.paid_by_award(size) - old.paid_by_award(size)).sum(axis=1)
    other = np.abs(new.other_paid - old.other_paid).sum(axis=1)
    funders = np.array([names.funders[one] for one in names.award_schemes])
    for funder in np.unique(funders):
        if too_few(_by(owner, np.where(funders == funder, paid, 0))):
            yield "funded."
        if too_few(_by(owner, np.where(funders == funder, other, 0))):
            yield "invoices."


def _by(owner: Ints, values: Ints) -> dict[int, int]:
    found: dict[int, int] = {}
    for one, value in zip(owner.tolist(), values.tolist(), strict=True):
        found[one] = found.get(one, 0) + value
    return found
