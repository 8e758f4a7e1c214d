"""The risk of recovery: of a service, for a year seen from a month, and of all as sums."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.board.lens import participants
from reports.forms import row_number
from reports.risk.page import NoPayThatYear, page_of
from reports.risk.summed import summed_risk
from reports.scenarios.labels import funder_name
from reports.views.scope import scope_of


@needs(Right.SEE)
@require_safe
def risk_page(request: HttpRequest) -> HttpResponse:
    """What each award may have to give back, and what would still save it."""
    scope = scope_of(request)
    year, month = (row_number(request.GET.get(name, "")) for name in ("annee", "mois"))
    try:
        page = scope.organisation and page_of(scope.own, year, month, scope.as_of)
    except NoPayThatYear as error:
        last = f"{reverse('risk')}{scope.query}"
        return render(request, "reports/no_year.html", scope.context(why=error, last=last))
    if not page:
        return render(request, "reports/no_data.html", scope.context())
    return render(request, "reports/risk.html", scope.context(page=page))


@needs(Right.AGGREGATES)
@require_safe
def federation_risk(request: HttpRequest) -> HttpResponse:
    """What funders may ask back from all the services that take part, as sums.

    Always of today: two days beside each other would tell what moved one service.
    """
    scope = scope_of(request)
    page = summed_risk(participants(), timezone.localdate())
    rows = [
        (funder_name(one.funder) if one.funder else _("Total"), one)
        for one in (page.rows if page else ())
    ]
    return render(request, "reports/federation_risk.html", scope.context(page=page, rows=rows))
