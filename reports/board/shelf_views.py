"""The scenarios that people keep: read, written, copied, shared, taken off."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backoffice.federation.access import has_right, needs, organisations_for, refusal
from backoffice.federation.audit.looks import note_shown
from backoffice.federation.models import Organisation
from backoffice.federation.roles import Right
from reports.board.at_hand import ground_of
from reports.board.change_forms import ChangeForm, CopyForm, NewScenarioForm, ReasonForm, ShareForm
from reports.board.editing import ACTS, NoSuchChange, acted, with_change
from reports.board.offered import NOTHING, Choices, offered
from reports.board.shelf import offer_of
from reports.models import ScenarioShare, StoredScenario
from reports.scenarios.kinds import VALUES
from reports.scenarios.labels import KINDS
from reports.scenarios.ready import library, library_text
from reports.scenarios.scenario import Scenario
from reports.scenarios.selectors import may_change, scenarios_for
from reports.scenarios.sentences import sentence
from reports.scenarios.services import (
    ScenarioRefused,
    change_scenario,
    copy_scenario,
    create_scenario,
    remove_scenario,
    renamed,
    share_scenario,
    withdraw_share,
)
from reports.scenarios.toml.reading import NotAScenario, read_scenario
from reports.scenarios.toml.writing import write_scenario
from reports.views.scope import UNPROCESSABLE, Scope, scope_of, user_of

_PAGE = "reports/scenario.html"


def _row(request: HttpRequest, number: int, *, change: bool = False) -> StoredScenario:
    """A scenario that the reader may see, and change where that is asked.

    Raises:
        PermissionDenied: it may be seen and not changed.
    """
    row = get_object_or_404(scenarios_for(user_of(request)), pk=number)
    if row.organisation:
        note_shown(request, [row.organisation])
    if change and not may_change(user_of(request), row):
        raise PermissionDenied(refusal(Right.SIMULATE))
    return row


def _shown(
    request: HttpRequest, row: StoredScenario, form: Form | None = None, **more: Any
) -> HttpResponse:
    """The page of a kept scenario, with a form that was refused."""
    page, offer = scope_of(request), offer_of(user_of(request), row, None)
    kind = getattr(form, "kind", request.GET.get("nature", ""))
    adding = form if isinstance(form, ChangeForm) else None
    if adding is None and kind in VALUES and offer.mine:
        adding = ChangeForm(kind, offered=_offered(request, row, kind))
    context = page.context(
        row=row,
        offer=offer,
        changes=[(one, sentence(one, offer.scenario)) for one in offer.scenario.changes],
        kinds=[(code, KINDS[code]) for code in VALUES],
        adding=adding,
        copying=CopyForm(initial={"name": _("%s (copie)") % row.name}),
        sharing=ShareForm(row) if offer.mine else None,
        removing=ReasonForm(prefix="retrait"),
        shares=_shares(row) if offer.mine else (),
        federation=row.organisation_id is None,
        **more,
    )
    return render(request, _PAGE, context, status=UNPROCESSABLE if form else 200)


def _offered(request: HttpRequest, row: StoredScenario, kind: str) -> Choices:
    """What a change may name, as it stands today; nothing where the years cannot be told."""
    day, user = scope_of(request).as_of, user_of(request)
    ground = ground_of(row.organisation, day, organisations_for(user))
    return offered(kind, ground) if ground else NOTHING


def _shares(row: StoredScenario) -> list[tuple[ScenarioShare, ReasonForm]]:
    """Whom a scenario is shared with, by name, the federation first; and the form that stops it."""
    rows = row.shares.select_related("organisation", "shared_by")
    ordered = sorted(rows, key=lambda one: one.organisation.name if one.organisation else "")
    return [(one, ReasonForm(prefix=_of_share(one.pk))) for one in ordered]


def _of_share(number: int) -> str:
    return f"cesser-{number}"


@needs(Right.READ)
@require_safe
def scenario(request: HttpRequest, number: int) -> HttpResponse:
    """A kept scenario: its changes in order, and what may be done with it."""
    return _shown(request, _row(request, number))


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
    row = _row(request, number)
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
    return _to(row, page)


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


def _to(row: StoredScenario, page: Scope) -> HttpResponse:
    return redirect(reverse("scenario", args=[row.pk]) + page.query)


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
    kept = None if source in library() else _row(request, int(source))
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
    return _to(row, page)


@needs(Right.READ)
@require_POST
def add_change(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """One change more at the end of a scenario."""
    row = _row(request, number, change=True)
    if kind not in VALUES:
        raise Http404
    form = ChangeForm(kind, request.POST, _offered(request, row, kind))
    if form.is_valid():
        try:
            written = with_change(_written(row), form.change)
            _changed(request, row, written, _("Modification ajoutée"))
        except ScenarioRefused as error:
            form.add_error(None, str(error))
        else:
            return _to(row, scope_of(request))
    return _shown(request, row, form)


@needs(Right.READ)
@require_POST
def act_on_change(request: HttpRequest, number: int, place: int, act: str) -> HttpResponse:
    """A change goes up, down or off."""
    row = _row(request, number, change=True)
    if act not in ACTS:
        raise Http404
    try:
        written = acted(_written(row), place, act)
    except (NoSuchChange, ScenarioRefused):
        raise Http404 from None
    _changed(request, row, written, _("Ordre des modifications changé, ou modification retirée"))
    return _to(row, scope_of(request))


def _written(row: StoredScenario) -> Scenario:
    """A kept scenario as it is written.

    Raises:
        ScenarioRefused: it cannot be read any more; its file is left as it is.
    """
    try:
        return read_scenario(row.text)
    except NotAScenario as error:
        raise ScenarioRefused(str(error)) from None


def _changed(request: HttpRequest, row: StoredScenario, written: Scenario, reason: str) -> None:
    change_scenario(row=row, text=write_scenario(written), reason=reason, by=user_of(request))


@needs(Right.READ)
@require_POST
def share(request: HttpRequest, number: int) -> HttpResponse:
    """Show a scenario to another service, or to the federation."""
    row = _row(request, number, change=True)
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
    return _to(row, scope_of(request))


@needs(Right.READ)
@require_POST
def withdraw(request: HttpRequest, number: int, share: int) -> HttpResponse:
    """A service, or the federation, does not see a scenario any more."""
    row = _row(request, number, change=True)
    shared = get_object_or_404(row.shares, pk=share)
    try:
        data = _data(ReasonForm(request.POST, prefix=_of_share(share)))
        withdraw_share(share=shared, reason=data["reason"])
    except ScenarioRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Le scénario n'est plus partagé avec eux."))
    return _to(row, scope_of(request))


@needs(Right.READ)
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """A scenario is not kept any more."""
    row, page = _row(request, number, change=True), scope_of(request)
    form = ReasonForm(request.POST, prefix="retrait")
    if not form.is_valid():
        messages.error(request, _first(form))
        return _to(row, page)
    name = "scenarios" if row.organisation_id else "federation_scenarios"
    remove_scenario(row=row, reason=form.cleaned_data["reason"])
    messages.success(request, _("Le scénario est retiré."))
    return redirect(reverse(name) + page.query)
