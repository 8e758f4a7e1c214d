"""The rule book on the site: every scheme in one line, then everything known of one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from grants.scheme import schemes
from grants.selectors import figures_registry
from reports.rulebook.book import matrix, page_of, pages
from reports.views.scope import scope_of


@needs(Right.READ)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The schemes, and cost item by scheme."""
    scope = scope_of(request)
    context = scope.context(pages=pages(figures_registry()), matrix=matrix())
    return render(request, "reports/rules.html", context)


@needs(Right.READ)
@require_safe
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One scheme."""
    if code not in schemes():
        raise Http404
    page = page_of(schemes()[code], figures_registry())
    return render(request, "reports/rule.html", scope_of(request).context(page=page))
