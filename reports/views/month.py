"""The calendar of a month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.pages.month import month_of, month_page
from reports.views.scope import scope_of


@needs(Right.SEE)
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """What is due in the month that the address names."""
    scope = scope_of(request)
    first = month_of(request.GET.get("mois"), scope.as_of)
    context = scope.context(page=month_page([scope.own], first, scope.as_of))
    return render(request, "reports/month.html", context)
