"""A small service with one Maribel award, its user, and another service to keep apart."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from backoffice.federation.models import Organisation
from grants.models import Award, Post
from tests.factories import (
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    InstalmentFactory,
    InvoiceFactory,
    MembershipFactory,
    OrganisationFactory,
    PayItemFactory,
    PayMonthFactory,
    PostFactory,
    ReceiptFactory,
    SupplierFactory,
    TermFactory,
    VentilationFactory,
    WorkerFactory,
)

AS_OF = "2025-02-01"


@dataclass(frozen=True)
class Service:
    """An organisation with one award of 2024, and a client logged in as its user."""

    organisation: Organisation
    award: Award
    post: Post
    client: Client

    @property
    def page(self) -> str:
        return f"/subventions/{self.award.reference}/2024/"

    def get(self, path: str = "", **query: str):
        return self.client.get(self.page + path, {"au": AS_OF, **query})


def build_service(reference: str = "MARIBEL-1") -> Service:
    """One worker at full time in March 2024, one invoice that Maribel does not take."""
    organisation = OrganisationFactory()
    award = AwardFactory(organisation=organisation, reference=reference)
    for code, value in (("granted", "50000.00"), ("fund", "332"), ("ceiling", "46607.60")):
        TermFactory(award=award, code=code, value=value)
    post = PostFactory(award=award, code="P1")
    add_worker(post, organisation, "W01")
    InstalmentFactory(award=award, number=1)
    ReceiptFactory(award=award, reference="EXT-1", amount=Decimal("2000.00"))
    client = Client()
    client.force_login(MembershipFactory(organisation=organisation).user)
    return Service(organisation, award, post, client)


def made_again(one: Service) -> Service:
    """A service as it was made, for a test that changes its own: its rows stand for a module."""
    organisation, award, post = deepcopy((one.organisation, one.award, one.post))
    client = Client()
    client.cookies = deepcopy(one.client.cookies)
    return Service(organisation, award, post, client)


def add_worker(post: Post, organisation: Organisation, number: str) -> None:
    """A worker of the post with one month of pay and one invoice on the same award."""
    worker = WorkerFactory(organisation=organisation, number=number, name=f"Nom de {number}")
    ContractLineFactory(worker=worker)
    AssignmentFactory(worker=worker, post=post)
    month = PayMonthFactory(worker=worker, month=date(2024, 3, 1))
    PayItemFactory(pay_month=month)
    supplier = SupplierFactory(organisation=organisation, code=f"F-{number}")
    invoice = InvoiceFactory(supplier=supplier, organisation=organisation, piece=f"A-{number}")
    VentilationFactory(invoice=invoice, award=post.award)


@pytest.fixture
def service(db: None) -> Service:
    return build_service()


@pytest.fixture
def other(db: None) -> Service:
    return build_service("AUTRE-1")


@pytest.fixture
def worker_adder(service: Service) -> Callable[[str], None]:
    return lambda number: add_worker(service.post, service.organisation, number)
