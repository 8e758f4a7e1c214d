"""The import pages: hand files in, look at what each changes, then import it or not."""

import csv
import tempfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.federation.access import needs
from backoffice.federation.jobs import AlreadyAsked, see
from backoffice.federation.roles import Right
from backoffice.web.sentences import read
from reports.exchange.escaping import escape
from reports.exchange.problems import Problem, headers, write_report
from reports.exchange.writer import write_workbook
from reports.forms import WorkbookForm
from reports.importing.e_invoices import BookingForm, booking_form
from reports.importing.jobs import ask_import, ask_invoice_import, ask_look, job_of
from reports.importing.selectors import active_uploads
from reports.models import WorkbookImport
from reports.pages.job import job_page
from reports.pages.upload import upload_page
from reports.uploads import CannotApply, deposit, discard, uploads_for
from reports.views.scope import UNPROCESSABLE, XLSX, Scope, scope_of, user_of

RECENT = 20
_INVOICE = WorkbookImport.Kind.E_INVOICE


@needs(Right.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The form to hand files in, and the latest imports of the organisation."""
    scope = scope_of(request)
    form = WorkbookForm()
    if request.method == "POST":
        form = WorkbookForm(request.POST, request.FILES)
        if form.is_valid():
            return redirect(_deposited(request, scope, form))
    rows = uploads_for(user_of(request)).filter(organisation=scope.organisation)
    history, active = rows[:RECENT], active_uploads(scope.organisation)
    status = UNPROCESSABLE if form.errors else 200
    part = "#history" if request.headers.get("HX-Request") else ""
    context = scope.context(form=form, history=history, active=active)
    return render(request, f"reports/imports.html{part}", context, status=status)


def _deposited(request: HttpRequest, scope: Scope, form: WorkbookForm) -> str:
    """Keep the files, ask for a look at each, and go to the only one or to the list."""
    by = user_of(request)
    uploads = [deposit(organisation=scope.own, by=by, file=file) for file in form.accepted]
    for upload in uploads:
        ask_look(upload=upload, by=by)
    for sentence in form.refused:
        messages.error(request, sentence)
    if len(uploads) == 1:
        return reverse("import", args=[uploads[0].pk]) + scope.query
    count = len(uploads)
    words = ngettext("%s fichier reçu.", "%s fichiers reçus.", count) % count
    messages.success(request, words)
    return reverse("imports") + scope.query


@needs(Right.IMPORT)
@require_safe
def one_import(request: HttpRequest, number: int) -> HttpResponse:
    """Where a file is, what it would change, has changed, or why it is refused."""
    return _import_page(request, _upload_or_404(request, number), None)


def _import_page(
    request: HttpRequest, upload: WorkbookImport, refused: BookingForm | None
) -> HttpResponse:
    job = job_of(upload)
    see([job] if job else [], user_of(request))
    booking = refused
    if upload.kind == _INVOICE and refused is None:
        booking = booking_form(upload)
    part = "#content" if request.headers.get("HX-Request") else ""
    context = scope_of(request, about=upload.organisation).context(
        upload=upload,
        page=upload_page(upload, request.GET),
        work=None if job is None else job_page(job, timezone.now()),
        booking=booking,
    )
    status = UNPROCESSABLE if refused else 200
    return render(request, f"reports/import.html{part}", context, status=status)


@needs(Right.IMPORT)
@require_POST
def look_again(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once more to look at a file, after a look that was given up or has failed."""
    upload = _upload_or_404(request, number)
    query = scope_of(request, about=upload.organisation).query
    try:
        ask_look(upload=upload, by=user_of(request))
    except (CannotApply, AlreadyAsked) as error:
        messages.error(request, str(error))
    return redirect(reverse("import", args=[number]) + query)


@needs(Right.IMPORT)
@require_POST
def apply_import(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the import of what was looked at."""
    upload = _upload_or_404(request, number)
    query = scope_of(request, about=upload.organisation).query
    by = user_of(request)
    form = booking_form(upload, request.POST) if upload.kind == _INVOICE else None
    if form is not None and not form.is_valid():
        return _import_page(request, upload, form)
    try:
        if form is None:
            remove_absent = "remove_absent" in request.POST
            ask_import(upload=upload, remove_absent=remove_absent, by=by)
        else:
            ask_invoice_import(upload=upload, booking=form.booking, by=by)
    except (CannotApply, AlreadyAsked) as error:
        messages.error(request, str(error))
    return redirect(reverse("import", args=[number]) + query)


@needs(Right.IMPORT)
@require_POST
def discard_import(request: HttpRequest, number: int) -> HttpResponse:
    """Throw away what was handed in."""
    upload = _upload_or_404(request, number)
    query = scope_of(request, about=upload.organisation).query
    try:
        discard(upload=upload)
    except CannotApply as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Le fichier est effacé ; rien n'a été importé."))
    return redirect(reverse("imports") + query)


def _upload_or_404(request: HttpRequest, number: int) -> WorkbookImport:
    upload = uploads_for(user_of(request)).filter(pk=number).first()
    if upload is None:
        raise Http404
    return upload


@needs(Right.IMPORT)
@require_safe
def import_problems(request: HttpRequest, number: int) -> HttpResponse:
    """The problems of one import as a workbook, or as text with semicolons."""
    upload = _upload_or_404(request, number)
    scope_of(request, about=upload.organisation)
    problems = [Problem(**problem) for problem in read(upload.report).get("problems", [])]
    name = _("problemes-import-%s") % number
    if request.GET.get("format") == "csv":
        return _csv(name, problems)
    return _workbook(name, lambda path: write_report(problems, path))


def _csv(name: str, problems: list[Problem]) -> HttpResponse:
    """As French spreadsheets open it: UTF-8 with its mark, semicolons, no formula."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headers())
    writer.writerows([escape(cell) for cell in problem.shown()] for problem in problems)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@needs(Right.IMPORT)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook to fill in."""
    scope = scope_of(request)
    demo, number = scope.own.is_demo, scope.own.enterprise_number
    year = scope.as_of.year
    return _workbook(
        _("classeur-modele-%s") % year,
        lambda path: write_workbook({}, path, enterprise_number=number, year=year, demo=demo),
    )


def _workbook(name: str, write: Callable[[Path], None]) -> HttpResponse:
    """A workbook written aside, sent, and forgotten."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "classeur.xlsx"
        write(path)
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
