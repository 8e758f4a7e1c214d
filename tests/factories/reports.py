"""Factories of the reports app: sign-offs, frozen justifications, imports."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from reports.models import (
    EvidenceLink,
    FormCell,
    FunderForm,
    Justification,
    SignOff,
    WorkbookImport,
)
from tests.factories.federation import OrganisationFactory, StoredFileFactory, UserFactory
from tests.factories.grants import AwardFactory


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
