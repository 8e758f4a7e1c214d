"""A move asked on the page of a justification; refused, the page keeps what was typed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.federation.access import needs
from backoffice.federation.jobs import AlreadyAsked
from backoffice.federation.models import Job
from backoffice.federation.roles import Right
from backoffice.federation.storing import FileRefused
from grants.models import Award
from reports.views.scope import Scope, award_address, scope_of, user_of
from reports.views.subsidies import justification_page
from reports.workflow.acts import ACTS, Act
from reports.workflow.moves import MOVES
from reports.workflow.steps import MoveRefused, Outcome, Step


def award_of(scope: Scope, reference: str) -> Award:
    """The award of the organisation looked at.

    Raises:
        Http404: it has none of that reference.
    """
    return get_object_or_404(scope.own.awards.select_related("organisation"), reference=reference)


@needs(Right.JUSTIFY)
@require_POST
def move(request: HttpRequest, reference: str, year: int, slug: str) -> HttpResponse:
    """Prepare, freeze, send, close, recover, correct or abandon a correction."""
    return _move(request, (reference, year), slug, Right.JUSTIFY)


@needs(Right.APPROVE)
@require_POST
def approve_move(request: HttpRequest, reference: str, year: int, slug: str) -> HttpResponse:
    """Approve or unlock."""
    return _move(request, (reference, year), slug, Right.APPROVE)


def _told(request: HttpRequest, act: Act, outcome: Outcome | Job, key: tuple[str, int]) -> str:
    """Where to go after a move, with what to say there."""
    if isinstance(outcome, Job):
        return reverse("job", args=[outcome.pk])
    if outcome.fell_back:
        messages.error(request, outcome.fell_back)
    else:
        messages.success(request, str(MOVES[act.move].done))
    return award_address(*key)


def _move(request: HttpRequest, key: tuple[str, int], slug: str, right: str) -> HttpResponse:
    scope, act = scope_of(request), ACTS.get(slug)
    if act is None or MOVES[act.move].right != right:
        raise Http404
    award = award_of(scope, key[0])
    form = act.form(request.POST, request.FILES, prefix=slug)
    seen = request.POST.get("seen", "")
    step = Step(award, key[1], user_of(request), seen, scope.as_of)
    if form.is_valid():
        try:
            outcome = act.apply(step, form.cleaned_data)
        except (MoveRefused, FileRefused) as error:
            form.add_error(None, str(error))
        except AlreadyAsked as error:
            messages.error(request, str(error))
            return redirect(reverse("job", args=[error.job.pk]) + scope.query)
        else:
            return redirect(_told(request, act, outcome, key) + scope.query)
    if form.files:
        form.add_error(None, _("Choisissez à nouveau le fichier avant de recommencer."))
    return justification_page(request, scope, key, tried={slug: form})
