"""Erasing a person: what goes, what stays whole, and what forbids it."""

import json
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction

from backoffice.federation.identities import numbers
from backoffice.federation.models import Identity, StoredFile
from grants.selectors import figures_registry
from reports.evidence.attaching import detach_file
from reports.exchange.exporter import rows_of_year
from reports.models import Justification, PersonRequest
from reports.people.erasing import CannotErase, erase_identity
from reports.people.keeping import holds, later
from reports.pseudonyms import document_digest
from tests.factories import StoredFileFactory, UserFactory
from tests.reports.checks.situations import AS_OF
from tests.reports.freezing.test_pseudonyms import OUTSIDE, claimed, frozen_before
from tests.reports.people.conftest import LATER, LEFT, NAME, NUMBER


def erase(person, figures, reason="Demande du 3 mars", today=LATER):
    by = UserFactory()
    erase_identity(identity=person.identity, by=by, reason=reason, today=today, figures=figures)
    person.identity.refresh_from_db()
    return by


@pytest.mark.django_db(transaction=True)
def test_the_name_and_the_number_go_and_the_frozen_dossier_stays_whole(person, durations):
    before, text = claimed(person.row), person.row.document
    by = erase(person, durations())
    one, pseudonym = person.identity, person.identity.pseudonym
    assert (one.name, one.national_number, one.national_number_hash) == (pseudonym, "", "")
    assert (one.is_erased, one.erased_by) == (True, by)
    row = Justification.objects.get(pk=person.row.pk)
    assert row.document == text
    assert document_digest(row.document) == row.document_digest
    assert claimed(row) == before
    dossier = person.place.dossier(row.award, AS_OF)
    assert dossier.amounts.payable is not None
    assert json.loads(row.document)["amounts"]["payable"] == before["amounts"]["payable"]
    assert {line.name for line in dossier.staff} == {pseudonym}


@pytest.mark.django_db(transaction=True)
def test_the_papers_of_the_person_lose_their_content_and_keep_their_fingerprint(person, durations):
    kept = [(file.pk, file.sha256, file.size) for file in (person.paper, person.frozen_pdf)]
    paths = [person.paper.file.path, person.frozen_pdf.file.path]
    erase(person, durations())
    for file in (person.paper, person.frozen_pdf):
        file.refresh_from_db()
    assert [(f.pk, f.sha256, f.size) for f in (person.paper, person.frozen_pdf)] == kept
    assert person.paper.name == "fichier effacé.pdf"
    assert not any(person.paper.file.storage.exists(path) for path in paths)


@pytest.mark.django_db(transaction=True)
def test_a_paper_that_was_taken_off_goes_with_the_person_too(person, durations):
    detach_file(link=person.paper.links.get(), reason="jointe par erreur")
    erase(person, durations())
    person.paper.refresh_from_db()
    assert person.paper.name == "fichier effacé.pdf"
    assert not person.paper.file.storage.exists(person.paper.file.name)


@pytest.mark.django_db(transaction=True)
def test_a_paper_taken_off_before_files_kept_whom_they_are_about_is_found_by_the_trail(
    person, durations
):
    detach_file(link=person.paper.links.get(), reason="jointe par erreur")
    others = StoredFileFactory(organisation=person.place.organisation)
    StoredFile.objects.update(about=None)
    remember = import_module("reports.migrations.0014_detached_papers").remember
    remember(apps, None)
    person.paper.refresh_from_db()
    others.refresh_from_db()
    assert (person.paper.about, others.about) == (person.identity, None)
    erase(person, durations())
    person.paper.refresh_from_db()
    assert person.paper.name == "fichier effacé.pdf"


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_after_an_erasure_leaves_every_file(person, durations):
    figures = durations()

    with transaction.atomic():
        erase(person, figures)
        transaction.set_rollback(True)
    assert person.paper.file.storage.exists(person.paper.file.name)
    assert Identity.objects.get(pk=person.identity.pk).name == NAME


@pytest.mark.django_db
def test_a_document_frozen_with_names_before_gets_the_pseudonym_and_the_same_totals(
    person, durations
):
    row = person.row
    person.place.contract.refresh_from_db()
    old = frozen_before_of(person)
    before, digest = claimed(old), old.digest
    assert NAME in old.document
    erase(person, durations())
    old.refresh_from_db()
    assert NAME not in old.document
    assert OUTSIDE in old.document  # another person of the same document
    assert (claimed(old), old.digest) == (before, digest)
    assert row.redactions == []


def frozen_before_of(person):
    Justification.objects.filter(pk=person.row.pk).update(year=2023)
    return frozen_before(person.place, person.row.award)


@pytest.mark.django_db
def test_the_register_says_who_erased_and_why_and_not_whom(person, durations):
    by = erase(person, durations())
    line = PersonRequest.objects.get()
    assert (line.kind, line.by, line.reason) == ("erased", by, "Demande du 3 mars")
    assert str(line) == f"{person.identity.pk} erased"


@pytest.mark.django_db
def test_a_person_under_contract_is_not_erased(person, durations):
    person.place.contract.ends_on = None
    person.place.contract.save()
    with pytest.raises(CannotErase, match="Un contrat court encore"):
        erase(person, durations())
    assert Identity.objects.get(pk=person.identity.pk).name == NAME


@pytest.mark.django_db
def test_a_person_is_kept_to_the_last_day_of_the_last_duration_and_not_longer(person, durations):
    figures = durations()
    last = later(LEFT, 120)
    assert last == date(2034, 12, 31)
    with pytest.raises(CannotErase, match="31/12/2034"):
        erase(person, figures, today=last)
    assert holds(person.identity, last + timedelta(days=1), figures) == ()


@pytest.mark.django_db
def test_a_duration_that_nobody_knows_keeps_the_person_and_asks_to_fill_it_in(person):
    with pytest.raises(CannotErase, match=r"Complétez la valeur de référence retention\.just"):
        erase(person, figures_registry())


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "   ", f"Demande de {NAME}", "demande de DELVAUXILLE"])
def test_a_reason_is_asked_and_may_not_name_the_person(person, durations, reason):
    with pytest.raises(CannotErase) as refused:
        erase(person, durations(), reason=reason)
    assert "elvauxille" not in str(refused.value)


@pytest.mark.django_db
def test_a_person_is_erased_once_and_an_old_workbook_does_not_bring_the_name_back(
    person, durations
):
    figures = durations()
    erase(person, figures)
    with pytest.raises(CannotErase, match="déjà effacée"):
        erase(person, figures)
    worker = type(person.place.worker).objects.get(pk=person.place.worker.pk)
    worker.name = NAME
    worker.save()
    assert type(worker).objects.get(pk=worker.pk).name == person.identity.pseudonym
    rows = rows_of_year(person.place.organisation, 2024)["workers"]
    assert [row["name"] for row in rows] == [person.identity.pseudonym]


@pytest.mark.django_db
def test_the_number_finds_nobody_once_erased(person, durations):
    hashes = numbers.keyed_hashes(NUMBER)
    assert Identity.objects.filter(national_number_hash__in=hashes).exists()
    erase(person, durations())
    assert not Identity.objects.filter(national_number_hash__in=hashes).exists()


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 12, 31), 60, date(2029, 12, 31)),
        (date(2024, 1, 31), 3, date(2024, 4, 30)),
    ],
)
def test_some_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months, found):
    assert later(day, months) == found
