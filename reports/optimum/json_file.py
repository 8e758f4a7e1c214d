"""The best allocation of each year of a comparison as JSON: amounts in EUR as texts, months ISO."""

import json
from collections.abc import Iterator
from typing import Any

from backoffice.engine import money
from backoffice.engine.periods import month_text
from backoffice.engine.scenario.run import Run
from reports.optimum.forecast import Forecast, Move, forecast_of
from reports.optimum.sentences import limits, proof
from reports.scenarios.comparing import Comparison
from reports.scenarios.scenario import is_calculated

FORMAT, FORMAT_VERSION = "best_allocation", 1


def render_best(found: Comparison) -> bytes:
    """What stands today, then each scenario that is calculated, year by year; of one employer."""
    base = found.base
    document = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "as_of": base.horizon.as_of.isoformat(),
        "demo": any(one.is_demo for one in base.scope.organisations),
        "scope": {"target": base.scope.target, "name": base.scope.name},
        "sides": [
            {
                "scenario": name,
                "years": [
                    _year(year, forecast_of(base, run, year))
                    for year in range(base.horizon.first, base.horizon.last + 1)
                ],
            }
            for name, run in _sides(found)
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _sides(found: Comparison) -> Iterator[tuple[str | None, Run]]:
    yield None, found.base.run
    for one in found.outcomes:
        if is_calculated(one.scenario, one.uncounted):
            yield one.scenario.name, one.run


def _year(year: int, best: Forecast) -> dict[str, Any]:
    own = best.own_funds
    return {
        "year": year,
        "status": best.doubt,
        "granted": money.text(best.granted),
        "today": money.text(best.today),
        "proposed": money.text(best.proposed),
        "bound": money.text(best.bound),
        "never_justified": money.text(best.structural),
        "own_funds": None if own is None else [money.text(one) for one in own],
        "brought_down": best.squeezed,
        "proof": list(proof(best)),
        "limits": [{"award": award, "sentences": told} for award, told in limits(best)],
        "awards": [
            {
                "reference": one.reference,
                "status": status,
                "moves": one.moves,
                "granted": _text(one.granted),
                "today": _text(one.today),
                "proposed": _text(one.proposed),
            }
            for one, status in zip(best.awards, best.doubts, strict=True)
        ],
        "moves": list(map(_move, best.moves)),
    }


def _move(one: Move) -> dict[str, Any]:
    return {
        "worker": one.number,
        "first": month_text(one.first),
        "last": month_text(one.last),
        "gain": money.text(one.gain),
        "changes": [
            {"award": each.award, "post": each.post, "before": each.before, "after": each.after}
            for each in one.changes
        ],
    }


def _text(cents: int | None) -> str | None:
    return None if cents is None else money.text(cents)
