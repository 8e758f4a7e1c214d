"""Factories of the reports app: sign-offs, frozen justifications, imports."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from reports.models import (
    Assumption,
    Decision,
    DecisionLine,
    EvidenceLink,
    FormCell,
    FrozenFile,
    FunderForm,
    Justification,
    JustificationFile,
    Move,
    PersonRequest,
    ScenarioShare,
    SignOff,
    State,
    StoredScenario,
    WorkbookImport,
)
from reports.records.saved import SavedView
from tests.factories.federation import OrganisationFactory, StoredFileFactory, UserFactory
from tests.factories.grants import AwardFactory
from tests.factories.staffing import WorkerFactory


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


class SavedViewFactory(DjangoModelFactory):
    class Meta:
        model = SavedView

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    record = "workers"
    name = factory.Sequence(lambda n: f"Vue {n}")


class FunderFormFactory(DjangoModelFactory):
    class Meta:
        model = FunderForm

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Formulaire {n}")
    file = factory.SubFactory(
        StoredFileFactory, organisation=factory.SelfAttribute("..organisation")
    )


class FormCellFactory(DjangoModelFactory):
    class Meta:
        model = FormCell

    form = factory.SubFactory(FunderFormFactory)
    sheet = "Déclaration"
    cell = "B4"
    source = "payable"


class EvidenceLinkFactory(DjangoModelFactory):
    class Meta:
        model = EvidenceLink

    file = factory.SubFactory(StoredFileFactory)
    award = factory.SubFactory(AwardFactory)


class FrozenFileFactory(DjangoModelFactory):
    class Meta:
        model = FrozenFile

    justification = factory.SubFactory(JustificationFactory)
    extension = "pdf"
    stored = factory.SubFactory(StoredFileFactory)


class JustificationFileFactory(DjangoModelFactory):
    """A justification sent on 2 March 2025."""

    class Meta:
        model = JustificationFile

    justification = factory.SubFactory(JustificationFactory)
    award = factory.SelfAttribute("justification.award")
    year = 2024
    state = State.SENT
    sent_at = datetime(2025, 3, 2, 9, tzinfo=UTC)
    sent_reference = "RP 123"


class MoveFactory(DjangoModelFactory):
    class Meta:
        model = Move

    file = factory.SubFactory(JustificationFileFactory)
    by = factory.SubFactory(UserFactory)
    from_state = State.FROZEN
    to_state = State.SENT
    reason = "RP 123"


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    file = factory.SubFactory(JustificationFileFactory)
    decided_on = date(2025, 6, 1)
    reference = "DEC-1"
    accepted = Decimal("3000.00")
    payable = Decimal("3000.00")


class DecisionLineFactory(DjangoModelFactory):
    class Meta:
        model = DecisionLine

    file = factory.SubFactory(JustificationFileFactory)
    kind = DecisionLine.Kind.STAFF
    row = 0
    accepted = Decimal("2900.00")
    refused = Decimal("100.00")
    reason = "Congé non admis"


class PersonRequestFactory(DjangoModelFactory):
    class Meta:
        model = PersonRequest

    identity = factory.LazyFunction(lambda: WorkerFactory().identity)
    kind = PersonRequest.Kind.SHOWN


class StoredScenarioFactory(DjangoModelFactory):
    class Meta:
        model = StoredScenario

    organisation = factory.SubFactory(OrganisationFactory)
    name = "Rien ne change"
    text = 'name = "Rien ne change"\npatches = []\n'
    reason = "Pour le conseil"
    dated_on = date(2025, 3, 1)
    created_by = factory.SubFactory(UserFactory)
    changed_by = factory.SelfAttribute("created_by")


class ScenarioShareFactory(DjangoModelFactory):
    class Meta:
        model = ScenarioShare

    scenario = factory.SubFactory(StoredScenarioFactory)
    reason = "Pour avis"
    shared_by = factory.SubFactory(UserFactory)


class AssumptionFactory(DjangoModelFactory):
    class Meta:
        model = Assumption

    code = "running_cost"
    value = "4000"
    since = date(2025, 1, 1)
    source = "DEMO"
    sentence = "Frais de fonctionnement d'un ETP, inventés"
    author = factory.SubFactory(UserFactory)
    signed_on = date(2025, 3, 1)
