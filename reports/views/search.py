"""The search over everything that the user may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.audit.looks import note_shown
from backoffice.federation.roles import Right
from reports.search.content import Question, SearchForm
from reports.search.searching import search
from reports.views.scope import UNPROCESSABLE, scope_of


@needs(Right.READ)
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """What holds the words of the address, by kind; one's organisations alone."""
    scope, asked = scope_of(request), "q" in request.GET
    form = SearchForm(request.GET if asked else None)
    groups = []
    if form.is_valid():
        note_shown(request, scope.organisations)
        groups = search(Question(form.cleaned_data["q"], scope.organisations))
    status = UNPROCESSABLE if form.errors else 200
    context = scope.context(form=form, groups=groups, found=form.is_valid())
    return render(request, "reports/search.html", context, status=status)
