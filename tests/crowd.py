"""One service and its federation with a number of rows of each kind: what the pages then list."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from backoffice.federation.audit.looks import looked
from backoffice.federation.models import Collection, Job
from backoffice.federation.roles import Role
from grants.models import Award
from invoices.models import TrialBalance
from reports.documents.json_file import render_json
from reports.exchange.problems import Problem
from reports.justifications import award_dossier
from reports.pseudonyms import document_digest, people_of, pseudonymised
from tests.factories import (
    ActivityVolumeFactory,
    AllocationNoteFactory,
    AmendmentFactory,
    ApplicationFactory,
    ApprovalFactory,
    ApprovedPositionFactory,
    AssignmentFactory,
    AwardFactory,
    BudgetLineFactory,
    CalendarFeedFactory,
    CollectionFactory,
    ConsentUseFactory,
    ContractLineFactory,
    DeadlineEventFactory,
    DeadlineFactory,
    DeadlineReminderFactory,
    DecisionFactory,
    DecisionLineFactory,
    DmfaLineFactory,
    EvidenceLinkFactory,
    FederationMemberFactory,
    FigureEntryFactory,
    FormCellFactory,
    FunderFormFactory,
    InstalmentFactory,
    JobFactory,
    JobStepFactory,
    JustificationFactory,
    JustificationFileFactory,
    MembershipFactory,
    MoveFactory,
    OpeningBalanceFactory,
    OrganisationFactory,
    ParticipationFactory,
    PersonRequestFactory,
    PostFactory,
    ReceiptFactory,
    SalesInvoiceFactory,
    SavedViewFactory,
    SignOffFactory,
    SiteFactory,
    TaskFactory,
    TermFactory,
    TrialBalanceFactory,
    TrialBalanceLineFactory,
    UserFactory,
    WorkbookImportFactory,
    WorkerDocumentFactory,
)
from tests.people import consent_of
from tests.reports.views.conftest import add_worker
from tests.walk import EMPTY, FIGURE, Sample, sample

AS_OF = date(2025, 2, 1)
ENOUGH = 6
"""Services that take part whatever the rows: a sum over fewer is hidden, and asks for nothing."""
PROBLEM = Problem("empty", "Le nom est vide.", "Écrivez-le.", sheet="Travailleurs", row=2)


@dataclass(frozen=True)
class Crowd(Sample):
    """A sample in which whatever an address names holds `rows` rows.

    `people` are those of the service: finance, director, accountant.
    """

    rows: int
    people: tuple[User, ...]

    @property
    def approval(self) -> Any:
        return self.organisation.approvals.earliest("pk")

    @property
    def deadline(self) -> Any:
        deadline = DeadlineFactory(award=self.award, code="foule")
        return self._with(deadline, DeadlineEventFactory, "deadline")

    @property
    def waiting(self) -> Job:
        return self._with(super().waiting, JobStepFactory, "job", name="étape {}")

    def _with(self, whole: Any, factory: Any, key: str, **words: str) -> Any:
        for number in range(self.rows):
            factory(**{key: whole}, **{name: one.format(number) for name, one in words.items()})
        return whole

    @property
    def keeper(self) -> User:
        return self._with(super().keeper, MembershipFactory, "user")

    @property
    def mapped(self) -> Any:
        return FormCellFactory(form=self.form)

    @property
    def form(self) -> Any:
        return self._with(super().form, FormCellFactory, "form", cell="C{}0")

    @property
    def upload(self) -> Any:
        upload = super().upload
        upload.report["problems"] = [PROBLEM.as_json()] * self.rows
        upload.save()
        return upload

    @property
    def bare(self) -> Any:
        """The award as it was sent before anything was on its lines."""
        return super().sent

    @property
    def sent(self) -> Any:
        """The award as it stands, sent and decided line by line."""
        dossier = award_dossier(self.organisation, self.award.reference, 2024, AS_OF)
        text = render_json(pseudonymised(people_of(self.organisation), dossier)).decode()
        version = JustificationFactory(
            award=self.award, document=text, document_digest=document_digest(text)
        )
        file = JustificationFileFactory(justification=version)
        DecisionFactory(file=file)
        for number in range(self.rows):
            MoveFactory(file=file)
            DecisionLineFactory(file=file, row=number)
        return file


def crowd(rows: int) -> Crowd:
    """A service with that many rows of each kind, beside the least that makes a dossier."""
    of = sample("FOULE")
    approval = ApprovalFactory(organisation=of.organisation)
    Award.objects.filter(pk=of.award.pk).update(approval=approval)
    people = tuple(UserFactory(username=f"a-{role}") for role in Role)
    for user, role in zip(people, Role, strict=True):
        MembershipFactory(user=user, organisation=of.organisation, role=role)
    whole = Crowd(of.organisation, of.award, rows, people)
    collection = CollectionFactory(year=2024)
    ParticipationFactory(collection=collection, organisation=of.organisation)
    for _service in range(ENOUGH):
        ParticipationFactory(collection=collection, organisation=OrganisationFactory())
    for number in range(rows):
        _subsidy(whole, number)
        _of_the_award(whole, number)
        _of_one_worker(whole, number)
        _of_the_service(whole, number)
        _of_its_people(whole)
        _of_the_federation(whole, number)
    return whole


def _subsidy(of: Crowd, number: int) -> None:
    """An award with its letter, its money, its deadline and what was sent of it."""
    award = AwardFactory(
        organisation=of.organisation, approval=of.approval, reference=f"FOULE-{number:02d}-A"
    )
    TermFactory(award=award)
    AssignmentFactory(worker=of.worker, post=PostFactory(award=award))
    InstalmentFactory(award=award)
    ReceiptFactory(award=award)
    SignOffFactory(award=award)
    AmendmentFactory(award=award)
    DeadlineReminderFactory(deadline=DeadlineFactory(award=award), user=of.people[0])
    version = JustificationFactory(award=award, document=EMPTY)
    MoveFactory(file=JustificationFileFactory(justification=version))
    ApplicationFactory(organisation=of.organisation)


def _of_the_award(of: Crowd, number: int) -> None:
    """One worker, invoice, letter and payment more on the one award that pages are about."""
    add_worker(of.award.posts.earliest("pk"), of.organisation, f"N{number:02d}")
    day = date(2023, 1, 1) + timedelta(days=number)
    TermFactory(award=of.award, starts_on=day, ends_on=day)
    AmendmentFactory(award=of.award, number=number + 1)
    PostFactory(award=of.award)
    InstalmentFactory(award=of.award, number=number + 2)
    ReceiptFactory(award=of.award)
    SignOffFactory(award=of.award, subject=f"late_invoice:{number}")
    DeadlineFactory(award=of.award, code=f"pieces{number}")
    EvidenceLinkFactory(file=of.kept, award=of.award)


def _of_one_worker(of: Crowd, number: int) -> None:
    """What one worker has beside her pay: lines of contract, papers, declarations, notes."""
    day = date(2000, 1, 1) + timedelta(days=number)
    ContractLineFactory(worker=of.worker, starts_on=day, ends_on=day)
    WorkerDocumentFactory(worker=of.worker)
    DmfaLineFactory(worker=of.worker, number=number + 1)
    note = {"award_reference": of.award.reference, "post_code": "P1"}
    AllocationNoteFactory(organisation=of.organisation, worker_number=of.worker.number, **note)
    PersonRequestFactory(identity=of.worker.identity, by=of.people[1])


def _of_the_service(of: Crowd, number: int) -> None:
    """Its approvals, its accounts and the files that it has handed in."""
    organisation = of.organisation
    approval = ApprovalFactory(organisation=organisation)
    SiteFactory(approval=approval)
    ApprovedPositionFactory(approval=approval)
    ActivityVolumeFactory(approval=approval, year=2024)
    CalendarFeedFactory(user=None, approval=approval, created_by=of.people[0])
    SalesInvoiceFactory(organisation=organisation)
    FunderFormFactory(organisation=organisation)
    OpeningBalanceFactory(organisation=organisation)
    BudgetLineFactory(organisation=organisation, year=2024)
    balance = TrialBalance.objects.filter(organisation=organisation).first()
    TrialBalanceLineFactory(balance=balance or TrialBalanceFactory(organisation=organisation))


def _of_its_people(of: Crowd) -> None:
    """What its people do on the site, and the other services that they work for."""
    reader, director, _accountant = of.people
    for user in of.people:
        MembershipFactory(user=user, organisation=OrganisationFactory())
    TaskFactory(organisation=of.organisation, assigned_to=reader)
    TaskFactory(organisation=of.organisation, done_by=reader, done_at=timezone.now())
    JobFactory(organisation=of.organisation, owner=reader)
    WorkbookImportFactory(organisation=of.organisation, uploaded_by=reader)
    SavedViewFactory(organisation=of.organisation, user=reader, record="awards")
    ConsentUseFactory(consent=consent_of(of.organisation, given_by=director))
    looked([of.organisation.pk], "person", by=director, at={"number": str(TaskFactory().pk)})


def _of_the_federation(of: Crowd, number: int) -> None:
    """What the federation gathers, and the accounts that its administrator keeps."""
    collection = CollectionFactory(year=1970 + number)
    ParticipationFactory(collection=collection, organisation=of.organisation)
    first = Collection.objects.earliest("pk")
    ParticipationFactory(collection=first, organisation=OrganisationFactory())
    consent_of(OrganisationFactory())
    FederationMemberFactory()
    FigureEntryFactory(code=FIGURE, since=date(2030 + number, 1, 1))
