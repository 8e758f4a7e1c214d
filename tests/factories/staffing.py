"""Factories of the staffing app: workers, contracts, pay, assignments."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from staffing.models import (
    AllocationNote,
    Assignment,
    ContractLine,
    DmfaLine,
    PayItem,
    PayMonth,
    Worker,
    WorkerDocument,
)
from tests.factories.federation import OrganisationFactory
from tests.factories.grants import PostFactory


class WorkerFactory(DjangoModelFactory):
    class Meta:
        model = Worker

    organisation = factory.SubFactory(OrganisationFactory)
    number = factory.Sequence(lambda n: f"W{n:02d}")
    name = factory.Sequence(lambda n: f"Personne inventée {n}")


class ContractLineFactory(DjangoModelFactory):
    class Meta:
        model = ContractLine

    worker = factory.SubFactory(WorkerFactory)
    starts_on = date(2022, 1, 1)
    kind = ContractLine.Kind.PERMANENT
    function = "social"
    diploma = "bachelor"
    weekly_hours = Decimal("38.00")
    full_time_hours = Decimal("38.00")
    joint_committee = "332.00.20"
    scale = "332.00.20-ADMIN"
    scale_column = "gradué"
    seniority_on = date(2015, 9, 1)
    index_regime = "private_m2"
    evidence = "CT-1"


class PayMonthFactory(DjangoModelFactory):
    class Meta:
        model = PayMonth

    worker = factory.SubFactory(WorkerFactory)
    month = date(2024, 3, 1)
    paid_hours = Decimal("159.60")
    assimilated_hours = Decimal("0.00")
    unpaid_hours = Decimal("0.00")
    evidence = "CI-2024-03"


class PayItemFactory(DjangoModelFactory):
    class Meta:
        model = PayItem

    pay_month = factory.SubFactory(PayMonthFactory)
    cost_item = "gross"
    amount = Decimal("3280.90")


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    worker = factory.SubFactory(WorkerFactory)
    post = factory.SubFactory(PostFactory)
    starts_on = date(2024, 1, 1)
    weekly_hours = Decimal("38.00")
    reason = ""


class WorkerDocumentFactory(DjangoModelFactory):
    class Meta:
        model = WorkerDocument

    worker = factory.SubFactory(WorkerFactory)
    kind = WorkerDocument.Kind.DIPLOMA
    reference = factory.Sequence(lambda n: f"DOC-{n}")
    dated_on = date(2012, 6, 30)
    received_on = date(2022, 1, 3)
    transmitted_on = date(2024, 2, 1)


class DmfaLineFactory(DjangoModelFactory):
    class Meta:
        model = DmfaLine

    worker = factory.SubFactory(WorkerFactory)
    quarter = date(2024, 1, 1)
    number = 1
    funded_hours = Decimal("38.00")
    evidence = "DMFA-2024-T1"


class AllocationNoteFactory(DjangoModelFactory):
    class Meta:
        model = AllocationNote

    organisation = factory.SubFactory(OrganisationFactory)
    worker_number = factory.Sequence(lambda n: f"W{n:02d}")
    award_reference = "MARIBEL-1"
    post_code = "P1"
    month = date(2024, 3, 1)
    before = "38"
    after = "19"
    reason = "Mi-temps demandé par la travailleuse"
