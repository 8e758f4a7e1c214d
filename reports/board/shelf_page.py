"""The page of a kept scenario: who may see or change it, what it shows with a refused form."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.federation.access import organisations_for, refusal
from backoffice.federation.audit.looks import note_shown
from backoffice.federation.roles import Right
from reports.board.at_hand import ground_of
from reports.board.change_forms import ChangeForm, CopyForm, ReasonForm, ShareForm
from reports.board.offered import NOTHING, Choices, offered
from reports.board.shelf import offer_of
from reports.models import ScenarioShare, StoredScenario
from reports.scenarios.kinds import VALUES
from reports.scenarios.labels import KINDS
from reports.scenarios.selectors import may_change, scenarios_for
from reports.scenarios.sentences import sentence
from reports.views.scope import UNPROCESSABLE, Scope, scope_of, user_of

_PAGE = "reports/scenario.html"


def row_for(request: HttpRequest, number: int, *, change: bool = False) -> StoredScenario:
    """A scenario that the reader may see, and change where that is asked.

    Raises:
        PermissionDenied: it may be seen and not changed.
    """
    row = get_object_or_404(scenarios_for(user_of(request)), pk=number)
    if row.organisation:
        note_shown(request, [row.organisation])
    if change and not may_change(user_of(request), row):
        raise PermissionDenied(refusal(Right.SIMULATE))
    return row


def shown(
    request: HttpRequest, row: StoredScenario, form: Form | None = None, **more: Any
) -> HttpResponse:
    """The page of a kept scenario, with a form that was refused."""
    page, offer = scope_of(request), offer_of(user_of(request), row, None)
    kind = getattr(form, "kind", request.GET.get("nature", ""))
    adding = form if isinstance(form, ChangeForm) else None
    if adding is None and kind in VALUES and offer.mine:
        adding = ChangeForm(kind, offered=offered_in(request, row, kind))
    context = page.context(
        row=row,
        offer=offer,
        changes=[(one, sentence(one, offer.scenario)) for one in offer.scenario.changes],
        kinds=[(code, KINDS[code]) for code in VALUES],
        adding=adding,
        copying=CopyForm(initial={"name": _("%s (copie)") % row.name}),
        sharing=ShareForm(row) if offer.mine else None,
        removing=ReasonForm(prefix="retrait"),
        shares=_shares(row) if offer.mine else (),
        federation=row.organisation_id is None,
        **more,
    )
    return render(request, _PAGE, context, status=UNPROCESSABLE if form else 200)


def offered_in(request: HttpRequest, row: StoredScenario, kind: str) -> Choices:
    """What a change may name, as it stands today; nothing where the years cannot be told."""
    day, user = scope_of(request).as_of, user_of(request)
    ground = ground_of(row.organisation, day, organisations_for(user))
    return offered(kind, ground) if ground else NOTHING


def _shares(row: StoredScenario) -> list[tuple[ScenarioShare, ReasonForm]]:
    """Whom a scenario is shared with, by name, the federation first; and the form that stops it."""
    rows = row.shares.select_related("organisation", "shared_by")
    ordered = sorted(rows, key=lambda one: one.organisation.name if one.organisation else "")
    return [(one, ReasonForm(prefix=of_share(one.pk))) for one in ordered]


def of_share(number: int) -> str:
    """The prefix of the form that stops a share."""
    return f"cesser-{number}"


def to_page(row: StoredScenario, page: Scope) -> HttpResponse:
    """Back to the page of a kept scenario."""
    return redirect(reverse("scenario", args=[row.pk]) + page.query)
