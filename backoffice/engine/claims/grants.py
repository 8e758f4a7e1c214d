"""What an award grants for a year, and the heads (staff, training, running costs, equipment)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import prod
from types import MappingProxyType

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.december import december_ratio
from backoffice.engine.claims.envelope import split_envelope
from backoffice.engine.claims.inputs import HEADS, Award, Known, Posts
from backoffice.engine.claims.multiplied import approved_volume, monthly_volume
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.fte import MONTHS, FteMonth, PerFteYear
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, Period, month_period, month_start, year_period
from backoffice.engine.phrases import Phrase
from backoffice.engine.sheet import FigureUse, Sheet, labels

_CENTS = 100
_DEN_FTE = 10_000
_MONTHS_A_QUARTER = 3
_INDEXED = labels("Montant de base indexé", "Geïndexeerd basisbedrag")
_INDEXED_RULE = "base_amount x product of (1 + index_rate)"
_EXCEPTIONAL = labels(
    "Prime exceptionnelle de l'année, non consolidée",
    "Uitzonderlijke premie van het jaar, niet geconsolideerd",
)
_EXCEPTIONAL_RULE = "base_amount x exceptional_rate"


@dataclass(frozen=True)
class GrantPart:
    """A part of what is granted that is worth showing by itself, in cents."""

    name: str
    label: Mapping[str, str]
    amount: int
    rule: str


@dataclass(frozen=True)
class Grant:
    """What is granted for the exercise, in cents, with the figures and the rule it follows from.

    `theoretical` is the right before a liquidation rate, equal to `granted` elsewhere. `parts`,
    where there are any, sum to `granted`. `volume` is what the rule multiplies: the FTE and the
    amounts per FTE of each month, or the months of approval; None where it multiplies neither.
    """

    granted: int
    theoretical: int
    rule: str
    uses: tuple[FigureUse, ...]
    parts: tuple[GrantPart, ...] = ()
    volume: Sheet | None = None


@dataclass(frozen=True)
class Head:
    """One head of an award, in cents: presented, admitted, within its maximum (None: without one).

    `admitted` is what the rules of its lines and invoices let through before the maximum.
    """

    name: str
    presented: int
    admitted: int
    maximum: int | None
    admissible: int
    rule: str
    uses: tuple[FigureUse, ...] = ()


def grant(award: Award, known: Known) -> Grant:
    """The amount of the letter for the exercise, or else the right computed from its terms.

    Raises:
        FigureNotDefined: neither the amount nor what it follows from is known.
    """
    written = known.use_if_any("granted", _last_day(award))
    if written is not None:
        value = _euros(written[0])
        return Grant(value, value, "granted", (written[1],))
    return computed_right(award, known)


def computed_right(award: Award, known: Known) -> Grant:
    """The right that the terms give, whatever amount a letter writes for the exercise.

    Raises:
        FigureNotDefined: something that it follows from is unknown.
    """
    return _RIGHTS[award.shape](award, known)


def _unwritten(award: Award, known: Known) -> Grant:
    value, use = known.use("granted", _last_day(award))
    return Grant(_euros(value), _euros(value), "granted", (use,))


def _by_months_of_approval(award: Award, known: Known) -> Grant:
    """A full year's amount x months of approval / 12, or else the amount of the letter."""
    yearly = known.use_if_any("annual_amount", _last_day(award))
    if yearly is None or award.approved_months is None:
        return _unwritten(award, known)
    months = Fraction(award.approved_months)
    value = _euros(yearly[0] * months / MONTHS)
    volume = approved_volume(months)
    rule = "annual_amount x approved months / 12"
    return Grant(value, value, rule, (yearly[1],), volume=volume)


def _envelope_right(award: Award, known: Known) -> Grant:
    """The part of a closed envelope that the key gives this beneficiary; the others have the rest.

    Raises:
        FigureNotDefined: the envelope or the share of the key is unknown.
    """
    day = _last_day(award)
    envelope, envelope_use = known.use("envelope", day)
    share, share_use = known.use("key_share", day)
    keys = {"own": share, "others": 1 - share}
    value = split_envelope(_euros(envelope), keys)["own"]
    return Grant(value, value, "envelope x key_share", (envelope_use, share_use))


def _ceiling_right(award: Award, known: Known) -> Grant:
    """Ceiling x FTE of the posts over the exercise."""
    return _per_fte(award, known, (award.ceiling,))


def _premium_right(award: Award, known: Known) -> Grant:
    """Premium x rate x FTE of the posts over the exercise."""
    return _per_fte(award, known, (award.premium, "premium_rate"))


