"""A rehearsal of an inspection: the lines drawn, printed or as a workbook."""

import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from grants.models import Award
from reports.dossier import Dossier
from reports.requested.kinds import REHEARSAL
from reports.views.files import have_written
from reports.views.scope import UNPROCESSABLE, YEARS, dossier_or_404, scope_of
from reports.workflow.drawing import draw
from reports.workflow.forms import RehearsalForm
from reports.workflow.rehearsal import LEAST, Rehearsal
from reports.workflow.views.moves import award_of


@needs(Right.SEE)
@require_safe
def rehearsal(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """Choose a part and draw; the address holds the seed, so that it draws the same lines again."""
    scope = scope_of(request)
    award, dossier = award_of(scope, reference), dossier_or_404(scope, reference, year)
    if "pourcentage" not in request.GET:
        form, found = RehearsalForm(initial={"pourcentage": LEAST + 5}), None
    else:
        form = RehearsalForm(request.GET)
        if form.is_valid() and not form.cleaned_data["graine"]:
            return redirect(_drawn(request))
        found = _rehearsal(form, award, dossier)
    wrong = form.is_bound and not form.is_valid()
    context = scope.context(
        form=form, found=found, dossier=dossier, year=year, query=request.GET.urlencode()
    )
    status = UNPROCESSABLE if wrong else 200
    return render(request, "reports/workflow_rehearsal.html", context, status=status)


def _drawn(request: HttpRequest) -> str:
    """The same address with a seed."""
    asked = request.GET.copy()
    asked["graine"] = secrets.token_hex(4)
    return f"{request.path}?{asked.urlencode()}"


@needs(Right.EXPORT)
@require_POST
def rehearsal_xlsx(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """The documents to bring, as a workbook."""
    scope, form = scope_of(request), RehearsalForm(request.GET)
    award_of(scope, reference)
    if year not in YEARS:
        raise Http404
    if not form.is_valid() or not form.cleaned_data["graine"]:
        page = reverse("rehearsal", args=[reference, year])
        return redirect(f"{page}?{request.GET.urlencode()}")
    drawn = {"percent": form.cleaned_data["pourcentage"], "seed": form.cleaned_data["graine"]}
    of = {"reference": reference, "year": year, "format": "xlsx"}
    return have_written(request, scope, REHEARSAL, of | drawn)


def _rehearsal(form: RehearsalForm, award: Award, dossier: Dossier) -> Rehearsal | None:
    if not form.is_valid() or not form.cleaned_data["graine"]:
        return None
    return draw(award, dossier, form.cleaned_data["pourcentage"], form.cleaned_data["graine"])
