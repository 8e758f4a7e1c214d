"""What the lag of the index costs: wages move on one day, the award that pays them on a later one.

An event is the crossing of a pivot. The pay of a regime moves on the day of that regime; the award
moves on the day of its own regime (term `index_regime`), or on 1 January after the pay moved when
its scheme says that the amount is indexed once a year. In between the employer bears the rise: of
each month, the part base x rate / (1 + rate) of the gross pay and the contributions that the award
carries, net of what earlier awards pay for the same hours. Later events are taken off first.
Rounded once for each service, funder and event. A capped event, and an award whose regime nobody
has said, leave the service unknown: a regime is never assumed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from backoffice.engine import money
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.fte import MONTHS
from backoffice.engine.index_series import IndexTables
from backoffice.engine.indexation import IndexEvent, UnknownRegime, regime_events
from backoffice.engine.periods import month_index, month_text
from backoffice.engine.sheet import Sheet
from grants.snapshots import AwardFacts
from reports.memorandum.observed import NO_FUNCTION, NO_FUNCTIONS, Observed
from reports.memorandum.placing import EmployerYear

AT = " @ "
_YEARLY_SHAPES, _YEARLY_STATUS = {"indexed_amount", "indexed_cost"}, "to_confirm"
"""Schemes indexed on 1 January by their rule; it is read in secondary sources, not in its text."""


@dataclass(frozen=True)
class Rise:
    """One event of the pay of a regime; `followed` is the month in which each award follows it."""

    event: IndexEvent
    month: int
    followed: Mapping[int, int | None]


def event_key(event: IndexEvent) -> str:
    """Number and month of the crossing: "037 2024-04"."""
    number, crossed = event.crossing
    return f"{number:03d} {month_text(crossed)}"


def observe_lag(seen: Observed, year: EmployerYear, tables: IndexTables) -> None:
    """Cents borne by each service between the rise of the pay and that of the award, by event."""
    regimes = {fact.contract.row.index_regime for fact in year.facts.slice_facts}
    rises = {regime: _rises(year, tables, regime) for regime in sorted(regimes)}
    borne = _Borne(defaultdict(Fraction), set(), defaultdict(set))
    for claim in year.ledger.claims:
        base, funder = _base(claim.staff), year.funder(claim.award.index)
        yearly = _is_yearly(year.facts.awards[claim.award.index])
        for row, place in enumerate(claim.rows.tolist()):
            fact = year.facts.slice_facts[place]
            month = int(year.facts.staff.pay.month[fact.pay])
            past = [one for one in rises[fact.contract.row.index_regime] if one.month <= month]
            service, _function = year.slice_places[place]
            for rise, part in _parts(base[row], past):
                key = service, event_key(rise.event) + AT + funder
                borne.add(key, rise, part, (rise.followed[claim.award.index], month))
                borne.statuses[service].update({_YEARLY_STATUS} if yearly else ())
    _say(seen, year, borne)


@dataclass(frozen=True)
class _Borne:
    """By service, event and funder: cents borne; what nobody can tell; statuses of the events."""

    sums: dict[tuple[int, str], Fraction]
    lost: set[tuple[int, str]]
    statuses: dict[int, set[str]]

    def add(
        self, key: tuple[int, str], rise: Rise, part: Fraction, days: tuple[int | None, int]
    ) -> None:
        followed, month = days
        if followed is None:
            self.lost.add(key)
        else:
            self.sums[key] += part if month < followed else 0
            self.statuses[key[0]].add(rise.event.status)


def _parts(base: int, past: Sequence[Rise]) -> Iterator[tuple[Rise, Fraction]]:
    """The part of a month's pay that each rise added, newest first."""
    rest = Fraction(base)
    for rise in reversed(past):
        part = rest * rise.event.rate / (1 + rise.event.rate)
        rest -= part
        yield rise, part


def _say(seen: Observed, year: EmployerYear, borne: _Borne) -> None:
    mine = {service.index for service in year.employer.services}
    for service, whose in sorted({*borne.sums, *borne.lost}):
        if service not in mine:
            continue
        if (service, whose) in borne.lost or service not in year.paid_services:
            seen.unknown(service, "lag", whose)
        else:
            exact = borne.sums[service, whose]
            cents = money.round_ratio(exact.numerator, exact.denominator)
            seen.say(service, "lag", {NO_FUNCTION: cents}, whose, functions=NO_FUNCTIONS)
            seen.rests_on(service, "lag", *borne.statuses[service])


def _base(sheet: Sheet) -> list[int]:
    """Gross and contributions of each line, net of what earlier awards pay; never below 0."""
    gross, charges, deducted = (
        sheet[name].values.tolist() for name in ("gross", "charges", "deducted")
    )
    return [max(a + b - c, 0) for a, b, c in zip(gross, charges, deducted, strict=True)]


def _rises(year: EmployerYear, tables: IndexTables, regime: str) -> Sequence[Rise]:
    """The rises of the pay of a regime that an award may follow in this year; oldest first."""
    try:
        events = regime_events(tables, regime)
    except (FigureNotDefined, UnknownRegime):
        return ()
    january = year.facts.year * MONTHS
    found = []
    for event in events:
        month = month_index(event.effective)
        if event.n is not None and january - MONTHS <= month < january + MONTHS:
            awards = enumerate(year.facts.awards)
            followed = {index: _followed(award, event, tables) for index, award in awards}
            if month >= january or any(one is None or one > january for one in followed.values()):
                found.append(Rise(event, month, followed))
    return found


def _followed(award: AwardFacts, event: IndexEvent, tables: IndexTables) -> int | None:
    """The month in which the award follows an event of the pay, None when nobody knows."""
    yearly = (event.effective.year + 1) * MONTHS
    regime = award.texts.get("index_regime")
    if event.capped_rate or (regime is None and not _is_yearly(award)):
        return None
    if regime is None or regime not in tables.lags:
        return yearly
    same = [one for one in regime_events(tables, regime) if one.n == event.n]
    return month_index(same[0].effective) if same else None


def _is_yearly(award: AwardFacts) -> bool:
    """Whether, its letter saying nothing else, an award follows once a year by rule."""
    return "index_regime" not in award.texts and award.scheme.shape in _YEARLY_SHAPES
