"""The demonstration as jobs: workbooks, import, files, and what the command prints."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from backoffice.federation.jobs import run_until_empty
from backoffice.federation.models import Job, Organisation
from reports.demo import jobs as demo_jobs
from reports.demo.employers import NUMBERS
from reports.demo.federation.payments import AS_OF
from reports.demo.federation.plan import EMPLOYERS
from reports.demo.loading import AlreadyLoading, ask_employers, open_the_site, printed, write_sums
from reports.management.commands import demo
from reports.tie_out.statement import tie_out
from staffing.models import Worker

pytestmark = pytest.mark.django_db
COMMON_FEDERATION = NUMBERS[-1]
PAIR = next(one.number for one in EMPLOYERS if [s.code for s in one.services] == ["CAP", "ILI"])


def in_this_process(jobs: Sequence[Job]) -> Iterator[tuple[int, int]]:
    """What the command does with a worker of its own, without another process."""
    run_until_empty()
    yield len(jobs), 100


@pytest.fixture
def no_pdf(monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path) -> Path:
    settings.OUT_DIR = settings.DATA_DIR = tmp_path
    monkeypatch.setattr(demo, "carried", in_this_process)
    monkeypatch.setattr("reports.demo.loading.printed", frozenset)
    monkeypatch.setattr(demo, "ask_memorandum", lambda _folder: [])
    return tmp_path / "demo"


def test_the_command_loads_an_employer_writes_its_files_and_prints_its_funders(
    no_pdf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("demo", "--only", PAIR)
    out = capsys.readouterr().out
    assert "DEMO : données inventées. Exercice 2025" in out
    lines = [line for line in out.splitlines() if re.search(r"\d \s+\d+\.\d\d ", line)]
    funders = [line[:20].strip() for line in lines]
    assert funders == [
        "Actiris",
        "COCOM",
        "Fonds Maribel social",
        "Forem",
        "Région wallonne",
    ]
    assert "Travailleurs partagés entre deux agréments, par exercice : 3 sur 3" in out
    assert "NON" not in out
    assert "./run serve" in out
    names = {path.name for path in no_pdf.rglob("*") if path.is_file()}
    assert {f"classeur-{PAIR}-{year}.xlsx" for year in (2023, 2024, 2025)} < names
    assert "justification-vivalis-2025-2025.json" in names
    assert "justification-maribel-329-02-2025.xlsx" in {
        re.sub(r"-[0-9a-f]{6}-2025", "-2025", name) for name in names
    }
    assert not [name for name in names if name.endswith(".pdf")]


def test_a_second_load_gives_the_same_files_and_digest_and_changes_nothing(
    no_pdf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digests = []
    for _turn in range(2):
        call_command("demo", "--only", COMMON_FEDERATION)
        digests += re.findall(r"[0-9a-f]{64}", capsys.readouterr().out)
    assert len(digests) == 2
    assert digests[0] == digests[1]
    steps = Job.objects.latest("pk").steps.filter(name__startswith="import:")
    assert [step.result for step in steps] == [{"changed": False}] * 3


def test_a_load_stopped_half_way_goes_on_with_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def write(dossier: object, folder: Path, *, formats: Sequence[str]) -> list[object]:
        written.append(str(folder))
        return []

    monkeypatch.setattr("reports.demo.jobs.write_files", write)
    (job,) = ask_employers(tmp_path, [COMMON_FEDERATION], all_pdf=False)
    run_until_empty()
    done = len(written)
    Job.objects.filter(pk=job.pk).update(state="queued", claim="", ended_at=None)
    run_until_empty()
    job.refresh_from_db()
    assert job.state == "done"
    assert len(written) == done > 0


def test_a_workbook_that_does_not_import_fails_its_job_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(original: Callable[..., dict[str, list[dict[str, object]]]]) -> object:
        def rows(number: str, year: int) -> dict[str, list[dict[str, object]]]:
            found = dict(original(number, year))
            found["terms"] = [{**found["terms"][0], "award": "INCONNUE"}]
            return found

        return rows

    monkeypatch.setattr(demo_jobs, "employer_rows", spoilt(demo_jobs.employer_rows))
    (job,) = ask_employers(tmp_path, [COMMON_FEDERATION], all_pdf=False)
    run_until_empty()
    job.refresh_from_db()
    assert job.state == "failed"
    assert f"classeur-{COMMON_FEDERATION}-2023.xlsx n'est pas importé" in job.problems[0]
    assert not Worker.objects.exists()


def test_what_a_stopped_demonstration_left_waiting_is_asked_again(tmp_path: Path) -> None:
    (first,) = ask_employers(tmp_path, [COMMON_FEDERATION], all_pdf=False)
    (second,) = ask_employers(tmp_path, [COMMON_FEDERATION], all_pdf=False)
    first.refresh_from_db()
    assert first.state == "cancelled"
    assert second.state == "queued"


def test_a_demonstration_that_is_loading_is_left_alone(tmp_path: Path) -> None:
    (job,) = ask_employers(tmp_path, [COMMON_FEDERATION], all_pdf=False)
    Job.objects.filter(pk=job.pk).update(
        state="running", claim="other", started_at=timezone.now(), heartbeat_at=timezone.now()
    )
    with pytest.raises(AlreadyLoading, match="déjà demandé"):
        ask_employers(tmp_path, [COMMON_FEDERATION], all_pdf=False)


def test_a_failed_job_stops_the_command_with_its_sentence(
    no_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(jobs: Sequence[Job]) -> Iterator[tuple[int, int]]:
        (job,) = jobs
        Job.objects.filter(pk=job.pk).update(
            state="failed", ended_at=timezone.now(), problems=["Plus de place."]
        )
        yield 1, 100

    monkeypatch.setattr(demo, "carried", fail)
    with pytest.raises(CommandError, match=r"n'a pas abouti : Plus de place\."):
        call_command("demo", "--only", COMMON_FEDERATION)


def test_a_real_site_refuses_the_demonstration(settings: LazySettings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="retirez BACKOFFICE_MODE"):
        call_command("demo")
    assert not Organisation.objects.exists()


def test_the_user_demo_sees_every_invented_employer_and_no_other(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    for number in (NUMBERS[0], COMMON_FEDERATION, "0403019261"):
        Organisation.objects.create(enterprise_number=number, name=number, is_demo=True)
    name, password = open_the_site()
    assert open_the_site() == (name, password)
    user = User.objects.get(username=name)
    assert user.check_password(password)
    assert not user.is_staff
    seen = user.memberships.values_list("organisation__enterprise_number", flat=True)
    assert set(seen) == {NUMBERS[0], COMMON_FEDERATION}


def test_the_federation_and_each_kind_of_approval_are_printed() -> None:
    by_number = {one.number: [s.code for s in one.services] for one in EMPLOYERS}
    kinds = {code for number in printed() for code in by_number.get(number, ["CASG", "SASPP"])}
    assert kinds == {"BODY", "CASG", "CAP", "CSS", "ILI", "SASPP"}
    assert set(NUMBERS[-2:]) <= printed()


def test_the_digest_is_that_of_the_sorted_list_of_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.json").write_text(json.dumps({}))
    (tmp_path / "a.txt").write_text("DEMO")
    first = write_sums(tmp_path)
    assert first[0] == 2
    assert write_sums(tmp_path) == first
    (tmp_path / "a.txt").write_text("autre")
    assert write_sums(tmp_path) != first


def test_an_unknown_employer_is_refused() -> None:
    with pytest.raises(CommandError, match="« 0403019261 » n'est pas un employeur"):
        call_command("demo", "--only", "0403019261")


def test_an_employer_with_books_ties_out_but_for_the_planted_difference(
    no_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.demo.loading.printed", lambda: frozenset([NUMBERS[0]]))
    monkeypatch.setattr(demo_jobs, "FORMATS", demo_jobs.NO_PDF)
    call_command("demo", "--only", NUMBERS[0])
    employer = Organisation.objects.get(enterprise_number=NUMBERS[0])
    left = [
        line.unexplained
        for year in (2023, 2024, 2025)
        for line in tie_out(employer, year, AS_OF).lines
        if line.unexplained
    ]
    assert left == [24_350]
