"""What may still name a person when she is erased: found wherever it was typed, then reviewed."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook

from backoffice.federation.audit import because
from backoffice.federation.audit.sealing import seal_all
from backoffice.federation.audit.verifying import verify
from backoffice.federation.media_types import XLSX
from backoffice.federation.models import Identity, Job, Organisation, Task
from backoffice.federation.storing import keep_file
from reports.exports import export_path, new_export
from reports.models import Justification
from reports.people.erasing import erase_identity, files_about
from reports.people.mentions import review_of
from reports.people.retention import apply, plan
from tests.factories import (
    JobFactory,
    SalesInvoiceFactory,
    SignOffFactory,
    TaskFactory,
    UserFactory,
)
from tests.federation.test_storing import a_pdf
from tests.reports.freezing.test_pseudonyms import claimed
from tests.reports.people.conftest import LATER, NAME, NUMBER
from tests.reports.people.test_pages import address, later_day, officer, words  # noqa: F401

pytestmark = pytest.mark.django_db
FIRST, LAST = NAME.split()


def reviewed(person):
    return review_of(person.identity, files_about(person.identity))


def found(person) -> list[tuple[str, str]]:
    return [(one.column, one.excerpt) for one in reviewed(person).mentions]


def keep(person, name: str, content: bytes, kind: str):
    return keep_file(
        organisation=person.place.organisation,
        upload=SimpleUploadedFile(name, content),
        types=frozenset({kind}),
        by=None,
    )


def a_workbook(text: str) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active["B7"] = text
    book.save(out)
    return out.getvalue()


def test_nothing_is_to_review_where_nobody_typed_the_name(person):
    review = reviewed(person)
    assert (review.mentions, review.unread) == ((), ())


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        (f"Voir avec {NAME}", True),
        (f"voir {LAST.upper()} demain", True),
        ("Demander à AMÎRA", True),
        ("Delvauxilleur", False),
        ("Madame A. Dupont", False),
        ("NISS 85.07.30-033.28 à corriger", True),
        ("850730", False),
    ],
)
def test_a_word_of_the_name_or_the_number_is_found_without_accents_or_capitals(
    person, text, is_there
):
    TaskFactory(organisation=person.place.organisation, text=text)
    assert bool(found(person)) is is_there


def test_each_table_in_which_somebody_typed_the_name_is_listed_with_its_page(person):
    organisation, award = person.place.organisation, person.row.award
    TaskFactory(organisation=organisation, text=f"Rappeler {FIRST}")
    SignOffFactory(award=award, reason=f"Pièce de {LAST} reçue")
    SalesInvoiceFactory(organisation=organisation, customer=NAME)
    Organisation.objects.filter(pk=organisation.pk).update(contact=f"{NAME}, 02 000 00 00")
    JobFactory(organisation=organisation, problems=[f"Ligne de {LAST}"])
    mentions = {one.row.rpartition(" ")[0]: one for one in reviewed(person).mentions}
    assert set(mentions) == {
        "Tâche",
        "Acceptation",
        "Facture de vente",
        "Organisation",
        "Travail",
    }
    assert {kind for kind, one in mentions.items() if not one.address} == {"Organisation"}
    assert mentions["Facture de vente"].is_whole
    assert not mentions["Tâche"].is_whole
    assert next(one.is_whole for one in reviewed(person).mentions)  # the surest first


def test_the_text_of_another_service_is_not_read(person):
    TaskFactory(text=f"Rappeler {NAME}")
    assert found(person) == []


def test_a_workbook_is_read_and_a_pdf_is_said_not_to_be(person):
    book = keep(person, "suivi.xlsx", a_workbook(f"Heures de {NAME}"), XLSX)
    scan = keep(person, "scan.pdf", a_pdf() + b"%%", "application/pdf")
    review = reviewed(person)
    assert [(one.row, one.address) for one in review.mentions] == [
        ("suivi.xlsx", f"/fichiers/{book.pk}/")
    ]
    assert review.unread == (scan,)


def test_a_workbook_too_large_to_be_read_is_said_not_to_be(person, monkeypatch):
    monkeypatch.setattr("reports.people.contents.MOST_READ", 10)
    book = keep(person, "suivi.xlsx", a_workbook("Heures"), XLSX)
    assert reviewed(person).unread == (book,)


def test_entries_of_the_trail_are_counted_since_nothing_changes_them(person):
    with because(f"Note de {LAST}"):
        TaskFactory(organisation=person.place.organisation, text="Sans nom")
    assert reviewed(person).in_trail == 1


def test_the_officer_reviews_the_list_before_anything_is_erased(person, officer, later_day):  # noqa: F811
    TaskFactory(organisation=person.place.organisation, text=f"Rappeler {NAME}")
    page = words(officer.get(address(person)))
    assert "1 texte ou fichier nomme peut-être la personne" in page
    assert f"Rappeler {NAME}" in page
    asked = {"reason": "Demande du 3 mars", "pseudonym": person.identity.pseudonym}
    refused = officer.post(address(person, "effacer/"), asked)
    assert refused.status_code == 422
    assert "Revoyez la liste ci-dessus" in words(refused)
    assert Identity.objects.get(pk=person.identity.pk).name == NAME
    officer.post(address(person, "effacer/"), asked | {"reviewed": "on"})
    assert Identity.objects.get(pk=person.identity.pk).is_erased


def test_a_run_of_conservation_leaves_to_somebody_whoever_may_still_be_named(person, durations):
    figures = durations()
    task = TaskFactory(organisation=person.place.organisation, text=f"Rappeler {LAST}")
    workers = next(one for one in plan(LATER, figures) if one.kind == "travailleurs")
    assert (workers.held, workers.due, workers.review) == (1, 0, 1)
    apply(by=None, reason="Terme", today=LATER, figures=figures)
    assert Identity.objects.get(pk=person.identity.pk).name == NAME
    Task.objects.filter(pk=task.pk).update(text="Rappeler P-0001")
    apply(by=None, reason="Terme", today=LATER, figures=figures)
    assert Identity.objects.get(pk=person.identity.pk).is_erased


@pytest.mark.django_db(transaction=True)
def test_the_archives_that_jobs_made_go_and_the_totals_and_the_trail_stay_whole(
    person, durations, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    organisation = person.place.organisation
    done = {"state": Job.State.DONE, "ended_at": timezone.now()}
    job = JobFactory(organisation=organisation, kind="justifications", **done)
    path = export_path(job.pk, "justifications.zip")
    with new_export(path) as whole, zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("j.json", json.dumps({"name": NAME, "number": NUMBER}))
    assert zipfile.is_zipfile(path)
    before = claimed(person.row)
    erase_identity(
        identity=person.identity,
        by=UserFactory(),
        reason="Demande du 3 mars",
        today=LATER,
        figures=durations(),
    )
    assert not path.exists()
    assert claimed(Justification.objects.get(pk=person.row.pk)) == before
    seal_all()
    chain = verify(organisation.pk)
    assert (chain.fault, chain.waiting) == (None, 0)
