"""Patches on figures: rates of the employer, and what awards pay per FTE."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.rooms import reduced
from backoffice.engine.figures import FigureNotDefined, FigureValue, Source
from backoffice.engine.fte import MONTHS
from backoffice.engine.index_series import rounded
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, month_index, month_ordinals, month_start
from backoffice.engine.phrases import Phrase
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.admitted import per_fte
from backoffice.engine.scenario.award_years import PER_FTE, AwardYears, Flags, Monthly, PostRows
from backoffice.engine.scenario.patch import AWARDS, PAY, Patch, Refused, Touches, listed
from backoffice.engine.scenario.patches.awards import index_factor, unbounded
from backoffice.engine.scenario.patches.heads import head_patch

OF_EMPLOYER = ("employer.onss_category_2", "employer.manual_base", "employer.double_holiday")
_OF_AN_AMOUNT = ("indexed_by", "uncapped")
RATES = "premium_rate"
_UNBOUNDED = Fraction(10**7)
"""EUR per FTE and year that no pay reaches."""
_CENTS, _DEN_FTE, _DECIMALS = 100, 10_000, 4
_MOST_RATE, _MOST_EUROS = 10, 10**9


def figure_patch(facts: Facts, patch: Patch) -> tuple[Facts, Touches]:
    """Change a figure from the first whole month on.

    Target: a rate of the employer, `SCHEME.premium_rate`, the maximum or the share of a head of a
    scheme (`SCHEME.running_max`: see `head_patch`), or the amount per FTE of a scheme by its code,
    the last part of which may be `*`; it holds for every award that counts by it, those whose
    letter writes the amount included. Values, one of: `set`, `add`, `factor`, `freeze` true (it
    stays what it is in the month of the day), and for an amount per FTE `indexed_by` a yearly rate
    each January or the events of an index regime, at four decimals of the factor, or `uncapped`
    true: what each worker costs is its only bound, where a letter writes the grant too.

    Raises:
        Refused: no such figure here, or not exactly one value.
    """
    name = patch.one_of("set", "add", "factor", "freeze", "indexed_by", "uncapped")
    if patch.target in OF_EMPLOYER and name not in _OF_AN_AMOUNT:
        return _employer(facts, patch, name), PAY
    if patch.target in facts.years.head_codes:
        return head_patch(facts, patch, name), AWARDS
    rows = counting_by(facts, patch.target)
    if not rows.any():
        known = (*OF_EMPLOYER, *facts.years.codes, *_rate_codes(facts), *facts.years.head_codes)
        raise Refused(
            Phrase(
                "aucun calcul d'ici ne repose sur « %(target)s » ; les valeurs sur lesquelles il "
                "y en a : %(known)s.",
                target=patch.target,
                known=listed(known),
            )
        )
    years = facts.years
    which = "rate" if patch.target.endswith(RATES) else "amount"
    if which == "rate" and name == "uncapped":
        raise Refused(
            Phrase(
                "« uncapped » vaut pour un montant par ETP, et non pour un taux : donnez « set »."
            )
        )
    old = years.rate if which == "rate" else years.amount
    if name == "freeze":
        changed = _frozen(facts, old, rows, patch)
    elif name == "indexed_by":
        changed = _indexed(facts, old, rows, patch)
    else:
        changed = _monthly(old, years.year, rows, (patch, name))
    years = replace(years, rate=changed) if which == "rate" else replace(years, amount=changed)
    years = _granted_again(facts.years, years, facts.posts, rows)
    if name == "uncapped":
        years = unbounded(years, rows & (years.written == 1), patch)
    return replace(facts, years=years), AWARDS


def _employer(facts: Facts, patch: Patch, name: str) -> Facts:
    try:
        now = facts.figures.on(patch.target, patch.since)
    except FigureNotDefined as error:
        raise Refused(error.message) from error
    value = now.exact if name == "freeze" else _new(now.exact, patch, name)
    since = month_start(patch.month)
    row = FigureValue(since, None, value, str(value), since, "forecast", Source("scénario"))
    figure = facts.figures[patch.target]
    kept = tuple(one for one in figure.values if one.since < since)
    changed = replace(figure, values=(*kept, row))
    others = {code: one for code, one in facts.figures.items() if code != patch.target}
    return replace(facts, figures=type(facts.figures)({**others, patch.target: changed}))


def _new(old: Fraction, patch: Patch, name: str) -> Fraction:
    """The figure with a value: a rate up to 10, an amount per FTE up to a milliard of EUR.

    Raises:
        Refused: it would lie beyond, or below 0.
    """
    if name == "uncapped":
        return _UNBOUNDED
    value = patch.number_of(name) or Fraction(0)
    found = value if name == "set" else old + value if name == "add" else old * value
    rate = patch.target in OF_EMPLOYER or patch.target.endswith(RATES)
    most = _MOST_RATE if rate else _MOST_EUROS
    if not 0 <= found <= most:
        raise Refused(
            Phrase(
                "« %(target)s » serait de %(value)s, hors des bornes : 0 à %(most)s. Changez "
                "« %(name)s ».",
                target=patch.target,
                value=rounded(found, _DECIMALS),
                most=most,
                name=name,
            )
        )
    return found


def _rate_codes(facts: Facts) -> set[str]:
    rated = facts.years.award[facts.years.shape == PER_FTE[1]]
    return {f"{facts.names.award_schemes[award]}.{RATES}" for award in rated.tolist()}


def counting_by(facts: Facts, target: str) -> Flags:
    """The award-years whose amount per FTE, or rate, has this code."""
    years = facts.years
    if target in _rate_codes(facts):
        scheme = target.removesuffix(f".{RATES}")
        mine = [k for k, one in enumerate(facts.names.award_schemes) if one == scheme]
        rated = years.shape == PER_FTE[1]
        return np.asarray(np.isin(years.award, mine) & rated, dtype=np.bool_)
    start = target.removesuffix("*")
    codes = [
        k
        for k, code in enumerate(years.codes)
        if code == target or (target.endswith("*") and code.startswith(start))
    ]
    return np.isin(years.code, codes)


def _monthly(figure: Monthly, year: Ints, rows: Flags, how: tuple[Patch, str]) -> Monthly:
    """The figure with another value from the day on; an unknown one only by what tells it."""
    patch, name = how
    month = year[:, None] * MONTHS + np.arange(MONTHS)
    late = rows[:, None] & (month >= patch.month)
    late &= (figure.denominator > 0) | (name in {"set", "uncapped"})
    top, bottom = figure.numerator.copy(), figure.denominator.copy()
    kinds, back = np.unique(np.stack([top[late], bottom[late]]), axis=1, return_inverse=True)
    values = [_new(Fraction(a, b or 1), patch, name) for a, b in kinds.T.tolist()]
    new = np.array([one.as_integer_ratio() for one in values], dtype=np.int64).reshape(-1, 2)
    top[late], bottom[late] = new[np.asarray(back).reshape(-1)].T
    return Monthly(top, bottom)


def _indexed(facts: Facts, figure: Monthly, rows: Flags, patch: Patch) -> Monthly:
    """The figure of each month x its index since the day."""
    top, bottom = figure.numerator.copy(), figure.denominator.copy()
    year = facts.years.year
    for month in range(patch.month, facts.stop):
        factor = rounded(index_factor(facts, patch, month), _DECIMALS)
        known = figure.denominator[:, month % MONTHS] > 0
        mine = np.flatnonzero(rows & known & (year == month // MONTHS))
        at = mine, np.full(len(mine), month % MONTHS)
        ratio = reduced(top[at] * factor.numerator, bottom[at] * factor.denominator)
        top[at], bottom[at] = ratio
    return Monthly(top, bottom)


def _frozen(facts: Facts, figure: Monthly, rows: Flags, patch: Patch) -> Monthly:
    """The figure of each award as it is in the month of the day, in every later month."""
    award, year = facts.years.award, facts.years.year
    base = np.full(len(facts.names.awards), -1, dtype=np.int64)
    first = np.flatnonzero(year == patch.since.year)
    base[award[first]] = first
    row = base[award]
    column = patch.since.month - 1
    month = year[:, None] * MONTHS + np.arange(MONTHS)
    known = (row >= 0) & rows & (figure.denominator[row, column] > 0)
    late = known[:, None] & (month > month_index(patch.since))
    return Monthly(
        np.where(late, figure.numerator[row, column][:, None], figure.numerator),
        np.where(late, figure.denominator[row, column][:, None], figure.denominator),
    )


def _granted_again(
    before: AwardYears, years: AwardYears, posts: PostRows, rows: Flags
) -> AwardYears:
    """The grants that no letter writes, moved as the right that follows from the amount per FTE.

    What earlier patches have made of them stays; the months whose grant one has set do not move.
    """
    computed = np.flatnonzero(rows & (years.written == 0))
    old, new = (_rights(one, posts, computed) for one in (before, years))
    granted = years.granted.copy()
    held = granted[computed]
    moved = np.where((held < 0) | (old < 0), new, np.maximum(held + new - old, 0))
    granted[computed] = np.where(new < 0, held, moved)
    return replace(years, granted=granted)


def _rights(years: AwardYears, posts: PostRows, computed: Ints) -> Cents:
    """Cents that the posts of some award-years give right to, in the months that no patch has set.

    -1 where the amount per FTE of a month is not known.
    """
    month = years.year[computed][:, None] * MONTHS + np.arange(MONTHS)
    at = np.repeat(computed, MONTHS), np.tile(np.arange(MONTHS), len(computed))
    top, bottom = per_fte(years, at)
    days, length = _post_days(years, posts, at[0], month.reshape(-1))
    days = np.where(at[1] < years.free_months[at[0]], days, 0)
    unknown = (bottom == 0) & (days > 0)
    fte = days, length * _DEN_FTE
    value = money.products(top, _CENTS), money.products(np.maximum(bottom, 1), MONTHS)
    group = np.repeat(np.arange(len(computed)), MONTHS)
    right = money.sum_products(fte, value, group, len(computed))
    lacking = money.sum_groups(unknown.astype(np.int64), group, len(computed)) > 0
    return np.where(lacking, -1, right)


def _post_days(years: AwardYears, posts: PostRows, year: Ints, month: Ints) -> tuple[Cents, Ints]:
    """Ten-thousandths of FTE x days of all posts of the award in a month of the exercise."""
    first, after = month_ordinals(month), month_ordinals(month + 1)
    low, high = np.maximum(first, years.start[year]), np.minimum(after, years.stop[year])
    total = np.zeros(len(month), dtype=np.int64)
    order = np.argsort(posts.award, kind="stable")
    begin = np.searchsorted(posts.award[order], years.award[year])
    end = np.searchsorted(posts.award[order], years.award[year], side="right")
    count = end - begin
    owner = np.repeat(np.arange(len(month)), count)
    place = order[np.arange(len(owner)) + np.repeat(begin - np.cumsum(count) + count, count)]
    days = np.minimum(posts.stop[place], high[owner]) - np.maximum(posts.start[place], low[owner])
    np.add.at(total, owner, posts.fte[place] * np.maximum(days, 0))
    return total, after - first
