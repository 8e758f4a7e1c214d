"""Two awards, one full-time worker paid the whole of 2024, and the requests of the page."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from backoffice.federation.models import Organisation
from grants.models import Post
from staffing.models import Worker
from tests.factories import (
    AwardFactory,
    ContractLineFactory,
    MembershipFactory,
    OrganisationFactory,
    PayItemFactory,
    PayMonthFactory,
    PostFactory,
    TermFactory,
    WorkerFactory,
)

AS_OF = "2025-02-01"
CONFLICT, REFUSED = 409, 422


@dataclass(frozen=True)
class Desk:
    """An organisation with `posts` on two awards, its worker, and the client of its officer."""

    organisation: Organisation
    worker: Worker
    posts: tuple[Post, ...]
    client: Client

    def key(self, post: int = 0, month: int = 3) -> str:
        return f"{self.worker.pk}:{self.posts[post].pk}:{month}"

    def get(self, **query: str) -> HttpResponse:
        return self.client.get("/grille/", {"au": AS_OF, "annee": "2024", **query})

    def preview(self, *edits: tuple[str, str]) -> Any:
        return self.post("essai", {"edits": [[*edit, "percent"] for edit in edits]})

    def save(self, *edits: tuple[str, str], **sent: Any) -> HttpResponse:
        content = {
            "edits": [[*edit, "percent"] for edit in edits],
            "versions": self.versions(),
            "known": {},
            "reason": "Décision du bureau",
        }
        return self.post("enregistrer", {**content, **sent})

    def post(self, action: str, content: Any) -> HttpResponse:
        address = f"/grille/2024/{action}/?au={AS_OF}"
        return self.client.post(address, json.dumps(content), "application/json")

    def versions(self) -> dict[int, str]:
        """The versions that the page carries now."""
        found = {}
        for line in self.get().content.decode().split("data-worker=")[1:]:
            worker, version = line.split('"')[1], line.split('data-version="')[1].split('"')[0]
            found[int(worker)] = version
        return found

    def cells(self) -> dict[str, str]:
        """What each cell of the page holds, in percent; empty ones left out."""
        found = {}
        for piece in self.get().content.decode().split('data-c="')[1:]:
            key, percent = piece.split('"')[0], piece.split('data-p="')[1].split('"')[0]
            if ":0:" not in key and percent:
                found[key] = percent
        return found


def build_desk(*schemes: str) -> Desk:
    """One award per scheme, each with an amount and a post of one FTE."""
    organisation = OrganisationFactory()
    posts = []
    for number, scheme in enumerate(schemes or ("cocof_facultative", "region_facultative")):
        award = AwardFactory(organisation=organisation, reference=f"SUB-{number}", scheme=scheme)
        TermFactory(award=award, code="granted", value="20000.00")
        posts.append(PostFactory(award=award, code=f"P{number}"))
    worker = add_paid_worker(organisation, "W01")
    client = Client()
    client.force_login(MembershipFactory(organisation=organisation).user)
    return Desk(organisation, worker, tuple(posts), client)


def add_paid_worker(organisation: Organisation, number: str) -> Worker:
    """A full-time worker with twelve months of pay."""
    worker = WorkerFactory(organisation=organisation, number=number, name=f"Nom de {number}")
    ContractLineFactory(worker=worker)
    for month in range(1, 13):
        paid = PayMonthFactory(worker=worker, month=date(2024, month, 1))
        PayItemFactory(pay_month=paid, amount=Decimal("3280.91"))
        PayItemFactory(pay_month=paid, cost_item="employer_onss", amount=Decimal("812.37"))
    return worker


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()
