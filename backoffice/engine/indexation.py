"""Index events: how each regime moves a wage after a pivot is crossed, and under which cap.

A regime gives a crossing its day (a lag, by date); a law may cap the event. Each event rounds the
wage once, half up to the cent. An official scale amount is base x coefficient as long as no capped
event intervened; from then on the events are applied in order.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from backoffice.engine.figures import FigureNotDefined, worst
from backoffice.engine.index_series import ANNUAL, IndexTables, annual_rate, rounded
from backoffice.engine.money import round_ratio, times_one
from backoffice.engine.periods import add_months, month_start
from backoffice.engine.phrases import Phrase

_TWO_PERCENT = Fraction(2, 100)
_FULL_TIME = Fraction(1)


class UnknownRegime(LookupError):
    """No such index regime."""


class NoPivot(LookupError):
    """An event that no crossing caused has neither number nor month of crossing."""


class OutsideKnown(LookupError):
    """The days asked for lie before the first known event, or after the last day known."""


@dataclass(frozen=True)
class IndexEvent:
    """One rise of the wages of a regime, on its day.

    `cap` is in cents a month at full time; None: no part of the rise is capped, or its threshold
    is unknown, and then `missing` says so. `capped_rate` is the part of `rate` under the cap.
    """

    regime: str
    effective: date
    rate: Fraction
    status: str
    n: int | None = None
    pivot: Fraction | None = None
    base: str | None = None
    crossed: int | None = None
    cap: int | None = None
    capped_rate: Fraction = Fraction(0)
    missing: FigureNotDefined | None = None

    @property
    def crossing(self) -> tuple[int, int]:
        """The number of the pivot, and the month index of its crossing.

        Raises:
            NoPivot: a yearly event follows no pivot.
        """
        if self.n is None or self.crossed is None:
            raise NoPivot(f"L'indexation du {self.effective} ({self.regime}) ne suit aucun pivot.")
        return self.n, self.crossed


@dataclass(frozen=True)
class Move:
    """An event applied: monthly gross in cents before and after."""

    event: IndexEvent
    before: int
    after: int


def coefficient(n: int, step: Fraction = _TWO_PERCENT) -> Fraction:
    """Coefficient on base 138.01 after the n-th crossing: (1 + step)^n at four decimals."""
    return rounded((1 + step) ** n, 4)


def coefficient_on(tables: IndexTables, regime: str, day: date) -> Fraction:
    """The coefficient that the wages of a regime carry on a day, as if no event were capped.

    Raises:
        FigureNotDefined: before the first event of the regime.
    """
    number, _crossed = _last(tables, regime, day)[-1].crossing
    return coefficient(number, tables.step.on(day).exact)


def scale_amount(base: int, coefficient: Fraction) -> int:
    """Monthly cents of an annual base (cents at 100 %): base x coefficient / 12, rounded once."""
    return times_one(base, coefficient / 12)


def scale_amount_on(tables: IndexTables, regime: str, base: int, day: date) -> int:
    """Monthly full-time cents of an annual base on a day.

    Base x coefficient up to the first capped event, which no coefficient can express: that one
    and those after it are applied in order.

    Raises:
        FigureNotDefined: before the first event, or an event whose cap is unknown.
    """
    events = _last(tables, regime, day)
    plain = next((k for k, e in enumerate(events) if e.capped_rate), len(events))
    number, _crossed = events[plain - 1].crossing
    before = coefficient(number, tables.step.on(day).exact)
    moves = apply_events(scale_amount(base, before), _FULL_TIME, events[plain:])
    return moves[-1].after if moves else scale_amount(base, before)


def regime_events(tables: IndexTables, regime: str) -> list[IndexEvent]:
    """Every event of a regime by rising day, forecasts included and marked.

    Raises:
        UnknownRegime: no such regime.
    """
    if regime == ANNUAL:
        return _capped(tables, regime, _annual_events(tables))
    if regime not in tables.lags:
        known = ", ".join(tables.regimes)
        raise UnknownRegime(f"Le régime d'indexation « {regime} » n'existe pas : {known}.")
    plain = []
    for crossing in tables.crossings:
        lag = tables.lags[regime].on(month_start(crossing.month))
        effective = add_months(month_start(crossing.month), int(lag.exact))
        step = tables.step.on(effective)
        plain.append(
            IndexEvent(
                regime=regime,
                effective=effective,
                rate=step.exact,
                status=worst(crossing.status, lag.status, step.status),
                n=crossing.n,
                pivot=crossing.pivot,
                base=crossing.base,
                crossed=crossing.month,
            )
        )
    return _capped(tables, regime, plain)


def events_between(tables: IndexTables, regime: str, first: date, last: date) -> list[IndexEvent]:
    """The events of a regime that take effect from `first` to `last`, both included."""
    return [e for e in regime_events(tables, regime) if first <= e.effective <= last]


def known_days(tables: IndexTables, regime: str) -> tuple[date, date]:
    """First and last day, both included, of which the events of a regime can be told.

    The first is the day of the first event known. A crossing later than the last known or forecast
    month is not known, so the last is the day before such a crossing could take effect; for the
    yearly regime, the end of the last year whose rate is known.

    Raises:
        UnknownRegime: no such regime.
    """
    events = regime_events(tables, regime)
    first = events[0].effective
    if regime == ANNUAL:
        return first, date(events[-1].effective.year, 12, 31)
    after = month_start(max(tables.last_month, tables.crossings[-1].month) + 1)
    lag = tables.lags[regime].on(after)
    return first, add_months(after, int(lag.exact)) - timedelta(days=1)


def wholly_known(tables: IndexTables, regime: str, first: date, last: date) -> None:
    """Make sure that every event from `first` to `last` can be told.

    Raises:
        OutsideKnown: one of the two days lies outside `known_days`.
        UnknownRegime: no such regime.
    """
    since, until = known_days(tables, regime)
    if first < since:
        raise OutsideKnown(
            f"Les index du régime « {regime} » ne sont connus qu'à partir du {since} : "
            f"le {first} est avant."
        )
    if last > until:
        raise OutsideKnown(
            f"Les index du régime « {regime} » ne sont connus que jusqu'au {until} : "
            f"le {last} est après."
        )


def apply_event(amount: int, fte: Fraction, event: IndexEvent) -> int:
    """The monthly gross after an event.

    Args:
        amount: cents, gross of the month at `fte`.
        fte: working time, above 0; the cap shrinks with it.
        event: one rise.

    Returns:
        old + min(old, cap x fte) x capped part + old x full part, rounded once, half up.

    Raises:
        FigureNotDefined: the threshold of the event is not known.
    """
    if event.missing is not None:
        raise event.missing
    capped = Fraction(amount) if event.cap is None else min(Fraction(amount), event.cap * fte)
    exact = amount + capped * event.capped_rate + amount * (event.rate - event.capped_rate)
    return round_ratio(exact.numerator, exact.denominator)


def apply_events(amount: int, fte: Fraction, events: Iterable[IndexEvent]) -> list[Move]:
    """The same gross carried through several events, in order; see `apply_event`."""
    moves: list[Move] = []
    for event in events:
        after = apply_event(amount, fte, event)
        moves.append(Move(event, amount, after))
        amount = after
    return moves


def _last(tables: IndexTables, regime: str, day: date) -> list[IndexEvent]:
    """The events of a pivot regime up to `day`, at least one."""
    events = [e for e in regime_events(tables, regime) if e.effective <= day]
    if not events or events[0].n is None:
        raise FigureNotDefined(
            tables.step.code,
            day,
            "before_first",
            Phrase(
                "Le régime « %(regime)s » n'a pas de coefficient au %(day)s : vérifiez la date.",
                regime=regime,
                day=day,
            ),
        )
    return events


def _annual_events(tables: IndexTables) -> list[IndexEvent]:
    """One event each 1 January, for as many years as the index is known."""
    events: list[IndexEvent] = []
    year = tables.annual.values[0].since.year
    while True:
        try:
            rate, status = annual_rate(tables, year)
        except FigureNotDefined:
            return events
        events.append(IndexEvent(ANNUAL, date(year, 1, 1), rate, status))
        year += 1


def _capped(tables: IndexTables, regime: str, events: list[IndexEvent]) -> list[IndexEvent]:
    """The events with their caps: in each period of the law, the first rises up to its limit."""
    used: dict[date, Fraction] = {}
    return [_with_cap(tables, regime, event, used) for event in events]


def _with_cap(
    tables: IndexTables, regime: str, event: IndexEvent, used: dict[date, Fraction]
) -> IndexEvent:
    caps = tables.caps[regime]
    if event.effective < caps.values[0].since or event.rate <= 0:
        return event
    period = caps.entry(event.effective)
    if period.status == "repealed":
        return event
    limit = tables.cap_limit.on(event.effective)
    done = used.get(period.since, Fraction(0))
    part = min(event.rate, limit.exact - done)
    status = worst(event.status, limit.status)
    if part <= 0:
        return replace(event, status=status)
    used[period.since] = done + part
    status = worst(status, period.status)
    if period.value is None:
        unknown = _why_missing(tables, regime, event.effective)
        return replace(event, capped_rate=part, status=status, missing=unknown)
    cap = round_ratio(period.exact.numerator * 100, period.exact.denominator)
    return replace(event, cap=cap, capped_rate=part, status=status)


def _why_missing(tables: IndexTables, regime: str, day: date) -> FigureNotDefined:
    try:
        tables.caps[regime].on(day)
    except FigureNotDefined as error:
        return error
    raise AssertionError("the cap is known")
