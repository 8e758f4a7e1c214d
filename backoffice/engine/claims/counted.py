"""What an award counts of each cost item: up to a maximum per FTE, less other public funding."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import Award, Known, by_month
from backoffice.engine.claims.lines import StaffLines, bounded
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.fte import MONTHS
from backoffice.engine.money import Cents
from backoffice.engine.sheet import EUR, Column, labels

OTHER_FUNDING = "other_funding"
"""The figure with the euros that others pay of the same cost items over the exercise."""

_CENTS = 100


def counted(award: Award, lines: StaffLines, known: Known) -> StaffLines:
    """The lines with what counts of each cost item, and the columns that say what does not.

    A capped item counts up to its figure (EUR per FTE and year) x paid FTE of its post over the
    exercise. From the shared items together comes off what other public funding pays of them, as
    far as it is known; it never makes a cost negative. Where a maximum is not known the lines stay
    as they are and say what they lack.
    """
    if not len(lines) or not (award.capped or award.shared):
        return lines
    try:
        capped = _capped(award, lines, known)
    except FigureNotDefined as error:
        return replace(lines, lacks=error)
    shared = _shared(award, lines, known)
    costs = {
        item: values - capped.get(item, (0,))[0] - shared.get(item, 0)
        for item, values in lines.costs.items()
    }
    columns = [*_columns_of_caps(lines, capped), *_columns_of_funding(award, lines, known, shared)]
    return replace(lines, costs=costs, uncounted=tuple(columns))


def _capped(award: Award, lines: StaffLines, known: Known) -> dict[str, tuple[Cents, Column]]:
    """By capped item: cents of each line above the maximum of its post, and the maximum."""
    names, group = np.unique(lines.slices.post, return_inverse=True)
    found = {}
    for item, figure in award.capped.items():
        if item in lines.costs and item not in award.excluded:
            value = by_month(known, figure, lines.month)
            month = (
                money.products(value.numerator, _CENTS),
                money.products(value.denominator, MONTHS),
            )
            bounds = money.sum_products(lines.fte, month, group, len(names))
            above = lines.costs[item] - bounded(lines.costs[item], group, bounds)
            label = known.figures[value.uses[0].code].label
            found[item] = above, value.amounts(f"maximum_{item}", label["fr"], label["nl"])
    return found


def _shared(award: Award, lines: StaffLines, known: Known) -> dict[str, Cents]:
    """By shared item: cents of each line that other public funding pays."""
    use = known.use_if_any(OTHER_FUNDING, award.exercise.stop - timedelta(days=1))
    items = [item for item in lines.costs if item in award.shared - award.excluded]
    if use is None or not items:
        return {}
    positive = np.concatenate([np.maximum(lines.costs[item], 0) for item in items])
    euros = use[0] * _CENTS
    paid = min(money.round_ratio(euros.numerator, euros.denominator), money.total(positive))
    group = np.zeros(len(positive), dtype=np.int64)
    parts = money.allocate_groups(np.array([paid], dtype=np.int64), positive, group)
    return dict(zip(items, parts.reshape(len(items), len(lines)), strict=True))


def _columns_of_caps(
    lines: StaffLines, capped: dict[str, tuple[Cents, Column]]
) -> Iterator[Column]:
    if capped:
        yield from (maximum for _above, maximum in capped.values())
        above = sum((cents for cents, _ in capped.values()), np.zeros(len(lines), dtype=np.int64))
        label = labels("Au-delà du maximum de l'élément", "Boven het maximum van het element")
        rule = "sum over the post of the item - maximum x fte / 12"
        yield Column("above_maximum", label, EUR, above, rule=rule)


def _columns_of_funding(
    award: Award, lines: StaffLines, known: Known, shared: dict[str, Cents]
) -> Iterator[Column]:
    if shared:
        _value, use = known.use(OTHER_FUNDING, award.exercise.stop - timedelta(days=1))
        paid = sum(shared.values(), np.zeros(len(lines), dtype=np.int64))
        label = labels("Financé par ailleurs", "Elders gefinancierd")
        rule = f"{OTHER_FUNDING} of the exercise, in proportion to the items it pays"
        yield Column("funded_elsewhere", label, EUR, paid, rule=rule, uses=(use,))
