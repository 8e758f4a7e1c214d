"""The list of a year's subsidies, the page of one justification, and a named acceptance."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from grants.selectors import awards_for, renewed_years
from reports.forms import SignOffForm
from reports.justifications import year_dossiers, years_of
from reports.pages.explanation import NothingToExplain, explain
from reports.pages.justification import page_of
from reports.pages.listing import listing
from reports.sign_offs import NotToSign, Signature, sign_off_all
from reports.views.files import SHOWN
from reports.views.scope import (
    UNPROCESSABLE,
    Scope,
    award_address,
    dossier_or_404,
    frozen_versions,
    scope_of,
    user_of,
)


@login_required
@require_safe
def subsidies(request: HttpRequest) -> HttpResponse:
    """The awards of one year; by default the newest with data, rather than one only renewed."""
    scope = scope_of(request)
    held = years_of(scope.organisation) if scope.organisation else []
    if not held:
        return render(request, "reports/no_data.html", scope.context())
    years = sorted({*held, *renewed_years(scope.own)}, reverse=True)
    year = _year(request.GET.get("annee"), years) or held[0]
    dossiers = year_dossiers(scope.own, year, scope.as_of)
    table = listing(dossiers, frozen_versions(scope.own, year))
    context = scope.context(years=years, year=year, table=table)
    return render(request, "reports/subsidies.html", context)


def _year(written: str | None, years: list[int]) -> int | None:
    if not written:
        return None
    if written not in {str(year) for year in years}:
        raise Http404
    return int(written)


@login_required
@require_safe
def justification(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """One justification: amounts, findings, lines."""
    return _justification(request, scope_of(request), (reference, year), None)


def _justification(
    request: HttpRequest, scope: Scope, key: tuple[str, int], refused: SignOffForm | None
) -> HttpResponse:
    reference, year = key
    dossier = dossier_or_404(scope, reference, year)
    page = page_of(dossier, frozen_versions(scope.own, year).get(reference))
    status = UNPROCESSABLE if refused else 200
    signer = user_of(request).get_full_name()
    context = scope.context(
        page=page, dossier=dossier, year=year, refused=refused, formats=SHOWN, signer=signer
    )
    return render(request, "reports/justification.html", context, status=status)


@login_required
@require_safe
def explanation(
    request: HttpRequest, reference: str, year: int, kind: str, name: str
) -> HttpResponse:
    """The steps behind one figure: a page, or its fragment for htmx."""
    scope = scope_of(request)
    dossier = dossier_or_404(scope, reference, year)
    try:
        found = explain(dossier, kind, name)
    except NothingToExplain as error:
        raise Http404 from error
    template = "reports/explanation.html" + ("#steps" if request.headers.get("HX-Request") else "")
    return render(request, template, scope.context(explanation=found, dossier=dossier, year=year))


@login_required
@require_POST
def accept(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """Accept warnings by name, with a reason."""
    scope = scope_of(request)
    awards = awards_for(user_of(request)).filter(organisation=scope.own)
    award = get_object_or_404(awards, reference=reference)
    form = SignOffForm(request.POST)
    dossier = dossier_or_404(scope, reference, year)
    if form.is_valid():
        data = form.cleaned_data
        by = Signature(data["signed_by"], data["reason"], user_of(request))
        today = timezone.localdate()
        try:
            sign_off_all(award=award, dossier=dossier, subjects=form.subjects, by=by, on=today)
        except NotToSign as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Accepté par %s.") % data["signed_by"])
            return redirect(f"{award_address(reference, year)}{scope.query}#controles")
    return _justification(request, scope, (reference, year), form)
