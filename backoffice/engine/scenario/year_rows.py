"""Awards as `settle` takes them laid out as award-years: each term and figure is read once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.counted import OTHER_FUNDING
from backoffice.engine.claims.grants import admitted_invoices, grant
from backoffice.engine.claims.inputs import HEADS, INCOME, Award, Known
from backoffice.engine.claims.scale import scale_figure
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, month_ordinals, month_start
from backoffice.engine.projection.index_grid import IndexGrid
from backoffice.engine.scenario.award_years import (
    EXCLUDED,
    FULL,
    MAXIMUM,
    SHAPE_NAMES,
    SHARE,
    STEPS,
    UNKNOWN,
    WHOLE,
    AwardYears,
    Flags,
    HeadRules,
    Monthly,
    Parts,
    PostRows,
)

_MONTHS, _CENTS = 12, 100


@dataclass(frozen=True)
class Entry:
    """One award of one year as `settle` takes it, and where it stands among all.

    `award` and `first_post` number awards and posts over all employers.
    """

    employer: int
    award: int
    claim: Award
    known: Known


@dataclass(frozen=True)
class Vocabulary:
    """The names behind the indices of the columns: cost items with their natures, functions."""

    items: tuple[str, ...]
    natures: Mapping[str, str]
    functions: int


def award_years(entries: Sequence[Entry], words: Vocabulary, grid: IndexGrid) -> AwardYears:
    """The award-years of entries, in their order, each read once from its terms and figures.

    Every entry shares the scales of the first one's `Known`, and the index of `grid`.
    """
    natures = ("scale", "charges", "benefit")
    bases, table = _bases(entries)
    items, scales = len(words.items), len(entries[0].known.scales) if entries else 0
    codes = tuple(sorted({code for one in entries if (code := _code(one))}))
    named = {_head_code(one, name) for one in entries for name in HEADS}
    of_heads = sorted(named - {""})
    return AwardYears(
        employer=_column(entries, lambda one: one.employer),
        award=_column(entries, lambda one: one.award),
        year=_column(entries, lambda one: one.claim.exercise.start.year),
        shape=_column(entries, lambda one: SHAPE_NAMES.index(one.claim.shape)),
        wave=_waves(entries),
        start=_column(entries, _first_day),
        stop=_column(entries, lambda one: one.claim.exercise.stop.toordinal()),
        granted=_column(entries, _granted),
        cut=np.full(len(entries), WHOLE, dtype=np.int64),
        cut_stop=_column(entries, lambda one: one.claim.exercise.stop.toordinal()),
        written=_column(entries, lambda one: int(_last(one, "granted") is not None)),
        free_months=np.full(len(entries), _MONTHS, dtype=np.int64),
        income=_column(entries, lambda one: sum(_euros(one, name, 0) for name in INCOME)),
        other=_column(entries, lambda one: _euros(one, OTHER_FUNDING, -1)),
        alive=_flags(entries, lambda one: one.claim.outside_life is None),
        scale_bound=_flags(entries, lambda one: one.claim.scale_bound),
        framed=_flags(entries, lambda one: one.claim.framed),
        post_year=_flags(entries, lambda one: one.claim.bound == "post_year"),
        form_known=_flags(entries, lambda one: one.claim.refused_functions is not None),
        scales_known=_flags(entries, lambda one: one.claim.scales is not None),
        regime=_column(entries, lambda one: _regime(one, grid)),
        excluded=_table(entries, items, lambda one: [i in one.claim.excluded for i in words.items]),
        shared=_table(entries, items, lambda one: [i in one.claim.shared for i in words.items]),
        admits=_table(entries, scales, _admitted_scales),
        refuses=_table(entries, words.functions, lambda one: _refused(one, words.functions)),
        amount=_monthly(entries, _amount),
        rate=_monthly(entries, _rate),
        code=_column(entries, lambda one: codes.index(_code(one)) if _code(one) else -1),
        codes=codes,
        capped=_capped(entries, words),
        caps=_table(entries, items, lambda one: [i in one.claim.capped for i in words.items]),
        heads=_heads(entries, of_heads),
        head_codes=tuple(of_heads),
        bases=bases,
        base_table=table,
        index=grid,
        items=words.items,
        natures=np.array([natures.index(words.natures[i]) for i in words.items], dtype=np.int64),
    )


def parts_of(entries: Sequence[Entry]) -> Parts:
    """The invoice parts of the entries, with what each scheme takes of them."""
    rows = [
        np.stack(
            [
                np.full(len(one.claim.invoices), place, dtype=np.int64),
                one.claim.invoices.head,
                one.claim.invoices.amount,
                admitted_invoices(one.claim),
                _months(one),
            ]
        )
        for place, one in enumerate(entries)
    ]
    empty = np.zeros((5, 0), dtype=np.int64)
    return Parts(*np.concatenate([empty, *rows], axis=1))


def _months(one: Entry) -> Ints:
    """The month in which each invoice counts: that of its date, within the year."""
    first = one.claim.exercise.start.year * _MONTHS
    starts = month_ordinals(np.arange(first, first + _MONTHS, dtype=np.int64))
    place = np.searchsorted(starts, one.claim.invoices.issued, side="right") - 1
    return np.asarray(first + np.maximum(place, 0), dtype=np.int64)


def posts_of(entries: Iterable[Entry]) -> PostRows:
    """The posts of the awards, once each, numbered as the slices number them."""
    seen: dict[int, Entry] = {}
    for one in entries:
        seen.setdefault(one.award, one)
    rows = [
        np.stack(
            [
                np.full(len(one.claim.posts.fte), award, dtype=np.int64),
                one.claim.posts.function,
                one.claim.posts.fte,
                one.claim.posts.start,
                one.claim.posts.stop,
            ]
        )
        for award, one in seen.items()
    ]
    return PostRows(*np.concatenate([np.zeros((5, 0), dtype=np.int64), *rows], axis=1))


def _column(entries: Sequence[Entry], value: Callable[[Entry], int]) -> Ints:
    return np.array([value(one) for one in entries], dtype=np.int64)


def _flags(entries: Sequence[Entry], value: Callable[[Entry], bool]) -> Flags:
    return np.array([value(one) for one in entries], dtype=np.bool_)


def _table(entries: Sequence[Entry], width: int, value: Callable[[Entry], list[bool]]) -> Flags:
    rows = [value(one) for one in entries]
    return np.array(rows, dtype=np.bool_).reshape(len(rows), width)


def _waves(entries: Sequence[Entry]) -> Ints:
    keys = [
        (one.employer, one.claim.exercise.start.year, one.claim.order, one.claim.key)
        for one in entries
    ]
    wave = np.zeros(len(keys), dtype=np.int64)
    rank, before = 0, (-1, -1)
    for place in sorted(range(len(keys)), key=keys.__getitem__):
        rank = rank + 1 if keys[place][:2] == before else 0
        wave[place], before = rank, keys[place][:2]
    return wave


def _first_day(one: Entry) -> int:
    start = one.claim.exercise.start
    return max(start, one.claim.not_before or start).toordinal()


def _granted(one: Entry) -> int:
    if one.claim.outside_life is not None:
        return -1
    try:
        return grant(one.claim, one.known).granted
    except FigureNotDefined:
        return -1


def _last(one: Entry, name: str) -> Fraction | None:
    found = one.known.use_if_any(name, one.claim.exercise.stop - timedelta(days=1))
    return None if found is None else found[0]


def _euros(one: Entry, name: str, absent: int) -> int:
    value = _last(one, name)
    return absent if value is None else _cents(value)


def _cents(value: Fraction) -> int:
    exact = value * _CENTS
    return money.round_ratio(exact.numerator, exact.denominator)


def _regime(one: Entry, grid: IndexGrid) -> int:
    regime = one.claim.index_regime
    if regime is None:
        return -1
    return grid.regimes.index(regime) if regime in grid.regimes else -2


def _admitted_scales(one: Entry) -> list[bool]:
    admitted = one.claim.scales
    return [admitted is None or code in admitted for code, _ in one.known.scales]


def _refused(one: Entry, functions: int) -> list[bool]:
    refused = one.claim.refused_functions or frozenset()
    return [function in refused for function in range(functions)]


def _amount(one: Entry) -> tuple[str, ...]:
    shape = one.claim.shape
    if shape == "capped_cost":
        return (one.claim.ceiling,)
    return (one.claim.premium,) if shape == "post_premium" else ()


def _rate(one: Entry) -> tuple[str, ...]:
    return ("premium_rate",) if one.claim.shape == "post_premium" else ()


def _code(one: Entry) -> str:
    """Full code of the amount per FTE, empty without one."""
    return "".join(f"{one.known.scheme}.{name}" for name in _amount(one))


def _monthly(entries: Sequence[Entry], names: Callable[[Entry], tuple[str, ...]]) -> Monthly:
    """The product of some figures on the first day of each month of the year."""
    top = np.zeros((len(entries), _MONTHS), dtype=np.int64)
    bottom = np.zeros((len(entries), _MONTHS), dtype=np.int64)
    for place, one in enumerate(entries):
        wanted = names(one)
        first = one.claim.exercise.start.year * _MONTHS
        for month in range(first, first + _MONTHS) if wanted else ():
            value = Fraction(1)
            try:
                for name in wanted:
                    value *= one.known.use(name, month_start(month))[0]
            except FigureNotDefined:
                continue
            at = place, month % _MONTHS
            top[at], bottom[at] = value.numerator, value.denominator
    return Monthly(top, bottom)


def _capped(entries: Sequence[Entry], words: Vocabulary) -> Mapping[str, Monthly]:
    items = [item for item in words.items if any(item in one.claim.capped for one in entries)]
    return {item: _monthly(entries, _figure_of(item)) for item in items}


def _figure_of(item: str) -> Callable[[Entry], tuple[str, ...]]:
    def names(one: Entry) -> tuple[str, ...]:
        return (one.claim.capped[item],) if item in one.claim.capped else ()

    return names


def _heads(entries: Sequence[Entry], codes: Sequence[str]) -> HeadRules:
    rules = [[_head(one, name) for name in HEADS] for one in entries]
    table = np.array(rules, dtype=np.int64).reshape(len(rules), len(HEADS), 4)
    own = [_last(one, "own_share_min") for one in entries]
    named = [[_head_code(one, name) for name in HEADS] for one in entries]
    places = [[codes.index(code) if code else -1 for code in row] for row in named]
    return HeadRules(
        kind=table[:, :, 0],
        cents=table[:, :, 1],
        numerator=table[:, :, 2],
        denominator=table[:, :, 3],
        code=np.array(places, dtype=np.int64).reshape(len(rules), len(HEADS)),
        own_numerator=np.array([value.numerator if value else 0 for value in own], dtype=np.int64),
        own_denominator=np.array(
            [0 if value is None else value.denominator for value in own], dtype=np.int64
        ),
        free=_column(entries, lambda one: _euros(one, "investment_free", -1)),
        reserved=np.zeros((len(rules), len(HEADS)), dtype=np.int64),
    )


def _head_code(one: Entry, name: str) -> str:
    """Full code of the figure of a head, empty without one."""
    rule = one.claim.heads.get(name, "excluded").removeprefix("optional:")
    return "" if rule in {"full", "excluded"} else f"{one.known.scheme}.{rule}"


def _head(one: Entry, name: str) -> tuple[int, int, int, int]:
    """Kind, cents, numerator and denominator of the rule of a head."""
    rule = one.claim.heads.get(name, "excluded")
    if rule in {"full", "excluded"}:
        return (FULL if rule == "full" else EXCLUDED), 0, 0, 1
    figure = rule.removeprefix("optional:")
    found = one.known.use_if_any(figure, one.claim.exercise.stop - timedelta(days=1))
    if found is None:
        return (FULL if figure != rule else UNKNOWN), 0, 0, 1
    value, use = found
    if use.unit == "ratio":
        return SHARE, 0, value.numerator, value.denominator
    return MAXIMUM, _cents(value), 0, 1


def _bases(entries: Sequence[Entry]) -> tuple[Ints, Cents]:
    """The table of yearly bases that each award-year reads, and the tables by first day."""
    days = sorted({one.claim.exercise.start for one in entries if one.claim.scale_bound})
    if not days:
        return np.zeros(len(entries), dtype=np.int64), np.zeros((1, 1, STEPS), dtype=np.int64)
    known = entries[0].known
    table = np.full((len(days), max(len(known.scales), 1), STEPS), -1, dtype=np.int64)
    for place, day in enumerate(days):
        for scale, (code, column) in enumerate(known.scales):
            for step in range(STEPS):
                name = scale_figure(known, code, column, step)
                found = known.use_if_any(name, day)
                table[place, scale, step] = -1 if found is None else _cents(found[0])
    rows = _column(
        entries, lambda one: days.index(one.claim.exercise.start) if one.claim.scale_bound else 0
    )
    return rows, table
