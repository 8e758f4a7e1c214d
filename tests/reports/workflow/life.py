"""A justification that two people bring from one state to another, through the services."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.auth.models import User
from django.utils import timezone
from moneyed import Money

from backoffice.federation.roles import Role
from grants.models import Award
from reports.models import JustificationFile, State
from reports.workflow.deciding import Letter, record_decision
from reports.workflow.moves import NEXT
from reports.workflow.preparing import approve, freeze_file, make_ready, unlock
from reports.workflow.sending import (
    Payment,
    Sending,
    abandon,
    balance_of,
    close,
    correct,
    recover,
    send,
)
from reports.workflow.steps import Outcome, Step, mark_of, standing_file
from tests.factories import MembershipFactory, ReceiptFactory, SignOffFactory
from tests.reports.checks.situations import AS_OF, Service, service

YEAR = 2024


@dataclass
class Life:
    """One award, its finance officer and its director; `now` is what the last move left."""

    place: Service
    award: Award
    finance: User
    director: User

    @property
    def file(self) -> JustificationFile:
        return standing_file(self.award, YEAR)

    def step(self, by: User | None = None, as_of: date = AS_OF) -> Step:
        return Step(self.award, YEAR, by or self.finance, mark_of(self.file), as_of)

    def move(self, name: str, by: User | None = None) -> Outcome:
        """One move, with what it asks for."""
        default = self.director if name in {"approve", "unlock"} else self.finance
        step = self.step(by or default)
        today = timezone.localdate()
        left = balance_of(self.file).left if self.file.pk else 0
        paid = Payment(today, Decimal(abs(left or 0)) / 100, f"SOLDE-{self.file.number}")
        moves = {
            "ready": lambda: make_ready(step=step),
            "approve": lambda: approve(step=step),
            "freeze": lambda: freeze_file(step=step),
            "send": lambda: send(step=step, sending=Sending(timezone.now(), "REC-1")),
            "decide": lambda: record_decision(
                step=step, letter=Letter(today, "DEC-1"), accept_rest=True
            ),
            "close": lambda: close(step=step, payment=paid),
            "recover": lambda: recover(step=step, payment=paid),
            "correct": lambda: correct(step=step, reason="un mois oublié"),
            "abandon": lambda: abandon(step=step, reason="ouverte par erreur"),
            "unlock": lambda: unlock(step=step, reason="une pièce à ajouter"),
        }
        return moves[name]()

    def reach(self, state: str) -> "Life":
        """Bring it to a state by the plain way."""
        while self.file.state != state:
            name = "recover" if (self.file.state, state) == (State.DECIDED, "recovered") else None
            self.move(name or NEXT[self.file.state])
        return self

    def raise_pay(self) -> "Life":
        """A correction of the pay: 100.00 more."""
        item = self.place.month.items.get(cost_item="gross")
        item.amount += Money("100.00", "EUR")
        item.save()
        return self

    def owe(self) -> "Life":
        """More came than what is payable: the balance is to give back."""
        ReceiptFactory(award=self.award, reference="TROP", amount=Decimal("9000.00"))
        return self


def life(
    scheme: str = "maribel",
    place: Service | None = None,
    reference: str = "A",
    **terms: str | None,
) -> Life:
    """A clean justification of 2024, nothing done yet."""
    place = place or service()
    award = place.funded(scheme, reference, **terms)
    if scheme == "maribel":
        SignOffFactory(award=award, subject="costs:maribel:gross")
    people = [
        MembershipFactory(organisation=place.organisation, role=role).user
        for role in (Role.FINANCE, Role.DIRECTOR)
    ]
    return Life(place, award, people[0], people[1])
