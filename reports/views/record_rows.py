"""One row of a record: its page, its forms, and the colleague who changed it meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from backoffice.federation.rows import ChangedMeanwhile, StillUsed, version_of
from reports.evidence.attaching import TARGETS
from reports.evidence.panel import FilesPanel, files_panel
from reports.journal.reading import history_of
from reports.pages.listed import Head
from reports.records.all import RECORDS
from reports.records.editing import Editing, edit, facts_of, form_of, why_asked
from reports.records.listing import Cell, Shown, foot_of, shown_row
from reports.records.record import Asked, Child, Record
from reports.records.removal import RemovalForm, removal_of, remove
from reports.records.resting import frozen_on
from reports.views.records import record_or_404
from reports.views.scope import UNPROCESSABLE, Scope, scope_of

CONFLICT = 409
MOST_CHILDREN = 100


@dataclass(frozen=True)
class Children:
    """The rows of another record that belong to one row."""

    record: Record
    path: str
    heads: tuple[Head, ...]
    rows: tuple[Shown, ...]
    foot: tuple[Cell, ...]
    more: bool


@needs(Right.SEE)
@require_safe
def record_row(request: HttpRequest, record: str, number: int) -> HttpResponse:
    """The page of one row, with what belongs to it."""
    kind, scope = record_or_404(record), scope_of(request)
    row = _row_or_404(kind, scope, number)
    context = scope.context(
        record=kind,
        row=row,
        title=kind.title(row),
        facts=facts_of(kind, scope.own, row),
        children=[_children(child, scope, row) for child in kind.children],
        frozen=frozen_on(kind, row),
        links=kind.links(row, scope.as_of),
        files=_files(request, kind, row),
        history=history_of(row),
        is_open=kind.can_end and row.ends_on is None,
    )
    return render(request, "records/row.html", context)


@needs(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_row(request: HttpRequest, record: str) -> HttpResponse:
    """The form of a new row; the address may name the row that it belongs to."""
    kind, scope = _editable_or_404(record), scope_of(request)
    form = form_of(kind, scope.own, kind.model(), _sent(request))
    form.initial.update({name: request.GET[name] for name in kind.fields if name in request.GET})
    if request.method == "POST":
        return _answer(request, kind, scope, edit(kind, form, timezone.localdate(), is_new=True))
    return _form_page(request, kind, scope, Editing(form, ()))


@needs(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def change_row(request: HttpRequest, record: str, number: int) -> HttpResponse:
    """The form of one row."""
    kind, scope = _editable_or_404(record), scope_of(request)
    return _change(request, kind, scope, number)


@needs(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def end_row(request: HttpRequest, record: str, number: int) -> HttpResponse:
    """The last day of one row."""
    kind, scope = _editable_or_404(record), scope_of(request)
    if not kind.can_end:
        raise Http404
    return _change(request, kind, scope, number, ("ends_on",))


@needs(Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def drop_row(request: HttpRequest, record: str, number: int) -> HttpResponse:
    """Ask before one row is removed, with what rests on it; then remove it and keep why."""
    kind, scope = _editable_or_404(record), scope_of(request)
    row = _row_or_404(kind, scope, number)
    removal = removal_of(kind, row)
    form = RemovalForm(_sent(request), initial={"version": version_of(row, kind.owned)})
    if removal.obstacle and request.method == "POST":
        form.add_error(None, removal.obstacle)
    elif form.is_valid():
        try:
            remove(kind, row, **form.cleaned_data)
        except (StillUsed, ChangedMeanwhile) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Supprimé : %(name)s.") % {"name": kind.title(row)})
            return redirect(reverse(kind.slug) + scope.query)
    context = scope.context(
        record=kind,
        row=row,
        title=kind.title(row),
        facts=facts_of(kind, scope.own, row),
        removal=removal,
        form=form,
    )
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "records/removal.html", context, status=status)


def _sent(request: HttpRequest) -> Any:
    """What a form has sent, even nothing; None when it is only opened."""
    return request.POST if request.method == "POST" else None


def _change(
    request: HttpRequest, kind: Record, scope: Scope, number: int, fields: Sequence[str] = ()
) -> HttpResponse:
    row = _row_or_404(kind, scope, number)
    form = form_of(kind, scope.own, row, _sent(request), fields=fields)
    if request.method == "POST":
        editing = edit(kind, form, timezone.localdate(), is_new=False)
        return _answer(request, kind, scope, editing)
    return _form_page(request, kind, scope, Editing(form, frozen_on(kind, row)))


def _answer(request: HttpRequest, kind: Record, scope: Scope, editing: Editing) -> HttpResponse:
    if editing.kept is None:
        return _form_page(request, kind, scope, editing)
    row = kind.rows([scope.own]).get(pk=editing.kept.pk)
    messages.success(request, _("Enregistré : %(name)s.") % {"name": kind.title(row)})
    for doubt in editing.form.doubts():
        messages.warning(request, doubt)
    return redirect(reverse("record_row", args=[kind.slug, row.pk]) + scope.query)


def _form_page(request: HttpRequest, kind: Record, scope: Scope, editing: Editing) -> HttpResponse:
    row = None
    if editing.form.instance.pk:
        row = kind.rows([scope.own]).get(pk=editing.form.instance.pk)
    _mark_reason(kind, row, editing)
    status = 200
    if editing.form.errors:
        status = UNPROCESSABLE
    if editing.conflict is not None:
        status = CONFLICT
        editing.form.data = {**request.POST.dict(), "version": editing.conflict.version}
    context = scope.context(
        record=kind,
        row=row,
        title=kind.title(row) if row else "",
        form=editing.form,
        editing=editing,
    )
    return render(request, "records/form.html", context, status=status)


def _mark_reason(kind: Record, row: Any, editing: Editing) -> None:
    """Show the reason as required where a change will be refused without it."""
    reason = editing.form.fields.get("reason")
    if reason is not None:
        reason.required = editing.form.explains_new or bool(
            why_asked(kind, row, editing.frozen, timezone.localdate())
        )


def _editable_or_404(slug: str) -> Record:
    """The record of an address, when its rows are changed by a form."""
    kind = record_or_404(slug)
    if not kind.fields:
        raise Http404
    return kind


def _row_or_404(kind: Record, scope: Scope, number: int) -> Any:
    """A row of the organisation; one of another organisation does not exist."""
    return get_object_or_404(kind.rows([scope.own]), pk=number)


def _files(request: HttpRequest, kind: Record, row: Any) -> FilesPanel | None:
    """The files of a row, where its table takes some."""
    names = [name for name, target in TARGETS.items() if target.model is kind.model]
    return files_panel(request, names[0], row) if names else None


def _children(child: Child, scope: Scope, row: Any) -> Children:
    kind, asked = RECORDS[child.slug], Asked([scope.own], scope.as_of, None)
    mine = kind.described(kind.rows([scope.own]).filter(**{child.path: row}), asked)
    rows = list(kind.prepared(mine, asked).order_by(*kind.ties)[: MOST_CHILDREN + 1])
    kind.arranged(rows, asked)
    columns = [one for one in kind.columns if one.shown and one.name != child.repeats]
    shown = tuple(shown_row(kind, columns, one) for one in rows[:MOST_CHILDREN])
    heads = tuple(Head(str(column.label), column.numeric) for column in columns)
    foot = foot_of(columns, kind.totals(mine, asked, {}) if child.summed else {})
    return Children(kind, child.path, heads, shown, foot, len(rows) > MOST_CHILDREN)
