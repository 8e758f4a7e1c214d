"""Small situations of a service: one worker, one paid month, one award; a case adds its fault."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import override

from backoffice.federation.models import Approval, Organisation
from grants.models import Award, Post
from reports.dossier import Check, Dossier
from reports.justifications import award_dossier
from reports.workflow.content import digest_of, document_of
from staffing.models import Assignment, ContractLine, PayMonth, Worker
from tests.factories import (
    ApprovalFactory,
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    OrganisationFactory,
    PayItemFactory,
    PayMonthFactory,
    PostFactory,
    SupplierFactory,
    TermFactory,
    VentilationFactory,
    WorkerFactory,
)

AS_OF = date(2025, 3, 1)
MARCH, END_OF_MARCH = date(2024, 3, 1), date(2024, 3, 31)
TERMS = {
    "maribel": {"fund": "332", "ceiling": "43000.00", "granted": "3000.00"},
    "acs": {"premium": "24000.00", "premium_rate": "1", "granted": "2000.00"},
    "ape": {"base_amount": "3000.00", "granted": "3000.00"},
    "cocom_facultative": {"granted": "3000.00", "justify_by": "2025-03-31"},
    "cocof_casg": {
        "granted": "3000.00",
        "scales": "332.00.20-ADMIN",
        "index_regime": "private_m2",
        "training_rate": "1 %",
        "running_max": "500.00",
    },
    "cocof_cssi": {
        "granted": "3000.00",
        "form": "own",
        "scales": "332.00.20-ADMIN",
        "index_regime": "private_m2",
        "training_rate": "1 %",
        "running_max": "500.00",
    },
    "fwb_facultative": {"granted": "3000.00"},
    "region_facultative": {"granted": "3000.00", "justify_by": "2025-03-31"},
    "cocof_facultative": {"granted": "3000.00", "justify_by": "2025-03-31"},
    "cocof_multi_year": {"first_year_amount": "3000.00", "justify_by": "2025-03-31"},
    "cocom_multi_year": {"first_year_amount": "3000.00", "justify_by": "2025-03-31"},
    "cocof_representative": {"granted": "3000.00"},
    "cocom_cap": {"granted": "3000.00"},
    "cocom_coordination": {"envelope": "600000.00", "key_share": "0.5 %"},
    "wallonia_css": {"flat_amount": "3000.00", "units": "1", "liquidation_rate": "1"},
    "wallonia_ili": {"granted": "3000.00"},
    "wallonia_saspp": {"flat_amount": "3000.00", "units": "1", "liquidation_rate": "1"},
}


@dataclass(frozen=True)
class Service:
    """An employer with one worker under contract since 2022 and paid 3,000.00 in March 2024."""

    organisation: Organisation
    approval: Approval
    worker: Worker
    contract: ContractLine
    month: PayMonth

    def award(self, scheme: str, reference: str = "A", **terms: str | None) -> Award:
        """An award of 2024 with the plain terms of its scheme; None leaves one out."""
        award: Award = AwardFactory(
            organisation=self.organisation,
            approval=self.approval,
            scheme=scheme,
            reference=reference,
        )
        for code, value in {**TERMS[scheme], **terms}.items():
            if value is not None:
                TermFactory(award=award, code=code, value=value)
        return award

    def assign(self, award: Award, hours: str = "38.00", **changed: Any) -> Assignment:
        """The worker on a post of 1 FTE of the award, in March 2024."""
        post: Post = PostFactory(award=award, code="P1")
        plain = {"starts_on": MARCH, "ends_on": END_OF_MARCH, **changed}
        return AssignmentFactory(  # type: ignore[no-any-return]
            worker=self.worker, post=post, weekly_hours=Decimal(hours), **plain
        )

    def funded(self, scheme: str, reference: str = "A", **terms: str | None) -> Award:
        """An award with the worker on it."""
        award = self.award(scheme, reference, **terms)
        self.assign(award)
        return award

    def invoice(self, award: Award, share: tuple[int, int] = (1, 1), **changed: Any) -> Any:
        """An invoice of 200.00 of February 2024, paid in March, charged to the award."""
        supplier = SupplierFactory(organisation=self.organisation)
        plain = {"supplier": supplier, "amount": Decimal("200.00"), "number": "F1", **changed}
        fields = {f"invoice__{name}": value for name, value in plain.items()}
        ventilation = VentilationFactory(
            award=award, share_numerator=share[0], share_denominator=share[1], **fields
        )
        return ventilation.invoice

    def dossier(self, award: Award, as_of: date = AS_OF) -> Dossier:
        """The justification of an award for 2024."""
        return award_dossier(self.organisation, award.reference, 2024, as_of)

    def found(self, award: Award, code: str, as_of: date = AS_OF) -> list[Check]:
        """The findings of one code on an award; whoever reads in Dutch reads the same content."""
        dossier = self.dossier(award, as_of)
        with override("nl"):
            read = digest_of(document_of(self.dossier(award, as_of)))
        assert read == digest_of(document_of(dossier))
        return [check for check in dossier.checks if check.code == code]


def service(kind: str = "CASG") -> Service:
    """The plainest employer-year."""
    organisation = OrganisationFactory()
    worker = WorkerFactory(organisation=organisation, number="W01")
    contract = ContractLineFactory(worker=worker, scale_column="gradue")
    month = PayMonthFactory(worker=worker, month=MARCH)
    PayItemFactory(pay_month=month, cost_item="gross", amount=Decimal("3000.00"))
    approval = ApprovalFactory(organisation=organisation, kind=kind)
    return Service(organisation, approval, worker, contract, month)
