"""Factories of the invoices app: purchases, sales, accounts."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from invoices.models import (
    Invoice,
    OpeningBalance,
    SalesInvoice,
    Supplier,
    TreasuryRules,
    TrialBalance,
    TrialBalanceLine,
    Ventilation,
)
from tests.factories.federation import OrganisationFactory, enterprise_number
from tests.factories.grants import AwardFactory


class SupplierFactory(DjangoModelFactory):
    class Meta:
        model = Supplier

    organisation = factory.SubFactory(OrganisationFactory)
    code = factory.Sequence(lambda n: f"F{n}")
    name = "Papeterie inventée"
    enterprise_number = factory.Sequence(lambda n: enterprise_number(5000 + n))


class InvoiceFactory(DjangoModelFactory):
    class Meta:
        model = Invoice

    supplier = factory.SubFactory(SupplierFactory)
    organisation = factory.SelfAttribute("supplier.organisation")
    piece = factory.Sequence(lambda n: f"A-{n:04d}")
    number = factory.Sequence(lambda n: f"2024/{n}")
    issued_on = date(2024, 2, 15)
    description = "Fournitures"
    category = "office"
    amount = Decimal("182.25")
    paid_on = date(2024, 3, 1)
    payment_reference = "EXT-1"
    evidence = "A-1.pdf"


class VentilationFactory(DjangoModelFactory):
    class Meta:
        model = Ventilation

    invoice = factory.SubFactory(InvoiceFactory)
    award = factory.SubFactory(
        AwardFactory, organisation=factory.SelfAttribute("..invoice.organisation")
    )
    share_numerator = 98
    share_denominator = 100
    key = "m2"


class SalesInvoiceFactory(DjangoModelFactory):
    class Meta:
        model = SalesInvoice

    organisation = factory.SubFactory(OrganisationFactory)
    number = factory.Sequence(lambda n: f"V-{n:04d}")
    customer = "Commune inventée"
    issued_on = date(2024, 2, 15)
    description = "Formation donnée"
    account = "700"
    amount = Decimal("350.00")
    received_on = date(2024, 3, 15)
    payment_reference = "EXT-2"


class TrialBalanceFactory(DjangoModelFactory):
    class Meta:
        model = TrialBalance

    organisation = factory.SubFactory(OrganisationFactory)
    year = 2024
    closed_on = date(2024, 12, 31)
    sha256 = "0" * 64


class TrialBalanceLineFactory(DjangoModelFactory):
    class Meta:
        model = TrialBalanceLine

    balance = factory.SubFactory(TrialBalanceFactory)
    account = factory.Sequence(lambda n: f"62{n:04d}")
    analytical_account = "100"
    label = "Rémunérations"
    debit = Decimal("1200.00")
    credit = Decimal("0.00")


class OpeningBalanceFactory(DjangoModelFactory):
    class Meta:
        model = OpeningBalance

    organisation = factory.SubFactory(OrganisationFactory)
    code = factory.Sequence(lambda n: f"OUV-{n}")
    on_day = date(2023, 12, 31)
    account = "413"
    label = "Subsides à recevoir"
    amount = Decimal("8000.00")
    evidence = "BILAN-2023"


class TreasuryRulesFactory(DjangoModelFactory):
    class Meta:
        model = TreasuryRules

    organisation = factory.SubFactory(OrganisationFactory)
    balance_on = date(2024, 12, 31)
    balance = Decimal("25000.00")
    statement = "Extrait 2024-152"
    pay_day = 25
