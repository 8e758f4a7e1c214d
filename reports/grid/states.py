"""What a worker's month may be: free hours, hours beyond the contract, and the word of the stack.

The words are those of the radar (`stack_of`), asked here for each day of the month as well, and
for months that have no pay yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext as _

from backoffice.engine.periods import days_in_month
from grants.snapshots import AwardFacts
from grants.stacking import TONES, Stack
from reports.grid.windows import Span
from reports.radar.content import Claimant
from reports.radar.months import stack_of

_FORBIDDEN = "forbidden"


@dataclass(frozen=True)
class Charge:
    """Hours a week (hundredths) that an award carries from a day to the day before `stop`."""

    award: int
    start: int
    stop: int
    hours: int


@dataclass(frozen=True)
class MonthState:
    """A worker's month; hours x days in hundredths.

    `contract` is what the contract has, `charged` what all awards carry, `excess` what they carry
    beyond it, from day to day. `tone` is the strictest word, on the `awards` that share hours;
    `article` says why. `free` is in FTE-months, negative where hours are carried twice.
    """

    contract: int
    charged: int
    excess: int = 0
    tone: str = ""
    article: str = ""
    awards: frozenset[int] = frozenset()
    free: Fraction = Fraction(0)

    @property
    def refused(self) -> bool:
        """Whether the rules forbid what is held."""
        return self.tone == _FORBIDDEN


@dataclass
class Words:
    """The answers of the stacking rules, each asked once."""

    awards: Sequence[AwardFacts]
    year: int
    _known: dict[tuple[frozenset[int], int], Stack] = field(default_factory=dict)

    def stack(self, awards: frozenset[int], month: int) -> Stack:
        """The strictest answer between any two of some awards."""
        if (awards, month) not in self._known:
            found = [self.awards[award] for award in sorted(awards)]
            claimants = [
                Claimant(one.row.reference, self.year, None, one.scheme.code) for one in found
            ]
            self._known[awards, month] = stack_of(claimants, month)
        return self._known[awards, month]


def month_state(
    spans: Sequence[Span], charges: Sequence[Charge], words: Words, month: int
) -> MonthState:
    """The state of one month of one worker.

    Args:
        spans: the days of the month under contract.
        charges: what every award carries, on any day.
        words: the stacking rules.
        month: its index.
    """
    contract = sum(span.hours * span.days for span in spans)
    by_award: dict[int, int] = {}
    shared: set[frozenset[int]] = set()
    excess, alone, free = 0, set[int](), Fraction(0)
    for span in spans:
        for days, held in _days(span, charges):
            over = max(sum(held.values()) - span.hours, 0)
            excess += over * days
            alone |= {award for award, hours in held.items() if hours > span.hours}
            if over and len(held) > 1:
                shared.add(frozenset(held))
            for award, hours in held.items():
                by_award[award] = by_award.get(award, 0) + hours * days
            rest = (span.hours - sum(held.values())) * days
            free += Fraction(rest, span.full_time * days_in_month(month))
    charged = sum(by_award.values())
    if charged > contract and len(by_award) > 1:
        shared.add(frozenset(by_award))
    tone, article, awards = _word(shared, frozenset(alone), words, month)
    return MonthState(contract, charged, excess, tone, article, awards, free)


def _days(span: Span, charges: Sequence[Charge]) -> list[tuple[int, Mapping[int, int]]]:
    """Stretches of days on which the same awards carry the same hours."""
    mine = [one for one in charges if one.start < span.stop and one.stop > span.start]
    marks = sorted(
        {span.start, span.stop}
        | {one.start for one in mine if one.start > span.start}
        | {one.stop for one in mine if one.stop < span.stop}
    )
    found: list[tuple[int, Mapping[int, int]]] = []
    for start, stop in pairwise(marks):
        held: dict[int, int] = {}
        for one in mine:
            if one.start <= start < one.stop:
                held[one.award] = held.get(one.award, 0) + min(one.hours, span.hours)
        found.append((stop - start, held))
    return found


def _word(
    shared: set[frozenset[int]], alone: frozenset[int], words: Words, month: int
) -> tuple[str, str, frozenset[int]]:
    """The strictest word on the month, its article, and the awards that it is said of."""
    if alone:
        said = _("Les affectations à cette subvention dépassent à elles seules le contrat.")
        return _FORBIDDEN, said, alone
    if not shared:
        return "", "", frozenset()
    found = [(words.stack(awards, month), awards) for awards in shared]
    strictest = max(TONES.index(stack.tone) for stack, _awards in found)
    kept = [(stack, awards) for stack, awards in found if TONES.index(stack.tone) == strictest]
    everyone = frozenset(award for _stack, awards in kept for award in awards)
    return TONES[strictest], kept[0][0].article, everyone
