"""The demonstration as jobs: workbooks, import, files, and what the command prints."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from backoffice.federation.jobs import run_until_empty
from backoffice.federation.models import Job, Organisation
from backoffice.federation.services.collections import stop_taking_part
from grants.models import Deadline
from reports.demo import jobs as demo_jobs
from reports.demo.employers import NUMBERS
from reports.demo.federation.payments import AS_OF
from reports.demo.federation.plan import EMPLOYERS
from reports.demo.loading import ask_employers, printed, write_sums
from reports.demo.people import PEOPLE, open_the_collection, open_the_site
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
    closed = dict(Deadline.objects.values_list("pk", "state").filter(due_on__lte=AS_OF))
    assert set(closed.values()) == {"done"}
    assert Deadline.objects.filter(due_on__gt=AS_OF, state="open").exists()


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


def last_seen(seconds: int) -> None:
    """No job has given a sign of life since."""
    then = timezone.now() - timedelta(seconds=seconds)
    Job.objects.update(asked_at=then)
    Job.objects.filter(heartbeat_at__isnull=False).update(heartbeat_at=then)


def earlier_files(folder: Path) -> list[Path]:
    files = [folder / PAIR / "justification.json", folder / COMMON_FEDERATION / "classeur.xlsx"]
    for path in files:
        path.parent.mkdir(parents=True)
        path.write_text("d'avant", encoding="utf-8")
    return files


def test_what_a_stopped_demonstration_left_waiting_is_asked_again(no_pdf: Path) -> None:
    (first,) = ask_employers(no_pdf, [PAIR], all_pdf=False)
    last_seen(40)
    call_command("demo", "--only", COMMON_FEDERATION)
    first.refresh_from_db()
    assert first.state == "cancelled"
    assert Job.objects.latest("pk").state == "done"


@pytest.mark.parametrize("state", ["queued", "running"])
def test_beside_a_demonstration_that_loads_another_is_refused_and_deletes_nothing(
    no_pdf: Path, state: str
) -> None:
    files = earlier_files(no_pdf)
    (job,) = ask_employers(no_pdf, [PAIR], all_pdf=False)
    if state == "running":
        last_seen(40)
        now = timezone.now()
        Job.objects.update(state=state, claim="other", started_at=now, heartbeat_at=now)
    for only in (PAIR, COMMON_FEDERATION):
        with pytest.raises(CommandError, match=f"se charge déjà .travail n° {job.pk}, demo:{PAIR}"):
            call_command("demo", "--only", only)
    assert [path.exists() for path in files] == [True, True]
    job.refresh_from_db()
    assert (job.state, job.cancel_asked) == (state, False)
    assert Job.objects.count() == 1


def test_one_employer_loaded_again_leaves_the_files_of_the_others(
    no_pdf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, mine = earlier_files(no_pdf)
    call_command("demo", "--only", COMMON_FEDERATION)
    assert other.exists()
    assert not mine.exists()
    written = [path for path in (no_pdf / COMMON_FEDERATION).rglob("*") if path.is_file()]
    assert f"\n{len(written)} fichiers écrits dans " in capsys.readouterr().out
    listed = (no_pdf / "DEMO-SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert len(listed) == len(written) + 1


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


def test_each_role_has_an_account_over_invented_employers_and_no_other(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    for number in (*NUMBERS[:4], "0403019261"):
        Organisation.objects.create(enterprise_number=number, name=number, is_demo=True)
    password = open_the_site()
    assert open_the_site() == password
    held = {}
    for person in PEOPLE:
        user = User.objects.get(username=person.username)
        assert user.check_password(password)
        assert not user.is_staff
        assert not user.is_superuser
        held[person.username] = (
            set(user.memberships.values_list("role", flat=True))
            | set(user.federation_roles.values_list("role", flat=True)),
            set(user.memberships.values_list("organisation__enterprise_number", flat=True)),
        )
    first = sorted(NUMBERS[:4])
    assert held == {
        "demo": ({"finance"}, set(first)),
        "demo-direction": ({"director"}, set(first[:1])),
        "demo-comptable": ({"accountant"}, set(first[:3])),
        "demo-federation": ({"finance"}, set()),
        "demo-analyste": ({"analyst"}, set()),
        "demo-admin": ({"administrator"}, set()),
    }


def test_every_invented_employer_takes_part_in_the_collection_but_one_that_withdrew() -> None:
    for number in (*NUMBERS[:2], "0403019261"):
        Organisation.objects.create(enterprise_number=number, name=number, is_demo=True)
    collection = open_the_collection()
    gone = Organisation.objects.get(enterprise_number=NUMBERS[0])
    stop_taking_part(collection=collection, organisation=gone, by=User.objects.create())
    assert open_the_collection() == collection
    running = collection.participations.filter(withdrawn_at__isnull=True)
    taking = running.values_list("organisation__enterprise_number", flat=True)
    assert set(taking) == {NUMBERS[1]}


def test_the_federation_and_each_kind_of_approval_are_printed() -> None:
    by_number = {one.number: [s.code for s in one.services] for one in EMPLOYERS}
    kinds = {code for number in printed() for code in by_number.get(number, ["CASG", "SASPP"])}
    assert kinds == {"BODY", "CASG", "CAP", "CSS", "ILI", "SASPP"}
    assert set(NUMBERS[-2:]) <= printed()


def test_the_digest_is_that_of_the_sorted_list_of_the_files_of_a_load(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a").mkdir()
    (tmp_path / "b" / "two.json").write_text(json.dumps({}))
    (tmp_path / "a" / "one.txt").write_text("DEMO")
    first = write_sums(tmp_path, ["a", "b"])
    assert first[0] == 2
    assert write_sums(tmp_path, ["b", "a"]) == first
    alone = write_sums(tmp_path, ["b"])
    assert alone[0] == 1
    (tmp_path / "a" / "one.txt").write_text("autre")
    assert write_sums(tmp_path, ["a", "b"]) != first
    assert write_sums(tmp_path, ["b"]) == alone


def test_an_unknown_employer_is_refused() -> None:
    with pytest.raises(CommandError, match="« 0403019261 » n'est pas un employeur"):
        call_command("demo", "--only", "0403019261")


def test_an_employer_with_books_ties_out_but_for_the_planted_difference(
    no_pdf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
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
    assert "jamais encodés, par exercice : 1 sur 1" in capsys.readouterr().out
