"""The page of the best allocation of a year of a scenario: nothing is saved from there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backoffice.engine.periods import month_start
from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from backoffice.web.templatetags.money import eur, month_words
from reports.board.explaining import side_of
from reports.board.lens import Lens
from reports.board.note import MARKS
from reports.board.reading import side_names
from reports.board.views import of_service
from reports.grid.views import years_shown
from reports.optimum.certified import AwardShare
from reports.optimum.forecast import Forecast, forecast_of
from reports.optimum.sentences import limits, proof
from reports.scenarios.comparing import Comparison
from reports.scenarios.labels import STATUSES
from reports.scenarios.scenario import is_calculated
from reports.views.scope import Scope


@dataclass(frozen=True)
class Doubt:
    """What an amount rests on: a letter beside it, none where it is confirmed, and its words."""

    letter: str
    words: str


@needs(Right.SEE)
@require_safe
def scenario_optimum(request: HttpRequest) -> HttpResponse:
    """The best allocation of a year of the horizon, today or under a scenario."""
    page, lens = of_service(request)
    if lens.lacking:
        raise Http404
    written = request.GET.get("cote", "0"), request.GET.get("annee") or str(lens.horizon.first)
    if not all(one.isdecimal() and len(one) <= 4 for one in written):  # noqa: PLR2004
        raise Http404
    side, year = map(int, written)
    found = lens.comparison()
    if side > len(found.outcomes) or year not in _years(lens) or not _counts(found, side):
        raise Http404
    context = _shown(page, lens, found, (side, year))
    return render(request, "reports/scenario_optimum.html", page.context(**context))


def _shown(page: Scope, lens: Lens, found: Comparison, asked: tuple[int, int]) -> dict[str, Any]:
    side, year = asked
    best = forecast_of(found.base, side_of(found, side)[0], year)
    known = not side and len(lens.whose.organisations) == 1 and year in years_shown(page)
    return {
        "lens": lens,
        "side": side,
        "side_name": side_names([one.scenario for one in found.outcomes])[side],
        "refused": found.outcomes[side - 1].refused if side else (),
        "year": year,
        "years": [
            (one, lens.address("scenario_optimum", cote=side, annee=one)) for one in _years(lens)
        ],
        "found": best,
        "doubt": _doubt(best.doubt),
        "awards": list(_awards(best)),
        "letters": [(letter, STATUSES[code]) for code, letter in MARKS.items()],
        "about": list(_about(best, year)),
        "proof": list(proof(best)),
        "limits": list(limits(best)),
        "grid": reverse("optimum", args=[year]) + page.query if known else "",
    }


def _years(lens: Lens) -> range:
    return range(lens.horizon.first, lens.horizon.last + 1)


def _counts(found: Comparison, side: int) -> bool:
    """Whether a side is calculated: its choices are made, and one of its changes counts."""
    if not side:
        return True
    outcome = found.outcomes[side - 1]
    return is_calculated(outcome.scenario, outcome.uncounted)


def _doubt(code: str) -> Doubt:
    return Doubt(MARKS.get(code, ""), STATUSES[code])


def _awards(best: Forecast) -> Iterator[tuple[AwardShare, Doubt]]:
    for award, code in zip(best.awards, best.doubts, strict=True):
        yield award, _doubt(code)


def _about(best: Forecast, year: int) -> Iterator[str]:
    """What the year is made of, and what was done of hours that no longer fit."""
    if best.known_until <= year * 12:
        yield _("Aucun mois de %(year)s n'a encore de paie : tous sont projetés.") % {"year": year}
    elif best.known_until < (year + 1) * 12:
        month = month_words(month_start(best.known_until - 1))
        yield _("Paie réelle jusqu'en %(month)s ; les mois suivants sont projetés.") % {
            "month": month
        }
    else:
        yield _("Tous les mois de %(year)s ont leur paie.") % {"year": year}
    if best.squeezed:
        words = _(
            "Mois de travailleurs dont les heures dépassent le contrat sous ce scénario : %d. "
            "Elles sont d'abord ramenées au contrat, en proportion."
        )
        yield words % best.squeezed
        if best.carried != best.today:
            yield _(
                "La comparaison de scénarios les laisse telles quelles et compte %(amount)s sur "
                "ces subventions : une partie y porterait deux fois les mêmes heures."
            ) % {"amount": eur(best.carried)}
