"""What the product holds of a year's pay: each cost item on its account and its approval."""

from collections.abc import Iterator, Mapping

from backoffice.engine import money
from backoffice.engine.periods import Ints, month_start
from backoffice.figures.vocabulary import cost_items
from reports.tie_out.classes import class_of
from reports.tie_out.content import Entry, Share
from reports.tie_out.year import Year

Weights = list[tuple[str, int]]


def pay_entries(year: Year) -> Iterator[Entry]:
    """One entry per worker-month, account and approval.

    A month under contracts of several approvals is split as the hours of their days.
    """
    pay, staff = year.facts.staff.pay, year.facts.staff
    for row, weights in enumerate(_weights(year)):
        worker, month = staff.workers[int(pay.worker[row])], int(pay.month[row])
        for account, cents in sorted(_by_account(pay.costs, row).items()):
            group = class_of(account)
            for code, amount in _split(cents, weights):
                yield Entry(
                    group="" if group is None else group.code,
                    analytical=code,
                    account=account,
                    kind="pay",
                    key=worker.number,
                    label="",
                    day=month_start(month),
                    dossier="",
                    amount=amount,
                )


def item_total(year: Year, item: str) -> dict[str, int]:
    """Cents of one cost item by analytical account."""
    found: dict[str, int] = {}
    column = year.facts.staff.pay.costs.get(item)
    if column is None:
        return found
    for row, weights in enumerate(_weights(year)):
        for code, amount in _split(int(column[row]), weights):
            found[code] = found.get(code, 0) + amount
    return found


def staff_shares(year: Year) -> dict[str, list[Share]]:
    """What each award presents and is paid of the pay, by analytical account of the contract."""
    found: dict[str, list[Share]] = {}
    for index, award in enumerate(year.facts.awards):
        claim = year.claims[index]
        codes = [
            year.codes.of(year.facts.slice_facts[int(place)].contract.row.approval_id)
            for place in claim.rows
        ]
        presented = _sums(codes, claim.staff["presented"].values)
        known = "payable" in claim.staff
        payable = _sums(codes, claim.staff["payable"].values) if known else {}
        for code, amount in presented.items():
            share = Share(
                award.row.reference, award.row.label, amount, payable[code] if known else None
            )
            found.setdefault(code, []).append(share)
    return found


def _sums(codes: list[str], values: Ints) -> dict[str, int]:
    found: dict[str, int] = {}
    for code, value in zip(codes, values.tolist(), strict=True):
        found[code] = found.get(code, 0) + value
    return found


def _by_account(costs: Mapping[str, Ints], row: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for item, column in costs.items():
        account = cost_items()[item].account
        found[account] = found.get(account, 0) + int(column[row])
    return {account: cents for account, cents in found.items() if cents}


def _split(cents: int, weights: Weights) -> Iterator[tuple[str, int]]:
    """An amount by analytical account."""
    parts = money.allocate(cents, [weight for _code, weight in weights])
    for (code, _weight), amount in zip(weights, parts, strict=True):
        yield code, amount


def _weights(year: Year) -> Iterator[Weights]:
    """Hours x days of each approval's contracts in a worker-month; one whole when there is none."""
    staff = year.facts.staff
    for worker, month in zip(staff.pay.worker.tolist(), staff.pay.month.tolist(), strict=True):
        first, after = month_start(month).toordinal(), month_start(month + 1).toordinal()
        found: dict[str, int] = {}
        for line in staff.contracts:
            days = min(line.stop, after) - max(line.start, first)
            if line.worker == worker and days > 0:
                code = year.codes.of(line.row.approval_id)
                found[code] = found.get(code, 0) + days * line.hours
        yield sorted(found.items()) or [("", 1)]
