"""The double-subsidy radar of a year, and which schemes may be stacked on a day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.justifications import years_of
from reports.pages.radar import page_of
from reports.pages.stacking import matrix_on
from reports.radar.search import radar
from reports.views.scope import scope_of


@needs(Right.SEE)
@require_safe
def radar_page(request: HttpRequest) -> HttpResponse:
    """What several funders are asked to pay in a year, in three words."""
    scope = scope_of(request)
    years = years_of(scope.organisation) if scope.organisation else []
    if not years:
        return render(request, "reports/no_data.html", scope.context())
    written = request.GET.get("annee") or str(years[0])
    if written not in {str(year) for year in years}:
        raise Http404
    year = int(written)
    page = page_of(radar(scope.own, year, scope.as_of))
    return render(request, "reports/radar.html", scope.context(page=page, year=year, years=years))


@needs(Right.READ)
@require_safe
def stacking_matrix(request: HttpRequest) -> HttpResponse:
    """Which schemes may carry the same hours on the day of the page."""
    scope = scope_of(request)
    context = scope.context(matrix=matrix_on(scope.as_of))
    return render(request, "reports/stacking.html", context)
