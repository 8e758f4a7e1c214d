"""A comparison as JSON: amounts in EUR as texts with two decimals, days ISO, months "YYYY-MM"."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from backoffice.engine import money
from backoffice.engine.periods import month_text
from backoffice.engine.scenario.patch import Value
from reports.scenarios.assumed import Assumed
from reports.scenarios.comparing import Comparison, Outcome
from reports.scenarios.figures import DOUBTS, EUR, Figure
from reports.scenarios.labels import figure_label
from reports.scenarios.provisions import Levels, Provision, changes_of, provisions_of
from reports.scenarios.scenario import is_calculated

FORMAT, FORMAT_VERSION = "scenario_comparison", 1
_MONTHS = 12
_HUNDREDTHS = 100


def render_json(found: Comparison) -> bytes:
    """The comparison, then the digest of all the rest."""
    document = content_of(found)
    document["digest"] = digest_of(document)
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def digest_of(document: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a comparison."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def content_of(found: Comparison) -> dict[str, Any]:
    """All of a comparison, without its digest."""
    base = found.base
    horizon, scope = base.horizon, base.scope
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "as_of": horizon.as_of.isoformat(),
        "demo": any(one.is_demo for one in scope.organisations),
        "scope": {"target": scope.target, "name": scope.name},
        "years": [horizon.first, horizon.last],
        "baseline": {"notes": list(found.notes), "assumptions": list(map(_assumed, base.paths))},
        "scenarios": [_outcome(found, one) for one in found.outcomes],
    }


def _outcome(found: Comparison, one: Outcome) -> dict[str, Any]:
    scenario = one.scenario
    return {
        "name": scenario.name,
        "label": dict(scenario.label),
        "description": dict(scenario.description),
        "source": dict(scenario.source),
        "parameters": {code: given.value for code, given in scenario.parameters.items()},
        "patches": [
            {
                "number": patch.number,
                "kind": patch.kind,
                "target": patch.target,
                "from": patch.since.isoformat(),
                "values": {name: plain(value) for name, value in patch.values.items()},
            }
            for patch in one.filled.patches
        ],
        "calculated": is_calculated(scenario, one.uncounted),
        "not_counted": list(one.uncounted),
        "refused": list(one.refused),
        "overridden": list(one.overridden),
        "notes": list(one.notes),
        "assumptions": list(map(_assumed, one.filled.used)),
        "figures": [_figure(figure, found.base.facts.first) for figure in one.figures],
        "holiday_provisions": [
            _provision(each, found.base.horizon.first) for each in provisions_of(found, one)
        ],
    }


def _provision(one: Provision, first: int) -> dict[str, Any]:
    """Levels on 31 December and their change in the year, today and under the scenario."""
    sides = ("baseline", one.baseline), ("scenario", one.scenario)
    told = {
        name: zip(_texts(levels), _texts(changes_of(levels)), strict=True) for name, levels in sides
    }
    return {
        "employer": one.employer,
        "unit": EUR,
        "years": [
            {
                "year": first + place,
                "baseline": {"level": today[0], "change": today[1]},
                "scenario": {"level": then[0], "change": then[1]},
                "status": "missing" if None in (today[0], then[0]) else one.doubts[place],
            }
            for place, (today, then) in enumerate(zip(*told.values(), strict=True))
        ],
    }


def _texts(levels: Levels) -> list[str | None]:
    return [None if cents is None else money.text(cents) for cents in levels]


def _figure(figure: Figure, first: int) -> dict[str, Any]:
    return {
        "code": figure.code,
        "label": figure_label(figure.code),
        "unit": figure.unit,
        "months": list(_cells(figure, "month", [month_text(first + k) for k in _places(figure)])),
        "years": list(
            _cells(figure.years, "year", [first // _MONTHS + k for k in _places(figure.years)])
        ),
    }


def _places(figure: Figure) -> range:
    return range(len(figure.baseline))


def _cells(figure: Figure, name: str, at: list[Any]) -> Iterator[dict[str, Any]]:
    months = _MONTHS if name == "year" else 1
    for place, when in enumerate(at):
        sides = [int(side[place]) for side in (figure.baseline, figure.scenario)]
        baseline, scenario = (shown(figure.unit, value, months) for value in sides)
        yield {
            name: when,
            "baseline": money.text(baseline),
            "scenario": money.text(scenario),
            "delta": money.text(scenario - baseline),
            "status": DOUBTS[int(figure.status[place])],
        }


def shown(unit: str, value: int, months: int = 1) -> int:
    """Hundredths of what is shown: cents as they are, FTE of a month or FTE-years of twelve."""
    return value if unit == EUR else money.round_ratio(value, _HUNDREDTHS * months)


def plain(value: Value) -> Any:
    """A value of a patch without any float."""
    if isinstance(value, date):
        return value.isoformat()
    return number(value) if isinstance(value, Fraction) else value


def number(value: Fraction) -> str:
    """A whole number or one of two decimals as it is written; else the fraction, exact."""
    hundredths = value * _HUNDREDTHS
    if value.denominator == 1 or hundredths.denominator != 1:
        return str(value)
    return money.text(int(hundredths))


def _assumed(one: Assumed) -> dict[str, str]:
    return {
        "code": one.code,
        "value": number(one.value),
        "since": one.since.isoformat(),
        "author": one.author,
        "signed_on": one.signed_on.isoformat(),
        "source": one.source,
        "sentence": one.sentence,
    }
