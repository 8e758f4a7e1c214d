"""The import page: deposit a workbook, look at what it changes, then import it or not."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.federation.access import needs
from backoffice.federation.jobs import AlreadyAsked
from backoffice.federation.roles import Right
from reports.exchange.problems import Problem, write_report
from reports.exchange.writer import write_workbook
from reports.forms import WorkbookForm
from reports.jobs import ask_import, import_job
from reports.models import WorkbookImport
from reports.pages.upload import upload_page
from reports.uploads import CannotApply, deposit, discard, uploads_for
from reports.views.scope import UNPROCESSABLE, XLSX, scope_of, user_of

RECENT = 20


@needs(Right.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The form to deposit a workbook, and the latest imports of the organisation."""
    scope = scope_of(request)
    form = WorkbookForm()
    if request.method == "POST":
        form = WorkbookForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["workbook"]
            upload = deposit(organisation=scope.own, by=user_of(request), file=file)
            return redirect(reverse("import", args=[upload.pk]) + scope.query)
    history = uploads_for(user_of(request)).filter(organisation=scope.organisation)[:RECENT]
    status = UNPROCESSABLE if form.errors else 200
    context = scope.context(form=form, history=history)
    return render(request, "reports/imports.html", context, status=status)


@needs(Right.IMPORT)
@require_safe
def one_import(request: HttpRequest, number: int) -> HttpResponse:
    """What a deposited workbook would change, has changed, or why it is refused."""
    upload = _upload_or_404(request, number)
    context = scope_of(request, about=upload.organisation).context(
        upload=upload, page=upload_page(upload), job=import_job(upload)
    )
    return render(request, "reports/import.html", context)


@needs(Right.IMPORT)
@require_POST
def apply_import(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the import of what was looked at."""
    upload = _upload_or_404(request, number)
    query = scope_of(request, about=upload.organisation).query
    remove_absent = "remove_absent" in request.POST
    try:
        job = ask_import(upload=upload, remove_absent=remove_absent, by=user_of(request))
    except CannotApply as error:
        messages.error(request, str(error))
        return redirect(reverse("import", args=[number]) + query)
    except AlreadyAsked as error:
        messages.error(request, str(error))
        job = error.job
    return redirect(reverse("job", args=[job.pk]) + query)


@needs(Right.IMPORT)
@require_POST
def discard_import(request: HttpRequest, number: int) -> HttpResponse:
    """Throw away what was looked at."""
    upload = _upload_or_404(request, number)
    scope = scope_of(request, about=upload.organisation)
    try:
        discard(upload=upload)
    except CannotApply as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Le fichier est effacé ; rien n'a été importé."))
    return redirect(reverse("imports") + scope.query)


def _upload_or_404(request: HttpRequest, number: int) -> WorkbookImport:
    upload = uploads_for(user_of(request)).filter(pk=number).first()
    if upload is None:
        raise Http404
    return upload


@needs(Right.IMPORT)
@require_safe
def import_problems(request: HttpRequest, number: int) -> HttpResponse:
    """The problems of one import as a workbook."""
    upload = _upload_or_404(request, number)
    scope_of(request, about=upload.organisation)
    problems = [Problem(**problem) for problem in upload.report.get("problems", [])]
    return _workbook(_("problemes-import-%s") % number, lambda path: write_report(problems, path))


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
