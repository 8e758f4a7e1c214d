"""The pages of scenarios: comparison, what moves it, why; the same for a service and for all."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from backoffice.federation.access import needs
from backoffice.federation.audit.looks import note_shown
from backoffice.federation.roles import Right
from reports.board import page as pages
from reports.board.change_forms import NewScenarioForm
from reports.board.choosing import asked_of, chosen
from reports.board.corrected import corrections
from reports.board.jobs import BOARD_NOTE, ask_federation_note, federation_note_path
from reports.board.lens import Lens, lens_of
from reports.board.shelf import SHELVES
from reports.board.swings import swings
from reports.charts import tornado
from reports.views.files import have_written
from reports.views.scope import Scope, scope_of, user_of

TOO_FEW = gettext_lazy("Trop peu de services : leurs chiffres se liraient.")
_COMPARISON = "reports/scenario_comparison.html"


def of_service(request: HttpRequest) -> tuple[Scope, Lens]:
    """A service looks at itself: its page and what its address asks."""
    page = scope_of(request)
    lens = lens_of(asked_of(request), user_of(request), page.own, page.as_of, page.carried)
    note_shown(request, lens.whose.organisations)
    return page, lens


def _federation(request: HttpRequest) -> tuple[Scope, Lens]:
    """The federation looks at the services that take part in its last collection."""
    page = scope_of(request)
    return page, lens_of(asked_of(request), user_of(request), None, page.as_of, page.carried)


@needs(Right.SEE)
@require_safe
def scenarios(request: HttpRequest) -> HttpResponse:
    """The scenarios that a service may take: its own, those shared with it, the library."""
    return _listed(request, *of_service(request))


@needs(Right.AGGREGATES)
@require_safe
def federation_scenarios(request: HttpRequest) -> HttpResponse:
    """The scenarios that the federation may take."""
    return _listed(request, *_federation(request))


def _listed(request: HttpRequest, page: Scope, lens: Lens) -> HttpResponse:
    shelves = [
        (title, [one for one in lens.offered if one.shelf == shelf])
        for shelf, title in SHELVES.items()
    ]
    may = lens.federation or Right.SIMULATE in page.rights
    creating = NewScenarioForm() if may else None
    context = page.context(lens=lens, shelves=shelves, creating=creating)
    return render(request, "reports/scenarios.html", context)


@needs(Right.SEE)
@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """Up to six scenarios of a service, side by side."""
    return _compared(request, *of_service(request))


@needs(Right.AGGREGATES)
@require_safe
def federation_comparison(request: HttpRequest) -> HttpResponse:
    """Up to six scenarios over the services of the federation, small cells hidden."""
    return _compared(request, *_federation(request))


@needs(Right.SEE)
@require_POST
def choices(request: HttpRequest) -> HttpResponse:
    """What is chosen for the scenarios of a service: a worker, a day."""
    return chosen(request, of_service(request)[1])


@needs(Right.AGGREGATES)
@require_POST
def federation_choices(request: HttpRequest) -> HttpResponse:
    """What is chosen for the scenarios of the federation."""
    return chosen(request, _federation(request)[1])


def _compared(request: HttpRequest, page: Scope, lens: Lens) -> HttpResponse:
    """The page, or the part of it that the sliders redraw."""
    if not lens.whose.organisations:
        return _refused(request, page, lens, _("Aucun service ne participe à une collecte."))
    if why := lens.lacking:
        return _refused(request, page, lens, why)
    if lens.too_few:
        return _refused(request, page, lens, TOO_FEW)
    part = "#redrawn" if request.headers.get("HX-Request") else ""
    context = pages.shown(lens, lens.reading())
    context["corrected"] = list(corrections(request.GET, lens))
    return render(request, _COMPARISON + part, page.context(**context))


def _refused(request: HttpRequest, page: Scope, lens: Lens, why: object) -> HttpResponse:
    return render(request, _COMPARISON, page.context(lens=lens, why=why))


@needs(Right.SEE)
@require_safe
def drivers(request: HttpRequest) -> HttpResponse:
    """What moves the own funds of a service."""
    return _drivers(request, *of_service(request))


@needs(Right.AGGREGATES)
@require_safe
def federation_drivers(request: HttpRequest) -> HttpResponse:
    """What moves the own funds of all services."""
    return _drivers(request, *_federation(request))


def _drivers(request: HttpRequest, page: Scope, lens: Lens) -> HttpResponse:
    if not lens.whose.organisations or lens.lacking or lens.too_few:
        raise Http404
    title = _("Ce qui fait bouger les fonds propres d'aujourd'hui")
    chart = tornado("tornade", title, swings(lens.base, lens.target, apart=not lens.federation))
    part = "#tornade" if request.headers.get("HX-Request") else ""
    context = page.context(lens=lens, chart=chart)
    return render(request, f"reports/scenario_drivers.html{part}", context)


@needs(Right.EXPORT)
@require_POST
def note(request: HttpRequest) -> HttpResponse:
    """Have the note for the board written: four pages."""
    page, lens = of_service(request)
    return have_written(request, page, BOARD_NOTE, {"format": "pdf"}, sealed=lens.sealed)


@needs(Right.AGGREGATES)
@require_POST
def federation_note(request: HttpRequest) -> HttpResponse:
    """Have the note on all services written."""
    _page, lens = _federation(request)
    job = ask_federation_note(lens.sealed, lens.horizon.as_of, by=user_of(request))
    return redirect(reverse("job", args=[job.pk]))


@needs(Right.AGGREGATES)
@require_safe
def federation_note_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """A note on all services, for the one who asked for it, while it is kept."""
    path = federation_note_path(number, by=user_of(request))
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
