"""Worker-months of a horizon with their cost by item: real as far as known, then projected."""

from dataclasses import dataclass

import numpy as np

from backoffice.engine import money
from backoffice.engine.money import Cents
from backoffice.engine.payroll import PayMonths
from backoffice.engine.periods import Ints, month_ordinals
from backoffice.engine.projection.facts import ASSUMPTION, CONFIRMED, Facts, Note
from backoffice.engine.projection.gross import full_time_gross
from backoffice.engine.projection.items import projected_items
from backoffice.engine.projection.planned import Planned
from backoffice.engine.projection.served import absent_days, whole_months
from backoffice.engine.projection.spans import Laid, laid_out, pairs

_MONTHS = 12
_DEN_FTE = 10_000


@dataclass(frozen=True)
class Months:
    """One row per worker-month, by worker then month.

    Attributes:
        pay: hours and cents by cost item, as the claims take them.
        employer: index of the employer; `approval` of the service, -1: not named.
        manual: 1 for a manual worker, 0 for an employee.
        real: 1 for a month of real pay, 0 for a projected one.
        status: doubt on the cost, an index in `STATUSES`.
        fte: paid FTE-month in ten-thousandths, rounded once: to show, never to pay.
        incomplete: 1 where a part of the cost is unknown to us and is not in it.
        notes: what was assumed, and on how many.
    """

    pay: PayMonths
    employer: Ints
    approval: Ints
    manual: Ints
    real: Ints
    status: Ints
    fte: Ints
    incomplete: Ints
    notes: tuple[Note, ...]

    def __len__(self) -> int:
        return len(self.pay)

    @property
    def cost(self) -> Cents:
        """Cents of each worker-month, all items together."""
        found = np.zeros(len(self), dtype=np.int64)
        for values in self.pay.costs.values():
            found = found + values
        return found


def worker_months(facts: Facts) -> Months:
    """The worker-months of the horizon with their cost."""
    planned = _planned(facts)
    costs, incomplete, notes = projected_items(facts, planned)
    past = facts.real.month < facts.known_until[facts.worker_employer[facts.real.worker]]
    kept = np.flatnonzero(past & (facts.real.month >= facts.first))
    worker = np.concatenate([facts.real.worker[kept], planned.worker])
    month = np.concatenate([facts.real.month[kept], planned.month])
    order = np.argsort(worker * (facts.stop + 1) + month, kind="stable")
    old = PayMonths(
        facts.real.worker[kept],
        facts.real.month[kept],
        facts.real.paid[kept],
        facts.real.due[kept],
        facts.real.contract[kept],
        {},
    )
    columns = [
        np.concatenate([getattr(old, name), getattr(planned, name)])[order]
        for name in ("worker", "month", "paid", "due", "contract")
    ]
    none = np.zeros(len(kept), dtype=np.int64)
    named = _contract_of(facts, kept)
    items = {
        item: np.concatenate(
            [facts.real.costs[item][kept] if item in facts.real.costs else none, costs[item]]
        )[order]
        for item in facts.years.items
    }
    return Months(
        pay=PayMonths(columns[0], columns[1], columns[2], columns[3], columns[4], items),
        employer=facts.worker_employer[columns[0]],
        approval=np.concatenate([named[0], planned.approval])[order],
        manual=np.concatenate([named[1], planned.manual])[order],
        real=np.concatenate([none + 1, np.zeros_like(planned.worker)])[order],
        status=np.concatenate([none + CONFIRMED, planned.status])[order],
        fte=np.concatenate([_paid_fte(old, named[2]), planned.fte])[order],
        incomplete=np.concatenate([none, incomplete])[order],
        notes=notes,
    )


