"""The rules of conservation: counted without a name, then applied in one transaction."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from backoffice.federation.models import Identity
from backoffice.figures.loader import load
from reports.models import PersonRequest, WorkbookImport
from reports.people import erasing
from reports.people.retention import apply, plan
from reports.uploads import deposit
from tests.factories import OrganisationFactory, UserFactory
from tests.reports.freezing.test_pseudonyms import OUTSIDE, claimed
from tests.reports.people.conftest import LATER, NAME

UNSAID = "fournisseurs et ventes dont la nature n'est pas dite"


def counted(found) -> dict[str, tuple[int, int, int]]:
    return {one.kind: (one.held, one.due, one.unknown) for one in found}


@pytest.mark.django_db
def test_what_is_past_its_term_is_counted_by_organisation_and_kind(person, durations):
    figures = durations()
    assert counted(plan(date(2034, 12, 31), figures)) == {
        "travailleurs": (1, 0, 0),
        "personnes hors paie": (1, 0, 0),
        UNSAID: (1, 0, 0),
    }
    assert counted(plan(LATER, figures)) == {
        "travailleurs": (1, 1, 0),
        "personnes hors paie": (1, 1, 0),
        UNSAID: (1, 0, 0),
    }
    assert {one.organisation for one in plan(LATER, figures)} == {
        person.place.organisation.enterprise_number
    }


@pytest.mark.django_db
def test_a_dry_run_writes_nothing_and_prints_no_name(person, durations, capsys):
    durations()
    call_command("retention", "--dry-run", "--on", LATER.isoformat())
    printed = capsys.readouterr().out
    assert "travailleurs : conservé 1, échu 1" in printed
    assert NAME not in printed
    assert OUTSIDE not in printed
    assert not Identity.objects.filter(erased_at__isnull=False).exists()
    assert not PersonRequest.objects.exists()


@pytest.mark.django_db
def test_an_unknown_duration_is_counted_apart_and_keeps_everything(person, capsys):
    call_command("retention", "--dry-run", "--on", LATER.isoformat())
    printed = capsys.readouterr().out
    assert "travailleurs : conservé 1, échu 0, durée inconnue : 1" in printed
    assert "complétez retention.*" in printed


@pytest.mark.django_db
def test_a_real_run_erases_everyone_past_the_term_and_keeps_the_totals(person, durations):
    before = claimed(person.row)
    apply(by=None, reason="Fin de conservation", today=LATER, figures=durations())
    names = set(Identity.objects.values_list("name", flat=True))
    assert names == {one.pseudonym for one in Identity.objects.all()}
    person.row.refresh_from_db()
    assert claimed(person.row) == before
    assert set(PersonRequest.objects.values_list("kind", "reason")) == {
        ("erased", "Fin de conservation")
    }


@pytest.mark.django_db
def test_a_real_run_that_fails_half_way_erases_nobody(person, durations, monkeypatch):
    figures, calls = durations(), []

    def second_fails(**values):
        calls.append(values)
        if len(calls) == 2:
            raise RuntimeError("disk")
        erasing.erase_identity(**values)

    monkeypatch.setattr("reports.people.retention.erase_identity", second_fails)
    with pytest.raises(RuntimeError, match="disk"):
        apply(by=None, reason="Fin de conservation", today=LATER, figures=figures)
    assert len(calls) == 2
    assert not Identity.objects.filter(erased_at__isnull=False).exists()
    assert person.paper.file.storage.exists(person.paper.file.name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Choisissez --dry-run"),
        (["--dry-run", "--apply"], "Choisissez --dry-run"),
        (["--apply"], "L'option --reason manque"),
        (["--apply", "--reason", "x", "--on", "2090-01-01"], "avant son terme"),
        (["--dry-run", "--on", "demain"], "n'est pas un jour"),
    ],
)
def test_the_command_asks_what_it_needs(words, said):
    with pytest.raises(CommandError, match=said):
        call_command("retention", *words)


@pytest.mark.django_db
def test_reports_of_imports_are_deleted_after_their_term_with_the_workbook_that_still_waits(
    media, django_capture_on_commit_callbacks
):
    organisation, by = OrganisationFactory(), UserFactory()
    old, recent = (
        deposit(organisation=organisation, by=by, file=SimpleUploadedFile(name, b"PK"))
        for name in ("ancien.xlsx", "neuf.xlsx")
    )
    paths = [Path(one.file.path) for one in (old, recent)]
    WorkbookImport.objects.filter(pk=old.pk).update(uploaded_at=datetime(2024, 1, 1, tzinfo=UTC))
    WorkbookImport.objects.filter(pk=recent.pk).update(uploaded_at=datetime(2026, 1, 2, tzinfo=UTC))
    with django_capture_on_commit_callbacks(execute=True):
        done = apply(by=None, reason="Terme", today=date(2026, 1, 2), figures=load())
    assert [path.exists() for path in paths] == [False, True]
    assert ("comptes rendus d'import", 1) in {(one.kind, one.due) for one in done}
    assert list(WorkbookImport.objects.all()) == [recent]


def test_every_duration_says_its_source_and_none_is_called_sure():
    figures = load()
    codes = [code for code in figures if code.startswith("retention.")]
    assert len(codes) == 4
    for code in codes:
        for value in figures[code].values:
            assert value.status in ("to_confirm", "missing")
            assert value.source.title
