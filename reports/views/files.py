"""The files of one justification, made on request."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.documents.writing import file_name, render_files
from reports.views.scope import XLSX, dossier_or_404, scope_of

SHOWN = ("pdf", "xlsx", "json")
TYPES = {"json": "application/json", "xlsx": XLSX, "pdf": "application/pdf"}


@needs(Right.EXPORT)
@require_safe
def justification_file(
    request: HttpRequest, reference: str, year: int, extension: str
) -> HttpResponse:
    """One format of a justification; its name holds no personal data."""
    if extension not in TYPES:
        raise Http404
    dossier = dossier_or_404(scope_of(request), reference, year)
    content = render_files(dossier, (extension,))[extension]
    response = HttpResponse(content, content_type=TYPES[extension])
    name = f"{file_name(dossier)}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
