"""Every address of the site and what makes it valid, for the tests that walk all of them.

A page needs one line in `ENTRIES` (`page`: it is read; `act`: something is sent to it; `both`) and
its rows in `tests/golden/rights.csv`; `pytest tests/test_rights.py` prints those that lack.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from backoffice.federation.models import Job, Organisation
from grants.models import Award, Deadline
from grants.services.calendars import draw_feed
from reports.models import FormCell
from reports.records.all import RECORDS
from staffing.models import Worker
from tests.factories import (
    ApplicationFactory,
    ApprovalFactory,
    CalendarFeedFactory,
    CollectionFactory,
    DeadlineFactory,
    EvidenceLinkFactory,
    FederationMemberFactory,
    FigureEntryFactory,
    FormCellFactory,
    FunderFormFactory,
    JobFactory,
    JustificationFactory,
    JustificationFileFactory,
    MembershipFactory,
    StoredFileFactory,
    TaskFactory,
    UserFactory,
    WorkbookImportFactory,
)
from tests.people import consent_of
from tests.reports.funder_forms.forms import workbook
from tests.reports.views.conftest import build_service
from tests.scenario_walk import SCENARIO_ENTRIES
from tests.visits import Value, Visit, act, both, page

PDF = b"%PDF-1.7"
EMPTY = json.dumps(
    {
        "staff": [],
        "invoices": [],
        "heads": [],
        "figures": [],
        "amounts": {"granted": None, "income": "0.00", "admissible": "0.00"},
    }
)
"""A frozen document without a line."""


@dataclass(frozen=True)
class Sample:
    """The rows of one organisation that addresses name: each is made anew where it is named."""

    organisation: Organisation
    award: Award

    @property
    def keeper(self) -> User:
        """Somebody of the organisation who is none of those who look."""
        return MembershipFactory(organisation=self.organisation).user

    @property
    def worker(self) -> Worker:
        return self.organisation.workers.earliest("pk")

    @property
    def deadline(self) -> Deadline:
        return DeadlineFactory(award=self.award)

    @property
    def approval(self) -> Any:
        return ApprovalFactory(organisation=self.organisation)

    @property
    def feed(self) -> Any:
        return CalendarFeedFactory(user=None, approval=self.approval, created_by=self.keeper)

    @property
    def waiting(self) -> Job:
        return JobFactory(organisation=self.organisation, owner=self.keeper)

    @property
    def archive(self) -> Job:
        """A job that wrote the dossiers of a year; its file has expired."""
        return JobFactory(
            kind="justifications",
            organisation=self.organisation,
            state=Job.State.DONE,
            ended_at=timezone.now(),
            arguments={"year": 2024, "as_of": "2025-01-31", "formats": ["json"]},
            result={
                "file": "justifications.zip",
                "organisations": [self.organisation.pk],
                "page": "/",
                "words": "Télécharger",
            },
        )

    @property
    def upload(self) -> Any:
        return WorkbookImportFactory(
            organisation=self.organisation,
            uploaded_by=self.keeper,
            report={
                "problems": [],
                "counts": {},
                "changes": [],
                "nothing_changed": True,
                "year": 2024,
            },
        )

    @property
    def kept(self) -> Any:
        digest = hashlib.sha256(PDF).hexdigest()
        return StoredFileFactory(organisation=self.organisation, sha256=digest)

    @property
    def form(self) -> Any:
        content = workbook()
        digest = hashlib.sha256(content).hexdigest()
        file = StoredFileFactory(
            organisation=self.organisation, sha256=digest, size=len(content), file__data=content
        )
        return FunderFormFactory(organisation=self.organisation, file=file)

    @property
    def mapped(self) -> Any:
        return FormCellFactory(form=self.form)

    @property
    def sent(self) -> Any:
        """A justification of the award that was sent: nothing is on its lines."""
        version = JustificationFactory(award=self.award, document=EMPTY)
        return JustificationFileFactory(justification=version)

    @property
    def asked(self) -> Any:
        return ApplicationFactory(organisation=self.organisation)


def sample(name: str) -> Sample:
    """An organisation with one award, worker and invoice, whose names all hold `name`."""
    service = build_service(f"{name}-1")
    organisation = service.organisation
    Organisation.objects.filter(pk=organisation.pk).update(name=f"Maison {name}")
    for worker in organisation.workers.all():
        worker.name = f"Personne {name}"
        worker.save()
    for supplier in organisation.suppliers.all():
        supplier.name = f"Fournisseur {name}"
        supplier.save()
    organisation.refresh_from_db()
    return Sample(organisation, service.award)


AWARD: dict[str, Value] = {"reference": lambda of: of.award.reference, "year": 2024}
OF: dict[str, Value] = {"organisation": lambda of: of.organisation.enterprise_number}
"""For a page of the whole site that shows an organisation too; the other pages are asked it."""
FIGURE = "maribel.salary_limit"
WHO = lambda of: of.worker.identity_id  # noqa: E731
ENTRIES: dict[str, Visit] = {
    "account_login": both(),
    "account_logout": both(),
    "account_inactive": page(),
    "account_reauthenticate": both(),
    "account_change_password": both(),
    "account_reset_password": both(),
    "account_reset_password_done": page(),
    "account_reset_password_from_key": page(uidb36="1", key="set-password"),
    "account_reset_password_from_key_done": page(),
    "mfa_index": page(),
    "mfa_activate_totp": both(),
    "mfa_deactivate_totp": both(),
    "mfa_authenticate": both(),
    "mfa_reauthenticate": both(),
    "mfa_generate_recovery_codes": both(),
    "mfa_view_recovery_codes": page(),
    "mfa_download_recovery_codes": page(),
    "usersessions_list": both(),
    "usersessions_end": act(number=1),
    "set_language": act({"language": "nl"}),
    "health": page(),
    "home": page(),
    "today": page(OF),
    "set_task": act({"text": "Demander la lettre"}),
    "reopen_task": act(
        number=lambda of: (
            TaskFactory(
                organisation=of.organisation, done_by=UserFactory(), done_at=timezone.now()
            ).pk
        )
    ),
    "hand_over_task": act(number=lambda of: TaskFactory(organisation=of.organisation).pk),
    "finish_task": act(number=lambda of: TaskFactory(organisation=of.organisation).pk),
    "subsidies": page(),
    "explanation": page(**AWARD, kind="montants", name="payable"),
    "accept": act(**AWARD),
    "justification_file": act(**AWARD, extension="json"),
    "justification": page(**AWARD),
    "write_year": act({"au": "2025-01-31", "formats": "json xlsx"}, year=2024),
    "search": Visit(("GET", "POST"), {}, OF, {"q": "Personne"}),
    "jobs": page(OF),
    "running_jobs": page(),
    "job": page(number=lambda of: of.waiting.pk),
    "job_file": page(number=lambda of: of.archive.pk),
    "ask_job_again": act(number=lambda of: of.archive.pk),
    "year_workbook": act(year=2024),
    "cancel_job": act(number=lambda of: of.waiting.pk),
    "amendment": both(**AWARD),
    "applications": page(),
    "application_file": act(reference=lambda of: of.asked.reference, extension="json"),
    "complements": page(),
    "complements_file": act(extension="json"),
    "vacancies": page(),
    "journal": page(),
    **SCENARIO_ENTRIES,
    "radar": page(),
    "stacking_matrix": page(),
    "deadlines": page(),
    "month": page(),
    "deadlines_file": act(),
    "plan_deadlines": act({"year": "2024"}),
    "close_deadlines": act({"number": lambda of: of.deadline.pk, "on": "2025-01-10"}),
    "calendars": both(),
    "withdraw_calendar": act(number=lambda of: of.feed.pk),
    "calendar_feed": page(token=lambda of: draw_feed(by=of.keeper, approval=of.approval)),
    "deadline": page(number=lambda of: of.deadline.pk),
    "change_deadline": act(number=lambda of: of.deadline.pk, action="faite"),
    "risk": page(),
    "federation_risk": page(),
    "federation_cash": page(),
    "treasury_file": act(),
    "treasury": both({"balance": "1000,00", "balance_on": "2024-12-31"}),
    "tie_out": both(),
    "tie_out_file": act(year=2024, extension="json"),
    "rules": page(),
    "rule": page(code="maribel"),
    "figures": page(),
    "figure": both(code=FIGURE),
    "verify_figure": act({"since": "2003-01-01", "text": "64937.84"}, code=FIGURE),
    "rollover": both(),
    "imports": both(),
    "import_template": page(),
    "import": page(number=lambda of: of.upload.pk),
    "look_again": act(number=lambda of: of.upload.pk),
    "apply_import": act(number=lambda of: of.upload.pk),
    "discard_import": act(number=lambda of: of.upload.pk),
    "import_problems": page(number=lambda of: of.upload.pk),
    "people": both({"who": "Personne"}),
    "person": page(number=WHO),
    "person_file": page(number=WHO, extension="json"),
    "erase_person": act(number=WHO),
    "stored_file": page(number=lambda of: of.kept.pk),
    "attach_file": act(kind="award", number=lambda of: of.award.pk),
    "detach_file": act(
        number=lambda of: EvidenceLinkFactory(file=of.kept, award=of.award).pk,
    ),
}

SENT: dict[str, Value] = {"reference": lambda of: of.sent.award.reference, "year": 2024}
ENTRIES |= {
    "move": act(**AWARD, slug="prete"),
    "approve_move": act(**AWARD, slug="approuver"),
    "decision": page(**SENT),
    "decide_lines": act(**SENT),
    "decide_head": act(**SENT),
    "decide_whole": act(**SENT),
    "comparison": page(**AWARD, other="annee"),
    "rehearsal": page(**AWARD),
    "rehearsal_xlsx": act(**AWARD),
    "frozen_json": page(**SENT, version=1),
}

YEAR: dict[str, Value] = {"year": 2024}
ON_ROW: dict[str, Value] = {
    **YEAR,
    "worker": lambda of: of.worker.pk,
    "post": lambda of: of.award.posts.earliest("pk").pk,
}
ENTRIES |= {
    "grid": page(),
    "grid_preview": act(**YEAR),
    "grid_save": act(**YEAR),
    "grid_cell": act(**YEAR),
    "grid_row": page(**ON_ROW),
    "grid_notes": page(**ON_ROW),
    "optimum": page(**YEAR),
    "accept_optimum": act(**YEAR),
    "undo_optimum": act(**YEAR),
}

ENTRIES |= {
    "consents": both(),
    "received_consents": page(),
    "journal": page(),
    "withdraw_consent": act(number=lambda of: consent_of(of.organisation).pk),
    "participation": page(),
    "take_part": act(number=lambda _of: CollectionFactory().pk),
    "stop_taking_part": act(number=lambda _of: CollectionFactory().pk),
    "collections": both(),
    "close_collection": act(number=lambda _of: CollectionFactory().pk),
    "memorandum": both(),
    "memorandum_file": page(number=1, extension="json"),
    "accounts": both(),
    "site_journal": page(),
    "account": page(number=lambda of: of.keeper.pk),
    "give_role": act(number=lambda of: of.keeper.pk),
    "give_member_role": act(number=lambda of: of.keeper.pk),
    "open_or_close_account": act(number=lambda of: of.keeper.pk),
    "account_person": act(number=lambda of: of.keeper.pk),
    "account_password": act(number=lambda of: of.keeper.pk),
    "remove_role": act(number=lambda of: of.keeper.memberships.earliest("pk").pk),
    "remove_member_role": act(number=lambda _of: FederationMemberFactory().pk),
    "funder_forms": page(),
    "new_funder_form": act(),
    "funder_form": page(number=lambda of: of.form.pk),
    "funder_form_file": act(number=lambda of: of.form.pk),
    "remove_funder_form": act(number=lambda of: of.form.pk),
    "filled_form": act(
        {"reference": lambda of: of.award.reference, "year": "2024"}, number=lambda of: of.form.pk
    ),
    "map_cell": act(number=lambda of: of.form.pk),
    "unmap_cell": act(
        number=lambda of: of.mapped.form_id,
        cell=lambda _of: FormCell.objects.latest("pk").pk,
    ),
    "guide": page(),
    "chapter": page(slug="justifier"),
}
A_ROW: dict[str, Value] = {"record": "awards", "number": lambda of: of.award.pk}
ENTRIES |= {
    **{name: page() for name in RECORDS},
    "records_file": act(record="awards"),
    "save_list_view": act({"name": "Une vue"}, record="awards"),
    "drop_list_view": act(number=1),
    "record_row": page(**A_ROW),
    "new_row": both(record="awards"),
    "change_row": both(**A_ROW),
    "end_row": both(**A_ROW),
    "drop_row": both(**A_ROW),
}

# The administration: its own pages, then those of every model registered in it. -----------------
_ADMIN_ROWS: dict[str, Callable[[Sample], Any]] = {
    "auth.user": lambda of: of.keeper,
    "federation.federationmember": lambda _of: FederationMemberFactory(user=UserFactory()),
    "federation.figureentry": lambda _of: FigureEntryFactory(),
    "federation.membership": lambda of: of.keeper.memberships.earliest("pk"),
    "federation.organisation": lambda of: of.organisation,
}
ENTRIES |= {
    "admin:index": page(),
    "admin:login": page(),
    "admin:logout": act(),
    "admin:password_change": page(),
    "admin:password_change_done": page(),
    "admin:autocomplete": page(),
    "admin:jsi18n": page(),
    "admin:view_on_site": page(content_type_id=1, object_id=1),
    "admin:app_list": page(app_label="auth"),
    "admin:<path:object_id>/": Visit(("GET",), path="/admin/federation/organisation/1/"),
    "admin:(?P<url>.*)$": Visit(("GET",), path="/admin/rien/"),
    "admin:federation_figureentry_import": both(),
    "admin:federation_figureentry_process_import": act(),
    "admin:federation_figureentry_export": both(),
}


def _administered() -> Iterator[tuple[str, Visit]]:
    for label, row in _ADMIN_ROWS.items():
        stem = f"admin:{label.replace('.', '_')}"
        of_one: dict[str, Value] = {"object_id": lambda of, row=row: row(of).pk}
        yield f"{stem}_changelist", page()
        yield f"{stem}_add", both()
        yield f"{stem}_history", page(**of_one)
        yield f"{stem}_delete", both({"post": "yes"}, **of_one)
        yield f"{stem}_change", both(**of_one)


ENTRIES |= dict(_administered())
