"""Employers alike: four with the same data, so that what they add up to may be shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backoffice.federation.models import Approval, Organisation
from grants.models import Award
from reports.memorandum.computing import compute_memorandum
from reports.memorandum.memorandum import Entry, Memorandum
from staffing.models import ContractLine, PayItem, PayMonth, Worker
from tests.factories import (
    ApprovalFactory,
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    OrganisationFactory,
    PostFactory,
    TermFactory,
    WorkerFactory,
)
from tests.reports.memorandum.federation import takes_part

YEAR, AS_OF = 2024, date(2025, 6, 30)
GROSS, CHARGES, HOURS = Decimal("3000.00"), Decimal("750.00"), Decimal("160.00")
TERMS = {
    "cocom_cap": {"granted": "40000.00"},
    "cocof_facultative": {"granted": "40000.00", "justify_by": "2025-03-31"},
    "cocom_facultative": {"granted": "40000.00", "justify_by": "2025-03-31"},
    "acs": {"premium": "24000.00", "premium_rate": "1"},
    "ape": {"base_amount": "30000.00"},
}


@dataclass(frozen=True)
class Small:
    """A service with one full-time worker, paid 3,750.00 in each month of 2024."""

    number: int
    organisation: Organisation
    approval: Approval
    worker: Worker
    contract: ContractLine


def alike(
    add: Callable[[Small], object] = lambda _small: None,
    *,
    count: int = 4,
    kind: str = "CASG",
    regime: str = "private_m1",
) -> None:
    """Some services alike; `add` gives each one the rest."""
    for number in range(count):
        organisation = OrganisationFactory.create(is_demo=True)
        takes_part(organisation, YEAR)
        approval = ApprovalFactory.create(organisation=organisation, kind=kind, code=kind)
        worker = WorkerFactory.create(organisation=organisation)
        contract = ContractLineFactory.create(worker=worker, approval=approval, index_regime=regime)
        months = PayMonth.objects.bulk_create(_months(worker))
        PayItem.objects.bulk_create(item for month in months for item in _items(month))
        add(Small(number, organisation, approval, worker, contract))


def fund(
    small: Small, scheme: str, *, since: date = date(YEAR, 1, 1), **terms: str | None
) -> Award:
    """An award of a full-time post that the worker holds; a term given as None is left out."""
    award: Award = AwardFactory.create(
        organisation=small.organisation,
        approval=small.approval,
        scheme=scheme,
        reference=f"{scheme}-{small.number}",
    )
    post = PostFactory.create(award=award, starts_on=since)
    AssignmentFactory.create(worker=small.worker, post=post, starts_on=since)
    for code, value in {**TERMS.get(scheme, {}), **terms}.items():
        if value is not None:
            TermFactory.create(award=award, code=code, value=value)
    return award


def found(key: str, year: int = YEAR, as_of: date = AS_OF) -> Entry:
    """One figure of the memorandum."""
    return entry_of(compute_memorandum(year, as_of), key)


def entry_of(memorandum: Memorandum, key: str) -> Entry:
    return next(entry for entry in memorandum.entries if entry.key == key)


def _months(worker: Worker) -> Iterator[PayMonth]:
    for month in range(1, 13):
        yield PayMonth(
            worker=worker,
            month=date(YEAR, month, 1),
            paid_hours=HOURS,
            assimilated_hours=0,
            unpaid_hours=0,
        )


def _items(month: PayMonth) -> Iterator[PayItem]:
    yield PayItem(pay_month=month, cost_item="gross", amount=GROSS)
    yield PayItem(pay_month=month, cost_item="employer_onss", amount=CHARGES)
