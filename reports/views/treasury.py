"""The treasury of a service: its page, and what the employer says of its accounts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from invoices.services.treasury import save_treasury_rules
from reports.board.kept import cash_of_all
from reports.board.lens import participants
from reports.requested.kinds import TREASURY
from reports.treasury.choosing import choices_for, chosen, delayed, supposed
from reports.treasury.forms import LatenessForm, RulesForm, rules_form
from reports.treasury.page import page_of
from reports.treasury.reading import ground_of
from reports.treasury.summed.page import page_of as summed_page
from reports.views.files import have_written
from reports.views.scope import UNPROCESSABLE, scope_of, user_of

_LONGEST_CODE = 60


@needs(Right.SEE, post=Right.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def treasury_page(request: HttpRequest) -> HttpResponse:
    """The cash of a service by day; what is sent is what the employer says of its accounts."""
    scope = scope_of(request)
    if scope.organisation is None:
        return render(request, "reports/no_data.html", scope.context())
    form = RulesForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        save_treasury_rules(organisation=scope.own, said=form.cleaned_data)
        messages.success(request, _("C'est enregistré : la trésorerie en tient compte."))
        return redirect(reverse("treasury") + scope.query)
    ground, user = ground_of(scope.own, scope.as_of), user_of(request)
    wished = LatenessForm(request.GET if "retard" in request.GET else None)
    asked = chosen(user, request.GET.get("scenario", ""))
    page = page_of(ground, supposed(ground, asked, delayed(*wished.wished(scope.as_of))))
    context = scope.context(
        page=page,
        form=form or rules_form(ground.rules),
        wished=wished,
        choices=choices_for(user),
        scenario=request.GET.get("scenario", ""),
    )
    status = UNPROCESSABLE if form is not None else 200
    return render(request, "reports/treasury.html", context, status=status)


@needs(Right.EXPORT)
@require_POST
def treasury_file(request: HttpRequest) -> HttpResponse:
    """What the page shows, as a workbook."""
    scope, wished = scope_of(request), LatenessForm(request.POST)
    days, since = wished.wished(scope.as_of)
    asked = {
        "format": "xlsx",
        "scenario": request.POST.get("scenario", "")[:_LONGEST_CODE],
        "days": days,
        "since": since.isoformat(),
    }
    return have_written(request, scope, TREASURY, asked)


@needs(Right.AGGREGATES)
@require_safe
def federation_cash(request: HttpRequest) -> HttpResponse:
    """What funders owe the services that take part, and how many lack money, as sums.

    Always of the last month of pay: two days beside each other would tell what moved one service.
    """
    scope = scope_of(request)
    found = cash_of_all(participants(), timezone.localdate())
    page = summed_page(found) if found else None
    return render(request, "reports/federation_cash.html", scope.context(page=page))
