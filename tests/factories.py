"""One factory per model: the plainest valid row, literal days, nothing at random."""

from datetime import date
from decimal import Decimal

import factory
from django.conf import settings
from factory.django import DjangoModelFactory
from stdnum.be import vat

from backoffice.federation.models import (
    Approval,
    ApprovedPosition,
    FigureEntry,
    Job,
    JobStep,
    Membership,
    Organisation,
    Site,
)
from grants.models import (
    Amendment,
    Application,
    Award,
    BudgetLine,
    Instalment,
    Post,
    Receipt,
    Term,
)
from invoices.models import (
    Invoice,
    OpeningBalance,
    SalesInvoice,
    Supplier,
    TrialBalance,
    TrialBalanceLine,
    Ventilation,
)
from reports.models import Justification, SignOff, WorkbookImport
from staffing.models import Assignment, ContractLine, PayItem, PayMonth, Worker


def enterprise_number(sequence: int) -> str:
    """A fictional number with a valid check: 0999, the sequence, the check digits."""
    stem = f"0999{sequence:04d}"
    return vat.validate(f"{stem}{97 - int(stem) % 97:02d}")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    enterprise_number = factory.Sequence(enterprise_number)
    name = "Service social du Canal"
    legal_form = Organisation.LegalForm.ASBL
    address = "Quai du Test 1, 1000 Bruxelles"
    iban = "BE68539007547034"
    contact = "Directrice générale"


class ApprovalFactory(DjangoModelFactory):
    class Meta:
        model = Approval

    organisation = factory.SubFactory(OrganisationFactory)
    code = factory.Sequence(lambda n: f"A{n}")
    kind = "CASG"
    name = "Centre d'action sociale globale"
    reference = "AGR-1"
    analytical_account = "100"
    starts_on = date(2020, 1, 1)


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = Site

    approval = factory.SubFactory(ApprovalFactory)
    code = factory.Sequence(lambda n: f"S{n}")
    name = "Siège"
    kind = Site.Kind.SEAT
    address = "Quai du Test 1, 1000 Bruxelles"
    starts_on = date(2020, 1, 1)


class ApprovedPositionFactory(DjangoModelFactory):
    class Meta:
        model = ApprovedPosition

    approval = factory.SubFactory(ApprovalFactory)
    code = factory.Sequence(lambda n: f"C{n}")
    function = "social"
    diploma = "bachelor"
    origin = ApprovedPosition.Origin.MINIMUM
    fte = Decimal("3.0000")
    reference = "AGR-1"
    starts_on = date(2020, 1, 1)


class JobFactory(DjangoModelFactory):
    class Meta:
        model = Job

    kind = "nothing"
    subject = factory.Sequence(lambda n: f"nothing:{n}")


class JobStepFactory(DjangoModelFactory):
    class Meta:
        model = JobStep

    job = factory.SubFactory(JobFactory)
    name = "first"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = settings.AUTH_USER_MODEL
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    password = factory.django.Password("a plain password")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class FigureEntryFactory(DjangoModelFactory):
    class Meta:
        model = FigureEntry

    code = factory.Sequence(lambda n: f"employer.test_{n}")
    since = date(2024, 1, 1)
    value = "0.2500"
    source = "Lettre du secrétariat social"
    verified_on = date(2024, 1, 15)


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


class SignOffFactory(DjangoModelFactory):
    class Meta:
        model = SignOff

    award = factory.SubFactory(AwardFactory)
    year = 2024
    subject = "late_invoice"
    signed_by = "Directrice générale"
    reason = "Facture reçue en retard"
    signed_on = date(2025, 2, 1)


class JustificationFactory(DjangoModelFactory):
    class Meta:
        model = Justification

    award = factory.SubFactory(AwardFactory)
    year = 2024
    version = 1
    as_of = date(2025, 3, 1)
    document = "{}"
    digest = factory.Sequence(lambda n: f"{n:064x}")
    file_digests = factory.LazyFunction(lambda: {"json": "0" * 64})


class WorkbookImportFactory(DjangoModelFactory):
    class Meta:
        model = WorkbookImport

    organisation = factory.SubFactory(OrganisationFactory)
    uploaded_by = factory.SubFactory(UserFactory)
    file = "imports/classeur.xlsx"
    sha256 = "0" * 64
    state = WorkbookImport.State.PREVIEWED
    report = factory.LazyFunction(lambda: {"problems": []})
