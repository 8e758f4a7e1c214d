"""The deadlines of an organisation: the list, one of them with its history, every change of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from grants.agenda import Item, agenda
from grants.models import Deadline
from grants.selectors import deadlines_for
from grants.services.deadlines import (
    NotChanged,
    close_deadline,
    move_deadline,
    plan_deadlines,
    reopen_deadline,
    waive_deadline,
)
from reports.deadline_forms import DoneForm, MoveForm, PlanForm, ReasonForm
from reports.evidence.panel import files_panel
from reports.forms import row_number
from reports.pages.deadline_list import deadlines_page
from reports.pages.deadlines import row_of
from reports.requested.kinds import DEADLINES_FILE
from reports.views.files import have_written
from reports.views.records import DEADLINES, ViewForm, default_of, views_of
from reports.views.scope import UNPROCESSABLE, Scope, allow, scope_of, user_of


@dataclass(frozen=True)
class Change:
    """One way to change a deadline: its form, its service, and the states it starts from."""

    form: type[forms.Form]
    label: str
    states: frozenset[str]
    apply: Callable[[Deadline, Mapping[str, Any], User, date], object]


_OPEN = frozenset((Deadline.State.OPEN,))
_CLOSED = frozenset((Deadline.State.DONE, Deadline.State.WAIVED))
CHANGES = {
    "faite": Change(
        DoneForm,
        mark("Marquer comme faite"),
        _OPEN,
        lambda row, data, by, today: close_deadline(deadline=row, by=by, today=today, **data),
    ),
    "deplacer": Change(
        MoveForm,
        mark("Déplacer"),
        _OPEN,
        lambda row, data, by, today: move_deadline(deadline=row, by=by, known_on=today, **data),
    ),
    "sans-objet": Change(
        ReasonForm,
        mark("Déclarer sans objet"),
        _OPEN,
        lambda row, data, by, _today: waive_deadline(deadline=row, by=by, **data),
    ),
    "rouvrir": Change(
        ReasonForm,
        mark("Rouvrir"),
        _CLOSED,
        lambda row, data, by, _today: reopen_deadline(deadline=row, by=by, **data),
    ),
}


@needs(Right.SEE)
@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """What the organisation owes to its funders, by day."""
    scope = scope_of(request)
    if scope.organisation is None:
        return render(request, "reports/no_data.html", scope.context())
    views = views_of(request, DEADLINES, scope)
    if default := default_of(request, views):
        return redirect(default)
    page = deadlines_page(scope.organisation, request.GET, scope.as_of)
    context = scope.context(
        page=page,
        done=DoneForm(initial={"on": timezone.localdate()}),
        views=views,
        saving=ViewForm(initial={"query": page.form.kept}),
    )
    return render(request, "reports/deadlines.html", context)


@needs(Right.EXPORT)
@require_POST
def deadlines_file(request: HttpRequest) -> HttpResponse:
    """All deadlines that the address asks for, as a workbook."""
    query = request.GET.urlencode()
    return have_written(request, scope_of(request), DEADLINES_FILE, {"format": "xlsx"}, query)


@needs(Right.EDIT)
@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Write the deadlines of an exercise that are not written yet."""
    scope, form = scope_of(request), PlanForm(request.POST)
    if not form.is_valid():
        raise Http404
    year, today = form.cleaned_data["year"], timezone.localdate()
    planned = plan_deadlines(organisation=scope.own, year=year, known_on=today)
    count = len(planned.written)
    words = ngettext("%s échéance inscrite.", "%s échéances inscrites.", count) % count
    messages.success(request, words)
    return redirect(reverse("deadlines") + scope.query)


@needs(Right.EDIT)
@require_POST
def close_several(request: HttpRequest) -> HttpResponse:
    """Say that the deadlines ticked in the list are done, on one day and with one proof."""
    scope, form = scope_of(request), DoneForm(request.POST)
    numbers = [number for text in request.POST.getlist("number") if (number := row_number(text))]
    rows = list(deadlines_for(user_of(request)).filter(pk__in=numbers))
    for organisation in {row.award.organisation for row in rows}:
        allow(request, Right.EDIT, organisation)
    if not rows:
        messages.error(request, _("Cochez au moins une échéance."))
    elif not form.is_valid():
        messages.error(request, " ".join(str(one[0]) for one in form.errors.values()))
    else:
        _close(request, rows, form.cleaned_data)
    return redirect(reverse("deadlines") + scope.query)


def _close(request: HttpRequest, rows: list[Deadline], data: Mapping[str, Any]) -> None:
    """All of them or none."""
    by, today = user_of(request), timezone.localdate()
    try:
        with transaction.atomic():
            for row in rows:
                close_deadline(deadline=row, by=by, today=today, **data)
    except NotChanged as error:
        messages.error(request, str(error))
        return
    count = len(rows)
    messages.success(request, ngettext("%s échéance faite.", "%s échéances faites.", count) % count)


@needs(Right.SEE)
@require_safe
def one_deadline(request: HttpRequest, number: int) -> HttpResponse:
    """One deadline: what a miss costs, where its day comes from, its history, how to change it."""
    row = get_object_or_404(deadlines_for(user_of(request)), pk=number)
    return _deadline(request, scope_of(request, about=row.award.organisation), row, {})


@needs(Right.EDIT)
@require_POST
def change_deadline(request: HttpRequest, number: int, action: str) -> HttpResponse:
    """Change one deadline, with its reason."""
    row, change = get_object_or_404(deadlines_for(user_of(request)), pk=number), CHANGES.get(action)
    scope = scope_of(request, about=row.award.organisation)
    if change is None:
        raise Http404
    form = change.form(request.POST, prefix=action)
    if form.is_valid():
        try:
            change.apply(row, form.cleaned_data, user_of(request), timezone.localdate())
        except NotChanged as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Enregistré dans l'historique."))
            return redirect(reverse("deadline", args=[number]) + scope.query)
    return _deadline(request, scope, row, {action: form})


def _deadline(
    request: HttpRequest, scope: Scope, row: Deadline, refused: Mapping[str, forms.Form]
) -> HttpResponse:
    today = timezone.localdate()
    items = agenda([row.award.organisation], today)
    item = next(one for one in items if one.row is not None and one.row.pk == row.pk)
    context = scope.context(
        row=row_of(item, today),
        changes=_changes(item, today, refused),
        files=files_panel(request, "deadline", row),
    )
    status = UNPROCESSABLE if refused else 200
    return render(request, "reports/deadline.html", context, status=status)


def _changes(
    item: Item, today: date, refused: Mapping[str, forms.Form]
) -> list[tuple[str, str, forms.Form]]:
    """The changes that the state allows: address, what the button says, form."""
    due = item.due
    proposed = due.rule_on if due.differs and due.rule_on else due.due_on
    first = {"on": today, "to": proposed}
    return [
        (action, _(change.label), refused.get(action) or change.form(initial=first, prefix=action))
        for action, change in CHANGES.items()
        if item.due.state in change.states or action in refused
    ]
