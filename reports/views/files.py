"""The files that pages offer: a press asks for a job, whose page gives the file."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from backoffice.federation.access import needs
from backoffice.federation.jobs import AlreadyAsked
from backoffice.federation.roles import Right
from reports.justifications import years_of
from reports.requested.asking import ask_file
from reports.requested.kinds import JUSTIFICATION, YEAR_WORKBOOK
from reports.views.scope import XLSX, YEARS, Scope, scope_of, user_of

SHOWN = ("pdf", "xlsx", "json")
TYPES = {"json": "application/json", "xlsx": XLSX, "pdf": "application/pdf"}


def have_written(
    request: HttpRequest,
    scope: Scope,
    kind: str,
    of: Mapping[str, Any],
    sealed: str | None = None,
) -> HttpResponse:
    """Ask for a file, as of the day of the page, and show its job, or the one that writes it."""
    try:
        on_day = {**of, "as_of": scope.as_of.isoformat()}
        job = ask_file(kind, organisation=scope.own, by=user_of(request), of=on_day, sealed=sealed)
    except AlreadyAsked as error:
        job = error.job
        messages.error(request, str(error))
    return redirect(reverse("job", args=[job.pk]) + scope.query)


@needs(Right.EXPORT)
@require_POST
def justification_file(
    request: HttpRequest, reference: str, year: int, extension: str
) -> HttpResponse:
    """One format of a justification."""
    scope = scope_of(request)
    if extension not in TYPES or year not in YEARS:
        raise Http404
    get_object_or_404(scope.own.awards, reference=reference)
    of = {"reference": reference, "year": year, "format": extension}
    return have_written(request, scope, JUSTIFICATION, of)


@needs(Right.EXPORT)
@require_POST
def year_workbook(request: HttpRequest, year: int) -> HttpResponse:
    """Everything of a year, as the workbook that brings it in."""
    scope = scope_of(request)
    if year not in years_of(scope.own):
        raise Http404
    return have_written(request, scope, YEAR_WORKBOOK, {"year": year, "format": "xlsx"})
