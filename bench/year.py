"""One employer-year of any size: the rows of the demonstration, copied under other numbers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from reports.demo.carrefour.awards import cocof
from reports.demo.employer import DEMO_ENTERPRISE_NUMBER, demo_rows
from reports.demo.rows import Row
from reports.exchange.writer import write_workbook

YEAR = 2024
AWARD = cocof(YEAR)
AS_OF = date(YEAR + 1, 12, 31)
_MONTHS = 12
_FILES = ("worker_documents", "dmfa")
"""Sheets whose rows belong to a worker and copy as they are."""
Rows = Mapping[str, Sequence[Row]]


def year_rows(workers: int, invoices: int, *, one_award: bool = False) -> Rows:
    """The rows of a workbook with this many workers, twelve months each, and invoices.

    Args:
        workers: how many.
        invoices: how many.
        one_award: put every worker and invoice on one award, to make a long dossier.
    """
    base = demo_rows(YEAR)
    found: dict[str, list[Row]] = {name: list(each) for name, each in base.items()}
    found |= {name: [] for name in ("workers", "contract_lines", "pay", "assignments", *_FILES)}
    found |= {"invoices": [], "ventilation": []}
    for number, model in enumerate(islice(cycle(_full_years(base)), workers), start=1):
        for name, row in _worker(base, model, f"B{number:02d}", one_award=one_award):
            found[name].append(row)
    whole = [row for row in base["invoices"] if row["evidence"] and row["paid_on"]]
    for number, row in enumerate(islice(cycle(whole), invoices), start=1):
        for name, copy in _invoice(base, row, number, one_award=one_award):
            found[name].append(copy)
    return found


def write_year(path: Path, rows: Rows) -> Path:
    """Write the rows as the workbook that a user would import."""
    write_workbook(rows, path, enterprise_number=DEMO_ENTERPRISE_NUMBER, year=YEAR, demo=True)
    return path


def _full_years(base: Rows) -> list[object]:
    months = [row["worker"] for row in base["pay"]]
    held = {row["worker"] for row in base["assignments"]}
    return [
        row["number"]
        for row in base["workers"]
        if months.count(row["number"]) == _MONTHS and row["number"] in held
    ]


def _worker(
    base: Rows, model: object, number: str, *, one_award: bool
) -> Iterator[tuple[str, Row]]:
    yield "workers", {"number": number, "name": f"Personne {number} (DEMO)"}
    for line in base["contract_lines"]:
        if line["worker"] == model:
            yield "contract_lines", {**line, "worker": number, "replaces": None}
    for sheet in ("pay", *_FILES):
        copied = [row for row in base[sheet] if row["worker"] == model]
        yield from ((sheet, {**row, "worker": number}) for row in copied)
    mine = [row for row in base["assignments"] if row["worker"] == model]
    if one_award:
        whole = {"starts_on": date(YEAR, 1, 1), "ends_on": date(YEAR, 12, 31)}
        mine = [{**mine[0], "award": AWARD, "post": "SOC", **whole}]
    for row in mine:
        yield "assignments", {**row, "worker": number}


def _invoice(base: Rows, row: Row, number: int, *, one_award: bool) -> Iterator[tuple[str, Row]]:
    piece = f"B{number:04d}"
    yield "invoices", {**row, "piece": piece, "number": f"{row['number']}-{number}"}
    if one_award:
        yield "ventilation", {"invoice": piece, "award": AWARD, "share": 100, "key": ""}
        return
    for share in base["ventilation"]:
        if share["invoice"] == row["piece"]:
            yield "ventilation", {**share, "invoice": piece}
