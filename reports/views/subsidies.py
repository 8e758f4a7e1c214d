"""The list of a year's subsidies, the page of one justification, and a named acceptance."""

from collections.abc import Mapping

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backoffice.federation.access import needs
from backoffice.federation.jobs import AlreadyAsked
from backoffice.federation.roles import Right
from grants.selectors import awards_for, renewed_years
from reports.complements.search import complement_to
from reports.complements.words import sentence
from reports.exports import KEPT
from reports.forms import SignOffForm, YearFilesForm
from reports.jobs import ask_year_files
from reports.justifications import year_dossiers, years_of
from reports.pages.explanation import NothingToExplain, explain
from reports.pages.justification import page_of
from reports.pages.listing import listing
from reports.pages.mending import places_of
from reports.sign_offs import NotToSign, Signature, sign_off_all
from reports.views.files import SHOWN
from reports.views.scope import (
    UNPROCESSABLE,
    Scope,
    award_address,
    dossier_or_404,
    scope_of,
    user_of,
)
from reports.workflow.bar import Looking, bar_of
from reports.workflow.selectors import frozen_rows, standings


@needs(Right.SEE)
@require_safe
def subsidies(request: HttpRequest) -> HttpResponse:
    """The awards of one year; by default the newest with data, rather than one only renewed."""
    scope = scope_of(request)
    held = years_of(scope.organisation) if scope.organisation else []
    if not held:
        return render(request, "reports/no_data.html", scope.context())
    years = _years(scope, held)
    year = _year(request.GET.get("annee"), years) or held[0]
    dossiers = year_dossiers(scope.own, year, scope.as_of)
    table = listing(dossiers, standings(scope.own, [year]))
    context = scope.context(
        years=years, year=year, table=table, files=YearFilesForm(), kept_days=KEPT.days
    )
    return render(request, "reports/subsidies.html", context)


@needs(Right.EXPORT)
@require_POST
def write_year(request: HttpRequest, year: int) -> HttpResponse:
    """Ask for every dossier of a year in one archive, as it stands on the day of the page."""
    scope, form = scope_of(request), YearFilesForm(request.POST)
    if year not in _years(scope, years_of(scope.own)):
        raise Http404
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, str(problems[0]))
        return redirect(f"{reverse('subsidies')}?annee={year}&{scope.carried}".rstrip("&"))
    asked = {"as_of": form.cleaned_data["au"], "formats": form.cleaned_data["formats"]}
    try:
        job = ask_year_files(organisation=scope.own, year=year, by=user_of(request), **asked)
    except AlreadyAsked as error:
        messages.error(request, str(error))
        job = error.job
    return redirect(reverse("job", args=[job.pk]) + scope.query)


def _years(scope: Scope, held: list[int]) -> list[int]:
    """The years with data or with a renewed award, newest first."""
    return sorted({*held, *renewed_years(scope.own)}, reverse=True)


def _year(written: str | None, years: list[int]) -> int | None:
    if not written:
        return None
    if written not in {str(year) for year in years}:
        raise Http404
    return int(written)


@needs(Right.SEE)
@require_safe
def justification(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """One justification: amounts, findings, lines."""
    return justification_page(request, scope_of(request), (reference, year))


def justification_page(
    request: HttpRequest,
    scope: Scope,
    key: tuple[str, int],
    *,
    refused: SignOffForm | None = None,
    tried: Mapping[str, Form] | None = None,
) -> HttpResponse:
    """The page of a justification, with the acceptance or the move that was just refused."""
    reference, year = key
    dossier = dossier_or_404(scope, reference, year)
    page = page_of(dossier)
    sent = complement_to(scope.own, dossier)
    award = scope.own.awards.select_related("organisation").get(reference=reference)
    looking = Looking(award, year, user_of(request), scope.as_of, scope.rights, scope.query)
    context = scope.context(
        page=page,
        dossier=dossier,
        places=places_of(scope.own, dossier, scope.carried, scope.rights | scope.everywhere),
        year=year,
        refused=refused,
        formats=SHOWN,
        signer=_name_of(request),
        complement=sentence(sent) if sent and sent.differs else "",
        bar=bar_of(looking, dossier, tried or {}),
        versions=frozen_rows(award, year),
    )
    status = UNPROCESSABLE if refused or tried else 200
    return render(request, "reports/justification.html", context, status=status)


@needs(Right.SEE)
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


@needs(Right.SIGN)
@require_POST
def accept(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """Accept warnings in one's own name, with a reason."""
    scope = scope_of(request)
    awards = awards_for(user_of(request)).filter(organisation=scope.own)
    award = get_object_or_404(awards, reference=reference)
    form = SignOffForm(request.POST)
    dossier = dossier_or_404(scope, reference, year)
    if form.is_valid():
        by = Signature(_name_of(request), form.cleaned_data["reason"], user_of(request))
        today = timezone.localdate()
        try:
            sign_off_all(award=award, dossier=dossier, subjects=form.subjects, by=by, on=today)
        except NotToSign as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Accepté par %s.") % by.name)
            return redirect(f"{award_address(reference, year)}{scope.query}#controles")
    return justification_page(request, scope, (reference, year), refused=form)


def _name_of(request: HttpRequest) -> str:
    user = user_of(request)
    return user.get_full_name() or user.get_username()
