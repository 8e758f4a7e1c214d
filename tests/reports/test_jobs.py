"""The justifications of a year written as a job: one archive, kept a week at most."""

import hashlib
import os
import stat
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from backoffice.federation.backup.writing import make_backup
from backoffice.federation.jobs import AlreadyAsked, cancel, run_until_empty
from backoffice.federation.jobs.registry import start_worker
from backoffice.federation.models import Job
from reports.documents.writing import render_files, write_files
from reports.jobs import ask_year_files
from reports.justifications import year_dossiers
from tests.factories import AwardFactory, MembershipFactory, OrganisationFactory
from tests.reports.views.conftest import build_service

pytestmark = pytest.mark.django_db
AS_OF = date(2025, 2, 1)
NO_PDF = ("json", "xlsx")


@pytest.fixture(autouse=True)
def data(settings, tmp_path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def organisation():
    """A service with an award that holds rows and one that holds none."""
    found = build_service().organisation
    AwardFactory(organisation=found, reference="APE-1", scheme="ape")
    return found


def asked(organisation, *, year: int = 2024, formats: tuple[str, ...] = NO_PDF) -> Job:
    by = MembershipFactory(organisation=organisation).user
    return ask_year_files(organisation=organisation, year=year, as_of=AS_OF, formats=formats, by=by)


def carried(organisation, **asking) -> Job:
    job = asked(organisation, **asking)
    run_until_empty()
    job.refresh_from_db()
    return job


def archive(data: Path, job: Job) -> Path:
    (found,) = (data / "exports" / str(job.pk)).iterdir()
    return found


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_archive_holds_the_files_that_each_justification_has_alone(
    organisation, data, tmp_path
):
    job = carried(organisation, formats=("json", "xlsx", "pdf"))
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    for dossier in year_dossiers(organisation, 2024, AS_OF):
        write_files(dossier, tmp_path / "alone")
    alone = {path.name: path.read_bytes() for path in (tmp_path / "alone").iterdir()}
    assert members(archive(data, job)) == alone
    assert sorted(name.rsplit(".", 1)[1] for name in alone) == 2 * ["json"] + 2 * ["pdf"] + 2 * [
        "xlsx"
    ]
    assert job.result["files"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in alone.items()
    }


def test_the_name_says_who_and_which_year_and_only_the_owner_reads_it(organisation, data):
    path = archive(data, carried(organisation))
    assert path.name == f"justifications-{organisation.enterprise_number}-2024.zip"
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent, data / "exports")]
    assert modes == [0o600, 0o700, 0o700]


def test_a_second_archive_has_the_same_bytes_and_takes_the_place_of_the_first(organisation, data):
    first = carried(organisation)
    bytes_of_first = archive(data, first).read_bytes()
    second = carried(organisation)
    assert archive(data, second).read_bytes() == bytes_of_first
    assert names(data / "exports") == [str(second.pk)]


def test_the_archive_of_another_service_or_year_stays(organisation, data):
    other = build_service("AUTRE-1").organisation
    AwardFactory(
        organisation=organisation,
        reference="MARIBEL-0",
        starts_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31),
    )
    jobs = [carried(other), carried(organisation, year=2023), carried(organisation)]
    assert [job.state for job in jobs] == 3 * ["done"]
    assert names(data / "exports") == sorted(str(job.pk) for job in jobs)


@pytest.mark.parametrize(("days", "stays"), [(6, True), (8, False)])
@pytest.mark.parametrize("remove", ["another service's archive", "a worker that starts"])
def test_an_archive_goes_after_a_week(organisation, data, days, stays, remove):
    folder = archive(data, carried(organisation)).parent
    then = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(folder, (then, then))
    if remove == "a worker that starts":
        start_worker()
    else:
        carried(build_service("AUTRE-1").organisation)
    assert folder.exists() is stays


def test_the_same_year_is_not_asked_twice_while_it_waits(organisation):
    first = asked(organisation)
    with pytest.raises(AlreadyAsked, match=rf"déjà demandé \(n° {first.pk}, en attente\)"):
        asked(organisation)
    assert asked(organisation, year=2023).pk != first.pk


def test_a_cancel_stops_between_two_dossiers_and_leaves_no_file(organisation, data, monkeypatch):
    job, written = asked(organisation), []

    def cancelled_meanwhile(dossier, formats):
        written.append(dossier.cover.reference)
        cancel(job)
        return render_files(dossier, formats)

    monkeypatch.setattr("reports.jobs.render_files", cancelled_meanwhile)
    run_until_empty()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("cancelled", 1, 2)
    assert written == ["APE-1"]
    assert names(data / "exports" / str(job.pk)) == []


def test_a_cancelled_demand_leaves_the_former_archive(organisation, data):
    former = carried(organisation)
    cancel(asked(organisation))
    run_until_empty()
    assert archive(data, former).is_file()


def test_what_a_killed_process_left_is_replaced(organisation, data):
    job = asked(organisation)
    left = data / "exports" / str(job.pk) / ".archive-left"
    left.mkdir(parents=True)
    run_until_empty()
    assert [path.suffix for path in left.parent.iterdir()] == [".zip"]


def test_a_folder_that_cannot_be_written_is_the_sentence_of_the_job(organisation, data):
    (data / "exports").write_text("not a folder", encoding="ascii")
    job = carried(organisation)
    assert job.state == "failed"
    assert "n'a pas pu être écrit sur le serveur" in job.problems[0]
    assert str(data) not in job.problems[0]


def test_a_year_that_no_award_touches_is_the_sentence_of_the_job(data):
    job = carried(OrganisationFactory())
    assert job.state == "failed"
    assert job.problems == ["Aucune subvention ne touche 2024 : il n'y a rien à écrire."]
    assert not (data / "exports").exists()


@pytest.mark.django_db(transaction=True)
def test_a_backup_leaves_the_archives_out_and_names_none_as_missing(settings, data):
    settings.MEDIA_ROOT = data / "media"
    job = carried(build_service().organisation)
    manifest = make_backup(out=data / "site.zip")
    assert archive(data, job).is_file()
    assert (manifest.evidence, manifest.missing) == ([], [])
    assert {name.split("/")[0] for name in members(data / "site.zip")} == {
        "manifest.json",
        "tables",
    }
