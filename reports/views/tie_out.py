"""The tie-out of a year: the page, the import of its trial balance, its files."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.importing.jobs import ask_look
from reports.justifications import years_of
from reports.requested.kinds import TIE_OUT
from reports.tie_out.forms import BalanceForm
from reports.tie_out.shown import entries_of, shown
from reports.tie_out.statement import tie_out
from reports.uploads import deposit
from reports.views.files import SHOWN, TYPES, have_written
from reports.views.scope import UNPROCESSABLE, Scope, scope_of, user_of


@needs(Right.SEE, post=Right.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def tie_out_page(request: HttpRequest) -> HttpResponse:
    """The accounts of one year against its dossiers; a balance handed in is looked at aside."""
    scope = scope_of(request)
    years = years_of(scope.organisation) if scope.organisation else []
    if not years:
        return render(request, "reports/no_data.html", scope.context())
    year, form = _year(request, years), BalanceForm()
    if request.method == "POST":
        form = BalanceForm(request.POST, request.FILES)
        if form.is_valid():
            return redirect(_deposited(request, scope, year, form))
    found = tie_out(scope.own, year, scope.as_of)
    detail = entries_of(found, request.GET.get("ligne"))
    words: dict[str, Any] = {"years": years, "year": year, "form": form}
    context = scope.context(formats=SHOWN, detail=detail, **words, **shown(found))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "reports/tie_out.html", context, status=status)


@needs(Right.EXPORT)
@require_POST
def tie_out_file(request: HttpRequest, year: int, extension: str) -> HttpResponse:
    """One format of a tie-out."""
    scope = scope_of(request)
    if extension not in TYPES or year not in years_of(scope.own):
        raise Http404
    return have_written(request, scope, TIE_OUT, {"year": year, "format": extension})


def _year(request: HttpRequest, years: list[int]) -> int:
    """The year asked for; without one, the last that was closed on the day looked at."""
    written = request.GET.get("annee")
    if not written:
        day = scope_of(request).as_of
        return next((year for year in years if date(year, 12, 31) <= day), years[0])
    if written not in {str(year) for year in years}:
        raise Http404
    return int(written)


def _deposited(request: HttpRequest, scope: Scope, year: int, form: BalanceForm) -> str:
    """Keep the balance and ask for a look at it: the page of the import."""
    by, data = user_of(request), form.cleaned_data
    asked = {"year": year, "partial": data["partial"]}
    upload = deposit(organisation=scope.own, by=by, file=data["balance"], asked=asked)
    ask_look(upload=upload, by=by)
    return reverse("import", args=[upload.pk]) + scope.query
