"""The vacant posts of an organisation with their clocks, and its volume of employment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.pages.vacancies import vacancies_page
from reports.views.scope import scope_of


@needs(Right.SEE)
@require_safe
def vacant_posts_page(request: HttpRequest) -> HttpResponse:
    """Every post that nobody holds on the day looked at, the most urgent first."""
    scope = scope_of(request)
    if scope.organisation is None:
        return render(request, "reports/no_data.html", scope.context())
    page = vacancies_page(scope.own, scope.as_of)
    return render(request, "reports/vacancies.html", scope.context(page=page))
