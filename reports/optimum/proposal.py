"""The best allocation as lines that somebody may accept one by one, and its amounts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from backoffice.engine.optimum.bottlenecks import bottlenecks
from backoffice.engine.optimum.plan import Best, Plan, best_of, changes_of
from backoffice.engine.scenario.funding import Funding, fund
from reports.grid.cell_text import HOURS, PERCENT, hours_text
from reports.grid.drafting import Draft, Edit, draft_of, refusals
from reports.grid.places import Places
from reports.optimum.certified import (
    Barred,
    Certified,
    Change,
    changes,
    in_hours,
    own_funds,
    shares_of,
)
from reports.optimum.reading import Asked, asked_of
from reports.optimum.solving import solve

_MONTHS = range(1, 13)


@dataclass(frozen=True)
class Line:
    """A worker over months in a row, charged otherwise.

    `gain` is what the awards pay more for it, in cents, once the lines above it are accepted.
    """

    number: str
    name: str
    first: int
    last: int
    changes: tuple[Change, ...]
    edits: tuple[Edit, ...]
    gain: int

    @property
    def value(self) -> str:
        """The line as a page sends it back: each cell with its new content."""
        return "|".join(
            f"{one.worker}:{one.post}:{one.number}:{one.unit}:{one.text}" for one in self.edits
        )


@dataclass(frozen=True)
class Proposal(Certified):
    """The proposal of a recorded year, as lines to accept."""

    lines: tuple[Line, ...]
    asked: Asked

    @property
    def places(self) -> Places:
        return self.asked.places

    def barred(self, cell: int) -> Barred:
        source = self.asked.source[cell].assignment
        worker = self.places.workers[source.worker_id]
        return Barred(worker.number, source.post.code, self.asked.obstacle[cell])


@dataclass(frozen=True)
class _Settled:
    """A draft of the year settled as the justification would be; `payable` of what may change."""

    asked: Asked
    draft: Draft

    @cached_property
    def funding(self) -> Funding:
        book = self.asked.question.book
        return fund(replace(book, slices=self.draft.places.facts.slices, shares=None))

    @property
    def payable(self) -> int:
        return int(self.funding.payable[self.asked.question.open].sum())


def proposal_of(places: Places) -> Proposal:
    """The best allocation of a year as it is saved."""
    asked = asked_of(places)
    best = best_of(asked.question, solve)
    lines, last = _lines(asked, best.plan)
    return _proposal(asked, best, lines, last)


def settled_with(places: Places, asked: Asked, edits: Sequence[Edit]) -> int:
    """Cents that the awards which may change would pay with some of the lines."""
    return _Settled(asked, draft_of(places, edits)).payable


def _lines(asked: Asked, plan: Plan) -> tuple[tuple[Line, ...], _Settled]:
    """The lines that the grid would save, each settled on top of those before it."""
    places, edits, found = asked.places, tuple[Edit, ...](), list[Line]()
    last = _Settled(asked, draft_of(places, ()))
    for cells in changes_of(plan):
        mine = tuple(_edit(asked, plan, cell) for cell in cells.tolist())
        now = _Settled(asked, draft_of(places, (*edits, *mine)))
        if now.draft.problems or any(refusals(places, now.draft)):
            continue
        gain = now.payable - last.payable
        found.append(_line(asked, plan, cells.tolist(), mine, gain))
        edits, last = (*edits, *mine), now
    return tuple(found), last


def _edit(asked: Asked, plan: Plan, cell: int) -> Edit:
    """A cell of the grid with what the plan puts there."""
    source, steps = asked.source[cell].assignment, int(plan.steps[cell])
    month = int(plan.question.month[cell]) % 12 + 1
    unit = HOURS if in_hours(plan, cell) else PERCENT
    text = hours_text(steps) if steps else ""
    return Edit(source.worker_id, source.post_id, month, text, unit)


def _line(
    asked: Asked, plan: Plan, cells: Sequence[int], edits: tuple[Edit, ...], gain: int
) -> Line:
    months = [int(plan.question.month[cell]) for cell in cells]
    worker, facts = asked.places.workers[edits[0].worker], asked.places.facts
    found = tuple(changes(plan, cells, facts.awards, asked.codes))
    return Line(worker.number, worker.name, min(months), max(months), found, edits, gain)


def _proposal(asked: Asked, best: Best, lines: tuple[Line, ...], last: _Settled) -> Proposal:
    question, facts = asked.question, asked.places.facts
    before, after = best.today.funding, last.funding
    names = [(award.row.reference, award.row.label) for award in facts.awards]
    return Proposal(
        question=question,
        awards=shares_of(question, names, before, after),
        codes=asked.codes,
        granted=int(question.years.granted[question.open].sum()),
        today=best.today.payable,
        proposed=last.payable,
        bound=best.proof.bound,
        cost_lines=len(last.draft.places.facts.slices),
        own_funds=own_funds(before, after),
        frozen=len(asked.frozen),
        bottlenecks=tuple(bottlenecks(best)),
        lines=lines,
        asked=asked,
    )


def edits_in(values: Sequence[str]) -> Iterator[Edit]:
    """The edits of the lines that a page sends back.

    Raises:
        ValueError: not lines of ours.
    """
    for value in values:
        for part in value.split("|"):
            worker, post, number, unit, text = part.split(":")
            if unit not in {HOURS, PERCENT} or int(number) not in _MONTHS:
                raise ValueError(part)
            yield Edit(int(worker), int(post), int(number), text, unit)
