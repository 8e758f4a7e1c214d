"""Contracts, assignments, absences and real pay of several organisations as columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from django.db.models import Max

from backoffice.engine import money
from backoffice.engine.payroll import PayMonths
from backoffice.engine.periods import Ints, month_index, month_ordinals, month_start
from backoffice.engine.projection.facts import Assignments, Contracts, Leaves, Observed
from backoffice.engine.projection.spans import pairs
from backoffice.federation.models import Organisation
from backoffice.federation.vocabulary import Diploma, Function
from backoffice.figures.pay_scales import pay_scales
from grants.models import Term
from grants.snapshots import ordinals
from staffing.models import Assignment, ContractLine, PayItem, PayMonth, Worker

FUNCTIONS, DIPLOMAS = tuple(Function.values), tuple(Diploma.values)
_MONTHS, _HUNDREDTHS = 12, 100
_LINE = (
    *("worker_id", "starts_on", "ends_on", "approval_id", "function", "diploma"),
    *("joint_committee", "weekly_hours", "full_time_hours", "status", "scale", "scale_column"),
    *("seniority_on", "index_regime", "replaces_id"),
)


@dataclass(frozen=True)
class People:
    """The workers of several organisations, by organisation then number, and where each stands.

    `place` is the index of a worker by database id; `scales` (scale, column) and `committees` the
    words behind the columns of `contracts`; `known_until` the first month without real pay of each
    organisation; `absent` those who come back on a day that nothing tells.
    """

    numbers: tuple[str, ...]
    place: Mapping[int, int]
    employer: Ints
    contracts: Contracts
    leaves: Leaves
    pay: PayMonths
    observed: Observed
    scales: tuple[tuple[str, str], ...]
    committees: tuple[str, ...]
    known_until: Ints
    absent: tuple[int, ...]


def people_of(
    organisations: Sequence[Organisation],
    first: int,
    items: Sequence[str],
    words: "Places",
    seen: int | None = None,
) -> People:
    """Everything on the workers of these organisations, in five queries.

    Args:
        organisations: the employers.
        first: first month of the horizon.
        seen: last month of pay that is looked at, None for all that is there.
        items: cost items, in the order of the columns.
        words: index of each approval by id, and of each index regime by name.
    """
    owner = {one.pk: index for index, one in enumerate(organisations)}
    found = Worker.objects.filter(organisation__in=organisations)
    rows = sorted(
        found.values_list("pk", "number", "organisation_id"), key=lambda r: (owner[r[2]], r[1])
    )
    place = {pk: index for index, (pk, _, _) in enumerate(rows)}
    employer = _ints([owner[organisation] for _, _, organisation in rows])
    lines = _lines(organisations, place)
    known = _known_until(organisations, first)
    if seen is not None:
        known = np.minimum(known, seen + 1)
    scales = _scales({(str(line["scale"]), str(line["scale_column"])) for line in lines})
    committees = tuple(sorted({str(line["joint_committee"]) for line in lines}))
    contracts = _contracts(lines, employer, words, (scales, committees))
    start = min(first, int(known.min(initial=first)) - _MONTHS)
    pay = _pay(organisations, place, contracts, (start, items))
    leaves, absent = _leaves(lines, contracts, pay, known[employer])
    return People(
        numbers=tuple(number for _, number, _ in rows),
        place=place,
        employer=employer,
        contracts=contracts,
        leaves=leaves,
        pay=pay,
        observed=_observed(pay, contracts, known[employer], items),
        scales=scales,
        committees=committees,
        known_until=known,
        absent=absent,
    )


@dataclass(frozen=True)
class Places:
    """Index of each approval by database id, and of each index regime by name."""

    approvals: Mapping[int, int]
    regimes: Mapping[str, int]


def regimes_of(organisations: Sequence[Organisation]) -> set[str]:
    """The index regimes of their contracts and of their awards; two queries."""
    lines = ContractLine.objects.filter(worker__organisation__in=organisations)
    terms = Term.objects.filter(award__organisation__in=organisations, code="index_regime")
    found = set(lines.order_by().values_list("index_regime", flat=True).distinct())
    return found | {value.strip() for value in terms.values_list("value", flat=True)}


def assignments_of(
    organisations: Sequence[Organisation], people: People, posts: Mapping[int, int]
) -> Assignments:
    """The assignments to known posts, in the order in which a justification takes them."""
    found = Assignment.objects.filter(worker__organisation__in=organisations).order_by(
        "worker__number", "starts_on", "post__award__reference", "post__code"
    )
    names = ("worker_id", "post_id", "starts_on", "ends_on", "weekly_hours")
    rows = [
        (people.place[worker], posts[post], *ordinals(start, end), int(hours * _HUNDREDTHS))
        for worker, post, start, end, hours in found.values_list(*names)
        if post in posts
    ]
    rows.sort(key=lambda row: row[0])
    return Assignments(*_table(rows, 5))


def _lines(organisations: Sequence[Organisation], place: Mapping[int, int]) -> list[dict[str, Any]]:
    found = ContractLine.objects.filter(worker__organisation__in=organisations).order_by(
        "starts_on"
    )
    lines = [{**line, "place": place[line["worker_id"]]} for line in found.values(*_LINE)]
    return sorted(lines, key=lambda line: line["place"])


def _scales(used: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The scales of the contracts, with the other columns of the same scales."""
    found = set(used)
    codes = {scale for scale, _ in found}
    for code, scale in pay_scales().items():
        found |= {(code, column.slug) for column in scale.columns if code in codes}
    return tuple(sorted(found))


