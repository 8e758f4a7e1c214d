"""A change tried on what stands today before it is kept: what a comparison would say against it."""

from collections.abc import Iterator
from dataclasses import replace

from backoffice.engine.scenario.patch import Patch, overriding
from backoffice.engine.scenario.patches import apply_patches
from backoffice.web.words import phrased
from reports.scenarios.aggregates.general import published, refused
from reports.scenarios.aggregates.view import refusal
from reports.scenarios.assumed import Assumptions, filled_in
from reports.scenarios.comparing import Baseline
from reports.scenarios.elsewhere import at_known_index, told_apart
from reports.scenarios.scenario import Scenario


def objections(
    base: Baseline, scenario: Scenario, assumptions: Assumptions, *, alone: bool
) -> Iterator[str]:
    """Why the last change of a scenario would not count, or which other one undoes it or is undone.

    Args:
        base: what stands today, over years that the change falls in.
        scenario: with the change at its end.
        assumptions: what the federation supposes.
        alone: whether the reader sees the rows of the service; without, a change that sums of
            services would not take is not tried, as it may be meant for one service, and nothing
            is told of single ones.
    """
    last = scenario.changes[-1].number
    here, _elsewhere = told_apart(base.facts, scenario.changes)
    filled = filled_in(replace(scenario, changes=here), assumptions)
    patches, _unmoved = at_known_index(base.facts, filled.patches)
    if not alone and _is_for_one(patches, last, assumptions):
        return
    yield from (one.message for one in filled.problems if one.number == last)
    found = apply_patches(base.facts, patches)
    for one in found.refused:
        if one.patch.number == last:
            yield phrased(one.message) if alone else refusal(one)
    for early, late in found.overridden:
        if last in {early.number, late.number}:
            yield phrased(overriding(early, late))


def _is_for_one(patches: list[Patch], last: int, assumptions: Assumptions) -> bool:
    """Whether sums of services would not take the last change, as it is written."""
    kept = [one for one in patches if one.number != last]
    known = published(assumptions)
    return any(refused(one, kept, known) for one in patches if one.number == last)
