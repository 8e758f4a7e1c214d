"""Why a scenario changes nothing here, where it does not: a silent zero would read as an answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.patches import apply_patches
from reports.scenarios.figures import Figure


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
    now = facts
    for patch in patches:
        before, now = now, apply_patches(now, [patch]).facts
        if patch.kind != "merge":
            yield _why(before, now, patch) % {"number": patch.number}


def _why(before: Facts, now: Facts, patch: Patch) -> str:
    if patch.kind == "pay_date":
        return _(
            "Modification n° %(number)s : elle déplace des paiements et ne change aucun coût ; son "
            "effet se lit dans la trésorerie."
        )
    if patch.kind == "worker" or _same(before, now):  # its contract is cut in two, and goes on
        return _(
            "Modification n° %(number)s : ce qu'elle demande est déjà ce qui est prévu ici sans "
            "elle."
        )
    return _(
        "Modification n° %(number)s : rien de ce qui est payé ici n'en dépend ; les coûts "
        "présentés n'atteignent pas les montants qu'elle change, ou personne n'y est affecté."
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
