"""The data of a person: found without an address that names them, shown, exported, erased."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.federation.access import needs
from backoffice.federation.models import Identity
from backoffice.federation.roles import Right
from grants.selectors import figures_registry
from reports.models import PersonRequest
from reports.people.durations import durations
from reports.people.erasing import CannotErase, erase_identity, files_about
from reports.people.files import json_file, xlsx_file
from reports.people.finding import (
    MOST,
    ErasureForm,
    Partner,
    PersonForm,
    found,
    partners,
)
from reports.people.held import counts, held_on
from reports.people.keeping import holds
from reports.people.mentions import Review, review_of
from reports.people.register import note_request
from reports.views.scope import UNPROCESSABLE, XLSX, Scope, scope_of, user_of

FILES = {"json": ("application/json", json_file), "xlsx": (XLSX, xlsx_file)}


@needs(Right.PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Look for a person; what is typed is in no address."""
    scope = scope_of(request)
    form = PersonForm(request.POST if request.method == "POST" else None)
    rows: list[Identity] = []
    others: list[Partner] = []
    is_searched = form.is_bound and form.is_valid()
    if is_searched:
        rows = list(found(scope.own, form.cleaned_data["who"])[: MOST + 1])
        others = partners(scope.own, form.cleaned_data["who"])
        form = PersonForm()  # what was typed, a national number perhaps, is not shown again
    context = scope.context(
        form=form,
        rows=rows[:MOST],
        others=others,
        is_cut=len(rows) > MOST,
        is_searched=is_searched,
        durations=durations(figures_registry(), timezone.localdate()),
    )
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "reports/people.html", context, status=status)


@needs(Right.PEOPLE)
@require_safe
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Everything held on a person, what forbids to erase it, and who has looked at it."""
    scope = scope_of(request)
    identity = _identity(scope, number)
    note_request(identity=identity, kind=PersonRequest.Kind.SHOWN, by=user_of(request))
    return _person(request, scope, identity, None)


@needs(Right.PEOPLE)
@require_safe
def person_file(request: HttpRequest, number: int, extension: str) -> HttpResponse:
    """What is held on a person, as a file to give her; its name says nothing of who it is."""
    if extension not in FILES:
        raise Http404
    identity = _identity(scope_of(request), number)
    kind, write = FILES[extension]
    content = write(identity, held_on(identity), timezone.localdate())
    note_request(identity=identity, kind=PersonRequest.Kind.EXPORTED, by=user_of(request))
    response = HttpResponse(content, content_type=kind)
    name = f"donnees-{identity.pseudonym}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@needs(Right.PEOPLE)
@require_POST
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """Erase who a person is, with a reason and the pseudonym typed again."""
    scope = scope_of(request)
    identity = _identity(scope, number)
    review = _review(identity)
    form = ErasureForm(identity, request.POST, to_review=bool(review and review.mentions))
    if form.is_valid():
        try:
            erase_identity(
                identity=identity,
                by=user_of(request),
                reason=form.cleaned_data["reason"],
                today=timezone.localdate(),
                figures=figures_registry(),
            )
        except CannotErase as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("L'identité est effacée ; les dossiers restent entiers."))
            return redirect(reverse("person", args=[number]) + scope.query)
    return _person(request, scope, identity, form, status=UNPROCESSABLE)


def _identity(scope: Scope, number: int) -> Identity:
    return get_object_or_404(scope.own.identities.select_related("organisation"), pk=number)


def _review(identity: Identity) -> Review | None:
    """What to look at before an erasure; None where it is done, or not possible today."""
    if identity.is_erased or holds(identity, timezone.localdate(), figures_registry()):
        return None
    return review_of(identity, files_about(identity))


def _person(
    request: HttpRequest,
    scope: Scope,
    identity: Identity,
    refused: ErasureForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    tables, review = held_on(identity), _review(identity)
    found = holds(identity, timezone.localdate(), figures_registry())
    form = refused or ErasureForm(identity, to_review=bool(review and review.mentions))
    context = scope.context(
        identity=identity,
        tables=tables,
        count=counts(tables),
        review=review,
        holds=found,
        has_unknown=any(one.is_unknown for one in found),
        register=identity.requests.select_related("by").order_by("-at", "-pk")[:MOST],
        form=form,
    )
    return render(request, "reports/person.html", context, status=status)