def _known_until(organisations: Sequence[Organisation], first: int) -> Ints:
    """By organisation, the month after its last pay; the first of the horizon without any pay."""
    last = dict(
        PayMonth.objects.filter(worker__organisation__in=organisations)
        .order_by()
        .values_list("worker__organisation")
        .annotate(last=Max("month"))
    )
    months = [last.get(one.pk) for one in organisations]
    return _ints([first if day is None else month_index(day) + 1 for day in months])


def _contracts(
    lines: Sequence[dict[str, Any]],
    employer: Ints,
    words: Places,
    names: tuple[Sequence[tuple[str, str]], Sequence[str]],
) -> Contracts:
    scales = {scale: index for index, scale in enumerate(names[0])}
    committees = {committee: index for index, committee in enumerate(names[1])}
    rows = [
        (
            line["place"],
            int(employer[line["place"]]),
            words.approvals.get(line["approval_id"], -1),
            FUNCTIONS.index(line["function"]),
            DIPLOMAS.index(line["diploma"]),
            committees[line["joint_committee"]],
            *ordinals(line["starts_on"], line["ends_on"]),
            int(line["weekly_hours"] * _HUNDREDTHS),
            int(line["full_time_hours"] * _HUNDREDTHS),
            int(line["status"] == ContractLine.Status.MANUAL),
            scales[line["scale"], line["scale_column"]],
            _first_whole_month(line["seniority_on"]),
            words.regimes.get(line["index_regime"], -1),
        )
        for line in lines
    ]
    return Contracts(*_table(rows, 14))


def _first_whole_month(day: date) -> int:
    """The first month that begins on or after a day."""
    return month_index(day) + int(day.day > 1)


def _pay(
    organisations: Sequence[Organisation],
    place: Mapping[int, int],
    contracts: Contracts,
    wanted: tuple[int, Sequence[str]],
) -> PayMonths:
    """Real worker-months from a month on, by worker then month."""
    start, items = wanted
    since = month_start(start)
    found = PayMonth.objects.filter(worker__organisation__in=organisations, month__gte=since)
    names = ("pk", "worker_id", "month", "paid_hours", "assimilated_hours", "unpaid_hours")
    rows = sorted(
        (
            (place[worker], month_index(month), _hundredths(paid + other), _hundredths(unpaid), pk)
            for pk, worker, month, paid, other, unpaid in found.values_list(*names)
        ),
    )
    worker, month, paid, unpaid, keys = _table(rows, 5)
    row_of = {pk: row for row, pk in enumerate(keys.tolist())}
    costs = {item: np.zeros(len(rows), dtype=np.int64) for item in items}
    amounts = PayItem.objects.filter(
        pay_month__worker__organisation__in=organisations, pay_month__month__gte=since
    ).values_list("pay_month_id", "cost_item", "amount")
    for pay, item, amount in amounts:
        costs[item][row_of[pay]] += money.cents(amount)
    mine, line = pairs(worker, contracts.worker)
    low = np.maximum(contracts.start[line], month_ordinals(month[mine]))
    high = np.minimum(contracts.stop[line], month_ordinals(month[mine] + 1))
    contract = np.zeros(len(rows), dtype=np.int64)
    np.add.at(contract, mine, np.maximum(high - low, 0) * contracts.hours[line])
    return PayMonths(worker, month, paid, paid + unpaid, contract, costs)


