"""One run: facts, patches in their order, then cost, then funding.

    base = run(facts)
    other = run(facts, patches, base)   # recomputes only what the patches touch

An empty list of patches gives the baseline itself. A patch that cannot be applied is refused with
its number and the others still run.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backoffice.engine.payroll import Slices
from backoffice.engine.projection.facts import Facts, Note
from backoffice.engine.projection.lines import slices_of
from backoffice.engine.projection.months import Months, worker_months
from backoffice.engine.scenario.again import fund_again, same_but_awards
from backoffice.engine.scenario.funding import Book, Funding, fund, shares_of
from backoffice.engine.scenario.patches import Applied, Patch, Refusal, Touch, apply_patches


@dataclass(frozen=True)
class Run:
    """The outcome of a scenario.

    Attributes:
        facts: those of the baseline with the patches applied.
        months: worker-months and their cost.
        book: what was claimed on what; `book.slices` are the lines.
        funding: what the awards pay of it.
        since: first month that the latest patches may move; `facts.stop` for the baseline.
        before: the run of the patches that begin earlier; None where that is the baseline.
        refused: patches that were not applied, and why.
        overridden: patches that a later one undoes on the same target, with the one that won.
        notes: what was assumed, in the facts and in the costs.
    """

    facts: Facts
    months: Months
    book: Book
    funding: Funding
    since: int
    refused: tuple[Refusal, ...]
    overridden: tuple[tuple[Patch, Patch], ...]
    notes: tuple[Note, ...]
    before: "Run | None" = None


def run(facts: Facts, patches: Sequence[Patch] = (), base: Run | None = None) -> Run:
    """Cost and funding of the horizon under some patches, in their order.

    Args:
        facts: as read; never changed.
        patches: what would change, applied one after the other.
        base: the run of the same facts without these patches: what none touches is taken from it.
    """
    applied = apply_patches(facts, patches)
    done = _done(applied, base)
    if not applied.earlier:
        return done
    return replace(done, before=run(facts, applied.earlier, base))


def _done(applied: Applied, base: Run | None) -> Run:
    """What the facts with their patches come to."""
    if base is not None and not applied.touched:
        return _of(applied, base.months, base.book, base.funding)
    now = applied.facts
    months, slices = _laid_out(now, applied.touched, base)
    same = base is not None and slices is base.book.slices
    shares = base.book.shares if base and same else shares_of(months.pay, slices, now.years.items)
    book = Book(months.pay, months.employer, slices, now.years, now.posts, now.parts, shares)
    if base is not None and same_but_awards(book, base.book):
        return _of(applied, months, book, fund_again(book, base.book, base.funding))
    return _of(applied, months, book, fund(book))


def _laid_out(facts: Facts, touched: frozenset[Touch], base: Run | None) -> tuple[Months, Slices]:
    """The months and the lines, taken from the baseline where no patch touches them."""
    if base is None or Touch.PAY in touched:
        months = worker_months(facts)
        return months, slices_of(facts, months)
    if Touch.LINES in touched:
        return base.months, slices_of(facts, base.months)
    return base.months, base.book.slices


def _of(applied: Applied, months: Months, book: Book, funding: Funding) -> Run:
    notes = (*applied.facts.notes, *months.notes)
    return Run(
        applied.facts,
        months,
        book,
        funding,
        applied.since,
        applied.refused,
        applied.overridden,
        notes,
    )
