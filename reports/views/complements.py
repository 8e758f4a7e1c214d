"""What dossiers that were sent would ask today: the page and its files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.complements.json_file import render_json
from reports.complements.search import complements
from reports.complements.xlsx_file import render_xlsx
from reports.pages.complements import page_of
from reports.views.scope import XLSX, scope_of

_TYPES = {"json": "application/json", "xlsx": XLSX}


@needs(Right.SEE)
@require_safe
def complements_page(request: HttpRequest) -> HttpResponse:
    """The complements to claim, by funder and month."""
    scope = scope_of(request)
    if scope.organisation is None:
        return render(request, "reports/no_data.html", scope.context())
    page = page_of(complements(scope.own, scope.as_of))
    return render(request, "reports/complements.html", scope.context(page=page))


@needs(Right.EXPORT)
@require_safe
def complements_file(request: HttpRequest, extension: str) -> HttpResponse:
    """The same as a file; its name holds no personal data."""
    scope = scope_of(request)
    if extension not in _TYPES:
        raise Http404
    found = complements(scope.own, scope.as_of)
    content = (
        render_json(found, scope.as_of)
        if extension == "json"
        else render_xlsx(found, scope.own, scope.as_of)
    )
    response = HttpResponse(content, content_type=_TYPES[extension])
    name = f"complements-{scope.own.enterprise_number}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
