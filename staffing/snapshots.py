"""Pay and contract rows of an employer-year as the engine receives them: columns of integers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from backoffice.engine import money
from backoffice.engine.money import Cents
from backoffice.engine.payroll import PayMonths
from backoffice.engine.periods import Ints, Period, month_index, overlap_days, quarter_period
from backoffice.federation.models import Organisation
from grants.snapshots import ordinals
from staffing.models import (
    Assignment,
    ContractLine,
    DmfaLine,
    PayItem,
    PayMonth,
    Worker,
    WorkerDocument,
)

_HUNDREDTHS = 100
_MONTHS = 12


@dataclass(frozen=True)
class ContractFacts:
    """One contract line: hours in hundredths, days as ordinals (`stop` excluded)."""

    row: ContractLine
    worker: int
    start: int
    stop: int
    hours: int
    full_time: int


@dataclass(frozen=True)
class PayRow:
    """The hours of one worker in one month and their document, as the database holds them."""

    pk: int
    worker_id: int
    month: date
    paid_hours: Decimal
    assimilated_hours: Decimal
    unpaid_hours: Decimal
    evidence: str


@dataclass(frozen=True)
class StaffFacts:
    """The people of an employer-year.

    `workers` in order of number; `months` are the pay rows in the order of `pay`; `contracts` by
    worker and day; `assignments` those that touch the year, `holdings` with all former ones;
    `files` every document of the workers by worker and day, `dmfa` the lines of the quarters of
    the year by worker and quarter.
    """

    workers: tuple[Worker, ...]
    months: tuple[PayRow, ...]
    pay: PayMonths
    contracts: tuple[ContractFacts, ...]
    assignments: tuple[Assignment, ...]
    holdings: tuple[Assignment, ...]
    files: tuple[WorkerDocument, ...]
    dmfa: tuple[DmfaLine, ...]


@dataclass(frozen=True)
class OtherFunding:
    """What others than Maribel pay for each pay row: cents, and whether the DmfA says it at all."""

    cents: Cents
    known: Ints


def staff_facts(organisation: Organisation, year: Period) -> StaffFacts:
    """Workers, pay, contracts, assignments, files and DmfA of a year, in seven queries."""
    workers = tuple(organisation.workers.order_by("number"))
    place = {worker.pk: index for index, worker in enumerate(workers)}
    found = PayMonth.objects.filter(
        worker__organisation=organisation, month__gte=year.start, month__lt=year.stop
    ).order_by("worker__number", "month")
    months = tuple(PayRow(*row) for row in found.values_list(*PayRow.__dataclass_fields__))
    items = PayItem.objects.filter(
        pay_month__worker__organisation=organisation,
        pay_month__month__gte=year.start,
        pay_month__month__lt=year.stop,
    ).values_list("pay_month_id", "cost_item", "amount")
    contracts = tuple(
        _contract(line, place[line.worker_id])
        for line in ContractLine.objects.filter(
            worker__organisation=organisation, starts_on__lt=year.stop
        ).order_by("worker__number", "starts_on")
    )
    holdings = tuple(
        Assignment.objects.filter(worker__organisation=organisation, starts_on__lt=year.stop)
        .select_related("post__award")
        .order_by("worker__number", "starts_on", "post__award__reference", "post__code")
    )
    assignments = tuple(one for one in holdings if one.ends_on is None or one.ends_on >= year.start)
    pay = _pay_months(months, place, list(items), contracts)
    files = WorkerDocument.objects.filter(worker__organisation=organisation).order_by(
        "worker__number", "dated_on", "kind", "reference"
    )
    dmfa = DmfaLine.objects.filter(
        worker__organisation=organisation, quarter__gte=year.start, quarter__lt=year.stop
    ).order_by("worker__number", "quarter", "number")
    return StaffFacts(
        workers, months, pay, contracts, assignments, holdings, tuple(files), tuple(dmfa)
    )


def other_funding(staff: StaffFacts) -> OtherFunding:
    """The subsidies other than Maribel of the DmfA, quarter by quarter over the months of pay.

    A quarter is split by the contract's hours x days, as the cost of a month is, to the cent; what
    is declared for a quarter without pay meets no cost and is in no row.
    """
    quarters: dict[tuple[int, date], list[int]] = {}
    for row, month in enumerate(staff.months):
        first = quarter_period(month.month).start
        quarters.setdefault((month.worker_id, first), []).append(row)
    declared: dict[tuple[int, date], int] = {}
    for line in staff.dmfa:
        key = line.worker_id, line.quarter
        if line.other_subsidies is not None and key in quarters:
            declared[key] = declared.get(key, 0) + money.cents(line.other_subsidies.amount)
    cents = np.zeros(len(staff.months), dtype=np.int64)
    known = np.zeros(len(staff.months), dtype=np.int64)
    for key, total in declared.items():
        rows = _ints(quarters[key])
        weights = np.maximum(staff.pay.contract[rows], 1)
        cents[rows] = money.allocate_groups(_ints([total]), weights, np.zeros_like(rows))
        known[rows] = 1
    return OtherFunding(cents, known)


def whole_years(organisation: Organisation) -> frozenset[int]:
    """Years with pay in each of their twelve months: what is known of them is the whole year."""
    months = organisation.workers.dates("pay_months__month", "month")
    counts = Counter(day.year for day in months if day)
    return frozenset(year for year, count in counts.items() if count == _MONTHS)


def hundredths(value: Decimal) -> int:
    """Hours of the database to hundredths."""
    return int(value * _HUNDREDTHS)


def hours_on_post(assignment: Assignment, line: ContractFacts) -> int:
    """Hundredths of hours a week that an assignment puts on its post, within the contract."""
    return min(hundredths(assignment.weekly_hours), line.hours)


def completed_years(since: date, day: date) -> int:
    """Whole years from `since` to `day`, never negative."""
    years = day.year - since.year - ((day.month, day.day) < (since.month, since.day))
    return max(years, 0)


def _contract(line: ContractLine, worker: int) -> ContractFacts:
    start, stop = ordinals(line.starts_on, line.ends_on)
    hours, full_time = hundredths(line.weekly_hours), hundredths(line.full_time_hours)
    return ContractFacts(line, worker, start, stop, hours, full_time)


def _pay_months(
    months: Sequence[PayRow],
    place: Mapping[int, int],
    items: Sequence[tuple[int, str, Decimal]],
    contracts: Sequence[ContractFacts],
) -> PayMonths:
    row_of = {month.pk: row for row, month in enumerate(months)}
    worker = _ints([place[month.worker_id] for month in months])
    index = _ints([month_index(month.month) for month in months])
    paid = _ints([hundredths(month.paid_hours + month.assimilated_hours) for month in months])
    due = paid + _ints([hundredths(month.unpaid_hours) for month in months])
    costs: dict[str, Ints] = {}
    for month_id, item, amount in items:
        column = costs.setdefault(item, np.zeros(len(months), dtype=np.int64))
        column[row_of[month_id]] += money.cents(amount)
    contract = np.zeros(len(months), dtype=np.int64)
    for line in contracts:
        rows = np.flatnonzero(worker == line.worker)
        days = overlap_days(_ints([line.start]), _ints([line.stop]), index[rows])
        contract[rows] += days * line.hours
    return PayMonths(worker, index, paid, due, contract, costs)


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
