"""Patches on the index: when its events count, whether they are capped, and how it goes on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from backoffice.engine import money
from backoffice.engine.indexation import IndexEvent
from backoffice.engine.periods import add_months, month_index, month_start
from backoffice.engine.phrases import Phrase
from backoffice.engine.projection.facts import Facts
from backoffice.engine.projection.index_grid import IndexGrid, Regime, grid_of
from backoffice.engine.scenario.patch import AWARDS, PAY, Patch, Refused, Touches, listed

_MONTHS, _CENTS = 12, 100
_TWO = Fraction(2, 100)


def index_patch(facts: Facts, patch: Patch) -> tuple[Facts, Touches]:
    """Change the index of a regime, or of all (`*`), from the first whole month on.

    Values, one of: `lag` months later (earlier below 0); `skip` a year whose events do not count;
    `capped_above` EUR a month at full time, on the part `capped` (2 %) of the first `events` (1) to
    come; `full` true: no event is capped any more; `path` a yearly rate each January after the last
    month of which the index can be told. `of` "grants" moves what grants admit only, "pay" what
    workers are paid only; both move otherwise.

    Raises:
        Refused: no such regime, or not exactly one value.
    """
    name = patch.one_of("lag", "skip", "capped_above", "full", "path")
    grid = facts.index
    if patch.target != "*" and patch.target not in grid.regimes:
        raise Refused(
            Phrase(
                "aucun régime d'index « %(regime)s » ici ; ceux d'ici : %(known)s, ou « * » pour "
                "tous.",
                regime=patch.target,
                known=listed(grid.regimes),
            )
        )
    of = patch.text_of("of")
    if of not in {"", "grants", "pay"}:
        raise Refused(
            Phrase(
                "« %(name)s » est l'un de ces mots : %(known)s ; et non « %(given)s ».",
                name="of",
                known="grants, pay",
                given=of,
            )
        )
    if of == "grants":
        years = replace(facts.years, index=_moved(facts.years.index, patch, name))
        return replace(facts, years=years), AWARDS
    moved = replace(facts, index=_moved(grid, patch, name))
    if not of:
        index = moved.index if facts.years.index is grid else _moved(facts.years.index, patch, name)
        moved = replace(moved, years=replace(facts.years, index=index))
    return moved, PAY


def _moved(grid: IndexGrid, patch: Patch, name: str) -> IndexGrid:
    regimes = {}
    for row, regime in enumerate(grid.regimes):
        events, known = grid.moves[row], int(grid.known[row])
        if patch.target in {"*", regime}:
            events, known = _events(grid, (regime, events, known), patch, name)
        regimes[regime] = Regime(events, known)
    return grid_of(regimes, grid.months, grid.step)


def _events(
    grid: IndexGrid, regime: tuple[str, tuple[IndexEvent, ...], int], patch: Patch, name: str
) -> tuple[tuple[IndexEvent, ...], int]:
    """The events of one regime after the patch, and the last month that they tell."""
    code, events, known = regime
    past = [one for one in events if month_index(one.effective) < patch.month]
    later = list(events[len(past) :])
    value = patch.number_of(name) if name != "full" else None
    if name == "lag":
        later = [_shifted(one, int(value or 0), month_start(patch.month)) for one in later]
    elif name == "skip":
        later = _sequential(one for one in later if one.effective.year != int(value or 0))
    elif name == "full":
        later = [replace(one, cap=None, capped_rate=Fraction(0), missing=None) for one in later]
        capped = any(one.capped_rate or one.n is None for one in past)
        later = _sequential(later) if capped else later
    elif name == "capped_above":
        later = _capped(later, patch, value or Fraction(0))
    else:
        rate = value or Fraction(0)
        later = [replace(one, rate=rate) if _supposed(one) else one for one in later]
        more = _path(code, patch, rate, (known, grid.months.stop))
        return (*past, *later, *more), max(known, grid.months.stop - 1)
    return (*past, *later), known


def _supposed(event: IndexEvent) -> bool:
    """Whether an event comes from a former path, which another one replaces from its day on."""
    return event.status == "assumption" and event.cap is None


def _shifted(event: IndexEvent, months: int, since: date) -> IndexEvent:
    return replace(event, effective=max(add_months(event.effective, months), since))


def _sequential(events: Iterable[IndexEvent]) -> list[IndexEvent]:
    """Events that follow each other whatever their number: no coefficient expresses them."""
    return [replace(one, n=None) for one in events]


def _capped(events: list[IndexEvent], patch: Patch, above: Fraction) -> list[IndexEvent]:
    count = int(patch.number_of("events") or 1)
    part = patch.number_of("capped")
    part = _TWO if part is None else part
    cap = money.times_one(_CENTS, above)
    return [
        replace(one, cap=cap, capped_rate=min(part, one.rate), missing=None) if k < count else one
        for k, one in enumerate(events)
    ]


def _path(regime: str, patch: Patch, rate: Fraction, span: tuple[int, int]) -> list[IndexEvent]:
    """One event each January after the last month that is told, as assumptions."""
    first = max(span[0] + 1, patch.month)
    januaries = range(-(-first // _MONTHS) * _MONTHS, span[1], _MONTHS)
    return [IndexEvent(regime, month_start(month), rate, "assumption") for month in januaries]
