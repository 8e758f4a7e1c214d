"""The page of the best allocation of a year, and its lines that are accepted or taken back."""

import json
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.grid.answers import places_of
from reports.grid.asking import Asked
from reports.grid.drafting import UnknownCell
from reports.grid.places import Places
from reports.grid.saving import CellsRefused, ChangedMeanwhile, ReasonMissing, save
from reports.grid.views import years_shown
from reports.optimum.forms import AcceptForm
from reports.optimum.missing import missing_in
from reports.optimum.proposal import edits_in, proposal_of, settled_with
from reports.optimum.sentences import limits, proof
from reports.optimum.undo import accepting, kept_undo
from reports.views.scope import YEARS, Scope, scope_of, user_of
from staffing.services.allocation import AllocationMoved

_PAGE = "reports/optimum.html"


@needs(Right.SEE)
@require_safe
def optimum(request: HttpRequest, year: int) -> HttpResponse:
    """The best allocation of a year, as it is saved at this moment."""
    scope = scope_of(request)
    if year not in YEARS:
        raise Http404
    if missing := list(missing_in(scope, year)):
        context = scope.context(missing=missing, year=year, years=years_shown(scope))
        return render(request, "reports/optimum_missing.html", context)
    return _page(request, scope, places_of(scope.own, year, scope.as_of), AcceptForm())


@needs(Right.EDIT)
@require_POST
def accept_optimum(request: HttpRequest, year: int) -> HttpResponse:
    """Save the lines ticked as the grid saves, or only tell what they would give together."""
    scope = scope_of(request)
    places, form = _places(scope, year), AcceptForm(request.POST)
    if "essai" in request.POST:
        return _page(request, scope, places, form)
    if form.is_valid():
        asked = form.asked()
        try:
            with accepting(user_of(request)):
                count = save(places, asked, user_of(request))
        except UnknownCell as error:
            raise Http404 from error
        except CellsRefused as error:
            for problem in error.problems:
                form.add_error(None, problem.message)
        except (ChangedMeanwhile, AllocationMoved):
            form.add_error(None, _changed_meanwhile())
        else:
            said = ngettext("%d mois enregistré.", "%d mois enregistrés.", count) % count
            messages.success(request, said)
            return redirect(reverse("optimum", args=[year]) + scope.query)
    return _page(request, scope, places, form)


@needs(Right.EDIT)
@require_POST
def undo_optimum(request: HttpRequest, year: int) -> HttpResponse:
    """Put back what the last acceptance replaced, where nobody changed it since."""
    scope = scope_of(request)
    places = _places(scope, year)
    undo = kept_undo(places)
    if undo is None:
        raise Http404
    reason = _("Acceptation de la meilleure répartition annulée")
    try:
        save(places, Asked(undo.edits, undo.versions, {}, reason), user_of(request))
    except (CellsRefused, ChangedMeanwhile, AllocationMoved, ReasonMissing):
        messages.error(request, _changed_meanwhile())
    else:
        messages.success(request, _("La répartition d'avant est de retour."))
    return redirect(reverse("optimum", args=[year]) + scope.query)


def _page(request: HttpRequest, scope: Scope, places: Places, form: AcceptForm) -> HttpResponse:
    found = proposal_of(places)
    known = [line.value for line in found.lines]
    sent = form.sent if form.is_bound else known
    ticked = [value for value in known if value in sent]
    workers = {edit.worker for line in found.lines for edit in line.edits}
    year, refused = places.facts.year, form.is_bound and "essai" not in request.POST
    together = None
    if form.is_bound:
        together = settled_with(places, found.asked, tuple(edits_in(ticked)))
    context = scope.context(
        found=found,
        proof=list(proof(found)),
        limits=list(limits(found)),
        ticked=ticked,
        together=together,
        together_more=None if together is None else together - found.today,
        versions=json.dumps({worker: places.version(worker) for worker in workers}),
        form=form,
        refused=refused,
        undo=kept_undo(places) if "edit" in scope.rights else None,
        year=year,
        years=years_shown(scope),
        editable="edit" in scope.rights,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, _PAGE, context, status=status)


def _changed_meanwhile() -> str:
    return _(
        "L'année de ces travailleurs a changé depuis que la page l'a lue : rien n'est enregistré. "
        "Relisez la proposition ci-dessous, calculée sur l'année d'aujourd'hui."
    )


def _places(scope: Scope, year: int) -> Places:
    if not scope.organisation or year not in years_shown(scope):
        raise Http404
    return places_of(scope.own, year, scope.as_of)
