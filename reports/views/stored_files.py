"""Kept files: given back after a check of rights, joined to a row, taken off with a reason."""

import logging

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backoffice.federation.access import needs, organisations_for
from backoffice.federation.audit.looks import note_shown
from backoffice.federation.models import StoredFile
from backoffice.federation.roles import Right
from backoffice.federation.serving import FileDamaged, FileErased, served
from backoffice.federation.storing import FileRefused
from reports.evidence.attaching import attach_file, detach_file, links_in, target_row
from reports.evidence.panel import FileForm
from reports.views.scope import scope_of, user_of

log = logging.getLogger(__name__)
DAMAGED, GONE = 500, 410


@needs(Right.SEE)
@require_safe
def stored_file(request: HttpRequest, number: int) -> HttpResponse:
    """The original of a file of an organisation that the user sees; its address says nothing."""
    mine = StoredFile.objects.filter(organisation__in=organisations_for(request.user, Right.SEE))
    row = get_object_or_404(mine.select_related("organisation"), pk=number)
    note_shown(request, [row.organisation])
    try:
        return served(row)
    except FileErased:
        context = {"scope": scope_of(request), "row": row}
        return render(request, "reports/damaged_file.html", context, status=GONE)
    except FileDamaged:
        log.exception("stored file %s is damaged", row.pk)
        context = {"scope": scope_of(request), "row": row}
        return render(request, "reports/damaged_file.html", context, status=DAMAGED)


@needs(Right.EDIT)
@require_POST
def join(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Join the file sent to a row of the organisation, and go back to the page of the row."""
    scope = scope_of(request)
    row = target_row(scope.own, kind, number)
    if row is None:
        raise Http404
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            attach_file(kind=kind, row=row, upload=upload, by=user_of(request))
        except FileRefused as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("Le fichier est joint."))
    for refused in form.errors.get("file", ()):
        messages.error(request, _("Le fichier n'est pas joint. %s") % refused)
    return _back(request)


@needs(Right.EDIT)
@require_POST
def take_off(request: HttpRequest, number: int) -> HttpResponse:
    """Take a file off its row."""
    link = get_object_or_404(links_in(scope_of(request).own), pk=number)
    try:
        detach_file(link=link, reason=request.POST.get("reason", "")[:250])
    except ValueError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Le fichier n'est plus joint ; son original reste conservé."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """The page of the row that was looked at; only ever a page of this site."""
    wanted = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if ours else reverse("subsidies") + scope_of(request).query)
