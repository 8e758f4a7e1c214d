"""The pages of the funders' forms: the list, the mapping of one, and its filling."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from backoffice.federation.serving import original_of
from backoffice.federation.storing import FileRefused
from reports.funder_forms.asking import FillForm, MapForm, NewFileForm, NewFormForm
from reports.funder_forms.package import FormRefused, calculates, open_package
from reports.funder_forms.preview import preview
from reports.funder_forms.services import (
    Place,
    add_form,
    map_cell,
    remove_form,
    replace_file,
    unmap_cell,
)
from reports.funder_forms.sources import sources
from reports.models import FunderForm
from reports.requested.kinds import FILLED
from reports.views.files import have_written
from reports.views.scope import UNPROCESSABLE, Scope, scope_of, user_of


@needs(Right.SEE)
@require_safe
def forms_page(request: HttpRequest) -> HttpResponse:
    """The funders' forms of the organisation."""
    return _list(request, scope_of(request), NewFormForm())


@needs(Right.EDIT)
@require_POST
def new_form(request: HttpRequest) -> HttpResponse:
    """Keep a funder's form under a name, then go and map it."""
    scope, form = scope_of(request), NewFormForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        try:
            row = add_form(
                organisation=scope.own, name=data["name"], upload=data["file"], by=user_of(request)
            )
        except (FileRefused, FormRefused) as error:
            form.add_error("file", str(error))
        else:
            return redirect(_address(scope, row))
    return _list(request, scope, form, status=UNPROCESSABLE)


@needs(Right.SEE)
@require_safe
def one_form(request: HttpRequest, number: int) -> HttpResponse:
    """One form: what goes where, a sheet of it, and the choice of a dossier to write."""
    scope = scope_of(request)
    return _page(request, scope, _form(scope, number))


@needs(Right.EDIT)
@require_POST
def map_one(request: HttpRequest, number: int) -> HttpResponse:
    """One more value of the dossier into a cell of the sheet shown."""
    scope = scope_of(request)
    row, form = _form(scope, number), MapForm(request.POST)
    sheet = request.POST.get("sheet", "")
    if form.is_valid():
        data = form.cleaned_data
        try:
            map_cell(
                form=row,
                source=data["source"],
                place=Place(sheet, data["cell"], data["last_row"]),
            )
        except FormRefused as error:
            form.add_error("cell", str(error))
        else:
            return redirect(_address(scope, row, sheet))
    return _page(request, scope, row, sheet=sheet, mapping=form, status=UNPROCESSABLE)


@needs(Right.EDIT)
@require_POST
def unmap_one(request: HttpRequest, number: int, cell: int) -> HttpResponse:
    """A cell receives nothing any more."""
    scope = scope_of(request)
    row = _form(scope, number)
    mapped = get_object_or_404(row.cells, pk=cell)
    unmap_cell(cell=mapped)
    return redirect(_address(scope, row, mapped.sheet))


@needs(Right.EDIT)
@require_POST
def new_file(request: HttpRequest, number: int) -> HttpResponse:
    """The funder's file of a new year, under the same mapping; what moved is said."""
    scope = scope_of(request)
    row, form = _form(scope, number), NewFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            row, moved = replace_file(
                form=row, upload=form.cleaned_data["file"], by=user_of(request)
            )
        except (FileRefused, FormRefused) as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("Le nouveau fichier est en place."))
            for sentence in moved:
                messages.warning(request, sentence)
            return redirect(_address(scope, row))
    return _page(request, scope, row, replacing=form, status=UNPROCESSABLE)


@needs(Right.EDIT)
@require_http_methods(["POST"])
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Remove a form and its mapping."""
    scope = scope_of(request)
    remove_form(form=_form(scope, number))
    messages.success(request, _("Le formulaire et ses correspondances sont retirés."))
    return redirect(reverse("funder_forms") + scope.query)


@needs(Right.EXPORT)
@require_POST
def filled(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the form with one dossier in it."""
    scope = scope_of(request)
    row = _form(scope, number)
    asked = _filling(scope, request.POST)
    if not asked.is_valid():
        return _page(request, scope, row, filling=asked, status=UNPROCESSABLE)
    data = asked.cleaned_data
    return have_written(request, scope, FILLED, {"form": row.pk, "format": "xlsx", **data})


def _form(scope: Scope, number: int) -> FunderForm:
    mine = FunderForm.objects.filter(organisation=scope.own).select_related("file")
    return get_object_or_404(mine, pk=number)


def _address(scope: Scope, row: FunderForm, sheet: str = "") -> str:
    shown = urlencode({"feuille": sheet}) if sheet else ""
    query = "&".join(part for part in (scope.carried, shown) if part)
    return reverse("funder_form", args=[row.pk]) + (f"?{query}" if query else "")


def _filling(scope: Scope, data: Any = None) -> FillForm:
    return FillForm(data, organisation=scope.own)


def _list(request: HttpRequest, scope: Scope, form: Form, status: int = 200) -> HttpResponse:
    rows = FunderForm.objects.filter(organisation=scope.own).select_related("file")
    context = scope.context(rows=rows.order_by("name"), form=form)
    return render(request, "reports/funder_forms.html", context, status=status)


def _page(
    request: HttpRequest, scope: Scope, row: FunderForm, *, status: int = 200, **shown: Any
) -> HttpResponse:
    """The page of one form, with the forms that were refused as they were typed."""
    cells = list(row.cells.order_by("sheet", "pk"))
    content = original_of(row.file)
    package = open_package(content)
    wanted = shown.pop("sheet", "") or request.GET.get("feuille") or next(iter(package.sheets))
    if wanted not in package.sheets:
        raise Http404
    labels = {one.cell: str(sources()[one.source].label) for one in cells if one.sheet == wanted}
    sheet, refused = None, ""
    try:
        sheet = preview(content, wanted, labels)
    except FormRefused as error:  # its mapping can still be read, and another file be handed in
        refused = str(error)
    context = scope.context(
        row=row,
        cells=[(one, sources()[one.source]) for one in cells],
        sheets=list(package.sheets),
        sheet=wanted,
        shown=sheet,
        refused=refused,
        calculates=calculates(package),
        mapping=shown.get("mapping") or MapForm(),
        replacing=shown.get("replacing") or NewFileForm(),
        filling=shown.get("filling") or _filling(scope),
    )
    return render(request, "reports/funder_form.html", context, status=status)