def _planned(facts: Facts) -> Planned:
    """Contract lines laid out from the first month without real pay, and summed by worker-month."""
    lines = facts.contracts
    laid = laid_out(lines.start, lines.stop, facts.first, facts.stop)
    late = laid.month >= facts.known_until[lines.employer[laid.row]]
    at = np.flatnonzero(late)
    laid = Laid(laid.row[at], laid.month[at], laid.days[at])
    full = full_time_gross(facts, laid)
    length = month_ordinals(laid.month + 1) - month_ordinals(laid.month)
    hours, whole = lines.hours[laid.row], lines.full_time[laid.row]
    paid = laid.days - absent_days(facts, laid)
    gross = money.times(full.amount, hours * paid, whole * length)
    span = facts.stop + 1
    key = lines.worker[laid.row] * span + laid.month
    names, first, group = np.unique(key, return_index=True, return_inverse=True)
    size, one = len(names), np.ones(len(key), dtype=np.int64)
    worker, month = names // span, names % span
    main = laid.row[first]
    unknown = _any(full.unknown, group, size)
    status = np.zeros(size, dtype=np.int64)
    np.maximum.at(status, group, full.status)
    covered = money.sum_groups(laid.days, group, size)
    served, before = _served(facts, worker, month)
    return Planned(
        worker=worker,
        month=month,
        paid=money.sum_groups(hours * paid, group, size),
        due=money.sum_groups(hours * laid.days, group, size),
        contract=money.sum_groups(hours * laid.days, group, size),
        gross=money.sum_groups(gross, group, size),
        fte=money.sum_products(
            (hours * paid, whole * length), (one * _DEN_FTE, one), np.asarray(group), size
        ),
        contract_month=money.times(full.amount[first], hours[first], whole[first]),
        full_month=full.amount[first],
        hours=hours[first],
        full_time=whole[first],
        regime=lines.regime[main],
        length=length[first],
        covered=covered,
        manual=lines.manual[main],
        committee=lines.committee[main],
        approval=lines.approval[main],
        served=served,
        served_before=before,
        last=_last_of_year(worker, month),
        targeted=_targeted(facts, worker, month),
        unknown=unknown,
        observed=_any(full.observed, group, size),
        apart=_any(full.apart, group, size),
        status=np.maximum(status, np.where(unknown == 1, ASSUMPTION, 0)),
    )


def _any(marks: Ints, group: Ints, size: int) -> Ints:
    """1 for each group with a marked row."""
    found = np.zeros(size, dtype=np.int64)
    np.maximum.at(found, group, marks)
    return found


def _served(facts: Facts, worker: Ints, month: Ints) -> tuple[Ints, Ints]:
    """Whole months under contract in the year of each row, and in the year before."""
    first = facts.first - _MONTHS
    months = whole_months(facts, first)
    whole = months.reshape(len(months), months.shape[1] // _MONTHS, _MONTHS)
    served = whole.sum(axis=2, dtype=np.int64)
    year = (month - first) // _MONTHS
    return served[worker, year], served[worker, year - 1]


def _last_of_year(worker: Ints, month: Ints) -> Ints:
    """1 on December, or on the last month of the worker in its year."""
    ends = np.append(
        (worker[1:] != worker[:-1]) | (month[1:] // _MONTHS != month[:-1] // _MONTHS), 1
    )
    return np.asarray(ends[: len(worker)], dtype=np.int64)


def _targeted(facts: Facts, worker: Ints, month: Ints) -> Ints:
    """1 where the worker stands on a post of a scheme that takes the balance of contributions."""
    held = facts.assignments
    rows = np.flatnonzero(facts.targeted[facts.posts.award[held.post]] == 1)
    laid = laid_out(held.start[rows], held.stop[rows], facts.first, facts.stop)
    span = facts.stop + 1
    keys = held.worker[rows][laid.row] * span + laid.month
    return np.isin(worker * span + month, keys).astype(np.int64)


def _contract_of(facts: Facts, kept: Ints) -> tuple[Ints, Ints, Ints]:
    """What the contract of each real month says: approval (-1: none), status, full time."""
    lines = facts.contracts
    approval = np.full(len(kept), -1, dtype=np.int64)
    manual = np.zeros(len(kept), dtype=np.int64)
    full = np.ones(len(kept), dtype=np.int64)
    mine, other = pairs(facts.real.worker[kept], lines.worker)
    month = facts.real.month[kept][mine]
    common = np.minimum(lines.stop[other], month_ordinals(month + 1)) - np.maximum(
        lines.start[other], month_ordinals(month)
    )
    hit = np.flatnonzero(common > 0)[::-1]
    approval[mine[hit]] = lines.approval[other[hit]]
    manual[mine[hit]] = lines.manual[other[hit]]
    full[mine[hit]] = lines.full_time[other[hit]]
    return approval, manual, full


def _paid_fte(pay: PayMonths, full: Ints) -> Ints:
    """Ten-thousandths of paid FTE of real months."""
    length = month_ordinals(pay.month + 1) - month_ordinals(pay.month)
    part = money.products(np.where(pay.due > 0, pay.paid, 0), _DEN_FTE)
    return money.times(pay.contract, part, full * length * np.maximum(pay.due, 1))
