"""What a service lets the federation see: given, withdrawn, and every look under it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.federation.access import consents_used, needs, organisations_for
from backoffice.federation.models import Consent
from backoffice.federation.roles import Right
from backoffice.federation.services.consents import (
    ConsentRefused,
    give_consent,
    withdraw_consent,
)
from reports.access_forms import ConsentForm
from reports.pages.consents import consents_page
from reports.views.scope import UNPROCESSABLE, scope_of, user_of


@needs(Right.CONSENT)
@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest) -> HttpResponse:
    """The accesses that the service gives or gave; a POST gives one."""
    scope = scope_of(request)
    form = ConsentForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            give_consent(
                organisation=scope.own,
                purpose=data["purpose"],
                days=(data["starts_on"], data["ends_on"]),
                by=user_of(request),
            )
        except ConsentRefused as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("L'accès est donné."))
            return redirect(reverse("consents") + scope.query)
    page = consents_page(scope.own, timezone.localdate())
    status = UNPROCESSABLE if form.errors else 200
    return render(
        request, "reports/consents.html", scope.context(form=form, page=page), status=status
    )


@needs(Right.CONSENT)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """End an access at once."""
    mine = organisations_for(request.user, Right.SEE)
    consent = get_object_or_404(Consent.objects.filter(organisation__in=mine), pk=number)
    scope = scope_of(request, about=consent.organisation)
    try:
        withdraw_consent(consent=consent, by=user_of(request))
    except ConsentRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("L'accès est retiré : la fédération ne voit plus rien."))
    return redirect(reverse("consents") + scope.query)


@needs(Right.COLLECTIONS)
@require_safe
def received_consents(request: HttpRequest) -> HttpResponse:
    """The services that let the federation's finance officer see their rows today."""
    scope = scope_of(request)
    found = consents_used(request.user, scope.organisations)
    return render(request, "reports/received_consents.html", scope.context(consents=found))
