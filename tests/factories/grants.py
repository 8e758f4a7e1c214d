"""Factories of the grants app: awards, terms, money, applications, budgets."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from grants.models import (
    Amendment,
    Application,
    Award,
    BudgetLine,
    CalendarFeed,
    Deadline,
    DeadlineEvent,
    DeadlineReminder,
    Instalment,
    Post,
    Receipt,
    Term,
)
from tests.factories.federation import OrganisationFactory, UserFactory


class AwardFactory(DjangoModelFactory):
    class Meta:
        model = Award

    organisation = factory.SubFactory(OrganisationFactory)
    reference = factory.Sequence(lambda n: f"SUB-{n}")
    scheme = "maribel"
    label = "Emplois supplémentaires"
    letter_reference = "LETTRE-1"
    letter_on = date(2023, 12, 1)
    notified_on = date(2023, 12, 5)
    starts_on = date(2024, 1, 1)
    ends_on = date(2024, 12, 31)


class AmendmentFactory(DjangoModelFactory):
    class Meta:
        model = Amendment

    award = factory.SubFactory(AwardFactory)
    number = factory.Sequence(lambda n: n + 1)
    letter_reference = "LETTRE-2"
    decided_on = date(2024, 5, 2)
    effective_on = date(2024, 6, 1)
    reason = "Relèvement du plafond"


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    award = factory.SubFactory(AwardFactory)
    code = "granted"
    value = "50000.00"
    starts_on = date(2024, 1, 1)
    ends_on = date(2024, 12, 31)
    decided_on = date(2023, 12, 1)
    letter_reference = "LETTRE-1"
    status = "confirmed"


class PostFactory(DjangoModelFactory):
    class Meta:
        model = Post

    award = factory.SubFactory(AwardFactory)
    code = factory.Sequence(lambda n: f"P{n}")
    function = "social"
    diploma = "bachelor"
    fte = Decimal("1.0000")
    starts_on = date(2024, 1, 1)


class InstalmentFactory(DjangoModelFactory):
    class Meta:
        model = Instalment

    award = factory.SubFactory(AwardFactory)
    year = 2024
    number = factory.Sequence(lambda n: n + 1)
    kind = Instalment.Kind.ADVANCE
    due_on = date(2024, 3, 31)
    amount = Decimal("12500.00")


class ReceiptFactory(DjangoModelFactory):
    class Meta:
        model = Receipt

    award = factory.SubFactory(AwardFactory)
    year = 2024
    reference = factory.Sequence(lambda n: f"EXT-{n}")
    received_on = date(2024, 4, 10)
    amount = Decimal("12500.00")


class ApplicationFactory(DjangoModelFactory):
    class Meta:
        model = Application

    organisation = factory.SubFactory(OrganisationFactory)
    reference = factory.Sequence(lambda n: f"DEM-{n}")
    year = 2025
    funder = "Commission communautaire française (COCOF)"
    scheme = "cocof_casg"
    label = "Subvention organique"
    amount = Decimal("120000.00")
    state = Application.State.ASKED
    asked_on = date(2024, 9, 30)


class BudgetLineFactory(DjangoModelFactory):
    class Meta:
        model = BudgetLine

    organisation = factory.SubFactory(OrganisationFactory)
    year = 2025
    code = factory.Sequence(lambda n: f"B{n}")
    nature = BudgetLine.Nature.EXPENSE
    account = "620"
    label = "Rémunérations"
    amount = Decimal("150000.00")


class DeadlineFactory(DjangoModelFactory):
    class Meta:
        model = Deadline

    award = factory.SubFactory(AwardFactory)
    year = 2024
    code = "pieces"
    kind = "pieces"
    label_fr = "Pièces justificatives"
    label_nl = "Bewijsstukken"
    source = "Décret, art. 1"
    status = "confirmed"
    planned_on = date(2025, 4, 15)
    rule_on = date(2025, 4, 15)
    due_on = date(2025, 4, 15)


class DeadlineEventFactory(DjangoModelFactory):
    class Meta:
        model = DeadlineEvent

    deadline = factory.SubFactory(DeadlineFactory)
    kind = DeadlineEvent.Kind.MOVED
    reason = "Accord du pouvoir subsidiant"
    day_before = date(2025, 3, 31)
    day_after = date(2025, 4, 15)
    state_before = Deadline.State.OPEN
    state_after = Deadline.State.OPEN


class DeadlineReminderFactory(DjangoModelFactory):
    class Meta:
        model = DeadlineReminder

    deadline = factory.SubFactory(DeadlineFactory)
    user = factory.SubFactory(UserFactory)
    due_on = date(2025, 4, 15)
    days = 30
    told_on = date(2025, 3, 16)


class CalendarFeedFactory(DjangoModelFactory):
    class Meta:
        model = CalendarFeed

    user = factory.SubFactory(UserFactory)
    created_by = factory.SelfAttribute("user")
    digest = factory.Sequence(lambda n: f"{n:064x}")
