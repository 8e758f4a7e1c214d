"""The files of a memorandum, its command and its long work, as people meet them."""

import json
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from backoffice.__main__ import main
from backoffice.federation.jobs import ask, run_until_empty
from backoffice.federation.models import Organisation, Participation
from grants.models import Award, Term
from reports.memorandum.computing import compute_memorandum
from reports.memorandum.memorandum import Memorandum
from reports.memorandum.pdf_file import PAGE, shown
from reports.memorandum.services import NothingToSay
from reports.memorandum.writing import render_files
from reports.memorandum.xlsx_file import render_xlsx
from tests.factories import ApprovalFactory, ApprovedPositionFactory, OrganisationFactory
from tests.reports.memorandum.alike import AS_OF, YEAR, Small, alike, found, fund
from tests.reports.memorandum.federation import takes_part

pytestmark = pytest.mark.django_db
OFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def memorandum(django_db_setup: None, django_db_blocker: Any) -> Memorandum:
    """Four centres, five services of a sector without norm, three that must stay hidden."""
    with django_db_blocker.unblock(), transaction.atomic():
        alike(lambda small: fund(small, "acs"))
        alike(lambda small: fund(small, "cocom_cap"), kind="CAP", count=5)
        alike(kind="SASPP", count=3)
        alike(kind="ILI")
        for organisation in Organisation.objects.all():
            approval = organisation.approvals.get()
            ApprovedPositionFactory.create(approval=approval, fte=Decimal("2.5"))
        made = compute_memorandum(YEAR, AS_OF)
        transaction.set_rollback(True)
    return made


def _opened(memorandum: Memorandum, *, values: bool = True) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(render_xlsx(memorandum)), data_only=values)


def test_the_workbook_says_what_is_unknown_and_hidden_and_sums_live(memorandum: Memorandum) -> None:
    live, shown_values = _opened(memorandum, values=False), _opened(memorandum)
    sheet, values = live["01 fte"], shown_values["01 fte"]
    rows = {row[0].value: row for row in sheet.iter_rows(max_row=14) if row[0].value}
    assert rows["CAP (COCOM)"][2].value == "inconnu"
    assert rows["SASPP (Wallonie)"][3].value == "masqué"
    approved = rows["Bruxelles"][3]
    assert approved.value.startswith("=SUM(")
    assert values[approved.coordinate].value == 22.5
    assert str(values["A3"].value).startswith("DEMO")


