"""The collections of the federation, and a service that takes part in them or withdraws."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.federation.access import needs
from backoffice.federation.models import Collection
from backoffice.federation.roles import Right
from backoffice.federation.services.collections import (
    CollectionRefused,
    close_on,
    open_collection,
    stop_taking_part,
    take_part,
)
from reports.access_forms import ClosingForm, CollectionForm
from reports.pages.collections import collection_rows, participation_rows
from reports.views.scope import UNPROCESSABLE, scope_of, user_of


@needs(Right.COLLECTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def collections(request: HttpRequest) -> HttpResponse:
    """Every collection and who takes part; a POST opens one."""
    scope, today = scope_of(request), timezone.localdate()
    form = CollectionForm(request.POST or None, initial={"opens_on": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            open_collection(
                year=data["year"],
                title=data["title"],
                days=(data["opens_on"], data["closes_on"]),
                by=user_of(request),
            )
        except CollectionRefused as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("La collecte est ouverte."))
            return redirect("collections")
    context = scope.context(form=form, rows=collection_rows(today))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "reports/collections.html", context, status=status)


@needs(Right.COLLECTIONS)
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Move the last day on which services may agree."""
    row, form = get_object_or_404(Collection, pk=number), ClosingForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(one[0]) for one in form.errors.values()))
        return redirect("collections")
    try:
        close_on(collection=row, day=form.cleaned_data["closes_on"])
    except CollectionRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("La fin de la collecte est enregistrée."))
    return redirect("collections")


@needs(Right.CONSENT)
@require_safe
def participation(request: HttpRequest) -> HttpResponse:
    """The collections in which the service takes part or may."""
    scope = scope_of(request)
    rows = participation_rows(scope.own, timezone.localdate())
    return render(request, "reports/participation.html", scope.context(rows=rows))


@needs(Right.CONSENT)
@require_POST
def agree(request: HttpRequest, number: int) -> HttpResponse:
    """The figures of the service enter the aggregates of a collection."""
    scope, row = scope_of(request), get_object_or_404(Collection, pk=number)
    try:
        take_part(collection=row, organisation=scope.own, by=user_of(request))
    except CollectionRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Le service participe à la collecte."))
    return redirect(reverse("participation") + scope.query)


@needs(Right.CONSENT)
@require_POST
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """The figures of the service leave the aggregates to come."""
    scope, row = scope_of(request), get_object_or_404(Collection, pk=number)
    try:
        stop_taking_part(collection=row, organisation=scope.own, by=user_of(request))
    except CollectionRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Le service ne participe plus : les prochains chiffres se feront sans lui.")
        )
    return redirect(reverse("participation") + scope.query)
