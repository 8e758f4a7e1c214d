"""The best allocation of a year, against a greedy one of the same legal cells in the same run."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.optimum.model import programme_of
from backoffice.engine.optimum.plan import Plan, best_of, is_legal
from backoffice.engine.optimum.question import Question, units_of
from backoffice.engine.payroll import PayMonths
from backoffice.engine.scenario.award_years import EXCLUDED, SHARE, UNKNOWN, Parts, taken_years
from backoffice.engine.scenario.funding import Book, fund
from backoffice.engine.scenario.run import run
from bench.table import Row
from bench.timing import timed
from reports.optimum.solving import solve
from tests.engine.optimum.made import question_on
from tests.engine.projection.made import made

_WORKERS, _AWARDS = 40, 8


def measure(*, quick: bool) -> Iterator[Row]:
    """The size asked, and how many euros the greedy allocation leaves aside."""
    workers = 10 if quick else _WORKERS
    question = question_of(workers)
    best, greedy = best_of(question, solve), greedy_plan(question).payable
    yield Row.of(
        f"optimum, {workers} workers x 12 months x {_AWARDS} awards, settled and proven",
        timed(lambda: best_of(_again(question), solve), 3 if quick else 9),
        target="" if quick else "< 1 s",
        alternative="greedy: the dearest cell first, not proven",
        other=timed(lambda: greedy_plan(_again(question)), 1).middle,
    )
    yield Row(
        "optimum, what it justifies, and what the proof leaves open",
        note=f"{best.plan.payable / 100:,.2f} EUR, {max(best.gap, 0) / 100:,.2f} EUR",
        alternative=f"greedy {greedy / 100:,.2f} EUR, today {best.today.payable / 100:,.2f}",
    )


def question_of(workers: int) -> Question:
    """Invented workers who may all be charged on every award; the grants make them compete."""
    book = _one_year(run(made(workers=workers, awards=_AWARDS, years=1).facts).book)
    staff = book.years.heads.kind[:, HEADS.index("staff")]
    mine = ~np.isin(staff, (EXCLUDED, SHARE, UNKNOWN))
    share = sum(int(cost.sum()) for cost in book.pay.costs.values()) // (_AWARDS + 1)
    granted = np.where(mine, share, book.years.granted)
    book = replace(book, years=replace(book.years, granted=granted))
    return question_on(book, np.asarray(mine & fund(book).known, dtype=np.bool_))


def _one_year(book: Book) -> Book:
    """The first civil year of a book, its worker-months and award-years numbered again."""
    year = int(book.years.year.min())
    rows = np.flatnonzero(book.pay.month // 12 == year)
    years = np.flatnonzero(book.years.year == year)
    pay = {name: getattr(book.pay, name)[rows] for name in ("worker", "month", "paid", "due")}
    costs = {item: cost[rows] for item, cost in book.pay.costs.items()}
    slices = book.slices.take(np.flatnonzero(np.isin(book.slices.award, years)))
    parts = Parts(*(getattr(book.parts, name)[:0] for name in Parts.__dataclass_fields__))
    return Book(
        PayMonths(**pay, contract=book.pay.contract[rows], costs=costs),
        book.employer[rows],
        replace(
            slices,
            pay=np.searchsorted(rows, slices.pay),
            award=np.searchsorted(years, slices.award),
        ),
        taken_years(book.years, years),
        book.posts,
        parts,
    )


def greedy_plan(question: Question) -> Plan:
    """The dearest cell first, whole, while its award has room and the rules allow it."""
    programme, unit = programme_of(question), units_of(question)
    worth, years = question.worth.counted, question.years
    plan = Plan(question, np.zeros(len(question.cells), dtype=np.int64))
    left = years.granted.copy()
    for cell in np.argsort(-worth, kind="stable").tolist():
        year = int(question.cells.year[cell])
        if not question.open[year] or left[year] < worth[cell]:
            continue
        one = np.array([cell])
        tried = plan.with_steps(one, unit[one])
        if is_legal(programme, tried):
            plan, left[year] = tried, left[year] - worth[cell]
    return plan


def _again(question: Question) -> Question:
    """The same question with nothing computed yet."""
    return Question(question.book, question.cells, question.open, question.cell)
