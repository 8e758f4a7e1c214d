"""Why a scenario changes nothing here, where it does not: a silent zero would read as an answer."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
from django.utils.translation import ngettext

from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.patches import apply_patches
from reports.scenarios.figures import Figure
from reports.scenarios.labels import numbers_text

_Reason = Callable[[int], str]
"""A sentence on so many changes, with a blank for their numbers."""


def why_nothing(
    facts: Facts, patches: Iterable[Patch], figures: Iterable[Figure]
) -> tuple[str, ...]:
    """A sentence on each change that counts, where no figure moves; a merger tells its own.

    Args:
        facts: those of the baseline.
        patches: the changes that were applied.
        figures: the comparison.
    """
    if any(one.delta.any() for one in figures):
        return ()
    return tuple(_sentences(facts, patches))


def _sentences(facts: Facts, patches: Iterable[Patch]) -> Iterator[str]:
    """One for all the changes of which the same is to be said."""
    now = facts
    alike: dict[_Reason, list[int]] = {}
    for patch in patches:
        before, now = now, apply_patches(now, [patch]).facts
        if patch.kind != "merge":
            alike.setdefault(_why(before, now, patch), []).append(patch.number)
    for why, numbers in alike.items():
        yield why(len(numbers)) % {"numbers": numbers_text(numbers)}


def _why(before: Facts, now: Facts, patch: Patch) -> _Reason:
    if patch.kind == "pay_date":
        return _moves_payments
    if patch.kind == "worker" or _same(before, now):  # its contract is cut in two, and goes on
        return _planned
    return _reaches_nothing


def _moves_payments(count: int) -> str:
    return ngettext(
        "Modification n° %(numbers)s : elle déplace des paiements et ne change aucun coût ; son "
        "effet se lit dans la trésorerie.",
        "Modifications n° %(numbers)s : elles déplacent des paiements et ne changent aucun coût ; "
        "leur effet se lit dans la trésorerie.",
        count,
    )


def _planned(count: int) -> str:
    return ngettext(
        "Modification n° %(numbers)s : ce qu'elle demande est déjà ce qui est prévu ici sans elle.",
        "Modifications n° %(numbers)s : ce qu'elles demandent est déjà ce qui est prévu ici sans "
        "elles.",
        count,
    )


def _reaches_nothing(count: int) -> str:
    return ngettext(
        "Modification n° %(numbers)s : rien de ce qui est payé ici n'en dépend ; les coûts "
        "présentés n'atteignent pas les montants qu'elle change, ou personne n'y est affecté.",
        "Modifications n° %(numbers)s : rien de ce qui est payé ici n'en dépend ; les coûts "
        "présentés n'atteignent pas les montants qu'elles changent, ou personne n'y est affecté.",
        count,
    )


def _same(one: Any, two: Any) -> bool:
    """Whether two facts say the same, however deep."""
    if one is two:
        return True
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, two))
    if isinstance(one, Mapping):
        return one.keys() == two.keys() and all(_same(one[name], two[name]) for name in one)
    if is_dataclass(one) and type(one) is type(two):
        return all(_same(getattr(one, each.name), getattr(two, each.name)) for each in fields(one))
    return bool(one == two)
