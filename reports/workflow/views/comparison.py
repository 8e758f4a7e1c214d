"""A justification beside another one: the exercise before, or a version before."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.views.scope import dossier_or_404, scope_of
from reports.workflow.pairs import with_version, with_year_before
from reports.workflow.views.moves import award_of

_LONGEST = 4


@needs(Right.SEE)
@require_safe
def comparison(request: HttpRequest, reference: str, year: int, other: str) -> HttpResponse:
    """What changed, added up and line by line: a page, or its fragment for htmx."""
    scope = scope_of(request)
    award, dossier = award_of(scope, reference), dossier_or_404(scope, reference, year)
    if other == "annee":
        found = with_year_before(award, dossier, scope.as_of)
    elif other == "version":
        written = request.GET.get("avec", "")
        wanted = int(written) if written.isdecimal() and len(written) <= _LONGEST else None
        found = with_version(award, dossier, wanted)
    else:
        raise Http404
    context = scope.context(found=found, award=award, dossier=dossier, year=year, other=other)
    part = "#changes" if request.headers.get("HX-Request") else ""
    return render(request, f"reports/workflow_comparison.html{part}", context)
