"""What each line of cost is admitted for: the claim shapes on the lines of many awards at once."""

from dataclasses import dataclass

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.lines import bounded
from backoffice.engine.claims.rooms import reduced, within_room
from backoffice.engine.money import Cents
from backoffice.engine.payroll import Slices
from backoffice.engine.periods import Ints, month_ordinals
from backoffice.engine.projection.index_grid import full_months
from backoffice.engine.scenario.award_years import (
    PER_FTE,
    STEPS,
    AwardYears,
    Flags,
    Monthly,
    PostRows,
)

_MONTHS, _CENTS, _DEN_FTE = 12, 100, 10_000


@dataclass(frozen=True)
class Wave:
    """The lines of the awards of one wave: at most one award of each employer-year.

    `rows` are the places of the lines among all slices, `year` the award-year of each, `month` its
    month index, `fte` its paid FTE-month as a ratio; `post` numbers the posts of all awards.
    """

    rows: Ints
    slices: Slices
    year: Ints
    month: Ints
    fte: tuple[Ints, Ints]

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, rows: Ints) -> "Wave":
        """Some of the lines, in the order given."""
        fte = self.fte[0][rows], self.fte[1][rows]
        return Wave(self.rows[rows], self.slices.take(rows), self.year[rows], self.month[rows], fte)


@dataclass(frozen=True)
class LineCosts:
    """Cents of each line by nature, what earlier awards pay of it, and what is then presented."""

    gross: Cents
    charges: Cents
    benefits: Cents
    eligible: Cents
    deducted: Cents
    presented: Cents


def admitted(
    wave: Wave, costs: LineCosts, years: AwardYears, posts: PostRows, unknown: Ints
) -> Cents:
    """What is admissible of each line.

    Args:
        wave: the lines.
        costs: their costs.
        years: every award-year.
        posts: every post.
        unknown: one per award-year; set to 1 where a figure that a line needs is not known.

    Returns:
        Cents, meaningless on the lines of an award-year marked unknown.
    """
    result, lacks = line_by_line(wave, costs, years)
    unknown[wave.year[lacks]] = 1
    rows = np.flatnonzero(years.at_real_cost[wave.year])
    if len(rows):
        kept = _within_frame(wave.take(rows), result[rows], years, posts)
        left = np.maximum(kept - costs.deducted[rows], 0)
        result[rows] = np.where(kept < 0, kept, left)
    rows = np.flatnonzero(years.per_fte[wave.year])
    if len(rows):
        base = costs.presented[rows]
        result[rows] = _within_bounds(wave.take(rows), base, years, posts, unknown)
    return result


def line_by_line(wave: Wave, costs: LineCosts, years: AwardYears) -> tuple[Cents, Flags]:
    """What each line counts for before any rule that bounds several lines together.

    What other awards pay is deducted of lines whose shape admits what is presented, not yet of
    those at real cost. The second value is 1 where a figure that the line needs is not known.
    """
    result, lacks = costs.presented.copy(), np.zeros(len(wave), dtype=np.bool_)
    rows = np.flatnonzero(years.at_real_cost[wave.year])
    if len(rows):
        kept, lacks[rows] = _within_scale(wave.take(rows), _take(costs, rows), years)
        refused = years.refuses[wave.year[rows], wave.slices.function[rows]]
        result[rows] = np.where(refused, 0, kept)
    return result, lacks


def shapes_unknown(years: AwardYears) -> Ints:
    """1 for each award-year whose letter lacks a word that its shape asks for, lines or not."""
    scale = years.scale_bound & (~years.scales_known | (years.regime == -1))
    return np.asarray(years.at_real_cost & (scale | ~years.form_known), dtype=np.int64)


