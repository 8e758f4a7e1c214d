"""A frozen version given back as it was written."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.documents.writing import plain_name
from reports.models import Justification
from reports.views.scope import scope_of


@needs(Right.EXPORT)
@require_safe
def frozen_json(request: HttpRequest, reference: str, year: int, version: int) -> HttpResponse:
    """The JSON of a frozen version, byte for byte as it is kept: with pseudonyms for names.

    Raises:
        VersionDamaged: it no longer has the digest that was stored beside it.
    """
    mine = Justification.objects.filter(award__organisation=scope_of(request).own)
    row = get_object_or_404(mine, award__reference=reference, year=year, version=version)
    content, name = row.text.encode(), f"{plain_name('justification', reference, year)}.json"
    response = HttpResponse(content, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
