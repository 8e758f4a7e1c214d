"""What the federation supposes: every value that was signed, and signing another."""

from collections import defaultdict
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.engine.money import times_one
from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from backoffice.web.templatetags.money import eur
from reports.board.assumption_forms import AssumptionForm
from reports.models import Assumption
from reports.scenarios.codes import EUR_A_YEAR, UNITS, code_of, spoken
from reports.scenarios.ready import library
from reports.scenarios.scenario import Source, references
from reports.scenarios.selectors import signed_assumptions
from reports.scenarios.services import ScenarioRefused, Signed, enter_assumption
from reports.scenarios.toml.values import exact
from reports.views.scope import UNPROCESSABLE, scope_of, user_of

_CENTS = 100


@needs(Right.READ, post=Right.FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def assumptions(request: HttpRequest) -> HttpResponse:
    """The assumptions, the last one of each code first; a deposit signs one."""
    form = AssumptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _signed(request, form):
        messages.success(request, _("L'hypothèse est signée ; la précédente reste à côté."))
        return redirect(reverse("assumptions") + scope_of(request).query)
    context = scope_of(request).context(form=form, lines=_lines(), lacking=_lacking())
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "reports/assumptions.html", context, status=status)


def _signed(request: HttpRequest, form: AssumptionForm) -> bool:
    chosen = form.cleaned_data
    words = (chosen[name] for name in ("value", "since", "source", "sentence"))
    try:
        enter_assumption(
            signed=Signed(form.code, *words), by=user_of(request), day=timezone.localdate()
        )
    except ScenarioRefused as error:
        form.add_error(None, str(error))
        return False
    return True


def _lines() -> list[tuple[Assumption, str, str, bool]]:
    """Each with its name, its value in words, and whether a later one of its day replaces it."""
    found, seen = [], set[tuple[str, date]]()
    for row in signed_assumptions():
        name, replaced = capfirst(spoken(row.code)), (row.code, row.since) in seen
        found.append((row, name, _value(row), replaced))
        seen.add((row.code, row.since))
    return found


def _lacking() -> list[tuple[str, list[str]]]:
    """What scenarios of the library need and nobody signed: its name, and the scenarios."""
    signed = {row.code for row in signed_assumptions()}
    found = defaultdict[str, list[str]](list)
    for scenario in library().values():
        for code in references(scenario, Source.ASSUMPTION):
            if code not in signed:
                found[code].append(scenario.titled(get_language() or "fr"))
    return sorted((capfirst(spoken(code)), users) for code, users in found.items())


def _value(row: Assumption) -> str:
    """An amount in euros; a rate as it was written, with the comma of both languages."""
    if UNITS[code_of(row.code).family] == EUR_A_YEAR:
        return eur(times_one(_CENTS, exact(row.value)))
    return row.value.replace(".", ",")
