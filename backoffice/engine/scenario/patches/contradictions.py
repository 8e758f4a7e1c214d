"""Patches of one scenario that undo each other: the same value, of things that meet."""

from collections.abc import Hashable, Mapping, Sequence
from types import MappingProxyType

from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.patches.awards import award_targets
from backoffice.engine.scenario.patches.figures import RATES, counting_by
from backoffice.engine.scenario.patches.workers import worker_of

_ADDING = frozenset({"factor", "add", "indexed_by", "least", "freeze", "share"})
"""Values that move what stands there; the other ones of `_MOVED` set it."""
_FIGURE = ("set", "uncapped", "factor", "add", "indexed_by", "freeze")
_AMOUNT = ("granted", "stop", "uncapped", "factor", "add", "indexed_by", "least")
_MOVED: Mapping[str, Mapping[str, set[str]]] = MappingProxyType(
    {
        "figure": {name: {"value"} for name in _FIGURE},
        "award": {name: {"amount"} for name in _AMOUNT},
        "index": {"path": {"path"}, "capped_above": {"cap"}, "full": {"cap"}},
        "scheme": {"stop": {"stop"}, "successor": {"successor"}},
        "worker": {
            "hours": {"hours"},
            "share": {"hours"},
            "of_full_time": {"hours"},
            "scale": {"scale"},
            "end": {"hours", "scale", "end"},
        },
        "pay_date": {
            "start_share": {"start"},
            "delay_days": {"delay"},
            "twelfths": {"twelfths"},
        },
        "merge": {"into": {"into"}},
    }
)
"""By kind, the values on which patches may meet; those that add up (a lag, a post) are not here."""


def overridden(facts: Facts, patches: Sequence[Patch]) -> tuple[tuple[Patch, Patch], ...]:
    """Pairs of patches of which the later one sets what the earlier one moves, from its day on.

    Args:
        facts: after the patches, all of which were applied.
        patches: in their order.
    """
    reached = [_reached(facts, patch) if patch.kind in _MOVED else set() for patch in patches]
    found = []
    for place, early in enumerate(patches):
        for later, late in enumerate(patches[place + 1 :], place + 1):
            same = early.kind == late.kind and late.since <= early.since
            if same and _moved(early) & _set(late) and reached[place] & reached[later]:
                found.append((early, late))
                break
    return tuple(found)


def _moved(patch: Patch) -> set[str]:
    moved = _MOVED.get(patch.kind, {})
    return set[str]().union(*(moved[name] for name in patch.values if name in moved))


def _set(patch: Patch) -> set[str]:
    moved = _MOVED.get(patch.kind, {})
    names = (name for name in patch.values if name in moved and name not in _ADDING)
    return set[str]().union(*(moved[name] for name in names))


def _reached(facts: Facts, patch: Patch) -> set[Hashable]:
    """What a patch changes, whatever its target is called."""
    if patch.kind in {"award", "pay_date"}:
        return set(facts.years.award[award_targets(facts, patch.target)].tolist())
    if patch.kind == "figure":
        rows = counting_by(facts, patch.target)
        which = "rate" if patch.target.endswith(RATES) else "amount"
        return {patch.target, *((which, award) for award in facts.years.award[rows].tolist())}
    if patch.kind == "worker":
        return {worker_of(facts, patch.target)}
    if patch.kind == "index":
        regimes = facts.index.regimes if patch.target == "*" else (patch.target,)
        sides = (patch.text_of("of"),) if patch.text_of("of") else ("grants", "pay")
        return {(side, regime) for side in sides for regime in regimes}
    return {patch.target.removeprefix("scheme:")}