def _leaves(
    lines: Sequence[dict[str, Any]], contracts: Contracts, pay: PayMonths, known: Ints
) -> tuple[Leaves, tuple[int, ...]]:
    """Workers without any paid hour in their last month stay away while someone replaces them.

    Of those whom nobody replaces, nothing tells the day of return: they are counted as back.
    """
    away = np.flatnonzero((pay.month == known[pay.worker] - 1) & (pay.paid == 0) & (pay.due > 0))
    places = {line["worker_id"]: line["place"] for line in lines}
    rows, absent = [], []
    for row in away.tolist():
        worker = int(pay.worker[row])
        start = month_start(int(pay.month[row]) + 1).toordinal()
        stops = [
            int(stop)
            for stop, line in zip(contracts.stop, lines, strict=True)
            if places.get(line["replaces_id"]) == worker and stop > start
        ]
        if stops:
            rows.append((worker, start, max(stops)))
        else:
            absent.append(worker)
    return Leaves(*_table(rows, 3)), tuple(absent)


def _observed(pay: PayMonths, contracts: Contracts, known: Ints, items: Sequence[str]) -> Observed:
    """The twelve months before the first unknown one of each worker, and their last real pay."""
    size = len(known)
    late = np.flatnonzero((pay.month < known[pay.worker]) & (pay.month >= known[pay.worker] - 12))
    worker, place = pay.worker[late], pay.month[late] % _MONTHS
    amount = np.zeros((len(items), size, _MONTHS), dtype=np.int64)
    for index, item in enumerate(items):
        amount[index, worker, place] = pay.costs[item][late]
    paid, hours = (np.zeros((size, _MONTHS), dtype=np.int64) for _ in range(2))
    paid[worker, place] = 1
    length = month_ordinals(pay.month + 1) - month_ordinals(pay.month)
    hours[worker, place] = pay.contract[late] // length[late]
    full, month_pay = (np.full(size, -1, dtype=np.int64) for _ in range(2))
    since, hours_of, whole_of, rule = (np.zeros(size, dtype=np.int64) for _ in range(4))
    gross = pay.costs["gross"]
    solid = late[(gross[late] > 0) & (pay.paid[late] > 0) & (pay.contract[late] > 0)]
    weekly, whole = _times_of(pay, contracts, solid)
    for row, q, s in zip(solid.tolist(), weekly.tolist(), whole.tolist(), strict=True):
        one = int(pay.worker[row])
        month = Fraction(int(gross[row]) * int(length[row]) * int(pay.due[row])) / (
            int(pay.contract[row]) * int(pay.paid[row])
        )
        full[one] = money.times_one(s, month)
        month_pay[one] = money.times_one(q, month)
        since[one], hours_of[one], whole_of[one] = pay.month[row], q, s
    return Observed(amount, paid, hours, full, month_pay, since, hours_of, whole_of, rule)


def _times_of(pay: PayMonths, contracts: Contracts, rows: Ints) -> tuple[Ints, Ints]:
    """Weekly hours and full time of the last contract line that touches each month."""
    weekly, whole = np.zeros(len(rows), dtype=np.int64), np.ones(len(rows), dtype=np.int64)
    mine, line = pairs(pay.worker[rows], contracts.worker)
    month = pay.month[rows][mine]
    touches = (contracts.start[line] < month_ordinals(month + 1)) & (
        contracts.stop[line] > month_ordinals(month)
    )
    hit = np.flatnonzero(touches)
    weekly[mine[hit]], whole[mine[hit]] = (
        contracts.hours[line[hit]],
        contracts.full_time[line[hit]],
    )
    return weekly, whole


def _hundredths(hours: Decimal) -> int:
    return int(hours * _HUNDREDTHS)


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _table(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    """The columns of rows of integers."""
    return np.ascontiguousarray(np.array(rows, dtype=np.int64).reshape(len(rows), width).T)
