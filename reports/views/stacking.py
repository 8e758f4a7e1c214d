"""The stacking matrix of a day, generated from the schemes."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.pages.stacking import matrix_on
from reports.views.scope import scope_of


@login_required
@require_safe
def stacking_matrix(request: HttpRequest) -> HttpResponse:
    """Which schemes may carry the same hours on the day of the page."""
    scope = scope_of(request)
    context = scope.context(matrix=matrix_on(scope.as_of))
    return render(request, "reports/stacking.html", context)