def over_maximum(wave: Wave, cost: Cents, figure: Monthly, bound: Flags, unknown: Ints) -> Cents:
    """Cents of a capped item above the maximum of its post over the exercise; 0 elsewhere.

    Args:
        wave: the lines.
        cost: cents of the item on each line.
        figure: the maximum per FTE and year.
        bound: 1 for each award-year that the maximum concerns.
        unknown: as for `admitted`.
    """
    above = np.zeros(len(wave), dtype=np.int64)
    top, bottom = _at(figure, wave)
    concerned = bound[wave.year]
    unknown[wave.year[concerned & (bottom == 0)]] = 1
    rows = np.flatnonzero(concerned & (unknown[wave.year] == 0))
    if len(rows):
        key = wave.slices.post[rows] * (int(wave.year.max()) + 1) + wave.year[rows]
        names, group = np.unique(key, return_inverse=True)
        month = money.products(top[rows], _CENTS), money.products(bottom[rows], _MONTHS)
        fte = wave.fte[0][rows], wave.fte[1][rows]
        bounds = money.sum_products(fte, month, group, len(names))
        above[rows] = cost[rows] - bounded(cost[rows], group, bounds)
    return above


def _take(costs: LineCosts, rows: Ints) -> LineCosts:
    return LineCosts(*(getattr(costs, name)[rows] for name in costs.__dataclass_fields__))


def _at(figure: Monthly, wave: Wave) -> tuple[Ints, Ints]:
    at = wave.year, wave.month % _MONTHS
    return figure.numerator[at], figure.denominator[at]


def _within_scale(wave: Wave, costs: LineCosts, years: AwardYears) -> tuple[Cents, Flags]:
    """Gross up to the admitted scale, charges in proportion, benefits in full; 1 where unknown."""
    result, lacks = costs.eligible.copy(), np.zeros(len(wave), dtype=np.bool_)
    rows = np.flatnonzero(years.scale_bound[wave.year])
    if not len(rows):
        return result, lacks
    mine, costs = wave.take(rows), _take(costs, rows)
    slices, year = mine.slices, mine.year
    step = np.minimum(slices.seniority, STEPS - 1)
    base = years.base_table[years.bases[year], slices.scale, step]
    base = np.where(years.admits[year, slices.scale], base, 0)
    month, known = full_months(years.index, np.maximum(base, 0), years.regime[year], mine.month)
    lacks[rows] = (base < 0) | (known == 0)
    maximum = money.times(month, *mine.fte)
    gross = np.minimum(costs.gross, maximum)
    part = money.times(costs.charges, np.maximum(gross, 0), np.maximum(costs.gross, 1))
    charges = np.where(costs.gross == gross, costs.charges, part)
    result[rows] = np.minimum(gross + charges + costs.benefits, costs.eligible)
    return result, lacks


