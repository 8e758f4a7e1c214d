"""Two people of one service at work on the site: the finance officer and the director."""

from dataclasses import dataclass

import pytest
from django.test import Client

from tests.reports.workflow.life import Life, life


@dataclass
class Desk:
    """A justification, and a client for each of the two people."""

    life: Life
    finance: Client
    director: Client

    @property
    def page(self) -> str:
        return f"/subventions/{self.life.award.reference}/2024/"

    def get(self, path: str = "", by: Client | None = None, **query: str):
        return (by or self.finance).get(self.page + path, {"au": "2025-03-01", **query})

    def post(self, path: str, data: dict | None = None, by: Client | None = None):
        seen = {"seen": self.mark(by)}
        address = f"{self.page}{path}?au=2025-03-01"
        return (by or self.finance).post(address, {**seen, **(data or {})})

    def mark(self, by: Client | None = None) -> str:
        return self.get(by=by).context["bar"].mark


@pytest.fixture(autouse=True)
def plain_papers(papers_made_once: None) -> None:
    """What is frozen is printed once for every test that freezes it."""


@pytest.fixture
def desk(db: None) -> Desk:
    one = life()
    clients = []
    for user in (one.finance, one.director):
        client = Client()
        client.force_login(user)
        clients.append(client)
    return Desk(one, clients[0], clients[1])
