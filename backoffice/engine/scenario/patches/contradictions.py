"""Patches of one scenario that meet on a value: one undoes the other, or their order counts."""

from collections.abc import Hashable, Mapping, Sequence
from types import MappingProxyType

from backoffice.engine.phrases import Phrase
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.patches.awards import SETTING, award_targets
from backoffice.engine.scenario.patches.figures import RATES, counting_by
from backoffice.engine.scenario.patches.workers import worker_of

_ADDING = frozenset({"factor", "add", "indexed_by", "least", "freeze", "share"})
"""Values that move what stands there; the other ones of `_MOVED` set it."""
_TIMES, _PLUS = frozenset({"factor", "indexed_by"}), frozenset({"add"})
"""Values that give the same whatever the order of two patches that have them."""
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


def in_order(facts: Facts, patches: Sequence[Patch]) -> list[Phrase]:
    """What to know of patches that meet on an amount without undoing each other.

    The amount that one sets for an award is not moved by a figure any more; of two that move the
    same amount in their turn, the other order would give another one.

    Args:
        facts: after the patches, all of which were applied.
        patches: in their order.
    """
    reached = {one.number: _amounts(facts, one) for one in patches if one.kind in _ON_AMOUNTS}
    found = []
    for place, early in enumerate(patches):
        for late in patches[place + 1 :]:
            if not reached.get(early.number, set()) & reached.get(late.number, set()):
                continue
            setting = [one for one in (early, late) if one.kind == "award" and _has(one, SETTING)]
            if early.kind != late.kind and setting:
                figure = late if setting[0] is early else early
                found.append(_set_for_good(figure, setting[0]))
            elif not _set(late) and not _commute(early, late):
                found.append(_one_after_the_other(early, late))
    return found


_ON_AMOUNTS = frozenset({"award", "figure"})


def _amounts(facts: Facts, patch: Patch) -> set[Hashable]:
    """The amounts that a patch moves: the grants of awards, and the figures that it names.

    A figure moves the grant of an award that counts by it, where no letter writes one.
    """
    if patch.kind == "award":
        return {("grant", award) for award in _reached(facts, patch)}
    rows = counting_by(facts, patch.target)
    which = "rate" if patch.target.endswith(RATES) else "amount"
    computed = facts.years.award[rows & (facts.years.written == 0)]
    figures = {(which, award) for award in facts.years.award[rows].tolist()}
    return {patch.target, *figures, *(("grant", award) for award in computed.tolist())}


def _has(patch: Patch, names: frozenset[str]) -> bool:
    return bool(names & patch.values.keys())


def _commute(early: Patch, late: Patch) -> bool:
    """Whether two patches give the same in either order: what is added stays what it is."""
    if early.kind != late.kind:
        award = early if early.kind == "award" else late
        return _has(award, _PLUS)
    return any(_has(early, alike) and _has(late, alike) for alike in (_TIMES, _PLUS))


def _set_for_good(figure: Patch, award: Patch) -> Phrase:
    return Phrase(
        "Modification n° %(figure)s : ce qu'accordent les subventions « %(target)s » est ce que "
        "fixe la n° %(award)s ; elle n'y change plus que ce qui compte par ETP.",
        figure=figure.number,
        target=award.target,
        award=award.number,
    )


def _one_after_the_other(early: Patch, late: Patch) -> Phrase:
    return Phrase(
        "Modification n° %(early)s : la n° %(late)s change ensuite le même montant ; dans l'autre "
        "ordre, il serait différent.",
        early=early.number,
        late=late.number,
    )


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
