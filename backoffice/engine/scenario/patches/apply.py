"""Patches applied in their order; one that is refused leaves the facts as they were."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from backoffice.engine.periods import month_index, month_start
from backoffice.engine.phrases import Phrase
from backoffice.engine.projection.facts import Facts, frozen
from backoffice.engine.scenario.patch import (
    UNCOUNTABLE,
    Patch,
    Refusal,
    Refused,
    Touch,
    Touches,
    beyond,
    listed,
    refusal_of,
)
from backoffice.engine.scenario.patches.awards import award_patch
from backoffice.engine.scenario.patches.contradictions import overridden
from backoffice.engine.scenario.patches.demands import post_patch
from backoffice.engine.scenario.patches.figures import figure_patch
from backoffice.engine.scenario.patches.index import index_patch
from backoffice.engine.scenario.patches.others import merge_patch, pay_date_patch
from backoffice.engine.scenario.patches.schemes import scheme_patch
from backoffice.engine.scenario.patches.workers import worker_patch

Handler = Callable[[Facts, Patch], tuple[Facts, Touches]]
KINDS: Mapping[str, Handler] = MappingProxyType(
    {
        "figure": figure_patch,
        "index": index_patch,
        "award": award_patch,
        "scheme": scheme_patch,
        "post": post_patch,
        "worker": worker_patch,
        "pay_date": pay_date_patch,
        "merge": merge_patch,
    }
)
_BY_DAY = frozenset({"scheme", "worker", "pay_date"})
"""What counts by days moves in the month of its day; the others begin with a whole month."""


@dataclass(frozen=True)
class Applied:
    """The facts after the patches, what they touch, and what was refused or undone.

    `kept` are those applied, in their order. `since` is the first month that the latest of them
    may move, `facts.stop` when none was applied; `earlier` are those that begin before it.
    """

    facts: Facts
    touched: frozenset[Touch]
    kept: tuple[Patch, ...]
    since: int
    refused: tuple[Refusal, ...]
    overridden: tuple[tuple[Patch, Patch], ...]

    @property
    def earlier(self) -> tuple[Patch, ...]:
        """The patches that begin before the latest ones."""
        return tuple(one for one in self.kept if _first(one) < self.since)


def apply_patches(facts: Facts, patches: Sequence[Patch]) -> Applied:
    """Each patch on the facts that the former ones left."""
    now, touched = facts, frozenset[Touch]()
    refused: list[Refusal] = []
    kept: list[Patch] = []
    for patch in patches:
        try:
            now, touches = _handler(facts, patch)(now, patch)
        except Refused as error:
            refused.append(refusal_of(patch, error))
            continue
        except UNCOUNTABLE:
            refused.append(beyond(patch))
            continue
        kept.append(patch)
        touched |= touches
    since = max(map(_first, kept), default=facts.stop)
    return Applied(frozen(now), touched, tuple(kept), since, tuple(refused), overridden(now, kept))


def _handler(facts: Facts, patch: Patch) -> Handler:
    if patch.kind not in KINDS:
        raise Refused(
            Phrase(
                "la nature « %(kind)s » n'existe pas ; celles qui existent : %(known)s.",
                kind=patch.kind,
                known=listed(KINDS),
            )
        )
    if month_index(patch.since) < facts.first:
        raise Refused(
            Phrase(
                "le %(day)s est avant les données, qui commencent le %(first)s : choisissez un "
                "jour à partir de là.",
                day=f"{patch.since:%d/%m/%Y}",
                first=f"{month_start(facts.first):%d/%m/%Y}",
            )
        )
    if _first(patch) >= facts.stop:
        raise Refused(
            Phrase(
                "le %(day)s ne laisse aucun mois entier aux années comparées, qui finissent avant "
                "le %(stop)s : ajoutez des années ou avancez le jour.",
                day=f"{patch.since:%d/%m/%Y}",
                stop=f"{month_start(facts.stop):%d/%m/%Y}",
            )
        )
    return KINDS[patch.kind]


def _first(patch: Patch) -> int:
    """The first month that a patch may move."""
    return month_index(patch.since) if patch.kind in _BY_DAY else patch.month
