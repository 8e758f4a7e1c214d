"""A scenario beside its baseline, whatever its amounts: what cannot be counted is refused alone."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from backoffice.engine.money import AmountTooBig
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.patch import UNCOUNTABLE, Patch, Refusal, beyond
from backoffice.engine.scenario.run import Run, run
from backoffice.engine.scenario.totals import Totals, totals_of

MOST = 10**15
"""Cents of a month of a service, or of an award: sums over a federation still fit in 64 bits."""


def counted(facts: Facts, patches: Sequence[Patch], base: Run) -> tuple[Run, Totals]:
    """The run and its totals; each patch with which they cannot be counted is refused.

    Args:
        facts: those of the baseline.
        patches: what would change, in their order.
        base: the run of the same facts without patches.
    """
    try:
        return _both(facts, patches, base)
    except UNCOUNTABLE:
        kept, refused = _countable(facts, patches, base)
    done, totals = _both(facts, kept, base)
    return replace(done, refused=(*done.refused, *refused)), totals


def _both(facts: Facts, patches: Sequence[Patch], base: Run) -> tuple[Run, Totals]:
    done = run(facts, patches, base)
    totals = totals_of(done, base)
    for values in (totals.cost, totals.paid, totals.other_paid, totals.demand_cost):
        if np.abs(values).max(initial=0) > MOST:
            raise AmountTooBig(f"plus de {MOST} centimes en un mois.")
    return done, totals


def _countable(
    facts: Facts, patches: Sequence[Patch], base: Run
) -> tuple[list[Patch], list[Refusal]]:
    """The patches that count one after the other, and the refusal of each that does not."""
    kept: list[Patch] = []
    refused: list[Refusal] = []
    for patch in patches:
        try:
            _both(facts, [*kept, patch], base)
        except UNCOUNTABLE:
            refused.append(beyond(patch))
        else:
            kept.append(patch)
    return kept, refused