def _per_fte(award: Award, known: Known, names: tuple[str, ...]) -> Grant:
    months = award.exercise.months()
    fte = [post_fte(award.posts, award.exercise, month) for month in months]
    found = {name: [known.use(name, month_start(month)) for month in months] for name in names}
    rates = [
        PerFteYear(prod((value for value, _use in one), start=Fraction(1)))
        for one in zip(*found.values(), strict=True)
    ]
    total = sum((rate * one.in_years for rate, one in zip(rates, fte, strict=True)), Fraction(0))
    volume = monthly_volume(months, fte, found)
    uses = dict.fromkeys(use for of in found.values() for _value, use in of)
    rule = " x ".join(names) + " x post FTE x months / 12"
    return Grant(_euros(total), _euros(total), rule, tuple(uses), volume=volume)


def post_fte(posts: Posts, exercise: Period, month: int) -> FteMonth:
    """FTE of all posts in one month of an exercise, each for the days it exists."""
    days_of_month = month_period(month)
    common = days_of_month.overlap(exercise)
    start, stop = common.start.toordinal(), common.stop.toordinal()
    days = np.maximum(np.minimum(posts.stop, stop) - np.maximum(posts.start, start), 0)
    return FteMonth(Fraction(int((posts.fte * days).sum()), _DEN_FTE * days_of_month.days))


def advance(posts: Posts, exercise: Period, quarter: int, known: Known, rate: str) -> int:
    """Cents of a quarterly advance: a rate per FTE and year x FTE of the posts in the quarter.

    An advance may follow another rate than the settlement, which then pays the difference.

    Raises:
        FigureNotDefined: the rate is not known for one of the months.
    """
    first = exercise.start.year * MONTHS + (quarter - 1) * _MONTHS_A_QUARTER
    total = Fraction(0)
    for month in range(first, first + _MONTHS_A_QUARTER):
        fte = post_fte(posts, exercise, month)
        if fte.value:
            total += PerFteYear(known.use(rate, month_start(month))[0]) * fte.in_years
    return _euros(total)


def _indexed_right(award: Award, known: Known) -> Grant:
    """Base amount x every yearly index since + the one-off premium on the base (APE).

    The premium of a year is on the amount before indexation and is not carried over.
    """
    day = _last_day(award)
    base, use = known.use("base_amount", day)
    uses, factor = [use], Fraction(1)
    for year in range(use.since.year + 1, day.year + 1):
        rate, rate_use = known.use("index_rate", date(year, 1, 1))
        factor *= 1 + rate
        uses.append(rate_use)
    premium, premium_use = known.use("exceptional_rate", day)
    uses.append(premium_use)
    parts = (
        GrantPart("indexed", _INDEXED, _euros(base * factor), _INDEXED_RULE),
        GrantPart("exceptional", _EXCEPTIONAL, _euros(base * premium), _EXCEPTIONAL_RULE),
    )
    granted = sum(part.amount for part in parts)
    return Grant(granted, granted, f"{_INDEXED_RULE} + {_EXCEPTIONAL_RULE}", tuple(uses), parts)


def _flat_right(award: Award, known: Known) -> Grant:
    """Flat amount per unit x units x liquidation rate (Wallonia)."""
    day = _last_day(award)
    flat, flat_use = known.use("flat_amount", day)
    units, units_use = known.use("units", day)
    rate, rate_use = known.use("liquidation_rate", day)
    right = flat * units
    rule = "flat_amount x units x liquidation_rate"
    return Grant(_euros(right * rate), _euros(right), rule, (flat_use, units_use, rate_use))


def _december_right(award: Award, known: Known) -> Grant:
    """Amount of the first year x health index of December before the exercise (COCOF, COCOM).

    The first year is that of the day from which the letter gives the amount. The formula is one of
    whole civil years; nothing says what becomes of a part of a year.

    Raises:
        FigureNotDefined: the amount or an index is unknown, or one of the years is not whole.
    """
    day = _last_day(award)
    base, use = known.use("first_year_amount", day)
    if use.since.year == day.year:
        return Grant(_euros(base), _euros(base), "first_year_amount", (use,))
    if use.since != date(use.since.year, 1, 1) or award.exercise != year_period(day.year):
        raise FigureNotDefined(
            f"{known.scheme}.granted",
            day,
            "missing",
            Phrase(
                "Le montant de %(year)s ne suit pas de la formule : elle indexe une année civile "
                "entière, et le montant de la première année vaut depuis le %(since)s. Encodez le "
                "montant accordé par la lettre pour l'exercice (terme « Montant accordé »).",
                year=day.year,
                since=f"{use.since:%d/%m/%Y}",
            ),
        )
    ratio, indices = december_ratio(known, use.since.year, day.year)
    granted = _euros(base * ratio)
    rule = "first_year_amount x december_index / december_before_first_year"
    return Grant(granted, granted, rule, (use, *indices))


