"""FTE admitted up to the frame: the posts of the award, function by function and month by month."""

from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import Award
from backoffice.engine.claims.lines import StaffLines, bounded, round_half_up
from backoffice.engine.money import Cents
from backoffice.engine.periods import days_in_month, month_ordinals
from backoffice.engine.sheet import EUR, Column, labels

_MONTHS = 12
_DEN_FTE = 10_000


def within_frame(award: Award, lines: StaffLines, admitted: Cents) -> Column:
    """Bring each function and month down to the FTE of the award's posts (the frame)."""
    months = lines.month - award.exercise.start.year * _MONTHS
    key = lines.slices.function * _MONTHS + months
    names, group = np.unique(key, return_inverse=True)
    assigned = money.sum_ratios(*lines.fte, group, len(names))
    positive = money.sum_groups(np.maximum(admitted, 0), group, len(names))
    negative = money.sum_groups(np.minimum(admitted, 0), group, len(names))
    bounds = []
    for index, name in enumerate(names):
        frame = _frame(award, int(name) // _MONTHS, int(name) % _MONTHS)
        ratio = min(Fraction(1), frame / assigned[index]) if assigned[index] else Fraction(1)
        bounds.append(int(positive[index]) * ratio)
    limits = [a + int(b) for a, b in zip(round_half_up(bounds), negative, strict=True)]
    values = bounded(admitted, np.asarray(group, dtype=np.int64), np.array(limits, dtype=np.int64))
    rule = (
        f"{'within_scale' if award.scale_bound else 'eligible'} x min(1, frame FTE / assigned FTE)"
    )
    return Column(
        "within_frame",
        labels("Coût dans le cadre", "Kost binnen het kader"),
        EUR,
        values,
        rule=rule,
    )


def _frame(award: Award, function: int, month: int) -> Fraction:
    """FTE of the posts of a function over one month, each for the days it exists."""
    index = award.exercise.start.year * _MONTHS + month
    start, stop = (int(value) for value in month_ordinals(np.array([index, index + 1])))
    posts = award.posts
    days = np.maximum(np.minimum(posts.stop, stop) - np.maximum(posts.start, start), 0)
    mine = posts.function == function
    return Fraction(int((posts.fte * days)[mine].sum()), _DEN_FTE * days_in_month(index))
