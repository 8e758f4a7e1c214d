"""What an award counts of each cost item, in plain fractions, for the reference of the tests."""

from collections import defaultdict
from datetime import timedelta

from backoffice.engine.claims.inputs import Award, Known
from backoffice.engine.periods import month_start
from tests.engine.claims.reference_rules import Line
from tests.engine.claims.rounding import half_up, share_out, within


def count(award: Award, lines: list[Line], known: Known) -> None:
    """Bring `taken` of each line down to what counts; nothing moves where a maximum is unknown.

    Raises:
        FigureNotDefined: the maximum of an item is not known for one of the months.
    """
    kept = [dict(line.taken) for line in lines]
    for item, figure in award.capped.items():
        _cap(lines, kept, item, (known, figure))
    _take_off_other_funding(award, lines, kept, known)
    for line, taken in zip(lines, kept, strict=True):
        line.taken = taken


def _cap(
    lines: list[Line], kept: list[dict[str, int]], item: str, maximum: tuple[Known, str]
) -> None:
    known, figure = maximum
    by_post: dict[int, list[int]] = defaultdict(list)
    for row, line in enumerate(lines):
        if item in line.taken:
            by_post[line.post].append(row)
    for rows in by_post.values():
        most = sum(
            known.use(figure, month_start(lines[row].month))[0] * lines[row].fte / 12
            for row in rows
        )
        parts = within(half_up(most * 100), [lines[row].taken[item] for row in rows])
        for row, part in zip(rows, parts, strict=True):
            kept[row][item] = part


def _take_off_other_funding(
    award: Award, lines: list[Line], kept: list[dict[str, int]], known: Known
) -> None:
    use = known.use_if_any("other_funding", award.exercise.stop - timedelta(days=1))
    if use is None or not lines:
        return
    items = [item for item in lines[0].taken if item in award.shared]
    places = [(row, item) for item in items for row in range(len(lines))]
    costs = [max(lines[row].taken[item], 0) for row, item in places]
    paid = min(half_up(use[0] * 100), sum(costs))
    for (row, item), part in zip(places, share_out(paid, costs), strict=True):
        kept[row][item] -= part
