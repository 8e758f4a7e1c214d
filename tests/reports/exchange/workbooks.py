"""A small employer-year as rows, and ways to spoil its workbook as a person would."""

import copy
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from backoffice.federation.models import Identity, Organisation
from reports.exchange.importer import import_workbook
from reports.exchange.outcome import ImportReport
from reports.exchange.problems import Problem
from reports.exchange.registry import RESOURCES
from reports.exchange.sheets import BY_CODE
from reports.exchange.writer import write_workbook

BCE = "0403019261"
OTHER_BCE = "0999000129"
YEAR = 2024
Rows = dict[str, list[dict[str, Any]]]

_ROWS: Rows = {
    "organisation": [
        {"enterprise_number": BCE, "name": "Service social du Canal", "legal_form": "asbl"}
    ],
    "approvals": [
        {
            "code": "CASG",
            "kind": "CASG",
            "name": "Centre du Canal",
            "analytical_account": "100",
            "starts_on": date(2020, 1, 1),
        }
    ],
    "positions": [
        {
            "approval": "CASG",
            "code": "C1",
            "function": "social",
            "origin": "minimum",
            "fte": Decimal("3"),
            "starts_on": date(2020, 1, 1),
        }
    ],
    "sites": [
        {
            "approval": "CASG",
            "code": "S1",
            "name": "Siège",
            "kind": "seat",
            "starts_on": date(2020, 1, 1),
        }
    ],
    "volumes": [
        {
            "approval": "CASG",
            "year": 2024,
            "mission": "french",
            "unit": "hours",
            "volume": Decimal("412.50"),
            "source": "RASH 2024",
        }
    ],
    "awards": [
        {
            "reference": reference,
            "approval": "CASG",
            "scheme": "maribel",
            "label": "Emplois",
            "letter_reference": "LETTRE-1",
            "letter_on": date(2023, 12, 1),
            "notified_on": date(2023, 12, 5),
            "starts_on": date(2024, 1, 1),
            "ends_on": date(2024, 12, 31),
        }
        for reference in ("MAR-24", "COC-24")
    ],
    "amendments": [
        {
            "award": "MAR-24",
            "number": 1,
            "letter_reference": "LETTRE-2",
            "decided_on": date(2024, 5, 2),
            "effective_on": date(2024, 6, 1),
            "reason": "Plafond",
        }
    ],
    "terms": [
        {
            "award": "MAR-24",
            "code": "ceiling",
            "value": "46607.60",
            "starts_on": date(2024, 1, 1),
            "decided_on": date(2023, 12, 1),
            "letter_reference": "LETTRE-1",
        }
    ],
    "posts": [
        {
            "award": "MAR-24",
            "code": "P1",
            "function": "social",
            "fte": Decimal("1.5"),
            "starts_on": date(2024, 1, 1),
        }
    ],
    "instalments": [
        {
            "award": "MAR-24",
            "year": 2024,
            "number": 1,
            "kind": "advance",
            "due_on": date(2024, 3, 31),
            "amount": Decimal("12500.00"),
        }
    ],
    "receipts": [
        {
            "award": "MAR-24",
            "year": 2024,
            "reference": "EXT-1",
            "received_on": date(2024, 4, 10),
            "amount": Decimal("12500.00"),
            "instalment": 1,
        }
    ],
    "workers": [
        {"number": "W01", "name": "Personne Inventée"},
        {"number": "W02", "name": "Autre Inventée"},
    ],
    "contract_lines": [
        {
            "worker": "W01",
            "starts_on": date(2022, 1, 1),
            "kind": "permanent",
            "function": "social",
            "diploma": "bachelor",
            "weekly_hours": Decimal("38"),
            "full_time_hours": Decimal("38"),
            "joint_committee": "332.00.20",
            "scale": "332.00.20-ADMIN",
            "scale_column": "gradué",
            "seniority_on": date(1985, 9, 1),
            "index_regime": "private_m2",
            "evidence": "CT-1",
        }
    ],
    "worker_documents": [
        {
            "worker": "W01",
            "kind": "diploma",
            "reference": "DIP-1",
            "dated_on": date(1984, 6, 30),
            "level": "bachelor",
        },
        {
            "worker": "W01",
            "kind": "seniority",
            "reference": "ATT-1",
            "dated_on": date(2021, 12, 31),
            "transmitted_on": date(2024, 2, 1),
            "months": 436,
        },
    ],
    "pay": [
        {
            "worker": "W01",
            "month": date(2024, month, 1),
            "paid_hours": Decimal("159.60"),
            "assimilated_hours": Decimal("0"),
            "unpaid_hours": Decimal("0"),
            "evidence": f"CI-2024-{month:02d}",
            "gross": Decimal("3280.90"),
            "onss_reduction": Decimal("-120.15"),
        }
        for month in (1, 2)
    ],
    "dmfa": [
        {
            "worker": "W01",
            "quarter": date(2024, 1, 1),
            "number": 1,
            "funded_hours": Decimal("19.00"),
            "other_subsidies": Decimal("150.00"),
        }
    ],
    "assignments": [
        {
            "worker": "W01",
            "award": "MAR-24",
            "post": "P1",
            "starts_on": date(2024, 1, 1),
            "weekly_hours": Decimal("19"),
        }
    ],
    "suppliers": [{"code": "F1", "name": "Papeterie inventée", "enterprise_number": OTHER_BCE}],
    "invoices": [
        {
            "piece": "A-0001",
            "supplier": "F1",
            "number": "2024/17",
            "issued_on": date(2024, 2, 15),
            "description": "Papier",
            "category": "office",
            "amount": Decimal("182.25"),
            "paid_on": date(2024, 3, 1),
            "evidence": "A-0001.pdf",
        }
    ],
    "ventilation": [
        {"invoice": "A-0001", "award": "MAR-24", "share": Decimal("60")},
        {"invoice": "A-0001", "award": "COC-24", "share": "1/3"},
    ],
    "sales": [
        {
            "number": "V-0001",
            "customer": "Commune inventée",
            "issued_on": date(2024, 2, 15),
            "description": "Formation donnée",
            "account": "700",
            "amount": Decimal("350.00"),
        }
    ],
    "applications": [
        {
            "reference": "DEM-1",
            "approval": "CASG",
            "year": 2024,
            "funder": "Fonds Maribel",
            "scheme": "maribel",
            "label": "Emplois",
            "amount": Decimal("50000.00"),
            "state": "granted",
            "asked_on": date(2023, 9, 30),
            "award": "MAR-24",
        }
    ],
    "budget": [
        {
            "year": 2024,
            "code": "B1",
            "nature": "income",
            "account": "737",
            "label": "Maribel",
            "amount": Decimal("50000.00"),
            "award": "MAR-24",
            "application": "DEM-1",
        }
    ],
    "openings": [
        {
            "code": "OUV-1",
            "on_day": date(2023, 12, 31),
            "account": "413",
            "label": "Subsides à recevoir",
            "award": "COC-24",
            "year": 2023,
            "amount": Decimal("8000.00"),
        }
    ],
}


