"""The page of one import, from its stored report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backoffice.web.folding import fold
from backoffice.web.sentences import read
from reports.exchange.problems import Problem, remove_box
from reports.models import WorkbookImport

MOST_CHANGES = 300
MOST_PROBLEMS = 500
MOST_ABSENT = 300
FEW_PROBLEMS = 8


@dataclass(frozen=True)
class SheetCount:
    """Rows of one sheet, by what happens to them."""

    title: str
    created: int
    updated: int
    unchanged: int


class ProblemsForm(forms.Form):
    """Which problems to show; what cannot be read is left aside."""

    feuille = forms.ChoiceField(label=gettext_lazy("Feuille"), required=False)
    texte = forms.CharField(label=gettext_lazy("Chercher"), required=False, max_length=100)

    def __init__(self, data: QueryDict, problems: Sequence[Problem]) -> None:
        super().__init__(data, auto_id="problemes-%s")
        sheets = sorted({problem.sheet for problem in problems if problem.sheet})
        field = self.fields["feuille"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Toutes")), *((one, one) for one in sheets)]
        self.is_valid()

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

    @property
    def cleared(self) -> str:
        """The address of the page without any filter."""
        kept = {name: self.data[name] for name in ("organisation", "au") if self.data.get(name)}
        return f"?{urlencode(kept)}"

    def admits(self, problem: Problem) -> bool:
        """Whether a problem is asked for."""
        words = (fold(self.cleaned_data.get("texte")) or "").split()
        whole = fold(" ".join(problem.shown())) or ""
        return self.cleaned_data.get("feuille") in {"", None, problem.sheet} and all(
            word in whole for word in words
        )


@dataclass(frozen=True)
class UploadPage:
    """What the page prints; `hidden_` says how many rows a long table leaves to the file.

    `form` filters the problems; it is None where there are few.
    """

    year: int | None
    counts: tuple[SheetCount, ...]
    summary: str
    absent: tuple[Mapping[str, str], ...]
    absent_count: int
    hidden_absent: int
    remove_absent: bool
    remove_box: str
    examples: tuple[Mapping[str, str], ...]
    changes: tuple[Mapping[str, str], ...]
    hidden_changes: int
    blocking: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    hidden_problems: int
    nothing_changed: bool
    form: ProblemsForm | None


def upload_page(upload: WorkbookImport, asked: QueryDict) -> UploadPage | None:
    """Lay out one import; None while nobody has looked at the file."""
    report: dict[str, Any] = read(upload.report)
    if not report.get("counts") and "problems" not in report:
        return None
    counts = tuple(
        SheetCount(_title(upload, title), **count) for title, count in report["counts"].items()
    )
    problems = [Problem(**problem) for problem in report["problems"]]
    form = ProblemsForm(asked, problems) if len(problems) > FEW_PROBLEMS else None
    found = [problem for problem in problems if form is None or form.admits(problem)]
    shown = found[:MOST_PROBLEMS]
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
        examples=tuple(report.get("examples", ())),
        changes=tuple(report["changes"][:MOST_CHANGES]),
        hidden_changes=max(len(report["changes"]) - MOST_CHANGES, 0),
        blocking=tuple(problem for problem in shown if problem.blocking),
        remarks=tuple(problem for problem in shown if not problem.blocking),
        hidden_problems=len(found) - len(shown),
        nothing_changed=report["nothing_changed"],
        form=form,
    )


def _title(upload: WorkbookImport, title: str) -> str:
    """The sheet of a workbook, in French as it is named there; of other files, what is counted."""
    return title if upload.kind == WorkbookImport.Kind.WORKBOOK else _(title)


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
