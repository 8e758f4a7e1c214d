"""The page of one import, from its stored report."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.exchange.problems import Problem
from reports.models import WorkbookImport

MOST_CHANGES = 300
MOST_PROBLEMS = 500


@dataclass(frozen=True)
class SheetCount:
    """Rows of one sheet, by what happens to them."""

    title: str
    created: int
    updated: int
    unchanged: int


@dataclass(frozen=True)
class UploadPage:
    """What the page prints; `hidden_` says how many rows a long table leaves to the file."""

    year: int | None
    counts: tuple[SheetCount, ...]
    created: int
    updated: int
    changes: tuple[Mapping[str, str], ...]
    hidden_changes: int
    blocking: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    hidden_problems: int
    nothing_changed: bool


def upload_page(upload: WorkbookImport) -> UploadPage:
    """Lay out one import."""
    report: dict[str, Any] = upload.report
    counts = tuple(SheetCount(title, **count) for title, count in report["counts"].items())
    problems = [Problem(**problem) for problem in report["problems"]]
    shown = problems[:MOST_PROBLEMS]
    return UploadPage(
        year=report["year"],
        counts=counts,
        created=sum(count.created for count in counts),
        updated=sum(count.updated for count in counts),
        changes=tuple(report["changes"][:MOST_CHANGES]),
        hidden_changes=max(len(report["changes"]) - MOST_CHANGES, 0),
        blocking=tuple(problem for problem in shown if problem.blocking),
        remarks=tuple(problem for problem in shown if not problem.blocking),
        hidden_problems=len(problems) - len(shown),
        nothing_changed=report["nothing_changed"],
    )
