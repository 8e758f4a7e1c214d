"""A service with one yearly award of 2024, to take to the next year."""

from dataclasses import dataclass
from datetime import date

from backoffice.federation.models import Organisation
from grants.models import Award, Post
from reports.year.rollover import plan_roll_over, roll_over
from reports.year.rollover_content import RollOver
from staffing.models import Assignment
from tests.factories import (
    ApprovalFactory,
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    OrganisationFactory,
    PostFactory,
    TermFactory,
    WorkerFactory,
)

TODAY = date(2024, 12, 15)
LAST, FIRST, END = date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31)


@dataclass(frozen=True)
class Year:
    """A service with one yearly CASG award of 2024, one post, one worker on it until the end."""

    organisation: Organisation
    award: Award
    post: Post
    former: Assignment

    def plan(self, **asked: object) -> RollOver:
        return plan_roll_over(self.organisation, 2025, TODAY, **asked)  # type: ignore[arg-type]

    def apply(self, **asked: object) -> RollOver:
        return roll_over(  # type: ignore[misc]
            organisation=self.organisation, year=2025, known_on=TODAY, **asked
        )

    def renewed(self) -> Award:
        return Award.objects.get(renews=self.award)

    def worker(self, number: str, **contract: object):
        worker = WorkerFactory(organisation=self.organisation, number=number)
        ContractLineFactory(worker=worker, **contract)
        return worker


def former_year() -> Year:
    """A CASG award of 2024 as the fixture of the tests on roll-overs."""
    organisation = OrganisationFactory()
    award = AwardFactory(
        organisation=organisation,
        approval=ApprovalFactory(organisation=organisation),
        reference="CASG-2024",
        scheme="cocof_casg",
        label="Subvention organique 2024",
    )
    for code, value in (
        ("granted", "50000.00"),
        ("scales", "332.00.20-ADMIN"),
        ("index_regime", "private_m2"),
        ("justify_by", "2025-04-15"),
    ):
        TermFactory(award=award, code=code, value=value)
    post = PostFactory(award=award, code="P1", ends_on=LAST)
    worker = WorkerFactory(organisation=organisation, number="W01")
    ContractLineFactory(worker=worker)
    former = AssignmentFactory(worker=worker, post=post, ends_on=LAST, reason="Accord du CA")
    return Year(organisation, award, post, former)


def said(plan: RollOver, part: str) -> list[str]:
    """The lines of one part of the report."""
    return [f"{line.subject} : {line.words}" for line in getattr(plan, part)]
