"""The resources of every sheet, in the order in which rows may refer to one another."""

from typing import Any

from django.db.models import QuerySet

from backoffice.federation.models import (
    ActivityVolume,
    Approval,
    ApprovedPosition,
    Organisation,
    Site,
)
from grants.models import (
    Amendment,
    Application,
    BudgetLine,
    Instalment,
    Post,
    Receipt,
    Term,
)
from invoices.models import Invoice, OpeningBalance, SalesInvoice, Supplier, Ventilation
from reports.exchange.known import Known
from reports.exchange.pay import PayItemResource, PayMonthResource
from reports.exchange.people import NamedResource, PartnerResource
from reports.exchange.renewals import AwardResource
from reports.exchange.resources import SheetResource
from reports.exchange.tables import accounts, awards, employer, files, invoices, plans, staff
from staffing.models import Assignment, ContractLine, DmfaLine, Worker, WorkerDocument


class OrganisationResource(SheetResource):
    """The employer itself; once saved, every other row belongs to it."""

    sheet = employer.ORGANISATION
    owner = "pk"

    class Meta:
        model = Organisation

    def stored(self, organisation: Organisation, year: int) -> QuerySet[Any]:
        """The employer."""
        return Organisation.objects.filter(pk=organisation.pk)

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """The rows that follow are this employer's."""
        super().after_save_instance(instance, row, **kwargs)
        self.known.organisation = instance


class ApprovalResource(SheetResource):
    """Approvals."""

    sheet = employer.APPROVALS
    owner = "organisation"

    class Meta:
        model = Approval


class PositionResource(SheetResource):
    """Positions of the frame of an approval."""

    sheet = employer.POSITIONS
    owner = "approval__organisation"

    class Meta:
        model = ApprovedPosition


class SiteResource(SheetResource):
    """Sites of an approval."""

    sheet = employer.SITES
    owner = "approval__organisation"

    class Meta:
        model = Site


class VolumeResource(SheetResource):
    """What an approved service really did."""

    sheet = employer.VOLUMES
    owner = "approval__organisation"

    class Meta:
        model = ActivityVolume


class AmendmentResource(SheetResource):
    """Amendments of an award."""

    sheet = awards.AMENDMENTS
    owner = "award__organisation"

    class Meta:
        model = Amendment


class TermResource(SheetResource):
    """Terms of an award."""

    sheet = awards.TERMS
    owner = "award__organisation"

    class Meta:
        model = Term


class PostResource(SheetResource):
    """Posts of an award."""

    sheet = awards.POSTS
    owner = "award__organisation"

    class Meta:
        model = Post


class InstalmentResource(SheetResource):
    """Instalments expected for an award."""

    sheet = awards.INSTALMENTS
    owner = "award__organisation"

    class Meta:
        model = Instalment


class ReceiptResource(SheetResource):
    """Money received for an award."""

    sheet = awards.RECEIPTS
    owner = "award__organisation"

    class Meta:
        model = Receipt


class WorkerResource(NamedResource):
    """Workers."""

    sheet = staff.WORKERS
    owner = "organisation"

    class Meta:
        model = Worker


class ContractLineResource(SheetResource):
    """Contract lines of a worker."""

    sheet = staff.CONTRACT_LINES
    owner = "worker__organisation"

    class Meta:
        model = ContractLine


class WorkerDocumentResource(SheetResource):
    """Documents of a worker's file."""

    sheet = files.DOCUMENTS
    owner = "worker__organisation"

    class Meta:
        model = WorkerDocument


class DmfaResource(SheetResource):
    """Lines of the DmfA."""

    sheet = files.DMFA
    owner = "worker__organisation"

    class Meta:
        model = DmfaLine


class AssignmentResource(SheetResource):
    """Assignments of workers to posts."""

    sheet = staff.ASSIGNMENTS
    owner = "worker__organisation"
    paths = {"award": "post__award__reference"}

    class Meta:
        model = Assignment


class SupplierResource(PartnerResource):
    """Suppliers."""

    sheet = invoices.SUPPLIERS
    owner = "organisation"

    class Meta:
        model = Supplier


class InvoiceResource(NamedResource):
    """Invoices."""

    sheet = invoices.INVOICES
    owner = "organisation"

    class Meta:
        model = Invoice


class VentilationResource(SheetResource):
    """Shares of invoices put on awards."""

    sheet = invoices.VENTILATION
    owner = "invoice__organisation"

    class Meta:
        model = Ventilation

    def held_in(self, code: str) -> tuple[str, ...]:
        """The share is held in two fields."""
        if code == "share":
            return ("share_numerator", "share_denominator")
        return super().held_in(code)


class SalesInvoiceResource(PartnerResource):
    """Sales invoices."""

    sheet = accounts.SALES
    owner = "organisation"

    class Meta:
        model = SalesInvoice


class ApplicationResource(SheetResource):
    """What is asked of funders."""

    sheet = plans.APPLICATIONS
    owner = "organisation"

    class Meta:
        model = Application


class BudgetLineResource(SheetResource):
    """Lines of budget."""

    sheet = plans.BUDGET
    owner = "organisation"

    class Meta:
        model = BudgetLine


class OpeningBalanceResource(SheetResource):
    """Balances taken on at the start."""

    sheet = accounts.OPENINGS
    owner = "organisation"

    class Meta:
        model = OpeningBalance


RESOURCES: tuple[type[SheetResource], ...] = (
    OrganisationResource,
    ApprovalResource,
    PositionResource,
    SiteResource,
    VolumeResource,
    AwardResource,
    AmendmentResource,
    TermResource,
    PostResource,
    InstalmentResource,
    ReceiptResource,
    WorkerResource,
    ContractLineResource,
    WorkerDocumentResource,
    PayMonthResource,
    PayItemResource,
    DmfaResource,
    AssignmentResource,
    SupplierResource,
    InvoiceResource,
    VentilationResource,
    SalesInvoiceResource,
    ApplicationResource,
    BudgetLineResource,
    OpeningBalanceResource,
)


def resources(known: Known) -> dict[str, SheetResource]:
    """A fresh resource per sheet code (and "pay_items"), in order, around the same known rows."""
    return {kind.sheet.code: kind(known) for kind in RESOURCES}
