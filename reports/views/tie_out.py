"""The tie-out of a year: the page, the import of its trial balance, its files."""

import tempfile
from datetime import date
from pathlib import Path, PureWindowsPath
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.justifications import years_of
from reports.tie_out.forms import BalanceForm
from reports.tie_out.importing import BalanceImport, Wish, import_balance
from reports.tie_out.shown import entries_of, shown
from reports.tie_out.statement import tie_out
from reports.tie_out.writing import file_name, render_files
from reports.views.files import SHOWN
from reports.views.scope import UNPROCESSABLE, XLSX, Scope, scope_of

_TYPES = {"json": "application/json", "xlsx": XLSX, "pdf": "application/pdf"}


@needs(Right.SEE, post=Right.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def tie_out_page(request: HttpRequest) -> HttpResponse:
    """The accounts of one year against its dossiers; a deposit replaces the balance of the year."""
    scope = scope_of(request)
    years = years_of(scope.organisation) if scope.organisation else []
    if not years:
        return render(request, "reports/no_data.html", scope.context())
    year, form, outcome = _year(request, years), BalanceForm(), None
    if request.method == "POST":
        form = BalanceForm(request.POST, request.FILES)
        if form.is_valid():
            outcome = _bring_in(scope, year, form)
    found = tie_out(scope.own, year, scope.as_of)
    refused = bool(form.errors) or (outcome is not None and outcome.blocked)
    detail = entries_of(found, request.GET.get("ligne"))
    words: dict[str, Any] = {"years": years, "year": year, "form": form, "outcome": outcome}
    context = scope.context(formats=SHOWN, detail=detail, **words, **shown(found))
    status = UNPROCESSABLE if refused else 200
    return render(request, "reports/tie_out.html", context, status=status)


@needs(Right.EXPORT)
@require_safe
def tie_out_file(request: HttpRequest, year: int, extension: str) -> HttpResponse:
    """One format of a tie-out; its name holds no personal data."""
    scope = scope_of(request)
    if extension not in _TYPES or year not in years_of(scope.own):
        raise Http404
    found = tie_out(scope.own, year, scope.as_of)
    response = HttpResponse(
        render_files(found, (extension,))[extension], content_type=_TYPES[extension]
    )
    name = f"{file_name(found)}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _year(request: HttpRequest, years: list[int]) -> int:
    """The year asked for; without one, the last that was closed on the day looked at."""
    written = request.GET.get("annee")
    if not written:
        day = scope_of(request).as_of
        return next((year for year in years if date(year, 12, 31) <= day), years[0])
    if written not in {str(year) for year in years}:
        raise Http404
    return int(written)


def _bring_in(scope: Scope, year: int, form: BalanceForm) -> BalanceImport:
    """Import what was deposited from a file of its own, which is then forgotten."""
    file = form.cleaned_data["balance"]
    with tempfile.NamedTemporaryFile() as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        return import_balance(
            Path(kept.name),
            organisation=scope.own,
            year=year,
            wish=Wish(form.cleaned_data["look"], form.cleaned_data["partial"]),
            name=PureWindowsPath(file.name or "").name,
        )
