"""A second opinion on the claims of an employer-year: plain fractions, one row at a time.

Written from the rules and not from the columns, to be read beside a funder's text. The engine
must agree with it to the cent; nothing here is fast.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import NamedTuple

from backoffice.engine.claims.inputs import HEADS, Award, Known
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.payroll import PayMonths, Slices
from backoffice.engine.periods import days_in_month
from tests.engine.claims.reference_counted import count
from tests.engine.claims.reference_rules import (
    Line,
    admissible_costs,
    admissible_heads,
    admitted_invoices,
    granted,
)
from tests.engine.claims.rounding import brought_down, half_up, share_out


class Amounts(NamedTuple):
    """Cents of one award; None = unknown."""

    presented: int
    admissible: int | None
    payable: int | None


class Settled(NamedTuple):
    """The amounts of each award by its key, and what each worker-month leaves on own funds."""

    claims: dict[str, Amounts]
    own_funds: list[int]


@dataclass
class Month:
    """What a worker-month costs, and what the awards settled so far place on it and pay for it."""

    month: int
    contract: int
    worked: Fraction
    costs: dict[str, int]
    placed: int = 0
    paid: int = 0
    unknown: bool = False
    lines: list[Line] = field(default_factory=list)


def reference_settle(
    pay: PayMonths, slices: Slices, awards: Sequence[Award], known: Mapping[int, Known]
) -> Settled:
    """Settle every award of an employer-year, as `backoffice.engine.claims.ledger.settle` must."""
    months = [_month(pay, row) for row in range(len(pay))]
    lines: dict[int, list[Line]] = defaultdict(list)
    for row in range(len(slices)):
        month = months[int(slices.pay[row])]
        month.lines.append(_line(slices, row, month))
        lines[int(slices.award[row])].append(month.lines[-1])
    for month in months:
        _cut(month)
    claims = {
        award.key: _claim(award, lines[award.index], months, known[award.index])
        for award in sorted(awards, key=lambda one: (one.order, one.key))
    }
    return Settled(claims, [sum(month.costs.values()) - month.paid for month in months])


def _month(pay: PayMonths, row: int) -> Month:
    due = int(pay.due[row])
    return Month(
        month=int(pay.month[row]),
        contract=int(pay.contract[row]),
        worked=Fraction(int(pay.paid[row]), due) if due else Fraction(0),
        costs={item: int(values[row]) for item, values in pay.costs.items()},
    )


def _line(slices: Slices, row: int, month: Month) -> Line:
    hours, days = int(slices.hours[row]), int(slices.days[row])
    time = Fraction(hours, int(slices.full_time[row])) * Fraction(days, days_in_month(month.month))
    return Line(
        pay=int(slices.pay[row]),
        month=month.month,
        post=int(slices.post[row]),
        function=int(slices.function[row]),
        scale=int(slices.scale[row]),
        seniority=int(slices.seniority[row]),
        weight=min(hours * days, month.contract),
        fte=time * month.worked,
    )


def _cut(month: Month) -> None:
    """Each line carries its part of each cost item: hours x days over those of the contract.

    The parts and what no award carries sum to the cost; where hours carry several awards, each
    line shows its own part instead.
    """
    weights = [line.weight for line in month.lines]
    free = month.contract - sum(weights)
    for item, cost in month.costs.items():
        if free < 0:
            parts = [half_up(Fraction(cost * weight, month.contract)) for weight in weights]
        else:
            parts = share_out(cost, [*weights, free if month.contract else 1])[:-1]
        for line, part in zip(month.lines, parts, strict=True):
            line.parts[item] = part


def _claim(award: Award, lines: list[Line], months: list[Month], known: Known) -> Amounts:
    """One award; its hours and its euros are then placed on the months."""
    by_month: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        line.taken = {i: part for i, part in line.parts.items() if i not in award.excluded}
        by_month[line.pay].append(line)
    lacks: FigureNotDefined | None = None
    try:
        count(award, lines, known)
    except FigureNotDefined as error:
        lacks = error
    waits = [_deduct(award, months[pay], mine) for pay, mine in by_month.items()]
    staff = sum(line.presented for line in lines)
    presented = staff + sum(int(amount) for amount in award.invoices.amount)
    admissible: int | None = None
    payable: int | None = None
    try:
        if lacks is not None:
            raise lacks
        if award.outside_life is not None:
            raise award.outside_life
        costs = admissible_costs(award, lines, known)
        heads = admissible_heads(award, known, staff, sum(costs))
        admissible = max(sum(heads.values()) - _income(award, known), 0)
        if not any(waits):
            payable = min(granted(award, known), admissible)
            _pay(award, lines, costs, heads, payable)
    except FigureNotDefined:
        payable = None
    for pay, mine in by_month.items():
        months[pay].placed += sum(line.weight for line in mine)
        months[pay].paid += sum(line.paid for line in mine)
        months[pay].unknown |= payable is None
    return Amounts(presented, admissible, payable)


def _deduct(award: Award, month: Month, lines: list[Line]) -> bool:
    """What earlier awards pay for the same hours comes off; tells whether that is still unknown.

    Hours are shared as far as they do not fit in the contract beside those already placed. The
    deduction also covers whatever would bring the payments above the cost of the month. A refund
    on an item that this award does not take leaves that cost as it was.
    """
    own = sum(line.weight for line in lines)
    if own == 0:
        return False
    shared = min(max(month.placed + own - month.contract, 0), month.placed)
    again = half_up(Fraction(month.paid * shared, month.placed)) if month.placed else 0
    cost = sum(
        max(cents, 0) if item in award.excluded else cents for item, cents in month.costs.items()
    )
    again = max(again, month.paid + sum(line.eligible for line in lines) - cost, 0)
    open_costs = [max(line.eligible, 0) for line in lines]
    parts = share_out(min(again, sum(open_costs)), open_costs)
    for line, part in zip(lines, parts, strict=True):
        line.deducted = part
    return month.unknown and shared > 0


def _income(award: Award, known: Known) -> int:
    """Receipts of users, of the INAMI and fees: the letter deducts each from the whole exercise."""
    last = award.exercise.stop - timedelta(days=1)
    named = ("income_deducted", "income_users", "income_inami", "income_fees")
    found = [known.use_if_any(name, last) for name in named]
    return sum(half_up(use[0] * 100) for use in found if use is not None)


def _pay(
    award: Award, lines: list[Line], costs: list[int], heads: dict[str, int], payable: int
) -> None:
    """Bring the lines down to their heads, then all of them together to what is payable."""
    outside = admitted_invoices(award, "staff")
    kept = brought_down(heads.get("staff", 0), costs + outside)
    for head in HEADS[1:]:
        kept += brought_down(heads.get(head, 0), admitted_invoices(award, head))
    for line, paid in zip(lines, brought_down(payable, kept)[: len(lines)], strict=True):
        line.paid = paid
