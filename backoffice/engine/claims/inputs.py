"""What the claim shapes receive: an award with its frame, and the invoice parts put on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.figures import FigureNotDefined, Figures
from backoffice.engine.indexation import IndexEvent
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, Period, month_start
from backoffice.engine.sheet import EUR, RATIO, Column, FigureUse, labels

HEADS = ("staff", "training", "running", "investment")
INCOME = ("income_deducted", "income_users", "income_inami", "income_fees")
"""Receipts deducted from what is admissible: as one amount, or users, INAMI and fees apart."""


class TermMissing(FigureNotDefined):
    """A term that is not a number (pay scales, index regime) is absent from the award."""


@dataclass(frozen=True)
class MonthIndex:
    """The index of a regime in one month: the coefficient, then the capped events since, if any."""

    coefficient: Fraction
    use: FigureUse
    capped: tuple[IndexEvent, ...] = ()


@dataclass(frozen=True)
class Known:
    """The figures as they were known on a day, terms of the award first.

    Attributes:
        figures: the general figures under the terms of the award.
        scheme: code of the scheme, before the short names of its figures.
        known_on: decisions taken after this day are not seen.
        scales: (scale, column) by the index that slices carry; `regimes`: the regime that moves
            the pay of the same index.
        index: how the scale of the grant is indexed, by regime and month.
        natures: scale, charges or benefit, by cost item.
    """

    figures: Figures
    scheme: str
    known_on: date
    scales: tuple[tuple[str, str], ...] = ()
    regimes: tuple[str, ...] = ()
    index: Mapping[tuple[str, int], MonthIndex] = field(default_factory=dict)
    natures: Mapping[str, str] = field(default_factory=dict)

    def use(self, name: str, day: date) -> tuple[Fraction, FigureUse]:
        """The value of a figure on a day: one of the scheme's by its short name, or a full code.

        Raises:
            FigureNotDefined: missing, not in force or not yet decided.
        """
        code = name if "." in name else f"{self.scheme}.{name}"
        value = self.figures.on(code, day, self.known_on)
        return value.exact, FigureUse.of(self.figures[code], value)

    def use_if_any(self, name: str, day: date) -> tuple[Fraction, FigureUse] | None:
        """Same, or None where the letter may be silent."""
        try:
            return self.use(name, day)
        except FigureNotDefined:
            return None


@dataclass(frozen=True)
class ByMonth:
    """A figure month by month over the rows of a sheet: `numerator` over `denominator`."""

    numerator: Ints
    denominator: Ints
    uses: tuple[FigureUse, ...]
    use: Ints

    def amounts(self, name: str, fr: str, nl: str) -> Column:
        """The figure as a column of cents; its published amounts have at most two decimals."""
        cents = money.times(self.numerator * 100, 1, self.denominator)
        return Column(name, labels(fr, nl), EUR, cents, uses=self.uses, use=self.use)

    def ratios(self, name: str, fr: str, nl: str) -> Column:
        """The figure as a column of exact ratios."""
        return Column(
            name,
            labels(fr, nl),
            RATIO,
            self.numerator,
            self.denominator,
            "",
            "",
            self.uses,
            self.use,
        )


def by_month(known: Known, name: str, months: Ints) -> ByMonth:
    """The value in force on the first day of each row's month.

    Raises:
        FigureNotDefined: for any of the months.
    """
    names, rows = np.unique(months, return_inverse=True)
    found = [known.use(name, month_start(int(month))) for month in names]
    uses = tuple(dict.fromkeys(use for _, use in found))
    place = {use: index for index, use in enumerate(uses)}
    return ByMonth(
        _column([value.numerator for value, _ in found], rows),
        _column([value.denominator for value, _ in found], rows),
        uses,
        _column([place[use] for _, use in found], rows),
    )


def _column(values: list[int], rows: Ints) -> Ints:
    return np.array(values, dtype=np.int64)[rows]


@dataclass(frozen=True)
class Posts:
    """The posts of an award, one row per post; `fte` in ten-thousandths, days as ordinals."""

    function: Ints
    fte: Ints
    start: Ints
    stop: Ints


@dataclass(frozen=True)
class InvoiceParts:
    """The parts of invoices put on one award, one row per invoice.

    `invoice` is the row of the employer's invoices, `head` the index in `HEADS`, `amount` cents,
    `issued` and `paid` day ordinals (paid 0: not paid). `refused` is 1 where the scheme does not
    take the category, else 0. Head "staff" holds people who are not on the payroll.
    """

    invoice: Ints
    head: Ints
    amount: Cents
    issued: Ints
    paid: Ints
    refused: Ints

    def __len__(self) -> int:
        return len(self.invoice)


@dataclass(frozen=True)
class Award:
    """One award for one exercise, as the claim shapes see it.

    Attributes:
        index: its index in the slices; `key` its reference; `scheme` the scheme's code.
        shape: name of the claim shape; `order`: awards are settled by rising order.
        exercise: days of the year covered by the award.
        first_post: index, in the slices, of the first of `posts`; the others follow.
        excluded: cost items that the scheme does not take.
        capped: cost items that count up to a figure in EUR per FTE and year, and its short name.
        shared: cost items from which other public funding of them is deducted.
        heads: for each head of `HEADS`, the rule: "full", "excluded", a figure name (a maximum in
            EUR or a share of the admitted staff costs) or "optional:" and a figure name.
        bound: "post_year" or "worker_month", what an amount per FTE bounds.
        scale_bound: pay is admitted up to the scale of the award.
        framed: FTE are admitted up to the posts of their function.
        pay_period: an expense counts when it is also paid within these days, None when the scheme
            asks nothing of the kind.
        not_before: an expense of an earlier day does not count, None when any day does.
        scales: scales admitted by the letter, None when it does not say.
        index_regime: regime of the grant's scale, None when the letter does not say.
        ceiling: name of the figure with the amount per FTE and year; `premium` the same of a post.
        outside_life: why the scheme gives nothing, where the exercise lies outside its life.
        approved_months: months of the exercise that the approval covers, where the scheme grants
            by month of approval; None elsewhere.
        refused_functions: functions that the legal form of the beneficiary leaves unfinanced,
            None when the scheme tells forms apart and the letter does not say which one it is.
    """

    index: int
    key: str
    scheme: str
    shape: str
    order: int
    exercise: Period
    posts: Posts
    invoices: InvoiceParts
    excluded: frozenset[str]
    heads: Mapping[str, str]
    bound: str = "post_year"
    scale_bound: bool = False
    framed: bool = False
    pay_period: Period | None = None
    not_before: date | None = None
    scales: frozenset[str] | None = None
    index_regime: str | None = None
    ceiling: str = "ceiling"
    premium: str = "premium"
    first_post: int = 0
    capped: Mapping[str, str] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
    outside_life: FigureNotDefined | None = None
    approved_months: int | None = None
    refused_functions: frozenset[int] | None = frozenset()
