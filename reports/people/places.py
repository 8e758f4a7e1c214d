"""The page on which a row can be looked at and changed, for somebody who reviews it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.urls import reverse

from backoffice.federation.models import Consent, Job, StoredFile, Task
from grants.models import Application, Deadline, DeadlineEvent
from reports.models import (
    Decision,
    DecisionLine,
    FunderForm,
    Justification,
    JustificationFile,
    Move,
    SignOff,
    WorkbookImport,
)
from reports.records.all import BY_MODEL
from staffing.models import AllocationNote


def address_of(row: Model) -> str:
    """The address of the page of a row; "" where it has none."""
    record = BY_MODEL.get(type(row))
    if record is not None:
        return reverse("record_row", args=[record.slug, row.pk])
    page = _PAGES.get(type(row))
    return page(row) if page else ""


def _one(name: str, key: str = "pk") -> Callable[[Any], str]:
    return lambda row: reverse(name, args=[getattr(row, key)])


def _all(name: str) -> Callable[[Any], str]:
    return lambda _row: reverse(name)


def _justification(row: Any) -> str:
    about = getattr(row, "file", row)
    return reverse("justification", args=[about.award.reference, about.year])


_PAGES: Mapping[type[Model], Callable[[Any], str]] = {
    AllocationNote: _all("grid"),
    Application: _all("applications"),
    Consent: _all("consents"),
    Deadline: _one("deadline"),
    DeadlineEvent: _one("deadline", "deadline_id"),
    Decision: _justification,
    DecisionLine: _justification,
    FunderForm: _one("funder_form"),
    Job: _one("job"),
    Justification: _justification,
    JustificationFile: _justification,
    Move: _justification,
    SignOff: _justification,
    StoredFile: _one("stored_file"),
    Task: _all("today"),
    WorkbookImport: _one("import"),
}
