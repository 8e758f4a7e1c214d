"""A service that asks COCOF for a subsidy: its team, what it holds, its budget."""

from datetime import date
from decimal import Decimal

from backoffice.federation.models import Organisation
from grants.models import Application, Award
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    ApprovedPositionFactory,
    AwardFactory,
    BudgetLineFactory,
    ContractLineFactory,
    OrganisationFactory,
    PostFactory,
    SiteFactory,
    TermFactory,
    WorkerFactory,
)

AS_OF = date(2024, 9, 30)


def asking(*, demo: bool = False) -> Application:
    """An application of 120,000 for 2025, what it continues, an award until 2026, a budget."""
    organisation: Organisation = OrganisationFactory(is_demo=demo)
    approval = ApprovalFactory(organisation=organisation, code="CASG")
    SiteFactory(approval=approval, name="Antenne du Nord", kind="antenna")
    ApprovedPositionFactory(approval=approval, fte=Decimal("3.0000"))
    for number, hours in (("W01", "38.00"), ("W02", "19.00")):
        worker = WorkerFactory(organisation=organisation, number=number)
        ContractLineFactory(worker=worker, approval=approval, weekly_hours=Decimal(hours))
    held: Award = AwardFactory(
        organisation=organisation, reference="MAR-1", ends_on=date(2026, 12, 31)
    )
    former: Award = AwardFactory(
        organisation=organisation, approval=approval, reference="CASG-2024", scheme="cocof_casg"
    )
    PostFactory(award=former, fte=Decimal("2.5000"))
    TermFactory(award=held, code="granted", value="40000.00", ends_on=None)
    TermFactory(award=held, code="fund", value="332", ends_on=None)
    asked: Application = ApplicationFactory(
        organisation=organisation, approval=approval, reference="DEM-2025"
    )
    budget(organisation, "D1", "expense", "620", "165000.00")
    budget(organisation, "R1", "income", "733", "120000.00", application=asked, approval=approval)
    budget(organisation, "R2", "income", "733", "40000.00", award=held)
    budget(organisation, "R3", "income", "700", "5000.00")
    return asked


def budget(
    organisation: Organisation, code: str, nature: str, account: str, amount: str, **more: object
) -> None:
    """One line of the budget of 2025."""
    BudgetLineFactory(
        organisation=organisation,
        code=code,
        nature=nature,
        account=account,
        label=f"Ligne {code}",
        amount=Decimal(amount),
        **more,
    )
