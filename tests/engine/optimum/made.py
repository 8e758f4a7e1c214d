"""Small odd employers as questions of the optimum: every post open to every worker-month."""

from dataclasses import replace
from itertools import product
from random import Random

import numpy as np

from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.optimum.cells import Cells
from backoffice.engine.optimum.model import programme_of
from backoffice.engine.optimum.plan import AS_TODAY, Plan, is_legal
from backoffice.engine.optimum.programme import WHOLE
from backoffice.engine.optimum.question import Question, units_of
from backoffice.engine.payroll import PayMonths, Slices
from backoffice.engine.periods import Ints, days_in_month, month_ordinals
from backoffice.engine.scenario.award_years import EXCLUDED, SHARE, UNKNOWN, Flags
from backoffice.engine.scenario.funding import Book, fund
from tests.engine.claims.employers import employer_of
from tests.engine.scenario.books import book_of

_FULL_TIME = 3_800


def question_of(seed: int, months: int = 12, posts: int = 99, *, plain: bool = False) -> Question:
    """The employer of a number under a legal allocation drawn from the same number.

    A plain one has no rule that the programme leaves to the ledger: no maximum of a cost item, no
    other funding of one, no cost item left out or below 0.
    """
    employer = employer_of(seed, missing=False)
    book, _place = book_of([replace(employer, pay=_positive(employer.pay)) if plain else employer])
    if plain:
        nothing = np.zeros_like(book.years.caps)
        years = replace(book.years, caps=nothing, shared=nothing, excluded=nothing)
        book = replace(book, years=years)
    draw = Random(seed)  # noqa: S311
    nothing = replace(book, slices=book.slices.take(np.zeros(0, dtype=np.int64)))
    lines = _lines(nothing, months, posts)
    open_ = fund(nothing).known & ~np.isin(
        book.years.heads.kind[:, HEADS.index("staff")], (EXCLUDED, SHARE, UNKNOWN)
    )
    empty = _question(nothing, lines, open_, np.zeros(len(lines), dtype=np.int64))
    plan = random_plan(empty, draw)
    rows = np.flatnonzero(plan.steps > 0)
    held = plan.steps * WHOLE // units_of(empty)
    return _question(replace(book, slices=plan.lines), lines, open_, held, rows)


def question_on(book: Book, open_: Flags) -> Question:
    """A book of one year with each of its lines a cell; today each worker-month has its first only.

    The book has one line at most for each worker-month and post.
    """
    lines = book.slices.take(np.flatnonzero(open_[book.slices.award]))
    length = month_ordinals(book.pay.month + 1) - month_ordinals(book.pay.month)
    days = length[lines.pay]
    whole = replace(lines, hours=book.pay.contract[lines.pay] // days, days=days)
    first = np.unique(lines.pay, return_index=True)[1]
    held = np.zeros(len(lines), dtype=np.int64)
    held[first] = np.minimum(lines.weights * WHOLE // whole.weights, WHOLE)[first]
    today = replace(book, slices=lines.take(first), shares=None)
    return _question(today, whole, open_, held, first)


def random_plan(question: Question, draw: Random) -> Plan:
    """Shares drawn one after the other, each kept where contract and posts allow it."""
    programme, unit = programme_of(question), units_of(question)
    plan = Plan(question, np.zeros(len(question.cells), dtype=np.int64))
    for cell in draw.sample(range(len(question.cells)), len(question.cells)):
        share = draw.choice((0, unit[cell], unit[cell] // 2, draw.randint(0, int(unit[cell]))))
        one = np.array([cell])
        tried = plan.with_steps(one, np.array([share]))
        if question.open[question.cells.year[cell]] and is_legal(programme, tried):
            plan = tried
    return plan


def every_plan(question: Question, parts: int = 2) -> list[Plan]:
    """Every legal allocation by halves (or other parts) of a contract."""
    programme, unit = programme_of(question), units_of(question)
    cells = np.flatnonzero(question.open[question.cells.year])
    found = []
    for choice in product(range(parts + 1), repeat=len(cells)):
        steps = np.zeros(len(question.cells), dtype=np.int64)
        steps[cells] = np.array(choice, dtype=np.int64) * unit[cells] // parts
        plan = Plan(question, steps)
        if is_legal(programme, plan):
            found.append(plan)
    return found


def roundings(plan: Plan) -> int:
    """More cents than the rounding of every line can add."""
    return 10 * (len(plan.lines) + len(plan.question.open))


def _positive(pay: PayMonths) -> PayMonths:
    return replace(pay, costs={item: np.abs(cost) for item, cost in pay.costs.items()})


def _lines(book: Book, months: int, posts: int) -> Slices:
    rows = []
    first = int(book.pay.month.min())
    for row in range(len(book.pay)):
        contract, month = int(book.pay.contract[row]), int(book.pay.month[row])
        if not contract or month >= first + months:
            continue
        length = days_in_month(month)
        days = max(day for day in range(1, length + 1) if contract % day == 0)
        for post in range(min(len(book.posts), posts)):
            award = int(book.posts.award[post])
            hours, function = contract // days, int(book.posts.function[post])
            first_day, after = (int(day) for day in month_ordinals(np.array([month, month + 1])))
            if book.posts.start[post] <= first_day and book.posts.stop[post] >= after:
                rows.append((row, award, post, function, hours, _FULL_TIME, days, 0, row % 7))
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 9).T
    return Slices(*np.ascontiguousarray(columns))


def _question(
    book: Book, lines: Slices, open_: Ints, held: Ints, rows: Ints | None = None
) -> Question:
    size = len(lines)
    pays, stretch = np.unique(lines.pay, return_inverse=True)
    cells = Cells(
        pay=lines.pay,
        post=lines.post,
        year=lines.award,
        most=np.full(size, WHOLE, dtype=np.int64),
        held=held,
        free=np.ones(size, dtype=np.bool_),
        lines=lines,
        owner=np.arange(size),
        stretch=np.asarray(stretch, dtype=np.int64),
        stretch_cell=np.arange(size),
        stretch_pay=pays,
        stretch_room=np.full(len(pays), WHOLE, dtype=np.int64),
    )
    cell = np.zeros(0, dtype=np.int64) if rows is None else rows
    return Question(book, cells, np.asarray(open_), cell)


def as_today(question: Question) -> Plan:
    """The plan that changes nothing."""
    return Plan(question, np.full(len(question.cells), AS_TODAY, dtype=np.int64))
