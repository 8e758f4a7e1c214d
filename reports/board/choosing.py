"""What a reader chooses for a scenario, a worker perhaps: sent and kept, never in an address."""

from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from reports.board.lens import CHOSEN, Lens
from reports.search.words import keep, kept

_PLACE, _NUMBER, _LONGEST = "scenario_choices", "choix", 60


def asked_of(request: HttpRequest) -> QueryDict:
    """What the address asks, with the choices that the session holds under its number."""
    asked = request.GET.copy()
    for key in [one for one in asked if one.startswith(CHOSEN)]:
        del asked[key]
    for key, value in parse_qsl(kept(request.session, asked.get(_NUMBER, ""), _PLACE) or ""):
        asked[key] = value
    return asked


def chosen(request: HttpRequest, lens: Lens) -> HttpResponse:
    """Keep what was sent, and show the comparison under its number."""
    sent = {CHOSEN + one.code: request.POST.get(CHOSEN + one.code, "") for one in lens.asked}
    number = keep(
        request.session,
        urlencode({key: value.strip()[:_LONGEST] for key, value in sent.items()}),
        _PLACE,
    )
    return redirect(lens.address("scenario_comparison", **{_NUMBER: number}))
