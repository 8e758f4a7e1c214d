"""The lists of workers and purchase invoices, over all that the user may see, and their files."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.models import Organisation
from backoffice.federation.roles import Right
from reports.documents.list_file import imprint_of, invoices_file, workers_file
from reports.pages import invoices as invoice_list
from reports.pages import workers as worker_list
from reports.pages.listed import ListForm
from reports.views.scope import XLSX, Scope, note_look, scope_of


@needs(Right.SEE)
@require_safe
def workers(request: HttpRequest) -> HttpResponse:
    """Fifty workers of those that the address asks for."""
    scope = _scope_of(request)
    chosen = worker_list.selection(scope.organisations, request.GET, scope.as_of)
    found = worker_list.workers_page(chosen, request.GET)
    return render(request, "reports/workers.html", scope.context(found=found))


@needs(Right.EXPORT)
@require_safe
def workers_xlsx(request: HttpRequest) -> HttpResponse:
    """All workers that the address asks for, as a workbook."""
    scope = _scope_of(request)
    chosen = worker_list.selection(scope.organisations, request.GET, scope.as_of)
    imprint = imprint_of(
        "Travailleurs", _named(scope, chosen.form), chosen.form.asked("annee"), chosen.day
    )
    return _file(workers_file(worker_list.every_row(chosen), imprint), "travailleurs.xlsx")


@needs(Right.SEE)
@require_safe
def invoices(request: HttpRequest) -> HttpResponse:
    """Fifty purchase invoices of those that the address asks for."""
    scope = _scope_of(request)
    chosen = invoice_list.selection(scope.organisations, request.GET)
    found = invoice_list.invoices_page(chosen, request.GET)
    return render(request, "reports/invoices.html", scope.context(found=found))


@needs(Right.EXPORT)
@require_safe
def invoices_xlsx(request: HttpRequest) -> HttpResponse:
    """All purchase invoices that the address asks for, as a workbook."""
    scope = _scope_of(request)
    chosen = invoice_list.selection(scope.organisations, request.GET)
    imprint = imprint_of(
        "Factures", _named(scope, chosen.form), chosen.form.asked("annee"), scope.as_of
    )
    return _file(invoices_file(invoice_list.every_row(chosen), imprint), "factures.xlsx")


def _scope_of(request: HttpRequest) -> Scope:
    """The scope of a list: without an organisation in the address, no link may choose one."""
    scope = scope_of(request)
    if request.GET.get("organisation"):
        return scope
    note_look(request, scope.organisations)
    carried = QueryDict(scope.carried, mutable=True)
    carried.pop("organisation", None)
    return replace(scope, carried=carried.urlencode())


def _named(scope: Scope, form: ListForm) -> list[Organisation]:
    number = form.asked("organisation")
    return [one for one in scope.organisations if number in {None, one.enterprise_number}]


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
