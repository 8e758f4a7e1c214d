"""The journal: everything that was done to the rows of one organisation, or to the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.journal.page import journal_page
from reports.views.scope import scope_of


@needs(Right.SEE)
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Fifty acts of those that the address asks for, newest first."""
    scope = scope_of(request)
    found = journal_page(scope.own, request.GET, scope.carried)
    return render(request, "reports/journal.html", scope.context(found=found))


@needs(Right.ACCOUNTS)
@require_safe
def site_journal(request: HttpRequest) -> HttpResponse:
    """What belongs to no organisation: accounts, roles, sign-ins, reference values."""
    scope = scope_of(request)
    found = journal_page(None, request.GET, scope.carried)
    return render(request, "reports/journal.html", scope.context(found=found))
