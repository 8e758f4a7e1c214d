"""A year of one worker, paid 4,000.00 a month, on one award whose letter comes in two times."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from backoffice.federation.models import Organisation
from grants.models import Award, Post
from reports.complements.content import Complement
from reports.complements.search import complements
from reports.freezing import freeze
from reports.justifications import award_dossier
from reports.models import Justification
from staffing.models import Worker
from tests.factories import (
    ApprovalFactory,
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    OrganisationFactory,
    PayItemFactory,
    PayMonthFactory,
    PostFactory,
    TermFactory,
    WorkerFactory,
)

EARLY = date(2020, 12, 1)
TERMS = {
    "maribel": {"fund": "329.02", "granted": "50000.00"},
    "ape": {"base_amount": "30000.00"},
    "cocom_facultative": {"justify_by": "2024-03-31"},
}


@dataclass(frozen=True)
class Year:
    """What was encoded; the first statement is of 1 March, the second decision of 1 June after."""

    organisation: Organisation
    award: Award
    post: Post
    worker: Worker
    year: int

    @property
    def sent_on(self) -> date:
        return date(self.year + 1, 3, 1)

    @property
    def decided_on(self) -> date:
        return date(self.year + 1, 6, 1)

    def term(self, code: str, value: str, decided_on: date = EARLY) -> None:
        """A term of the year; the base amount of APE is that of its first year."""
        starts = date(2022, 1, 1) if code == "base_amount" else date(self.year, 1, 1)
        TermFactory(
            award=self.award,
            code=code,
            value=value,
            starts_on=starts,
            ends_on=None,
            decided_on=decided_on,
            letter_reference=f"LETTRE-{decided_on.year}",
        )

    def send(self, day: date | None = None) -> Justification:
        """The dossier as it stands on a day, frozen as the next version."""
        dossier = award_dossier(
            self.organisation, self.award.reference, self.year, day or self.sent_on
        )
        version = self.award.justifications.count() + 1
        cover = replace(dossier.cover, final=True, version=version)
        return freeze(self.award, replace(dossier, cover=cover), {"json": "0" * 64})[0]

    def seen(self, day: date | None = None) -> tuple[Complement, ...]:
        return complements(self.organisation, day or self.decided_on)

    def only(self, day: date | None = None) -> Complement:
        (found,) = self.seen(day)
        return found


def year_of(scheme: str = "maribel", year: int = 2022) -> Year:
    """The plainest one: 48,000.00 of pay on a post of 1 FTE, and the usual terms of the scheme."""
    organisation = OrganisationFactory()
    award = AwardFactory(
        organisation=organisation,
        approval=ApprovalFactory(organisation=organisation),
        scheme=scheme,
        reference="A",
        starts_on=date(2022, 1, 1),
        ends_on=date(year, 12, 31),
    )
    post = PostFactory(award=award, code="P1", starts_on=date(2022, 1, 1))
    worker = WorkerFactory(organisation=organisation, number="W01")
    ContractLineFactory(worker=worker, starts_on=date(2021, 1, 1))
    AssignmentFactory(worker=worker, post=post, starts_on=date(year, 1, 1), ends_on=None)
    for month in range(1, 13):
        paid = PayMonthFactory(worker=worker, month=date(year, month, 1))
        PayItemFactory(pay_month=paid, cost_item="gross", amount=Decimal("4000.00"))
    place = Year(organisation, award, post, worker, year)
    for code, value in TERMS[scheme].items():
        place.term(code, value)
    return place
