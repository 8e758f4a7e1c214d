"""A worker who has left, with a frozen justification, papers and pay; every duration is known."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from backoffice.federation.identities import numbers
from backoffice.federation.models import Identity, StoredFile
from grants.selectors import figures_registry
from reports.evidence.attaching import attach_file
from reports.freezing import freeze
from reports.models import FrozenFile, Justification
from tests.factories import FigureEntryFactory, WorkerDocumentFactory
from tests.federation.test_storing import a_pdf
from tests.reports.checks.situations import AS_OF, Service
from tests.reports.freezing.test_freezing import FILES
from tests.reports.freezing.test_pseudonyms import with_people

NUMBER, NAME = "85073003328", "Amira Delvauxille"
LEFT, LATER = date(2024, 12, 31), date(2040, 1, 1)


@dataclass(frozen=True)
class Person:
    """The worker, what was frozen, and the file of her contract."""

    place: Service
    identity: Identity
    row: Justification
    paper: StoredFile
    frozen_pdf: StoredFile


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def durations(db: None) -> Callable[[], object]:
    """The duration that nobody knows, filled in as a user does; gives the figures read anew."""

    def fill():
        FigureEntryFactory(
            code="retention.justifications",
            since=date(2000, 1, 1),
            value="120",
            source="Règlement du fonds, art. 9",
        )
        return figures_registry()

    return fill


@pytest.fixture
def person(db: None, media: Path) -> Person:
    place, award = with_people()
    place.contract.ends_on = LEFT
    place.contract.save()
    identity = place.worker.identity
    identity.name, identity.national_number = NAME, numbers.encrypt(NUMBER)
    identity.national_number_hash = numbers.keyed_hash(NUMBER)
    identity.save()
    dossier = place.dossier(award, AS_OF)
    final = replace(dossier, cover=replace(dossier.cover, final=True, version=1))
    row, _new = freeze(award, final, FILES)
    paper = WorkerDocumentFactory(worker=place.worker, reference="DIPL-1")
    upload = SimpleUploadedFile(f"diplome {NAME}.pdf", a_pdf())
    link = attach_file(kind="worker_document", row=paper, upload=upload, by=None)
    frozen = attach_file(
        kind="award", row=award, upload=SimpleUploadedFile("j.pdf", a_pdf() + b"%"), by=None
    )
    FrozenFile.objects.create(justification=row, extension="pdf", stored=frozen.file)
    return Person(place, identity, row, link.file, frozen.file)
