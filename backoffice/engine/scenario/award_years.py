"""Awards by civil year as columns: what `settle` asks of each award, for many employers at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from backoffice.engine.claims.shapes import SHAPES
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.projection.index_grid import IndexGrid

Flags = npt.NDArray[np.bool_]
SHAPE_NAMES = tuple(SHAPES)
REAL = tuple(SHAPE_NAMES.index(name) for name in ("real_cost", "envelope_share", "indexed_cost"))
PER_FTE = tuple(SHAPE_NAMES.index(name) for name in ("capped_cost", "post_premium"))
EXCLUDED, FULL, MAXIMUM, SHARE, UNKNOWN = range(5)
"""What a head of an award lets through: nothing, all, up to cents, a share of the staff."""
STEPS = 60
WHOLE = -2
"""Cents of an award-year that no end of a scheme has cut."""


@dataclass(frozen=True)
class Monthly:
    """A figure by award-year (row) and month of the year (column); denominator 0: unknown."""

    numerator: Ints
    denominator: Ints


@dataclass(frozen=True)
class HeadRules:
    """The rule of each head: one row per award-year, one column per head of `HEADS`.

    `kind` is one of the constants above, `cents` a maximum, the ratio a share of the staff; `code`
    the place in `head_codes` of the figure that says so, -1 without one. Own money on investments:
    `own_denominator` 0 where none is asked; `free` -1 where it is unknown. `reserved`: cents of
    the grant that pay nothing else than the head, above its maximum; a scenario alone has some.
    """

    kind: Ints
    cents: Cents
    numerator: Ints
    denominator: Ints
    code: Ints
    own_numerator: Ints
    own_denominator: Ints
    free: Cents
    reserved: Cents


@dataclass(frozen=True)
class PostRows:
    """Posts of all awards: index of the award, function, FTE in ten-thousandths, day ordinals."""

    award: Ints
    function: Ints
    fte: Ints
    start: Ints
    stop: Ints

    def __len__(self) -> int:
        return len(self.award)


@dataclass(frozen=True)
class Parts:
    """Invoice parts: award-year, head, cents presented, cents that the scheme takes, month."""

    year: Ints
    head: Ints
    amount: Cents
    admitted: Cents
    month: Ints

    def __len__(self) -> int:
        return len(self.year)


@dataclass(frozen=True)
class AwardYears:
    """One row per award x civil year; amounts in cents, -1 where unknown (never 0).

    Attributes:
        employer: index of the employer; `award` of the award; `year` the civil year.
        shape: index in `SHAPE_NAMES`; `wave`: rank among the awards of the employer-year, those
            of a lower wave are settled first.
        start: first day whose costs count; `stop` the day after the exercise.
        granted: what the letter or the terms give; `written` 1 where a letter wrote it;
            `free_months` the first months of the year whose part of it no patch has set, 12: all.
        cut: cents granted before the end of the scheme cut them, `WHOLE` where nothing did;
            `cut_stop` the day after the exercise of then.
        income: receipts deducted; `other` public funding of shared items, -1 when none is known.
        alive: the scheme exists in the exercise.
        scale_bound, framed, post_year, form_known, scales_known: the options of the claim shape.
        regime: index of the grant's regime in `index`, -1 when the letter does not say.
        excluded: cost items (columns) left out; `shared` those other funding is deducted from.
        admits: scales (columns) that the letter admits; `refuses` functions of other legal forms.
        amount: ceiling or premium per FTE and year, by month; `rate` what is paid of it.
        code: index in `codes` of the figure of `amount`, -1 without one.
        capped: by cost item, what counts at most per FTE and year; `caps` (columns: cost items)
            says which award-years have such a maximum, known or not.
        head_codes: codes of the figures of `heads`.
        bases: row of `base_table`, whose cells are cents a year at 100 % by scale and step.
        items: names of the cost items; `natures` scale 0, charges 1, benefit 2.
    """

    employer: Ints
    award: Ints
    year: Ints
    shape: Ints
    wave: Ints
    start: Ints
    stop: Ints
    granted: Cents
    cut: Cents
    cut_stop: Ints
    written: Ints
    free_months: Ints
    income: Cents
    other: Cents
    alive: Flags
    scale_bound: Flags
    framed: Flags
    post_year: Flags
    form_known: Flags
    scales_known: Flags
    regime: Ints
    excluded: Flags
    shared: Flags
    admits: Flags
    refuses: Flags
    amount: Monthly
    rate: Monthly
    code: Ints
    codes: tuple[str, ...]
    capped: Mapping[str, Monthly]
    caps: Flags
    heads: HeadRules
    head_codes: tuple[str, ...]
    bases: Ints
    base_table: Cents
    index: IndexGrid
    items: tuple[str, ...]
    natures: Ints

    def __len__(self) -> int:
        return len(self.award)

    @cached_property
    def at_real_cost(self) -> Flags:
        """The award-years whose lines count for what they cost."""
        return np.isin(self.shape, REAL)

    @cached_property
    def per_fte(self) -> Flags:
        """The award-years whose lines count up to an amount per FTE."""
        return np.isin(self.shape, PER_FTE)


_SHARED = frozenset({"codes", "head_codes", "base_table", "index", "items", "natures"})
"""Columns that are not one row per award-year."""


def taken_years(years: AwardYears, rows: Ints) -> AwardYears:
    """Some award-years in the order given; a row may be taken more than once."""
    return cast("AwardYears", _each(lambda columns: columns[0][rows], years))


def joined_years(first: AwardYears, second: AwardYears) -> AwardYears:
    """The award-years of the first, then those of the second, which has the same vocabulary."""
    return cast("AwardYears", _each(np.concatenate, first, second))


def differing_years(first: AwardYears, second: AwardYears) -> Flags:
    """1 for each award-year of which anything differs; both have the same rows, in one order."""
    found = np.zeros(len(first), dtype=np.bool_)
    if any(getattr(first, name) is not getattr(second, name) for name in _SHARED):
        return ~found

    def compare(columns: Sequence[Any]) -> Any:
        one, two = columns
        if one is not two:
            differs = one != two
            found[differs.reshape(len(found), -1).any(axis=1)] = True
        return one

    _each(compare, first, second)
    return found


def _each(make: Callable[[Sequence[Any]], Any], *values: Any) -> Any:
    """The same structure with each column made from that of the values."""
    first = values[0]
    if isinstance(first, np.ndarray):
        return make(values)
    if isinstance(first, Mapping):
        return {name: _each(make, *(value[name] for value in values)) for name in first}
    names = [one.name for one in fields(first) if one.name not in _SHARED]
    made = {name: _each(make, *(getattr(value, name) for value in values)) for name in names}
    return replace(first, **made)
