"""A service with a CASG award of 2024 whose deadlines are planned, its user, and another one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client

from backoffice.federation.models import Organisation
from grants.models import Award, Deadline
from grants.services.deadlines import plan_deadlines
from tests.factories import (
    ApprovalFactory,
    AwardFactory,
    MembershipFactory,
    OrganisationFactory,
    ReceiptFactory,
    TermFactory,
)

TODAY = date(2025, 4, 1)


@dataclass(frozen=True)
class Service:
    """An organisation that owes pieces on 15 April and a report on 30 June 2025."""

    organisation: Organisation
    award: Award
    user: User
    client: Client

    @property
    def pieces(self) -> Deadline:
        return self.award.deadlines.get(code="pieces")

    @property
    def page(self) -> str:
        return f"/echeances/{self.pieces.pk}/"

    def get(self, **asked: str):
        return self.client.get("/echeances/", {"au": TODAY.isoformat(), **asked})

    def change(self, action: str, **typed: str):
        data = {f"{action}-{name}": value for name, value in typed.items()}
        return self.client.post(f"{self.page}{action}/", data)


def build(reference: str) -> Service:
    organisation = OrganisationFactory(name=f"Service {reference}")
    approval = ApprovalFactory(organisation=organisation)
    award = AwardFactory(
        organisation=organisation, approval=approval, scheme="cocof_casg", reference=reference
    )
    TermFactory(award=award, code="granted", value="100000.00")
    ReceiptFactory(award=award, amount=Decimal("100000.00"))
    plan_deadlines(organisation=organisation, year=2024, known_on=TODAY)
    user = MembershipFactory(organisation=organisation).user
    client = Client()
    client.force_login(user)
    return Service(organisation, award, user, client)


@pytest.fixture
def service(db: None) -> Service:
    return build("CASG-24")


@pytest.fixture
def other(db: None) -> Service:
    return build("AUTRE-24")