_RIGHTS: Mapping[str, Callable[[Award, Known], Grant]] = MappingProxyType(
    {
        "real_cost": _by_months_of_approval,
        "envelope_share": _envelope_right,
        "capped_cost": _ceiling_right,
        "indexed_amount": _indexed_right,
        "indexed_cost": _december_right,
        "post_premium": _premium_right,
        "flat_amount": _flat_right,
    }
)


def admitted_invoices(award: Award) -> Cents:
    """Cents of each invoice part that the scheme takes: incurred in the exercise, paid when asked.

    Nothing counts that is incurred before the day from which the award admits costs.

    A head or a category that the scheme does not finance is not admitted at all.
    """
    parts = award.invoices
    start, stop = award.exercise.start.toordinal(), award.exercise.stop.toordinal()
    taken = (parts.refused == 0) & (parts.issued >= start) & (parts.issued < stop)
    if award.pay_period is not None:
        first, after = award.pay_period.start.toordinal(), award.pay_period.stop.toordinal()
        taken &= (parts.paid >= first) & (parts.paid < after)
    if award.not_before is not None:
        taken &= parts.issued >= award.not_before.toordinal()
    refused = [i for i, head in enumerate(HEADS) if award.heads.get(head) == "excluded"]
    return np.where(taken & ~np.isin(parts.head, refused), parts.amount, 0)


def heads(award: Award, known: Known, staff: tuple[int, int], invoices: Cents) -> tuple[Head, ...]:
    """The heads in order, staff first; a head without any line is left out.

    The head of staff holds the payroll and the invoices for people outside it: one maximum.

    Args:
        award: with its rule per head.
        known: its figures.
        staff: presented and admissible costs of the payroll before a maximum, in cents.
        invoices: what `admitted_invoices` takes of each invoice part.

    Raises:
        FigureNotDefined: a maximum that the letter should give is unknown.
    """
    presented = {head: money.total(award.invoices.amount[_of(award, head)]) for head in HEADS}
    admitted = {head: money.total(invoices[_of(award, head)]) for head in HEADS}
    presented["staff"] += staff[0]
    admitted["staff"] += staff[1]
    found: list[Head] = []
    for name in HEADS:
        if presented[name] == 0 and admitted[name] == 0:
            continue
        base = found[0].admissible if found and found[0].name == "staff" else 0
        found.append(_head(award, known, name, (presented[name], admitted[name]), base))
    return tuple(found)


def _head(award: Award, known: Known, name: str, sums: tuple[int, int], staff: int) -> Head:
    presented, admitted = sums
    rule = award.heads.get(name, "excluded")
    if rule in {"full", "excluded"}:
        kept = admitted if rule == "full" else 0
        return Head(name, presented, admitted, None, kept, rule)
    figure = rule.removeprefix("optional:")
    day = _last_day(award)
    found = known.use_if_any(figure, day) if figure != rule else known.use(figure, day)
    bounds: list[tuple[int, str]] = []
    uses: list[FigureUse] = []
    if found is not None:
        value, use = found
        share = use.unit == "ratio"
        maximum = money.times_one(max(staff, 0), value) if share else _euros(value)
        bounds.append((maximum, f"{figure}{' x admissible staff' if share else ''}"))
        uses.append(use)
    if name == "investment":
        bounds += _own_money(known, day, admitted, uses)
    if not bounds:
        return Head(name, presented, admitted, None, admitted, "full", tuple(uses))
    maximum = min(bound for bound, _ in bounds)
    words = f"min(presented, {', '.join(words for _, words in bounds)})"
    return Head(name, presented, admitted, maximum, min(admitted, maximum), words, tuple(uses))


def _own_money(
    known: Known, day: date, admitted: int, uses: list[FigureUse]
) -> Iterator[tuple[int, str]]:
    """The bound on investments where the letter asks for own money above a threshold.

    Up to the threshold everything counts; above it, no more than what leaves the least share of
    the whole cost to the beneficiary, and never less than the threshold. The terms on what may be
    bought are shown with it: they decided which invoices came this far.

    Raises:
        FigureNotDefined: the letter asks for own money and no threshold is known.
    """
    wanted = known.use_if_any("own_share_min", day)
    if wanted is not None:
        free, free_use = known.use("investment_free", day)
        uses += [wanted[1], free_use]
        bound = max(_euros(free), money.times_one(max(admitted, 0), 1 - wanted[0]))
        yield bound, "max(investment_free, (1 - own_share_min) x admitted)"
    for name in ("small_item_max", "depreciation_years"):
        found = known.use_if_any(name, day)
        uses += [found[1]] if found else []


def _of(award: Award, head: str) -> Ints:
    return np.flatnonzero(award.invoices.head == HEADS.index(head))


def _last_day(award: Award) -> date:
    return award.exercise.stop - timedelta(days=1)


def _euros(value: Fraction) -> int:
    """Exact EUR to cents, rounded once, half up away from zero."""
    exact = value * _CENTS
    return money.round_ratio(exact.numerator, exact.denominator)
