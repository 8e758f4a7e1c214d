"""Documents of workers, DmfA and volumes: what is refused, and what a blank means."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from backoffice.federation.models import ActivityVolume
from reports.exchange.outcome import Change
from staffing.models import DmfaLine, WorkerDocument
from tests.reports.exchange.workbooks import Rows, applied, changed, refused, with_cell

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("sheet", "column", "value", "code"),
    [
        ("worker_documents", "worker", "W99", "unknown_worker"),
        ("worker_documents", "kind", "permis de conduire", "unknown_kind"),
        ("worker_documents", "dated_on", "1939-12-31", "date_outside"),
        ("worker_documents", "level", "doctorat", "unknown_level"),
        ("worker_documents", "months", 6, "proof_of_another_document"),
        ("dmfa", "worker", "W99", "unknown_worker"),
        ("dmfa", "quarter", "2024-T5", "not_a_quarter"),
        ("dmfa", "quarter", "2024", "not_a_quarter"),
        ("dmfa", "quarter", date(2024, 1, 1), "not_a_quarter"),
        ("dmfa", "quarter", "1989-T4", "date_outside"),
        ("dmfa", "quarter", "2023-T4", "other_year"),
        ("dmfa", "funded_hours", 168.01, "hours_over_a_week"),
        ("dmfa", "funded_hours", -1, "negative"),
        ("dmfa", "other_subsidies", -0.01, "negative"),
        ("dmfa", "exempt_pay", 12.345, "too_many_decimals"),
        ("volumes", "approval", "CAP", "unknown_approval"),
        ("volumes", "mission", "Garderie", "unknown_mission"),
        ("volumes", "unit", "jours", "unknown_unit"),
        ("volumes", "volume", "beaucoup", "not_a_number"),
        ("volumes", "source", None, "required"),
    ],
)
def test_what_cannot_be_is_refused_in_its_cell(
    tmp_path: Path, sheet: str, column: str, value: object, code: str
) -> None:
    problem = refused(with_cell(tmp_path, sheet, column, value), code)
    assert (problem.row, problem.todo != "") == (2, True)


@pytest.mark.parametrize("column", ["received_on", "valid_until", "transmitted_on"])
def test_a_document_does_not_end_nor_leave_before_its_day(tmp_path: Path, column: str) -> None:
    def change(rows: Rows) -> None:
        rows["worker_documents"][1] |= {"transmitted_on": None} | {column: date(2021, 12, 30)}

    problem = refused(changed(tmp_path, change), "dates_reversed")
    assert (problem.row, "31/12/2021" in problem.message) == (3, True)


@pytest.mark.parametrize("written", ["2024-T1", "T1 2024", "2024q1", "2024/K1", " 2024-t1 "])
def test_a_quarter_is_read_as_people_write_it(tmp_path: Path, written: str) -> None:
    applied(with_cell(tmp_path, "dmfa", "quarter", written))
    assert DmfaLine.objects.get().quarter == date(2024, 1, 1)


def test_a_blank_of_the_dmfa_is_unknown_and_a_zero_is_zero(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        rows["dmfa"][0] |= {"funded_hours": None, "other_subsidies": Decimal(0)}

    applied(changed(tmp_path, change))
    line = DmfaLine.objects.get()
    assert (line.funded_hours, line.exempt_pay) == (None, None)
    assert line.other_subsidies.amount == 0


def test_a_whole_week_of_funded_hours_is_the_most(tmp_path: Path) -> None:
    applied(with_cell(tmp_path, "dmfa", "funded_hours", 168))


def test_two_lines_of_one_quarter_are_told_apart_by_their_number(tmp_path: Path) -> None:
    def twice(rows: Rows) -> None:
        rows["dmfa"].append(dict(rows["dmfa"][0]))

    assert refused(changed(tmp_path, twice), "duplicate_row").row == 3

    def second(rows: Rows) -> None:
        twice(rows)
        rows["dmfa"][1]["number"] = 2

    applied(changed(tmp_path, second))


def test_a_corrected_declaration_shows_what_was_and_what_is(tmp_path: Path) -> None:
    applied(with_cell(tmp_path, "dmfa", "funded_hours", 19))
    report = applied(with_cell(tmp_path, "dmfa", "funded_hours", 9.5))
    assert report.changes == [Change("DmfA", "W01", "", "Heures financées (Qbis)", "19,00", "9,50")]


def test_the_documents_of_a_worker_go_with_the_worker_in_every_year(tmp_path: Path) -> None:
    applied(changed(tmp_path, lambda rows: None))
    assert WorkerDocument.objects.get(kind="seniority").months == 436
    report = applied(changed(tmp_path, lambda rows: rows["worker_documents"].pop()))
    assert [(one.sheet, one.who) for one in report.absent] == [("Dossiers du personnel", "W01")]
    assert WorkerDocument.objects.count() == 2, "nothing is removed unless asked"


def test_a_mission_is_counted_in_several_units(tmp_path: Path) -> None:
    def change(rows: Rows) -> None:
        first = rows["volumes"][0] | {"mission": "social", "unit": "files"}
        rows["volumes"] = [first, first | {"unit": "week_hours", "volume": Decimal(8)}]

    applied(changed(tmp_path, change))
    assert ActivityVolume.objects.filter(mission="social").count() == 2
