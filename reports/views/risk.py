"""The risk of recovery of a service: its page, for a year seen from one of its months."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.forms import row_number
from reports.risk.page import page_of
from reports.views.scope import scope_of


@needs(Right.SEE)
@require_safe
def risk_page(request: HttpRequest) -> HttpResponse:
    """What each award may have to give back, and what would still save it."""
    scope = scope_of(request)
    year, month = (row_number(request.GET.get(name, "")) for name in ("annee", "mois"))
    page = scope.organisation and page_of(scope.own, year, month, scope.as_of)
    if not page:
        return render(request, "reports/no_data.html", scope.context())
    return render(request, "reports/risk.html", scope.context(page=page))
