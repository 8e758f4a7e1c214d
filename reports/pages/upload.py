"""The page of one import, from its stored report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from reports.exchange.problems import Problem, remove_box
from reports.models import WorkbookImport

MOST_CHANGES = 300
MOST_PROBLEMS = 500
MOST_ABSENT = 300


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
    summary: str
    absent: tuple[Mapping[str, str], ...]
    absent_count: int
    hidden_absent: int
    remove_absent: bool
    remove_box: str
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
    absent = report.get("absent", [])
    removed = len(absent) if report.get("remove_absent") else 0
    return UploadPage(
        year=report["year"],
        counts=counts,
        summary=_summary(counts, removed),
        absent=tuple(absent[:MOST_ABSENT]),
        absent_count=len(absent),
        hidden_absent=max(len(absent) - MOST_ABSENT, 0),
        remove_absent=bool(removed),
        remove_box=remove_box(),
        changes=tuple(report["changes"][:MOST_CHANGES]),
        hidden_changes=max(len(report["changes"]) - MOST_CHANGES, 0),
        blocking=tuple(problem for problem in shown if problem.blocking),
        remarks=tuple(problem for problem in shown if not problem.blocking),
        hidden_problems=len(problems) - len(shown),
        nothing_changed=report["nothing_changed"],
    )


def _summary(counts: Sequence[SheetCount], removed: int) -> str:
    """What is new, changed and removed, in one line; zero is singular, as in French."""
    created = sum(count.created for count in counts)
    updated = sum(count.updated for count in counts)
    parts = [
        ngettext("%(n)d ligne nouvelle", "%(n)d lignes nouvelles", max(created, 1))
        % {"n": created},
        ngettext("%(n)d ligne modifiée", "%(n)d lignes modifiées", max(updated, 1))
        % {"n": updated},
    ]
    if removed:
        gone = ngettext("%(n)d ligne supprimée", "%(n)d lignes supprimées", removed)
        parts.append(gone % {"n": removed})
    return ", ".join(parts)