def test_the_workbook_computes_the_same_totals_in_an_office_suite(
    memorandum: Memorandum, tmp_path: Path
) -> None:
    if OFFICE is None:
        pytest.skip("no office suite is installed")
    live, written = _opened(memorandum, values=False), _opened(memorandum)
    # Saved by openpyxl, formulas have no value left: what is read back was computed.
    live.save(tmp_path / "live.xlsx")
    subprocess.run(  # noqa: S603
        [
            OFFICE,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out")),
            str(tmp_path / "live.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    computed = openpyxl.load_workbook(tmp_path / "out" / "live.xlsx", data_only=True)
    compared = 0
    for sheet in live.worksheets:
        for cell in (one for row in sheet.iter_rows() for one in row if one.data_type == "f"):
            expected = written[sheet.title][cell.coordinate].value
            assert computed[sheet.title][cell.coordinate].value == pytest.approx(expected, abs=1e-9)
            compared += 1
    assert compared > 20


def test_the_paper_says_demo_in_two_languages_and_carries_the_other_files(
    memorandum: Memorandum,
) -> None:
    html = render_to_string(PAGE, shown(memorandum))
    assert 'class="demo"' in html
    assert "DEMO \u2014 DONNÉES INVENTÉES" in html
    assert '<span lang="nl">Gefinancierd</span>' in html
    files = render_files(memorandum)
    with pikepdf.open(BytesIO(files[f"memorandum-{YEAR}.pdf"])) as paper:
        assert sorted(paper.attachments) == [f"memorandum-{YEAR}.json", f"memorandum-{YEAR}.xlsx"]
        assert "pdfuaid:part>1" in paper.Root.Metadata.read_bytes().decode()


def test_no_name_reaches_any_file(memorandum: Memorandum) -> None:
    files = render_files(memorandum, ("json", "xlsx"))
    html = render_to_string(PAGE, shown(memorandum))
    for text in (files[f"memorandum-{YEAR}.json"].decode(), html):
        assert "Personne inventée" not in text
        assert "Service social du Canal" not in text


def test_real_organisations_and_demonstrations_are_never_added_up(settings: Any) -> None:
    alike()
    alike(count=5)
    Organisation.objects.order_by("enterprise_number").filter(
        pk__in=Organisation.objects.order_by("-pk").values("pk")[:5]
    ).update(is_demo=False)
    assert found("fte.all.paid").scope == 4
    settings.DEMO = False
    assert found("fte.all.paid").scope == 5


def test_a_year_in_which_no_service_takes_part_is_refused_in_one_sentence() -> None:
    alike()
    Participation.objects.all().delete()
    with pytest.raises(NothingToSay, match="Aucun service ne participe à une collecte de 2024"):
        compute_memorandum(YEAR, AS_OF)
    with override("nl"), pytest.raises(NothingToSay, match="neemt deel aan een bevraging van 2024"):
        compute_memorandum(YEAR, AS_OF)


def test_a_year_without_any_service_is_refused_in_one_sentence() -> None:
    takes_part(OrganisationFactory.create(is_demo=True), YEAR)
    with pytest.raises(NothingToSay, match="Aucun service n'est agréé en 2024"):
        compute_memorandum(YEAR, AS_OF)


def test_a_decision_taken_after_the_day_of_the_situation_is_not_seen() -> None:
    alike(lambda small: fund(small, "cocom_cap"), kind="CAP")
    assert found("cost_sector.CAP.cost").state == "known"
    Award.objects.update(notified_on=date(2024, 3, 5))
    Term.objects.update(decided_on=date(2024, 3, 1))
    assert found("cost_sector.CAP.cost", as_of=date(2024, 2, 29)).state == "unknown"


def test_a_year_without_any_pay_is_refused_in_one_sentence() -> None:
    alike()
    for organisation in Organisation.objects.all():
        takes_part(organisation, 2030)
    with pytest.raises(NothingToSay, match="Aucun service n'a de paie en 2030"):
        compute_memorandum(2030, date(2031, 6, 30))


def test_a_year_that_had_not_begun_on_the_day_of_the_situation_is_refused() -> None:
    alike()
    with pytest.raises(NothingToSay, match="La situation au 30/01/2024 précède"):
        compute_memorandum(YEAR, date(2024, 1, 30))
    assert found("fte.all.paid", as_of=date(2024, 1, 31)).state == "known"


def test_services_are_counted_by_employer_and_region_beside_their_approvals() -> None:
    def second(small: Small) -> None:
        for kind in ("ILI", "CASG"):
            ApprovalFactory.create(organisation=small.organisation, kind=kind, code=kind)

    alike(second, kind="CSS")
    made = compute_memorandum(YEAR, AS_OF)
    assert (sum(made.services.values()), made.service_count) == (12, 8)
    assert "12 agréments de 8 services" in render_to_string(PAGE, shown(made))


def _command(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["backoffice", "memorandum", *words])
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_the_command_writes_three_files_and_says_what_they_hold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    alike()
    words = ("--year", "2024", "--as-of", "2025-06-30", "--out", str(tmp_path / "new"))
    assert _command(monkeypatch, *words) == 0
    document = json.loads((tmp_path / "new" / "memorandum-2024.json").read_text())
    out = capsys.readouterr().out
    assert out.startswith("4 agréments de 4 services, ")
    assert document["digest"] in out
    assert sorted(path.suffix for path in (tmp_path / "new").iterdir()) == [
        ".json",
        ".pdf",
        ".xlsx",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--out", "x"), "L'option --year manque."),
        (("--year", "20X4", "--out", "x"), "« 20X4 » n'est pas une année"),
        (("--year", "2024"), "L'option --out manque."),
        (("--year", "2024", "--as-of", "demain", "--out", "x"), "n'est pas un jour écrit"),
        (("--year", "2024", "--out", "x"), "Aucun service ne participe"),
    ],
)
def test_a_bad_demand_is_one_sentence(
    words: tuple[str, ...],
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _command(monkeypatch, *words) == 2
    assert sentence in capsys.readouterr().err


def test_a_folder_that_is_a_file_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    alike()
    (tmp_path / "taken").write_text("here")
    assert _command(monkeypatch, "--year", "2024", "--out", str(tmp_path / "taken")) == 2
    assert "choisissez-en un autre" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_the_long_work_writes_the_files_and_returns_their_digests(tmp_path: Path) -> None:
    alike()
    job = ask(
        "memorandum",
        subject="memorandum:2024",
        arguments={"year": 2024, "as_of": "2025-06-30", "folder": str(tmp_path)},
    )
    run_until_empty()
    job.refresh_from_db()
    assert (job.state, job.problems) == ("done", [])
    assert sorted(job.result["files"]) == [
        "memorandum-2024.json",
        "memorandum-2024.pdf",
        "memorandum-2024.xlsx",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_long_work_that_cannot_be_done_says_why() -> None:
    arguments = {"year": 2024, "as_of": "2025-06-30"}
    job = ask("memorandum", subject="memorandum:2024", arguments=arguments)
    run_until_empty()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "Aucun service" in job.problems[0]
