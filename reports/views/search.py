"""The search over everything that the user may see."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.federation.access import needs
from backoffice.federation.audit.looks import note_shown
from backoffice.federation.roles import Right
from reports.search.content import Question, SearchForm
from reports.search.searching import search
from reports.search.words import keep, kept
from reports.views.scope import UNPROCESSABLE, scope_of

_NUMBER = "n"


@needs(Right.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def search_page(request: HttpRequest) -> HttpResponse:
    """What holds some words, by kind; one's organisations alone.

    The words are sent, kept in the session and found again by a number: the history of the browser
    and the logs of the way hold no name, and the button back shows the same page.
    """
    scope = scope_of(request)
    if request.method == "POST":
        form = SearchForm(request.POST)
        if form.is_valid():
            asked = urlencode({_NUMBER: keep(request.session, form.cleaned_data["q"])})
            return redirect(f"{reverse('search')}?{'&'.join(filter(None, (asked, scope.carried)))}")
    else:
        number = request.GET.get(_NUMBER)
        text = kept(request.session, number) if number else None
        form = SearchForm({"q": text} if text else None)
        if number and not text:
            messages.info(request, _("Cette recherche n'est plus gardée : écrivez-la à nouveau."))
    groups = []
    if form.is_valid():
        note_shown(request, scope.organisations)
        groups = search(Question(form.cleaned_data["q"], scope.organisations))
    status = UNPROCESSABLE if form.errors else 200
    context = scope.context(form=form, groups=groups, found=form.is_valid())
    return render(request, "reports/search.html", context, status=status)
