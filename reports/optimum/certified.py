"""A best allocation with what its proof says, whether the year is recorded or projected."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from backoffice.engine.optimum.bottlenecks import Bottleneck
from backoffice.engine.optimum.plan import Plan
from backoffice.engine.optimum.programme import WHOLE
from backoffice.engine.optimum.question import Question, units_of
from backoffice.engine.scenario.funding import Funding
from grants.snapshots import AwardFacts
from reports.grid.cell_text import hours_text


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
class Barred:
    """Who is kept off which post, and by what."""

    worker: str
    post: str
    obstacle: str


@dataclass(frozen=True)
class Certified(ABC):
    """The amounts of a year with and without the proposal, in cents, and what the proof says.

    `bound`: no allocation makes the awards that may change pay more, to a cent for each of the
    `cost_lines`. Own funds are None where an amount of the year is unknown. `frozen` counts the
    worker-months that stay as they are, `codes` names each post.
    """

    question: Question
    awards: tuple[AwardShare, ...]
    codes: tuple[str, ...]
    granted: int
    today: int
    proposed: int
    bound: int
    cost_lines: int
    own_funds: tuple[int, int] | None
    frozen: int
    bottlenecks: tuple[Bottleneck, ...]

    @abstractmethod
    def barred(self, cell: int) -> Barred:
        """Who a cell is about, and what bars it."""

    @property
    def moving(self) -> bool:
        """Whether any award may change, and some month is paid."""
        return any(award.moves for award in self.awards) and len(self.question.cells) > 0

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


def shares_of(
    question: Question, names: Sequence[tuple[str, str]], before: Funding, after: Funding
) -> tuple[AwardShare, ...]:
    """The award-years with what they pay; `names` are reference and label of each."""
    return tuple(
        AwardShare(
            reference=reference,
            label=label,
            granted=_known(int(question.years.granted[index])),
            today=_known(int(before.payable[index])),
            proposed=_known(int(after.payable[index])),
            moves=bool(question.open[index]),
        )
        for index, (reference, label) in enumerate(names)
    )


def own_funds(before: Funding, after: Funding) -> tuple[int, int] | None:
    """Cents of the staff that no award pays, today and under the proposal."""
    if not (before.certain.all() and after.certain.all()):
        return None
    return int(before.own_funds.sum()), int(after.own_funds.sum())


def _known(cents: int) -> int | None:
    return None if cents < 0 else cents


def changes(
    plan: Plan, cells: Sequence[int], awards: Sequence[AwardFacts], codes: Sequence[str]
) -> Iterator[Change]:
    """What some cells come to, post by post.

    Args:
        plan: the proposal.
        cells: of one worker.
        awards: by award-year.
        codes: by post.
    """
    posts: dict[int, list[int]] = {}
    for cell in cells:
        posts.setdefault(int(plan.question.cells.post[cell]), []).append(cell)
    for post, mine in sorted(posts.items()):
        award = awards[int(plan.question.cells.year[mine[0]])]
        before = dict.fromkeys(_held(plan, cell) for cell in mine)
        after = _content(plan, mine[0], int(plan.steps[mine[0]]))
        rule = next((one for one in award.scheme.rules if one.section == "costs"), None)
        article = (rule.article or rule.source) if rule else ""
        yield Change(award.row.reference, codes[post], ", ".join(before), after, article)


def _held(plan: Plan, cell: int) -> str:
    unit = int(units_of(plan.question)[cell])
    return _content(plan, cell, (int(plan.question.cells.held[cell]) * unit + WHOLE // 2) // WHOLE)


def _content(plan: Plan, cell: int, steps: int) -> str:
    """Hours a week, or a part of both contracts of the month."""
    if not steps:
        return _("rien")
    return hours_text(steps) + (" h" if in_hours(plan, cell) else " %")


def in_hours(plan: Plan, cell: int) -> bool:
    """A month with two contract lines is written in percent of each."""
    return int((plan.question.cells.owner == cell).sum()) == 1
