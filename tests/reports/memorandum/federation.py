"""Invented services by the dozen: enough of them for a memorandum, drawn from a fixed seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from backoffice.federation.models import Approval, Collection, Organisation, Site
from grants.models import Award, Instalment, Post, Term
from staffing.models import Assignment, ContractLine, PayItem, PayMonth, Worker
from tests.factories import (
    ApprovalFactory,
    ApprovedPositionFactory,
    AwardFactory,
    CollectionFactory,
    InstalmentFactory,
    OrganisationFactory,
    ParticipationFactory,
    PostFactory,
    ReceiptFactory,
    SiteFactory,
    TermFactory,
    WorkerFactory,
    enterprise_number,
)
from tests.reports.checks.situations import TERMS

YEAR = 2024
AS_OF = date(2025, 6, 30)
WHOLE: tuple[tuple[str, ...], ...] = (
    *(("CASG",),) * 8,
    ("CASG", "SASPP"),
    *(("CAP",),) * 17,
    ("CAP", "CSS"),
    ("CAP", "ILI"),
    ("CSS", "ILI"),
    *(("CSS",),) * 2,
    *(("ILI",),) * 5,
    *(("SASPP",),) * 2,
)
"""The approvals of each employer: 38 employers and 42 approvals."""
_ORGANIC = {
    "CASG": "cocof_casg",
    "CAP": "cocom_cap",
    "CSS": "wallonia_css",
    "ILI": "wallonia_ili",
    "SASPP": "wallonia_saspp",
}
_FUNCTIONS = ("social", "social", "administration", "social", "coordination", "social", "legal")


@dataclass(frozen=True)
class _Hand:
    """One worker to be: service, function, weekly hours, monthly gross in EUR."""

    approval: Approval
    function: str
    hours: Decimal
    gross: Decimal


def invent_federation(
    plan: Sequence[tuple[str, ...]] = WHOLE, *, workers: tuple[int, int] = (6, 13), seed: int = 1
) -> None:
    """Services with frames, awards, workers, pay and payments of one year.

    Args:
        plan: the kinds of approval of each employer.
        workers: fewest and most workers of a service.
        seed: of the draw; the same seed gives the same rows.
    """
    draw = random.Random(seed)  # noqa: S311
    for number, kinds in enumerate(plan):
        organisation = OrganisationFactory.create(
            enterprise_number=enterprise_number(number), name=f"Service {number}", is_demo=True
        )
        takes_part(organisation, YEAR)
        for kind in kinds:
            approval = ApprovalFactory.create(organisation=organisation, code=kind, kind=kind)
            count = draw.randint(*workers)
            _frame(draw, approval, count)
            hands = [_hand(draw, approval, place) for place in range(count)]
            _service(draw, organisation, approval, hands)


def takes_part(organisation: Organisation, year: int) -> None:
    """The service agrees to the collection of a year, which is opened for the first."""
    collection = Collection.objects.filter(year=year).first() or CollectionFactory(year=year)
    ParticipationFactory(collection=collection, organisation=organisation)


def _hand(draw: random.Random, approval: Approval, place: int) -> _Hand:
    hours = Decimal(draw.choice(("38.00", "38.00", "19.00", "30.40")))
    gross = Decimal(draw.randint(280_000, 420_000)) / 100
    return _Hand(approval, _FUNCTIONS[place % len(_FUNCTIONS)], hours, gross)


def _frame(draw: random.Random, approval: Approval, count: int) -> None:
    SiteFactory.create(approval=approval)
    SiteFactory.create_batch(draw.randint(0, 2), approval=approval, kind=Site.Kind.ANTENNA)
    for function, fte in (("social", count - 2), ("administration", 1), ("coordination", 1)):
        ApprovedPositionFactory.create(
            approval=approval, code=function, function=function, fte=Decimal(max(fte, 1))
        )


def _service(
    draw: random.Random, organisation: Organisation, approval: Approval, hands: Sequence[_Hand]
) -> None:
    kind = approval.kind
    jobs = "acs" if kind in {"CASG", "CAP"} else "ape"
    cuts = {_ORGANIC[kind]: hands[2:], jobs: hands[:1], "maribel": hands[1:2]}
    for scheme, held in cuts.items():
        cost = sum(12 * hand.gross * Decimal("1.25") for hand in held)
        award = _award(draw, organisation, approval, scheme, int(cost * 9 / 10))
        for place, hand in enumerate(held):
            _worker(draw, organisation, award, hand, place)


def _award(
    draw: random.Random, organisation: Organisation, approval: Approval, scheme: str, granted: int
) -> Award:
    award: Award = AwardFactory.create(
        organisation=organisation,
        approval=approval,
        scheme=scheme,
        reference=f"{scheme}-{approval.kind}",
    )
    terms = {**TERMS[scheme], "granted": f"{granted}.00"}
    if scheme in {"acs", "ape", "wallonia_css", "wallonia_saspp"}:
        name = {"acs": "premium", "ape": "base_amount"}.get(scheme, "flat_amount")
        terms[name] = f"{granted}.00"
        del terms["granted"]
    if scheme == "cocof_casg":
        terms["index_regime"] = "public"
    Term.objects.bulk_create(
        TermFactory.build(award=award, code=code, value=value) for code, value in terms.items()
    )
    for number, due in ((1, date(YEAR, 2, 15)), (2, date(YEAR, 6, 15))):
        late = draw.choice((0, 0, 12, 45, 90))
        amount = Decimal(granted) / 2
        instalment: Instalment = InstalmentFactory.create(
            award=award, year=YEAR, number=number, due_on=due, amount=amount
        )
        if draw.random() < 0.9:
            ReceiptFactory.create(
                award=award,
                instalment=instalment,
                amount=amount,
                received_on=due + timedelta(days=late),
            )
    return award


def _worker(
    draw: random.Random, organisation: Organisation, award: Award, hand: _Hand, place: int
) -> None:
    worker: Worker = WorkerFactory.create(organisation=organisation)
    regime = draw.choice(("private_m1", "private_m2"))
    ContractLine.objects.create(
        worker=worker,
        approval=hand.approval,
        starts_on=date(YEAR - 2, 1, 1),
        kind="permanent",
        function=hand.function,
        diploma="bachelor",
        weekly_hours=hand.hours,
        full_time_hours=Decimal("38.00"),
        joint_committee="332.00.20",
        scale="332.00.20-ADMIN",
        scale_column="gradué",
        seniority_on=date(2015, 9, 1),
        index_regime=regime,
        evidence="CT-1",
    )
    post: Post = PostFactory.create(
        award=award,
        code=f"P{place}",
        function=hand.function,
        fte=(hand.hours / 38).quantize(Decimal("0.0001")),
    )
    Assignment.objects.create(
        worker=worker, post=post, starts_on=date(YEAR, 1, 1), weekly_hours=hand.hours
    )
    months = PayMonth.objects.bulk_create(_months(draw, worker, hand))
    PayItem.objects.bulk_create(item for month in months for item in _items(month, hand))


def _months(draw: random.Random, worker: Worker, hand: _Hand) -> Iterator[PayMonth]:
    sick = draw.choice((0, 0, 0, 9))
    due = (hand.hours * Decimal("4.2")).quantize(Decimal("0.01"))
    for month in range(1, 13):
        away = bool(sick) and month >= sick
        yield PayMonth(
            worker=worker,
            month=date(YEAR, month, 1),
            paid_hours=Decimal(0) if away else due,
            assimilated_hours=due if away and month == sick else Decimal(0),
            unpaid_hours=due if away and month > sick else Decimal(0),
            evidence="CI",
        )


def _items(month: PayMonth, hand: _Hand) -> Iterator[PayItem]:
    if month.paid_hours or month.assimilated_hours:
        gross = (hand.gross * hand.hours / 38).quantize(Decimal("0.01"))
        yield PayItem(pay_month=month, cost_item="gross", amount=gross)
        charges = (gross / 4).quantize(Decimal("0.01"))
        yield PayItem(pay_month=month, cost_item="employer_onss", amount=charges)
