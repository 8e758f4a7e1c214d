"""The best allocation as lines that somebody may accept one by one, and its amounts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from backoffice.engine.optimum.bottlenecks import Bottleneck, bottlenecks
from backoffice.engine.optimum.plan import Best, Plan, best_of, changes_of
from backoffice.engine.optimum.programme import WHOLE
from backoffice.engine.optimum.question import units_of
from backoffice.engine.scenario.funding import Funding, fund
from reports.grid.cell_text import HOURS, PERCENT, hours_text
from reports.grid.drafting import Draft, Edit, draft_of, refusals
from reports.grid.places import Places
from reports.optimum.reading import Asked, asked_of
from reports.optimum.solving import solve

_MONTHS = range(1, 13)


@dataclass(frozen=True)
class Change:
    """What a post of an award held of a worker, and what it would hold; hours a week in words.

    `article` is the rule of the scheme that says which costs it admits.
    """

    award: str
    post: str
    before: str
    after: str
    article: str


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
class AwardShare:
    """What an award grants and pays, in cents, today and under the proposal; None is unknown."""

    reference: str
    label: str
    granted: int | None
    today: int | None
    proposed: int | None
    moves: bool

    @property
    def left(self) -> int | None:
        if self.granted is None or self.proposed is None:
            return None
        return self.granted - self.proposed


@dataclass(frozen=True)
class Proposal:
    """The lines, the amounts of the year with and without them, and what the proof says.

    `bound`: no allocation makes the awards that may change pay more, to a cent for each of the
    `cost_lines`. Own funds are None where an amount of the year is unknown.
    """

    places: Places
    lines: tuple[Line, ...]
    awards: tuple[AwardShare, ...]
    granted: int
    today: int
    proposed: int
    bound: int
    cost_lines: int
    own_funds: tuple[int, int] | None
    frozen: int
    bottlenecks: tuple[Bottleneck, ...]
    asked: Asked

    @property
    def posts(self) -> tuple[str, ...]:
        """The code of each post, in the order of the awards."""
        return tuple(post.code for award in self.places.facts.awards for post in award.posts)

    @property
    def moving(self) -> bool:
        """Whether any award may change, and some month is paid."""
        return any(award.moves for award in self.awards) and len(self.asked.question.cells) > 0

    @property
    def more(self) -> int:
        """Cents that the proposal justifies above today."""
        return self.proposed - self.today

    @property
    def better(self) -> int:
        """Cents that another allocation could still bring at most."""
        return max(self.bound - self.proposed, 0)

    @property
    def is_best(self) -> bool:
        """Whether what is left is less than the rounding of each line of cost to the cent."""
        return self.bound - self.proposed <= self.cost_lines

    @property
    def structural(self) -> int:
        """Cents granted that no allocation justifies."""
        return max(self.granted - max(self.bound, self.proposed), 0)


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
    unit = HOURS if _in_hours(plan, cell) else PERCENT
    text = hours_text(steps) if steps else ""
    return Edit(source.worker_id, source.post_id, month, text, unit)


def _line(
    asked: Asked, plan: Plan, cells: Sequence[int], edits: tuple[Edit, ...], gain: int
) -> Line:
    months = [int(plan.question.month[cell]) for cell in cells]
    worker = asked.places.workers[edits[0].worker]
    posts: dict[int, list[int]] = {}
    for cell in cells:
        posts.setdefault(int(plan.question.cells.post[cell]), []).append(cell)
    changes = tuple(_change(asked, plan, mine) for _post, mine in sorted(posts.items()))
    return Line(worker.number, worker.name, min(months), max(months), changes, edits, gain)


def _change(asked: Asked, plan: Plan, cells: Sequence[int]) -> Change:
    """What the cells of one post held, each state once, and what they all come to."""
    award = asked.places.facts.awards[int(plan.question.cells.year[cells[0]])]
    before = dict.fromkeys(_held(plan, cell) for cell in cells)
    after = _content(plan, cells[0], int(plan.steps[cells[0]]))
    rule = next((one for one in award.scheme.rules if one.section == "costs"), None)
    article = (rule.article or rule.source) if rule else ""
    code = asked.source[cells[0]].assignment.post.code
    return Change(award.row.reference, code, ", ".join(before), after, article)


def _held(plan: Plan, cell: int) -> str:
    unit = int(units_of(plan.question)[cell])
    return _content(plan, cell, (int(plan.question.cells.held[cell]) * unit + WHOLE // 2) // WHOLE)


def _content(plan: Plan, cell: int, steps: int) -> str:
    """Hours a week, or a part of both contracts of the month."""
    if not steps:
        return _("rien")
    return hours_text(steps) + (" h" if _in_hours(plan, cell) else " %")


def _in_hours(plan: Plan, cell: int) -> bool:
    """A month with two contract lines is written in percent of each."""
    return int((plan.question.cells.owner == cell).sum()) == 1


def _proposal(asked: Asked, best: Best, lines: tuple[Line, ...], last: _Settled) -> Proposal:
    question, facts = asked.question, asked.places.facts
    before, after = best.today.funding, last.funding
    awards = tuple(
        AwardShare(
            reference=award.row.reference,
            label=award.row.label,
            granted=_known(question.years.granted[index]),
            today=_known(before.payable[index]),
            proposed=_known(after.payable[index]),
            moves=bool(question.open[index]),
        )
        for index, award in enumerate(facts.awards)
    )
    certain = bool(before.certain.all() and after.certain.all())
    own = int(before.own_funds.sum()), int(after.own_funds.sum())
    return Proposal(
        places=asked.places,
        lines=lines,
        awards=awards,
        granted=int(question.years.granted[question.open].sum()),
        today=best.today.payable,
        proposed=last.payable,
        bound=best.proof.bound,
        cost_lines=len(last.draft.places.facts.slices),
        own_funds=own if certain else None,
        frozen=len(asked.frozen),
        bottlenecks=tuple(bottlenecks(best)),
        asked=asked,
    )


def _known(cents: int) -> int | None:
    return None if cents < 0 else int(cents)


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
