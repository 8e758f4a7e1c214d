"""What a change may name: the awards, workers, regimes and values at hand, as they stand today."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.award_years import PER_FTE
from backoffice.engine.scenario.patches.figures import OF_EMPLOYER, RATES
from backoffice.federation.vocabulary import ApprovalKind
from backoffice.web.templatetags.money import DASH, eur, hours
from grants.pack import AUTHORITIES
from grants.scheme import schemes
from reports.scenarios.labels import funder_name, regime_name
from reports.scenarios.targets import EVERY, scheme_name, value_label
from reports.templatetags.dossier import value_text

Choice = tuple[str, str]
Choices = Mapping[str, tuple[Choice, ...]]
"""By field of a change, what may be chosen: as the scenario writes it, as people read it."""

NOTHING: Choices = MappingProxyType({})


@dataclass(frozen=True)
class Ground:
    """What stands on a day; `names` are the employers that the reader may name, by number.

    Without `alone` it is that of the federation: no award and no worker is named.
    """

    facts: Facts
    day: date
    names: Mapping[str, str]
    alone: bool = True


def offered(kind: str, at: Ground) -> Choices:
    """What a change of a kind may name, in its target and in its values."""
    found: dict[str, Iterable[Choice]] = {"target": _TARGETS[kind](at)}
    regimes = _regimes(at)
    found |= {"regime": regimes, "indexed_by": regimes, "funder": _funders()}
    scales = sorted(set(at.facts.names.scales))
    found["scale"] = _same(scale for scale, _column in scales)
    found["column"] = _same(column for _scale, column in scales if column)
    found["into"] = _employers(at)
    return MappingProxyType({name: tuple(choices) for name, choices in found.items()})


def _same(words: Iterable[str]) -> list[Choice]:
    return [(one, one) for one in dict.fromkeys(words)]


def _awards(at: Ground) -> list[Choice]:
    """All, those of a scheme, each: with what it grants in the year of the day."""
    found = [(EVERY, _("Toutes les subventions"))]
    found += [(f"scheme:{code}", name) for code, name in _schemes(at)]
    if not at.alone:
        return found
    names, years = at.facts.names, at.facts.years
    for place, (reference, label) in enumerate(zip(names.awards, names.award_labels, strict=True)):
        rows = np.flatnonzero((years.award == place) & (years.year == at.day.year))
        granted = [int(one) for one in years.granted[rows] if one >= 0]
        words = {"reference": label or reference, "year": at.day.year}
        words["amount"] = eur(sum(granted)) if granted else DASH
        found.append((reference, _("%(reference)s : %(amount)s en %(year)s") % words))
    return found


def _schemes(at: Ground) -> list[Choice]:
    """The schemes under which there is an award; for the federation, every one."""
    codes = set(at.facts.names.award_schemes) if at.alone else set(schemes())
    return sorted(((code, scheme_name(code)) for code in codes), key=lambda one: one[1])


def _figures(at: Ground) -> list[Choice]:
    """The values by which something here is calculated, with the one in force."""
    years = at.facts.years
    rated = np.unique(years.award[years.shape == PER_FTE[1]]).tolist()
    codes = {f"{at.facts.names.award_schemes[award]}.{RATES}" for award in rated}
    codes |= {*OF_EMPLOYER, *years.codes, *years.head_codes}
    each = [(code, f"{value_label(code)} ({_in_force(at, code)})") for code in codes if code]
    whole = sorted({code.partition(".")[0] for code in years.codes if "." in code})
    every = [(f"{one}.{EVERY}", _("Tous les montants « %s »") % scheme_name(one)) for one in whole]
    return [*sorted(each, key=lambda one: one[1]), *every]


def _in_force(at: Ground, code: str) -> str:
    """The value of the day with its unit."""
    try:
        value = at.facts.figures.on(code, at.day)
    except FigureNotDefined:
        return _("valeur inconnue")
    return value_text(value.text, at.facts.figures[code].unit)


def _regimes(at: Ground) -> list[Choice]:
    return [(code, capfirst(regime_name(code))) for code in at.facts.index.regimes]


def _workers(at: Ground) -> list[Choice]:
    """Each by number, with the hours of the contracts of the day: no name is shown here."""
    lines, day = at.facts.contracts, at.day.toordinal()
    found = []
    for place, number in enumerate(at.facts.names.workers if at.alone else ()):
        rows = (lines.worker == place) & (lines.start <= day) & (lines.stop > day)
        words = {"number": number, "hours": hours(int(lines.hours[rows].sum()))}
        text = _("%(number)s : %(hours)s h par semaine") if rows.any() else "%(number)s"
        found.append((number, text % words))
    return found


def _services(at: Ground) -> list[Choice]:
    """All, a type of service, an employer."""
    kinds = sorted(set(at.facts.names.approval_kinds)) if at.alone else ApprovalKind.values
    labels = dict(ApprovalKind.choices)
    found = [(EVERY, _("Tous les services"))]
    found += [(kind, str(labels.get(kind, kind))) for kind in kinds]
    return [*found, *(_here(at) if at.alone else ())]


def _here(at: Ground) -> list[Choice]:
    return [(number, at.names.get(number, number)) for number in at.facts.names.employers]


def _employers(at: Ground) -> list[Choice]:
    return sorted(at.names.items(), key=lambda one: one[1])


def _funders() -> list[Choice]:
    return [(code, funder_name(code)) for code in AUTHORITIES]


_TARGETS: Mapping[str, Callable[[Ground], list[Choice]]] = MappingProxyType(
    {
        "award": _awards,
        "pay_date": _awards,
        "scheme": _schemes,
        "figure": _figures,
        "index": lambda at: [(EVERY, _("Tous les régimes")), *_regimes(at)],
        "worker": _workers,
        "post": _services,
        "merge": _employers,
    }
)
