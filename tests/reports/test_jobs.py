"""The justifications of a year written as a job."""

import hashlib

import pytest

from backoffice.federation.jobs import ask, run_until_empty
from tests.reports.views.conftest import build_service


@pytest.mark.django_db
def test_every_justification_of_a_year_is_written_and_a_second_time_is_the_same(tmp_path):
    organisation = build_service().organisation
    arguments = {
        "year": 2024,
        "as_of": "2025-02-01",
        "formats": ["json", "xlsx"],
        "folder": str(tmp_path / "2024"),
    }
    jobs = []
    for _time in range(2):
        jobs.append(
            ask(
                "justifications",
                subject=f"justifications:{organisation.enterprise_number}:2024",
                arguments=arguments,
                organisation=organisation,
            )
        )
        run_until_empty()
        jobs[-1].refresh_from_db()
    first, second = jobs
    assert (first.state, first.done, first.total) == ("done", 1, 1)
    on_disk = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (tmp_path / "2024").iterdir()
    }
    assert first.result == second.result == {"files": on_disk}
    assert sorted(name.rsplit(".", 1)[1] for name in on_disk) == ["json", "xlsx"]


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_is_the_sentence_of_the_job(tmp_path):
    organisation = build_service().organisation
    (tmp_path / "taken").write_text("not a folder", encoding="ascii")
    job = ask(
        "justifications",
        subject="justifications:x",
        arguments={"year": 2024, "as_of": "2025-02-01", "folder": str(tmp_path / "taken")},
        organisation=organisation,
    )
    run_until_empty()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "n'ont pas pu être écrits" in job.problems[0]
