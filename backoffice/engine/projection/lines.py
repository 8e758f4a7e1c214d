"""The lines put on awards: assignments x contract lines x months, within posts and exercises."""

import numpy as np

from backoffice.engine.payroll import PayMonths, Slices
from backoffice.engine.periods import Ints
from backoffice.engine.projection.facts import Facts
from backoffice.engine.projection.gross import seniority
from backoffice.engine.projection.months import Months
from backoffice.engine.projection.spans import Laid, laid_out, pairs


def slices_of(facts: Facts, months: Months) -> Slices:
    """One row per assignment x contract line x award-year x month that has a row of cost."""
    return lines_on(facts, months.pay)[0]


def lines_on(facts: Facts, pay: PayMonths) -> tuple[Slices, Ints]:
    """The same on some worker-months, by worker then month; and the contract line of each row.

    The days are those that assignment, post, exercise and contract line have in common.
    """
    held, lines, posts, years = facts.assignments, facts.contracts, facts.posts, facts.years
    one, line = pairs(held.worker, lines.worker)
    post = held.post[one]
    again, year = pairs(posts.award[post], years.award)
    one, line, post = one[again], line[again], post[again]
    start = _latest(held.start[one], lines.start[line], posts.start[post], years.start[year])
    stop = _earliest(held.stop[one], lines.stop[line], posts.stop[post], years.stop[year])
    laid = laid_out(start, stop, facts.first, facts.stop)
    span = facts.stop + 1
    keys = pay.worker * span + pay.month
    wanted = held.worker[one[laid.row]] * span + laid.month
    place = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    kept = np.flatnonzero(keys[place] == wanted) if len(keys) else np.zeros(0, dtype=np.int64)
    row, days = laid.row[kept], laid.days[kept]
    contract = line[row]
    found = Slices(
        pay=place[kept],
        award=year[row],
        post=post[row],
        function=posts.function[post[row]],
        hours=np.minimum(held.hours[one[row]], lines.hours[contract]),
        full_time=lines.full_time[contract],
        days=days,
        scale=lines.scale[contract],
        seniority=seniority(facts, Laid(contract, laid.month[kept], days)),
    )
    return found, contract


def _latest(*days: Ints) -> Ints:
    return np.asarray(np.maximum.reduce(days), dtype=np.int64)


def _earliest(*days: Ints) -> Ints:
    return np.asarray(np.minimum.reduce(days), dtype=np.int64)
