"""The page of a figure: its months, then what each month sums, down to the article."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from backoffice.federation.access import needs
from backoffice.federation.roles import Right
from reports.board.explained_year import Texts, Year, texts_of, year_of
from reports.board.explaining import worker_month
from reports.board.lens import Lens
from reports.board.parts import parts_of, total_of
from reports.board.reading import side_names
from reports.board.views import of_service
from reports.scenarios.comparing import Comparison

_MONTHS = 12


@dataclass(frozen=True)
class Asked:
    """What an address asks to explain: a figure of a side (0 today) in a month, and a worker."""

    figure: str
    side: int
    at: int
    line: int | None

    @property
    def year(self) -> int:
        """The civil year of the month."""
        return self.at // _MONTHS

    def address(self, lens: Lens, at: int, line: int | None = None) -> str:
        """Another month of the same figure, or a worker of it."""
        more = {} if line is None else {"ligne": line}
        kept = {"figure": self.figure, "cote": self.side, "annee": self.year}
        return lens.address("scenario_explanation", **kept, mois=at, **more)


@needs(Right.SEE)
@require_safe
def explanation(request: HttpRequest) -> HttpResponse:
    """A figure, down to the month, the worker and the article."""
    page, lens = of_service(request)
    if lens.lacking:
        raise Http404
    asked = _asked(request, lens)
    try:
        context = _shown(lens.comparison(), lens, asked)
    except LookupError:
        raise Http404 from None
    return render(request, "reports/scenario_explanation.html", page.context(**context))


def _shown(found: Comparison, lens: Lens, asked: Asked) -> dict[str, Any]:
    """The context of the page.

    Raises:
        LookupError: there is no such figure, side or worker.
    """
    names = side_names([one.scenario for one in found.outcomes])
    year = year_of(found, asked.side, asked.figure, asked.year)
    parts = parts_of(found, asked.side, asked.figure, asked.at)
    told = None
    if asked.line is not None:
        told = worker_month(found, asked.side, asked.at, asked.line)
    unit = found.outcomes[max(asked.side, 1) - 1].figure(asked.figure).unit
    return {
        "lens": lens,
        "side": asked.side,
        "side_name": names[asked.side],
        "kind": asked.figure.partition(".")[0],
        "year": year,
        "explanation": told,
        "at": asked.at,
        "months": list(_months(year, lens, asked)),
        "parts": [
            (
                one,
                texts_of(one.today, one.amount, unit),
                "" if one.line is None else asked.address(lens, asked.at, one.line),
            )
            for one in parts
        ],
        "whole": texts_of(*total_of(parts), unit),
    }


def _months(year: Year, lens: Lens, asked: Asked) -> Iterator[tuple[int, Texts, str]]:
    for at, texts in year.months:
        yield at, texts, asked.address(lens, at)


def _asked(request: HttpRequest, lens: Lens) -> Asked:
    """What the address asks; the first month of the year without one."""
    written = request.GET
    year = _number(written.get("annee") or str(lens.horizon.first))
    at = _number(written.get("mois") or str(year * _MONTHS))
    if not lens.horizon.first <= year <= lens.horizon.last or at // _MONTHS != year:
        raise Http404
    line = _number(written["ligne"]) if written.get("ligne") else None
    figure = written.get("figure") or "own_funds"
    return Asked(figure, _number(written.get("cote") or "0"), at, line)


def _number(written: str) -> int:
    if not written.isdecimal() or len(written) > 6:  # noqa: PLR2004
        raise Http404
    return int(written)
