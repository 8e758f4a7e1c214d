"""The year of a finance officer: applications and budget, roll-over, amendments."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from grants.models import Application, Award
from grants.selectors import awards_for
from grants.services.amendments import NotAmended
from reports.requested.kinds import APPLICATION
from reports.views.files import SHOWN, TYPES, have_written
from reports.views.scope import (
    UNPROCESSABLE,
    YEARS,
    Scope,
    award_address,
    scope_of,
    user_of,
)
from reports.year.amendment import Amended, record_amendment, try_amendment
from reports.year.application import budget_remarks
from reports.year.forms import AmendmentForm
from reports.year.public_money import funder_words, planned_years, public_money
from reports.year.rollover import NothingToCarry, plan_roll_over, roll_over
from reports.year.rollover_content import RollOver
from reports.year.rollover_report import conclusion, sections


@needs(Right.SEE)
@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """The applications of a year, every public subsidy held or asked, and the budget."""
    scope = scope_of(request)
    if scope.organisation is None:
        return render(request, "reports/no_data.html", scope.context())
    planned = planned_years(scope.own)
    year = _year(request, _opened(scope, planned))
    found = public_money(scope.own, year, scope.as_of)
    context = scope.context(
        found=found,
        asked=[(one, funder_words(one.scheme, one.funder)) for one in found.applications],
        remarks=list(budget_remarks(found, year)),
        year=year,
        years=sorted({*planned, scope.as_of.year + 1, year}, reverse=True),
        formats=SHOWN,
    )
    return render(request, "reports/applications.html", context)


@needs(Right.EXPORT)
@require_POST
def application_document(request: HttpRequest, reference: str, extension: str) -> HttpResponse:
    """One format of an application, as of its own day where the address gives none."""
    scope = scope_of(request)
    if extension not in TYPES:
        raise Http404
    get_object_or_404(Application, organisation=scope.own, reference=reference)
    chosen = scope.as_of.isoformat() if request.GET.get("au") else None
    of = {"reference": reference, "chosen": chosen, "format": extension}
    return have_written(request, scope, APPLICATION, of)


@needs(Right.SEE, post=Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def rollover(request: HttpRequest) -> HttpResponse:
    """What taking the organisation to a year changes; a POST does it, once."""
    scope = scope_of(request)
    if scope.organisation is None:
        return render(request, "reports/no_data.html", scope.context())
    year = _year(request, _opened(scope, planned_years(scope.own)))
    applied, problem, plan = request.method == "POST", "", None
    try:
        plan = _rolled(request, scope, year)
    except NothingToCarry as error:
        problem, applied = str(error), False
    context = scope.context(
        plan=plan,
        problem=problem,
        applied=applied and plan is not None and not plan.nothing_left,
        conclusion=conclusion(plan, applied=applied) if plan else "",
        sections=list(sections(plan)) if plan else [],
        year=year,
        years=sorted({scope.as_of.year + 1, scope.as_of.year, year}, reverse=True),
    )
    return render(request, "reports/rollover.html", context)


def _rolled(request: HttpRequest, scope: Scope, year: int) -> RollOver:
    """The plan of a GET; the plan that a POST has written for the awards that are ticked."""
    today = timezone.localdate()
    if request.method != "POST":
        return plan_roll_over(scope.own, year, today)
    only = request.POST.getlist("award")
    return roll_over(organisation=scope.own, year=year, known_on=today, only=only)


@needs(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """The form of an amendment: look at its effect, then record it."""
    scope = scope_of(request)
    awards = awards_for(user_of(request)).filter(organisation=scope.own)
    award = get_object_or_404(awards, reference=reference)
    form = AmendmentForm(award, _first_day(award, year), request.POST or None)
    record = "record" in request.POST
    found = _amended(form, award, record=record) if form.is_bound and form.is_valid() else None
    if found is not None and record:
        words = _("Avenant n° %(number)d enregistré.") % {"number": found.amendment.number}
        messages.success(request, words)
        return redirect(f"{award_address(reference, year)}{scope.query}")
    status = UNPROCESSABLE if form.errors else 200
    context = scope.context(award=award, form=form, found=found, year=year)
    return render(request, "reports/amendment.html", context, status=status)


def _amended(form: AmendmentForm, award: Award, *, record: bool) -> Amended | None:
    """The amendment recorded or tried; None when it is refused, with the form saying why."""
    act = record_amendment if record else try_amendment
    try:
        return act(award, form.decision, form.terms, timezone.localdate())
    except NotAmended as error:
        for problem in error.problems:
            form.add_error(None, problem)
    return None


def _first_day(award: Award, year: int) -> date:
    """The first day of the award in a year.

    Raises:
        Http404: the award does not touch the year.
    """
    last = award.ends_on.year if award.ends_on else YEARS[-1]
    if year not in YEARS or not award.starts_on.year <= year <= last:
        raise Http404
    return max(award.starts_on, date(year, 1, 1))


def _opened(scope: Scope, planned: list[int]) -> int:
    """The year that a page opens on: the newest with an application or a budget, else the next."""
    return planned[0] if planned else scope.as_of.year + 1


def _year(request: HttpRequest, otherwise: int) -> int:
    written = request.GET.get("annee")
    if not written:
        return otherwise
    if written not in {str(year) for year in YEARS}:
        raise Http404
    return int(written)
