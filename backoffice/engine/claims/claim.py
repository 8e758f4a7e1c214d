"""One award settled: from its lines to presented, admissible and payable."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.grants import Grant, Head, admitted_invoices, grant, heads
from backoffice.engine.claims.inputs import HEADS, INCOME, Award, Known
from backoffice.engine.claims.lines import StaffLines, amount, spread
from backoffice.engine.claims.shapes import SHAPES, presented_only
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.sheet import COUNT, DAY, EUR, Column, FigureUse, Sheet, labels, uses_of


class LedgerBroken(ArithmeticError):
    """An invariant of the ledger does not hold: a fault of ours, never of the data."""


@dataclass(frozen=True)
class Claim:
    """What one award is asked to pay for one exercise; amounts in cents, None = unknown.

    Attributes:
        award: what was settled.
        rows: the slices of the employer that belong to the award, in the order of the sheets.
        staff: sheet of the staff lines; it ends at `presented` when the rule lacks a figure.
        invoices: sheet of the invoice parts.
        presented: what is claimed; it may exceed what is granted.
        grant: what is granted, None when unknown.
        heads: staff, training, running costs, equipment; empty when unknown.
        income: receipts to deduct (users' fees and the like), with the terms that give them.
        admissible: what passes the rules.
        payable: min(granted, admissible).
        missing: why something is unknown, one error per figure.
    """

    award: Award
    rows: Ints
    staff: Sheet
    invoices: Sheet
    presented: int
    grant: Grant | None = None
    heads: tuple[Head, ...] = ()
    income: int = 0
    income_uses: tuple[FigureUse, ...] = ()
    admissible: int | None = None
    payable: int | None = None
    missing: tuple[FigureNotDefined, ...] = field(default=())

    @property
    def granted(self) -> int | None:
        return None if self.grant is None else self.grant.granted

    @property
    def uses(self) -> tuple[FigureUse, ...]:
        """Every figure value relied on, by code and day."""
        found = dict.fromkeys(uses_of([self.staff]))
        found.update(dict.fromkeys(self.grant.uses if self.grant else ()))
        for head in self.heads:
            found.update(dict.fromkeys(head.uses))
        found.update(dict.fromkeys(self.income_uses))
        return tuple(sorted(found, key=lambda use: (use.code, use.since, use.text)))


def claim_of(award: Award, lines: StaffLines, known: Known) -> Claim:
    """Settle one award; a figure that is not known leaves unknown what depends on it.

    Outside the life of its scheme an award has no rule: only what is presented can be said.
    """
    admitted = admitted_invoices(award)
    invoices = Sheet(tuple(_invoice_columns(award, admitted)))
    staff = presented_only(award, lines, known)
    presented = staff.total("presented") + money.total(award.invoices.amount)
    if award.outside_life is not None:
        outside = (award.outside_life,)
        return Claim(award, lines.rows, staff, invoices, presented, missing=outside)
    missing = [lines.depends] if lines.depends else []
    allowed: Grant | None = None
    try:
        allowed = grant(award, known)
    except FigureNotDefined as error:
        missing.append(error)
    try:
        _must_be_counted(lines)
        staff = SHAPES[award.shape](award, lines, known)
        sums = staff.total("presented"), staff.total("admissible")
        parts = heads(award, known, sums, admitted)
    except FigureNotDefined as error:
        reasons = _once([*missing, error])
        return Claim(award, lines.rows, staff, invoices, presented, allowed, missing=reasons)
    income, income_uses = _income(award, known)
    admissible = max(sum(head.admissible for head in parts) - income, 0)
    payable: int | None = None
    if allowed is not None and not lines.depends:
        payable = min(allowed.granted, admissible)
        staff, invoices = _pay(staff, invoices, parts, payable)
    return Claim(
        award=award,
        rows=lines.rows,
        staff=staff,
        invoices=invoices,
        presented=presented,
        grant=allowed,
        heads=parts,
        income=income,
        income_uses=income_uses,
        admissible=admissible,
        payable=payable,
        missing=_once(missing),
    )


def _must_be_counted(lines: StaffLines) -> None:
    if lines.lacks is not None:
        raise lines.lacks


def _once(errors: list[FigureNotDefined]) -> tuple[FigureNotDefined, ...]:
    return tuple({error.code: error for error in errors}.values())


def _income(award: Award, known: Known) -> tuple[int, tuple[FigureUse, ...]]:
    """The receipts that the letter names, each in cents and added; a silent letter deducts none."""
    last = award.exercise.stop - timedelta(days=1)
    found = [use for name in INCOME if (use := known.use_if_any(name, last)) is not None]
    cents = sum(money.round_ratio(value.numerator * 100, value.denominator) for value, _ in found)
    return cents, tuple(use for _, use in found)


def _pay(
    staff: Sheet, invoices: Sheet, parts: tuple[Head, ...], payable: int
) -> tuple[Sheet, Sheet]:
    """Bring the lines down to their heads, then to what is payable."""
    by_head = {head.name: head.admissible for head in parts}
    cut = len(staff)
    of_staff = np.full(cut, HEADS.index("staff"))
    head = np.concatenate([of_staff, invoices["head"].values])
    both = np.concatenate([staff["admissible"].values, invoices["admissible"].values])
    for index, name in enumerate(HEADS):
        rows = np.flatnonzero(head == index)
        if len(rows):
            both[rows] = spread(by_head.get(name, 0), both[rows])
    both = spread(payable, both)
    if money.total(both) != payable:
        raise LedgerBroken(f"payable {payable} became {money.total(both)} over its lines")
    rule = "admissible, within the head and the grant"
    return (
        Sheet((*staff.columns, amount("payable", both[:cut], rule))),
        Sheet((*invoices.columns, amount("payable", both[cut:], rule))),
    )


def _invoice_columns(award: Award, admitted: Cents) -> Iterator[Column]:
    parts = award.invoices
    yield Column("head", labels("Rubrique", "Rubriek"), COUNT, parts.head)
    yield Column("issued", labels("Date", "Datum"), DAY, parts.issued)
    yield Column("paid", labels("Payée le", "Betaald op"), DAY, parts.paid)
    yield amount("presented", parts.amount, "share of the invoice")
    label = labels("Admissible avant maximum", "Aanvaardbaar vóór maximum")
    yield Column("admissible", label, EUR, admitted, rule="incurred (and paid) in the period")
