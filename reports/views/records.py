"""The lists of records, their files and their saved views."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from backoffice.federation.access import has_right, needs
from backoffice.federation.audit.looks import note_shown
from backoffice.federation.roles import Right
from reports.records.all import RECORDS
from reports.records.asking import EVERYTHING
from reports.records.listing import listing, select
from reports.records.record import Record
from reports.records.saved import QUERY_LENGTH, SavedView, views_for
from reports.records.services import drop_view, save_view
from reports.requested.kinds import LIST
from reports.views.files import have_written
from reports.views.scope import Scope, scope_of, user_of

DEADLINES = "deadlines"
_STATE_OF_OTHERS = frozenset(("organisation", "au"))


class ViewForm(forms.Form):
    """The name under which a view is saved."""

    name = forms.CharField(
        label=gettext_lazy("Nom de la vue"),
        max_length=60,
        error_messages={"required": gettext_lazy("Donnez un nom à la vue.")},
    )
    query = forms.CharField(required=False, max_length=QUERY_LENGTH, widget=forms.HiddenInput)
    is_shared = forms.BooleanField(
        label=gettext_lazy("La partager avec mes collègues"), required=False
    )
    is_default = forms.BooleanField(
        label=gettext_lazy("L'ouvrir à chaque visite de cette liste"), required=False
    )


def record_or_404(slug: str) -> Record:
    """The record of an address."""
    if slug not in RECORDS:
        raise Http404
    return RECORDS[slug]


@needs(Right.SEE)
@require_safe
def records(request: HttpRequest, record: str) -> HttpResponse:
    """One page of the rows that the address asks for."""
    kind, scope = record_or_404(record), list_scope(request)
    views = views_of(request, kind.slug, scope)
    if default := default_of(request, views):
        return redirect(default)
    chosen = select(kind, scope.organisations, request.GET, scope.as_of)
    found = listing(chosen, request.GET)
    context = scope.context(
        record=kind,
        found=found,
        day=chosen.asked.day if kind.on_day else False,
        may_export=Right.EXPORT in scope.rights or has_right(request.user, Right.EXPORT),
        views=views,
        saving=ViewForm(initial={"query": found.form.kept}),
        several=len(scope.organisations) > 1,
    )
    asks_part = (
        "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
    )
    return render(request, "records/list.html" + ("#found" if asks_part else ""), context)


@needs(Right.EXPORT)
@require_POST
def records_file(request: HttpRequest, record: str) -> HttpResponse:
    """All rows that the address asks for, as a workbook."""
    kind, scope = record_or_404(record), list_scope(request)
    of = {"record": kind.slug, "format": "xlsx"}
    return have_written(request, scope, LIST, of, request.GET.urlencode())


@needs(Right.SEE)
@require_POST
def save_list_view(request: HttpRequest, record: str) -> HttpResponse:
    """Save what a list is asked, under a name."""
    slug, scope, form = _list_or_404(record), scope_of(request), ViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(one[0]) for one in form.errors.values()))
        return redirect(reverse(slug) + scope.query)
    shared = form.cleaned_data.pop("is_shared") and Right.EDIT in scope.rights
    view = save_view(
        view=SavedView(
            user=user_of(request),
            organisation=scope.own,
            record=slug,
            is_shared=shared,
            **form.cleaned_data,
        )
    )
    messages.success(request, _("Vue « %(name)s » enregistrée.") % {"name": view.name})
    return redirect(f"{reverse(slug)}?{_joined(QueryDict(scope.carried), view)}")


@needs(Right.SEE)
@require_POST
def drop_list_view(request: HttpRequest, number: int) -> HttpResponse:
    """Forget a view of one's own."""
    scope = scope_of(request)
    mine = SavedView.objects.filter(user=user_of(request), organisation=scope.own)
    view = get_object_or_404(mine, pk=number)
    address = reverse(_list_or_404(view.record))
    name = view.name
    drop_view(view=view)
    messages.success(request, _("Vue « %(name)s » supprimée.") % {"name": name})
    return redirect(f"{address}?vue={EVERYTHING}&{scope.carried}")


def list_scope(request: HttpRequest) -> Scope:
    """The scope of a list: without an organisation in the address, no link may choose one."""
    scope = scope_of(request)
    if request.GET.get("organisation"):
        return scope
    note_shown(request, scope.organisations)
    carried = QueryDict(scope.carried, mutable=True)
    carried.pop("organisation", None)
    return replace(scope, carried=carried.urlencode())


def views_of(request: HttpRequest, slug: str, scope: Scope) -> list[SavedView]:
    """The views of a list, each with its address; none without an organisation."""
    if scope.organisation is None:
        return []
    views = list(views_for(user_of(request), scope.own, slug))
    for view in views:
        view.address = f"?{_joined(QueryDict(scope.carried), view)}"  # type: ignore[attr-defined]
        view.is_mine = view.user_id == request.user.pk  # type: ignore[attr-defined]
    return views


def default_of(request: HttpRequest, views: list[SavedView]) -> str:
    """The address of the view that opens the list, where the address asks for nothing."""
    mine = [view for view in views if view.is_default and view.user_id == request.user.pk]
    if not mine or request.GET.keys() - _STATE_OF_OTHERS:
        return ""
    return f"{request.path}?{_joined(request.GET, mine[0])}"


def _list_or_404(slug: str) -> str:
    """The name of a list whose views are saved: a record, or the deadlines."""
    if slug not in RECORDS and slug != DEADLINES:
        raise Http404
    return slug


def _joined(carried: QueryDict, view: SavedView) -> str:
    """The address of a view, with the organisation and the day looked at."""
    kept = QueryDict(view.query, mutable=True)
    for name in _STATE_OF_OTHERS & carried.keys():
        kept[name] = str(carried[name])
    kept["vue"] = str(view.pk)
    return kept.urlencode()
