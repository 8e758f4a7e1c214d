"""A rehearsal of an inspection: the lines drawn, printed or as a workbook."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from grants.general_law import LawNotInForce
from grants.general_law import reference as law_of
from grants.models import Award
from grants.scheme import schemes
from reports.documents.list_file import imprint_of, rehearsal_file
from reports.documents.writing import plain_name
from reports.dossier import Dossier
from reports.views.scope import UNPROCESSABLE, XLSX, Scope, dossier_or_404, scope_of
from reports.workflow.forms import RehearsalForm
from reports.workflow.kept import proofs_of
from reports.workflow.rehearsal import LEAST, Known, Rehearsal, rehearse
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
@require_safe
def rehearsal_xlsx(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """The documents to bring, as a workbook."""
    scope, form = scope_of(request), RehearsalForm(request.GET)
    award, dossier = award_of(scope, reference), dossier_or_404(scope, reference, year)
    found = _rehearsal(form, award, dossier)
    if found is None:
        page = reverse("rehearsal", args=[reference, year])
        return redirect(f"{page}?{request.GET.urlencode()}")
    response = HttpResponse(_workbook(scope, dossier, found), content_type=XLSX)
    name = f"{plain_name('controle', reference, year)}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _workbook(scope: Scope, dossier: Dossier, found: Rehearsal) -> bytes:
    title = _("Répétition d'un contrôle, %(reference)s, %(percent)d %%, graine %(seed)s") % {
        "reference": dossier.cover.reference,
        "percent": found.percent,
        "seed": found.seed,
    }
    imprint = imprint_of(title, [scope.own], dossier.cover.year, dossier.cover.as_of)
    return rehearsal_file(found, imprint)


def _rehearsal(form: RehearsalForm, award: Award, dossier: Dossier) -> Rehearsal | None:
    if not form.is_valid() or not form.cleaned_data["graine"]:
        return None
    seed = form.cleaned_data["graine"]
    known = Known(_law(award), proofs_of(award.organisation))
    return rehearse(dossier, form.cleaned_data["pourcentage"], seed, known)


def _law(award: Award) -> str:
    """Where the general law says that the funder may inspect, on the day of the letter."""
    authority = schemes()[award.scheme].authority
    try:
        found = law_of("control", authority, award.letter_on or award.starts_on)
    except LawNotInForce:
        return ""
    return "" if found.status == "missing" else found.text
