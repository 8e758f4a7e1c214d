"""What may be read of a comparison: by who sees the rows of a service, by who sees sums alone.

The pages and the note are made of a `Reading` and of nothing else: what the federation may not read
is not in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.board.gains import Gain, gains
from reports.board.summed import summed_gains, summed_table
from reports.board.supposed import faced, supposed
from reports.board.yearly import Compared, compared, without
from reports.scenarios.aggregates.view import Aggregated, said_of_nobody
from reports.scenarios.assumed import Assumed, Filled, lacking_words
from reports.scenarios.comparing import Baseline, Comparison, Outcome
from reports.scenarios.scenario import Scenario, is_calculated


@dataclass(frozen=True)
class Read:
    """One scenario: as written, what it uses and lacks, what does not count, what is supposed.

    `refused` says why the changes of the numbers `uncounted` do not count; `faced` says more.
    """

    scenario: Scenario
    used: tuple[Assumed, ...]
    lacking: tuple[str, ...]
    needed: tuple[str, ...]
    refused: tuple[str, ...]
    uncounted: tuple[int, ...]
    faced: tuple[str, ...]
    supposed: tuple[str, ...]
    gains: tuple[Gain, ...]

    @property
    def is_calculated(self) -> bool:
        """Whether its choices are made, and one of its changes counts."""
        return is_calculated(self.scenario, self.uncounted)


@dataclass(frozen=True)
class Reading:
    """Scenarios beside today.

    Attributes:
        base: whose, which years, on which day; `target` the services looked at among them.
        table: the figures by code; `names` those of its sides, today first.
        scenarios: each in words, in the order of the sides.
        found: the comparison itself, of one service alone.
    """

    base: Baseline
    target: str
    table: Mapping[str, Compared]
    names: tuple[str, ...]
    scenarios: tuple[Read, ...]
    found: Comparison | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """The civil years compared."""
        return tuple(range(self.base.horizon.first, self.base.horizon.last + 1))

    def tells(self, *codes: str) -> bool:
        """Whether these figures are there, and hidden on no side."""
        return all(code in self.table and not self.table[code].is_hidden for code in codes)


def read_alone(found: Comparison) -> Reading:
    """All of a comparison, for who sees the rows of the service."""
    scenarios = [one.scenario for one in found.outcomes]
    return Reading(
        found.base,
        found.base.scope.target,
        without(compared(found), _uncalculated(found.outcomes)),
        side_names(scenarios),
        tuple(_alone(found, one) for one in found.outcomes),
        found,
    )


def _alone(found: Comparison, one: Outcome) -> Read:
    used = {each.code: each for each in (*found.base.paths, *one.filled.used)}
    return Read(
        one.scenario,
        tuple(used.values()),
        one.filled.lacking,
        one.filled.needed,
        one.refused,
        one.uncounted,
        tuple(faced(one)),
        _without_lacking(supposed(found, one), one.filled),
        tuple(gains(found, one)) if is_calculated(one.scenario, one.uncounted) else (),
    )


def read_summed(base: Baseline, summed: Sequence[Mapping[str, Aggregated]], target: str) -> Reading:
    """The sums of several services, small cells hidden.

    Args:
        base: of all the services.
        summed: each scenario by type of approval, `*` for all.
        target: the type that is looked at, or `*`.
    """
    looked_at = [one[target] for one in summed]
    scenarios = [one.scenario for one in looked_at]
    return Reading(
        base,
        target,
        without(summed_table(looked_at), _uncalculated(looked_at)),
        side_names(scenarios),
        tuple(_summed(base, one, target) for one in summed),
    )


def _summed(base: Baseline, one: Mapping[str, Aggregated], target: str) -> Read:
    found = one[target]
    used = {each.code: each for each in (*base.paths, *found.filled.used)}
    return Read(
        found.scenario,
        tuple(used.values()),
        found.filled.lacking,
        found.filled.needed,
        found.refused,
        found.uncounted,
        found.refused,
        _without_lacking([*said_of_nobody(base.facts, base.notes), *found.notes], found.filled),
        tuple(summed_gains(one)) if is_calculated(found.scenario, found.uncounted) else (),
    )


def _without_lacking(sentences: Iterable[str], filled: Filled) -> tuple[str, ...]:
    """What is supposed, each said once; the assumptions that lack a value are said apart."""
    apart = set(map(lacking_words, filled.lacking))
    return tuple(one for one in dict.fromkeys(sentences) if one not in apart)


def _uncalculated(outcomes: Sequence[Outcome | Aggregated]) -> set[int]:
    """The places of the scenarios that lack a choice, or of which no change counts."""
    return {
        place
        for place, one in enumerate(outcomes, 1)
        if not is_calculated(one.scenario, one.uncounted)
    }


def side_names(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Today, then each scenario by its title."""
    language = get_language() or "fr"
    return (_("Aujourd'hui"), *(one.titled(language) for one in scenarios))
