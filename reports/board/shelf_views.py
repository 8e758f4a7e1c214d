"""The scenarios that people keep: read, written, copied, shared, taken off."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backoffice.federation.access import has_right, needs
from backoffice.federation.models import Organisation
from backoffice.federation.roles import Right
from reports.board.change_forms import CopyForm, NewScenarioForm, ReasonForm, ShareForm
from reports.board.shelf_page import of_share, row_for, shown, to_page
from reports.scenarios.ready import library, library_text
from reports.scenarios.scenario import Scenario
from reports.scenarios.sentences import sentence
from reports.scenarios.services import (
    ScenarioRefused,
    copy_scenario,
    create_scenario,
    remove_scenario,
    renamed,
    share_scenario,
    withdraw_share,
)
from reports.scenarios.toml.writing import write_scenario
from reports.views.scope import Scope, scope_of, user_of


@needs(Right.READ)
@require_safe
def scenario(request: HttpRequest, number: int) -> HttpResponse:
    """A kept scenario: its changes in order, and what may be done with it."""
    return shown(request, row_for(request, number))


@needs(Right.READ)
@require_safe
def library_scenario(request: HttpRequest, code: str) -> HttpResponse:
    """A scenario of the library, to be read, run or copied."""
    found = library().get(code)
    if found is None:
        raise Http404
    context = scope_of(request).context(
        code=code,
        scenario=found,
        changes=[(one, sentence(one, found)) for one in found.changes],
        copying=CopyForm(),
        federation=has_right(request.user, Right.AGGREGATES),
    )
    return render(request, "reports/library_scenario.html", context)


@needs(Right.READ)
@require_safe
def scenario_text(request: HttpRequest, number: int) -> HttpResponse:
    """A kept scenario as a file."""
    row = row_for(request, number)
    return _file(row.text, f"scenario-{row.pk}")


@needs(Right.READ)
@require_safe
def library_scenario_text(request: HttpRequest, code: str) -> HttpResponse:
    """A scenario of the library as a file."""
    if code not in library():
        raise Http404
    return _file(library_text(code), f"scenario-{code}")


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    return response


@needs(Right.SIMULATE)
@require_POST
def new_scenario(request: HttpRequest) -> HttpResponse:
    """A scenario of the service."""
    page = scope_of(request)
    return _created(request, page, page.own)


@needs(Right.AGGREGATES)
@require_POST
def federation_new_scenario(request: HttpRequest) -> HttpResponse:
    """A scenario of the federation."""
    return _created(request, scope_of(request), None)


def _created(request: HttpRequest, page: Scope, owner: Organisation | None) -> HttpResponse:
    form = NewScenarioForm(request.POST, request.FILES)
    back = reverse("scenarios" if owner else "federation_scenarios") + page.query
    if not form.is_valid():
        messages.error(request, _first(form))
        return redirect(back)
    data = form.cleaned_data
    try:
        text = data.get("text") or write_scenario(Scenario(data["name"]))
        if data.get("text") and data["name"]:
            text = renamed(text, data["name"])
        row = create_scenario(
            organisation=owner,
            text=text,
            reason=data["reason"],
            by=user_of(request),
            day=page.as_of,
        )
    except ScenarioRefused as error:
        messages.error(request, str(error))
        return redirect(back)
    return to_page(row, page)


def _data(form: Form) -> dict[str, Any]:
    """What a form says.

    Raises:
        ScenarioRefused: something in it is wrong.
    """
    if not form.is_valid():
        raise ScenarioRefused(_first(form))
    return form.cleaned_data


def _first(form: Form) -> str:
    """What is wrong with a form, with the name of its field."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        return f"{label} : {errors[0]}" if label else str(errors[0])
    return ""


@needs(Right.SIMULATE)
@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """A copy for the service."""
    page = scope_of(request)
    return _copied(request, page, page.own)


@needs(Right.AGGREGATES)
@require_POST
def federation_copy(request: HttpRequest) -> HttpResponse:
    """A copy for the federation."""
    return _copied(request, scope_of(request), None)


def _copied(request: HttpRequest, page: Scope, owner: Organisation | None) -> HttpResponse:
    """A copy of a kept scenario (`source` is its number) or of the library (its code)."""
    form, source = CopyForm(request.POST), request.POST.get("source", "")
    if source not in library() and not (source.isdecimal() and len(source) < 12):  # noqa: PLR2004
        raise Http404
    kept = None if source in library() else row_for(request, int(source))
    try:
        data = _data(form)
        name, by = data["name"], user_of(request)
        asked: dict[str, Any] = {"organisation": owner, "reason": data["reason"], "by": by}
        if kept:
            row = copy_scenario(row=kept, name=name, **asked)
        else:
            row = create_scenario(text=renamed(library_text(source), name), day=page.as_of, **asked)
    except ScenarioRefused as error:
        messages.error(request, str(error))
        back = reverse("scenario", args=[kept.pk]) if kept else None
        return redirect((back or reverse("library_scenario", args=[source])) + page.query)
    return to_page(row, page)


@needs(Right.READ)
@require_POST
def share(request: HttpRequest, number: int) -> HttpResponse:
    """Show a scenario to another service, or to the federation."""
    row = row_for(request, number, change=True)
    form = ShareForm(row, request.POST)
    try:
        data = _data(form)
        share_scenario(
            row=row, organisation=data["whom"], reason=data["reason"], by=user_of(request)
        )
    except ScenarioRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Le scénario est partagé."))
    return to_page(row, scope_of(request))


@needs(Right.READ)
@require_POST
def withdraw(request: HttpRequest, number: int, share: int) -> HttpResponse:
    """A service, or the federation, does not see a scenario any more."""
    row = row_for(request, number, change=True)
    shared = get_object_or_404(row.shares, pk=share)
    try:
        data = _data(ReasonForm(request.POST, prefix=of_share(share)))
        withdraw_share(share=shared, reason=data["reason"])
    except ScenarioRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Le scénario n'est plus partagé avec eux."))
    return to_page(row, scope_of(request))


@needs(Right.READ)
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """A scenario is not kept any more."""
    row, page = row_for(request, number, change=True), scope_of(request)
    form = ReasonForm(request.POST, prefix="retrait")
    if not form.is_valid():
        messages.error(request, _first(form))
        return to_page(row, page)
    name = "scenarios" if row.organisation_id else "federation_scenarios"
    remove_scenario(row=row, reason=form.cleaned_data["reason"])
    messages.success(request, _("Le scénario est retiré."))
    return redirect(reverse(name) + page.query)
