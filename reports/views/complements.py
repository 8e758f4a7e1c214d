"""What dossiers that were sent would ask today: the page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.complements.search import complements
from reports.pages.complements import page_of
from reports.views.scope import scope_of


@login_required
@require_safe
def complements_page(request: HttpRequest) -> HttpResponse:
    """The complements to claim, by funder and month."""
    scope = scope_of(request)
    if scope.organisation is None:
        return render(request, "reports/no_data.html", scope.context())
    page = page_of(complements(scope.own, scope.as_of))
    return render(request, "reports/complements.html", scope.context(page=page))
