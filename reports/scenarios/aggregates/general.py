"""Which changes an aggregate takes as they are written: of everybody, in figures nobody can sweep.

An amount that somebody chooses freely is a probe: of two scenarios whose least differs by one, the
difference is what the one service between them has. So free amounts are those of the library,
which are published; rates are round, and not written twice so that they multiply into finer ones.
"""

from collections.abc import Hashable, Iterable, Sequence
from fractions import Fraction

from backoffice.engine.phrases import Phrase
from backoffice.engine.scenario.patch import Patch, Value
from backoffice.federation.vocabulary import ApprovalKind
from reports.scenarios.assumed import PRICES, Assumptions, filled_in
from reports.scenarios.ready import library

_EVERYBODY = "*"
_FREE = {
    "award": {"granted", "add", "least", "fte"},
    "figure": {"set", "add"},
    "index": {"capped_above"},
    "post": {"least"},
}
"""Amounts against which each service, post or pay is measured alone."""
_STEPS = {"factor": 100, "successor": 100, "capped": 100, "path": 1000, "indexed_by": 1000}
"""How finely a rate may be written: hundredths, or thousandths for those of a year."""
_PRICED = {*PRICES, "funder", "regime"}
Published = frozenset[Hashable]


def published(assumptions: Assumptions) -> Published:
    """What the library changes, with what the federation signed, whatever the day and the price."""
    return frozenset(
        _what(patch)
        for scenario in library().values()
        for patch in filled_in(scenario, assumptions).patches
    )


def refused(patch: Patch, kept: Iterable[Patch], known: Published) -> str:
    """Why a change is not taken, as a sentence; empty where it is."""
    if not _is_general(patch):
        return few_only(patch)
    if _what(patch) in known:
        return ""
    if patch.values.keys() & _FREE.get(patch.kind, set()):
        return _swept(patch)
    if not all(_is_round(name, value) for name, value in patch.values.items()):
        return _too_fine(patch)
    others = [one for one in kept if _what(one) not in known]
    return _twice(patch) if _is_rate(patch) and _meets(patch, others) else ""


def few_only(patch: Patch) -> str:
    """A change that concerns some services alone."""
    return Phrase(
        "Modification n° %(number)s : elle ne touche que quelques services ; sans leur accord, un "
        "chiffre agrégé les ferait reconnaître. Visez un régime ou un type de service entier.",
        number=patch.number,
    )


def _swept(patch: Patch) -> str:
    return Phrase(
        "Modification n° %(number)s : un montant ou un seuil choisi librement ferait lire, par "
        "différence, le chiffre d'un seul service. Prenez celui d'un scénario de la "
        "bibliothèque, ou un facteur en pour cent entiers.",
        number=patch.number,
    )


def _too_fine(patch: Patch) -> str:
    return Phrase(
        "Modification n° %(number)s : pour plusieurs services, un facteur s'écrit en pour cent "
        "entiers et un taux annuel au dixième de pour cent. Arrondissez-le.",
        number=patch.number,
    )


def _twice(patch: Patch) -> str:
    return Phrase(
        "Modification n° %(number)s : un taux porte déjà sur la même chose ; pour plusieurs "
        "services, écrivez-en un seul.",
        number=patch.number,
    )


def _is_general(patch: Patch) -> bool:
    """Whether it names a scheme, a type of service, a figure or all, and nobody."""
    if patch.kind in {"worker", "merge"}:
        return False
    if patch.kind in {"award", "pay_date"}:
        return patch.target == _EVERYBODY or patch.target.startswith("scheme:")
    if patch.kind == "post":
        return patch.target in {_EVERYBODY, *ApprovalKind.values}
    return True


def _what(patch: Patch) -> Hashable:
    """What it changes and by how much; not when, and not what a post costs."""
    values = {name: value for name, value in patch.values.items() if name not in _PRICED}
    return patch.kind, patch.target, frozenset(values.items())


def _is_round(name: str, value: Value) -> bool:
    if name not in _STEPS or isinstance(value, str):
        return True
    return isinstance(value, int | Fraction) and (value * _STEPS[name]) % 1 == 0


def _is_rate(patch: Patch) -> bool:
    return bool(patch.values.keys() & _STEPS.keys())


def _meets(patch: Patch, others: Sequence[Patch]) -> bool:
    """Whether another rate of the same kind may bear on the same thing."""
    alike = [one for one in others if one.kind == patch.kind and _is_rate(one)]
    return any(
        one.target == patch.target or _EVERYBODY in one.target + patch.target for one in alike
    )