def _within_frame(wave: Wave, kept: Cents, years: AwardYears, posts: PostRows) -> Cents:
    """Each function and month brought down to the FTE of the posts of the award."""
    rows = np.flatnonzero(years.framed[wave.year])
    if not len(rows):
        return kept
    mine, base = wave.take(rows), kept[rows]
    functions = int(max(posts.function.max(initial=0), mine.slices.function.max())) + 1
    key = (mine.year * functions + mine.slices.function) * _MONTHS + mine.month % _MONTHS
    names, first, group = np.unique(key, return_index=True, return_inverse=True)
    size = len(names)
    frame, length = _frames(mine.take(first), years, posts)
    most = money.sum_groups(-(-mine.fte[0] * _DEN_FTE // mine.fte[1]), group, size)
    positive = money.sum_groups(np.maximum(base, 0), group, size)
    bounds = money.sum_groups(np.minimum(base, 0), group, size) + positive
    doubtful = np.flatnonzero(most * length > frame)
    if len(doubtful):
        at = np.flatnonzero((most * length > frame)[group])
        _names, place = np.unique(group[at], return_inverse=True)
        top, bottom = _sums((mine.fte[0][at], mine.fte[1][at]), place, len(doubtful))
        room = frame[doubtful] * bottom, length[doubtful] * _DEN_FTE * top
        over = np.asarray(room[0] < room[1], dtype=np.bool_)
        ratio = np.where(over, room[0], 1), np.where(over, room[1], 1)
        cut = money.times(positive[doubtful], *ratio) - positive[doubtful]
        bounds[doubtful] += cut
    result = kept.copy()
    result[rows] = bounded(base, np.asarray(group, dtype=np.int64), bounds)
    return result


def _frames(groups: Wave, years: AwardYears, posts: PostRows) -> tuple[Ints, Ints]:
    """Ten-thousandths of FTE x days of the posts of a function in a month, and its days."""
    first, after = month_ordinals(groups.month), month_ordinals(groups.month + 1)
    award, function = years.award[groups.year], groups.slices.function
    span = int(max(posts.function.max(initial=0), function.max())) + 1
    order = np.argsort(posts.award * span + posts.function, kind="stable")
    keys = (posts.award * span + posts.function)[order]
    wanted = award * span + function
    low, high = np.searchsorted(keys, wanted), np.searchsorted(keys, wanted, side="right")
    count = high - low
    owner = np.repeat(np.arange(len(wanted)), count)
    place = order[np.arange(len(owner)) + np.repeat(low - np.cumsum(count) + count, count)]
    stop, start = np.minimum(posts.stop[place], after[owner]), posts.start[place]
    days = np.maximum(stop - np.maximum(start, first[owner]), 0)
    return money.sum_groups(posts.fte[place] * days, owner, len(wanted)), after - first


def _sums(parts: tuple[Ints, Ints], group: Ints, size: int) -> tuple[Ints, Ints]:
    """Exact sum of the ratios of each group as a ratio, over any common denominator."""
    common = np.ones(size, dtype=np.int64)
    np.lcm.at(common, group, parts[1])
    shares = common[group] // parts[1]
    whole = bool((common > 0).all()) and bool((shares * parts[1] == common[group]).all())
    if whole and int(common.max()) * int(parts[0].max()) * len(group) <= money.LARGEST:
        return reduced(money.sum_groups(parts[0] * shares, group, size), common)
    exact = money.sum_ratios(*parts, group, size)
    top = np.array([value.numerator for value in exact], dtype=object)
    return top, np.array([value.denominator for value in exact], dtype=object)


def _within_bounds(
    wave: Wave, base: Cents, years: AwardYears, posts: PostRows, unknown: Ints
) -> Cents:
    """An amount per FTE and year x funded FTE bounds each post over the year, or worker-month."""
    top, bottom = per_fte(years, (wave.year, wave.month % _MONTHS))
    unknown[wave.year[bottom == 0]] = 1
    rows = np.flatnonzero(unknown[wave.year] == 0)
    result = base.copy()
    if not len(rows):
        return result
    mine = wave.take(rows)
    by_post = years.post_year[mine.year]
    size = int(mine.slices.pay.max()) + 1
    key = np.where(by_post, size + mine.slices.post, mine.slices.pay)
    names, group = np.unique(mine.year * (size + len(posts) + 1) + key, return_inverse=True)
    month = money.products(top[rows], _CENTS), money.products(bottom[rows], _MONTHS)
    bounds = money.sum_products(funded(mine, posts), month, group, len(names))
    result[rows] = bounded(base[rows], np.asarray(group, dtype=np.int64), bounds)
    return result


def per_fte(years: AwardYears, at: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """What an award-year pays per FTE and year in a month of the year; denominator 0: unknown.

    A premium counts at its rate, a ceiling as it is.
    """
    rated = (years.shape == PER_FTE[1])[at[0]]
    top = np.where(rated, years.rate.numerator[at], 1)
    bottom = np.where(rated, years.rate.denominator[at], 1)
    return (
        money.products(years.amount.numerator[at], top),
        money.products(years.amount.denominator[at], bottom),
    )


def funded(wave: Wave, posts: PostRows) -> tuple[Ints, Ints]:
    """The paid FTE of each line up to the FTE of its post in the month, in proportion."""
    numerator, denominator = wave.fte
    span = int(wave.month.max()) + 1
    names, group = np.unique(wave.slices.post * span + wave.month, return_inverse=True)
    most = money.sum_groups(-(-numerator * _DEN_FTE // denominator), group, len(names))
    post, month = names // span, names % span
    first, after = month_ordinals(month), month_ordinals(month + 1)
    stop, start = np.minimum(posts.stop[post], after), np.maximum(posts.start[post], first)
    fte, length = posts.fte[post] * np.maximum(stop - start, 0), after - first
    rows = np.flatnonzero((most > fte // length)[group])
    if not len(rows):
        return wave.fte
    doubtful, place = np.unique(group[rows], return_inverse=True)
    room = reduced(fte[doubtful], length[doubtful] * _DEN_FTE)
    top, bottom = within_room((numerator[rows], denominator[rows]), place, room)
    found = numerator.astype(top.dtype), denominator.astype(bottom.dtype)
    found[0][rows], found[1][rows] = top, bottom
    return found