def plain_rows() -> Rows:
    """Rows that raise no problem, free to be changed."""
    return copy.deepcopy(_ROWS)


def write(
    folder: Path, rows: Mapping[str, Any] | None = None, *, number: str = BCE, year: int = YEAR
) -> Path:
    """The workbook of these rows."""
    path = folder / "classeur.xlsx"
    write_workbook(rows or plain_rows(), path, enterprise_number=number, year=year, demo=False)
    return path


def changed(folder: Path, change: Callable[[Rows], object]) -> Path:
    """The workbook of the plain rows after a change."""
    rows = plain_rows()
    change(rows)
    return write(folder, rows)


def edited(folder: Path, edit: Callable[[openpyxl.Workbook], object]) -> Path:
    """The plain workbook after a person's own changes, saved by another program than ours."""
    path = write(folder)
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def with_cell(folder: Path, sheet: str, column: str, value: object, row: int = 2) -> Path:
    """The plain workbook with one cell typed over."""
    return edited(folder, lambda book: cell(book, sheet, column, row, value))


def cell(book: openpyxl.Workbook, sheet: str, column: str, row: int, value: object) -> None:
    """Type a value over one cell, named by its canonical column."""
    codes = [found.code for found in BY_CODE[sheet].columns]
    book[BY_CODE[sheet].title].cell(row=row, column=codes.index(column) + 1).value = value


def forget_everything() -> None:
    """Delete every stored row, those that depend on others first."""
    for resource in reversed(RESOURCES):
        if resource.Meta.model is Organisation:
            Identity.objects.all().delete()
        resource.Meta.model.objects.all().delete()


def refused(path: Path, code: str) -> Problem:
    """The only problem of a workbook, which forbids its import."""
    report = import_workbook(path)
    assert [problem.code for problem in report.problems] == [code]
    assert report.problems[0].blocking
    assert not report.applied
    return report.problems[0]


def applied(path: Path) -> ImportReport:
    """The outcome of an import without any problem."""
    report = import_workbook(path)
    assert report.problems == []
    assert report.applied
    return report
