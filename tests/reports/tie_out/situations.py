"""A small service with pay, an invoice, a sale and an award, and balances that say the same."""

from datetime import date
from decimal import Decimal

from backoffice.engine.money import text
from backoffice.federation.models import Organisation
from invoices.models import TrialBalance
from reports.tie_out.content import Line, TieOut
from reports.tie_out.statement import tie_out
from tests.factories import (
    ApprovalFactory,
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    InvoiceFactory,
    OrganisationFactory,
    PayItemFactory,
    PayMonthFactory,
    PostFactory,
    ReceiptFactory,
    SupplierFactory,
    TermFactory,
    TrialBalanceFactory,
    TrialBalanceLineFactory,
    VentilationFactory,
    WorkerFactory,
)

AS_OF = date(2025, 3, 1)


def service() -> Organisation:
    """One approval (100), one facultative award of 5,000 that pays 98 % of an invoice of 100."""
    organisation = OrganisationFactory()
    approval = ApprovalFactory(organisation=organisation, code="A", analytical_account="100")
    add_award(organisation, approval, "SUB-A")
    supplier = SupplierFactory(organisation=organisation)
    invoice = InvoiceFactory(
        supplier=supplier, piece="F1", approval=approval, amount=Decimal("100.00")
    )
    VentilationFactory(invoice=invoice, award=organisation.awards.get())
    return organisation


def add_award(organisation, approval, reference, granted="5000.00", **fields):
    award = AwardFactory(
        organisation=organisation,
        approval=approval,
        reference=reference,
        scheme="cocom_facultative",
        **fields,
    )
    if granted:
        TermFactory(award=award, code="granted", value=granted)
    return award


def add_pay(organisation, number="W1", *, months=(3,), status="employee", **items):
    """Pay of some months of 2024 under one contract of the approval; items in EUR."""
    approval = organisation.approvals.get()
    worker = WorkerFactory(organisation=organisation, number=number)
    contract = ContractLineFactory(worker=worker, approval=approval, status=status)
    for month in months:
        pay = PayMonthFactory(worker=worker, month=date(2024, month, 1))
        for item, amount in (items or {"gross": "3000.00"}).items():
            PayItemFactory(pay_month=pay, cost_item=item, amount=Decimal(amount))
    return contract


def unpaid_rest(contract, year: int = 2024) -> None:
    """A pay row of nothing for every other month of a year: nothing is missing."""
    held = {pay.month for pay in contract.worker.pay_months.all()}
    for month in range(1, 13):
        if (day := date(year, month, 1)) not in held:
            PayMonthFactory(worker=contract.worker, month=day)


def assign(contract, award) -> None:
    post = PostFactory(award=award)
    AssignmentFactory(worker=contract.worker, post=post)


def receive(award, amount: str, day: date = date(2024, 6, 1), year: int = 2024) -> None:
    ReceiptFactory(award=award, amount=Decimal(amount), received_on=day, year=year)


def balance(organisation, *lines: tuple[str, str, str], year: int = 2024) -> TrialBalance:
    """A stored balance from (account, analytical account, EUR: debit positive)."""
    found = TrialBalanceFactory(
        organisation=organisation, year=year, closed_on=date(year, 12, 31), sha256="a" * 64
    )
    for account, analytical, amount in lines:
        net = Decimal(amount)
        TrialBalanceLineFactory(
            balance=found,
            account=account,
            analytical_account=analytical,
            label="",
            debit=max(net, Decimal(0)),
            credit=max(-net, Decimal(0)),
        )
    return found


def line_of(found: TieOut, group: str, analytical: str = "100") -> Line:
    lines = (*found.lines, *found.balances)
    return next(one for one in lines if (one.group.code, one.analytical) == (group, analytical))


def seen(line: Line) -> tuple[str | None, str | None, str | None, str]:
    """Accounts, product, what stays to be found, status."""
    amounts = (line.accounts, line.product, line.unexplained)
    shown = [None if cents is None else text(cents) for cents in amounts]
    return (shown[0], shown[1], shown[2], line.status)


def look(organisation, year: int = 2024) -> TieOut:
    return tie_out(organisation, year, AS_OF)
