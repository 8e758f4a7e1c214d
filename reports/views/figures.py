"""The reference values: doubtful ones, one figure, filling it in, and « verified today »."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backoffice.engine.figures import Figure, FigureValue
from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from backoffice.federation.selectors import entries_of
from backoffice.federation.services import fill_figure, verify_figure
from grants.forms import FigureFillForm
from grants.selectors import figures_registry
from reports.pages.figures import doubtful_page, lines_of
from reports.views.scope import UNPROCESSABLE, scope_of, user_of


@needs(Right.READ)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The doubtful values of today."""
    scope = scope_of(request)
    found = doubtful_page(figures_registry(), timezone.localdate(), request.GET)
    context = scope.context(found=found)
    return render(request, "reports/figures.html", context)


@needs(Right.READ, post=Right.FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """One figure; a deposit fills in a value of it."""
    found, today = _figure_or_404(code), timezone.localdate()
    form = FigureFillForm(code, request.POST or None, initial={"verified_on": today})
    if request.method == "POST" and form.is_valid():
        fill_figure(form.save(commit=False), by=user_of(request))
        messages.success(request, _("La valeur est enregistrée."))
        return redirect(_address(request, code))
    context = scope_of(request).context(
        figure=found,
        lines=lines_of(found, today, entries_of(code)),
        form=form,
    )
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "reports/figure.html", context, status=status)


@needs(Right.FIGURES)
@require_POST
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """A value was compared with its source today, and stands as the user read it.

    Raises:
        Http404: the figure has no such value.
    """
    value = _value_or_404(_figure_or_404(code), request)
    if value.text != request.POST.get("text"):
        words = _("La valeur du %(day)s a changé entre-temps : relisez-la, puis confirmez.")
        messages.error(request, words % {"day": f"{value.since:%d/%m/%Y}"})
    else:
        verify_figure(code=code, value=value, on=timezone.localdate(), by=user_of(request))
        messages.success(request, _("La vérification d'aujourd'hui est enregistrée."))
    return redirect(_address(request, code))


def _figure_or_404(code: str) -> Figure:
    registry = figures_registry()
    if code not in registry:
        raise Http404
    return registry[code]


def _value_or_404(found: Figure, request: HttpRequest) -> FigureValue:
    since, decided = (_day(request.POST.get(name, "")) for name in ("since", "decided"))
    for value in found.values:
        if (value.since, value.decided) == (since, decided):
            return value
    raise Http404


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _address(request: HttpRequest, code: str) -> str:
    return reverse("figure", args=[code]) + scope_of(request).query
