"""What dossiers that were sent would ask today: the page and its files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.complements.search import complements
from reports.pages.complements import page_of
from reports.requested.kinds import COMPLEMENTS
from reports.views.files import have_written
from reports.views.scope import scope_of

FORMATS = ("xlsx", "json")


@needs(Right.SEE)
@require_safe
def complements_page(request: HttpRequest) -> HttpResponse:
    """The complements to claim, by funder and month."""
    scope = scope_of(request)
    if scope.organisation is None:
        return render(request, "reports/no_data.html", scope.context())
    page = page_of(complements(scope.own, scope.as_of))
    return render(request, "reports/complements.html", scope.context(page=page, formats=FORMATS))


@needs(Right.EXPORT)
@require_POST
def complements_file(request: HttpRequest, extension: str) -> HttpResponse:
    """The same as a file."""
    if extension not in FORMATS:
        raise Http404
    return have_written(request, scope_of(request), COMPLEMENTS, {"format": extension})
