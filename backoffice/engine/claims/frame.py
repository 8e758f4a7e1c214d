"""What a function is admitted for: the FTE of its posts, and whether it is financed at all."""

from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import Award, TermMissing
from backoffice.engine.claims.lines import StaffLines, bounded, round_half_up
from backoffice.engine.claims.rooms import reduced, within_room
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, days_in_month, month_ordinals
from backoffice.engine.phrases import Phrase
from backoffice.engine.sheet import EUR, Column, labels

_MONTHS = 12
_FORM_UNKNOWN = Phrase(
    "La forme juridique du bénéficiaire n'est pas connue : encodez le terme « form » de la "
    "subvention, d'après la décision d'agrément."
)
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


def of_the_form(award: Award, lines: StaffLines, admitted: Cents, before: str) -> Column:
    """Leave out the functions that the legal form of the beneficiary does not finance.

    Args:
        award: with the functions that it refuses.
        lines: its staff lines.
        admitted: cents of each line, as the step `before` leaves them.
        before: name of that step.

    Raises:
        FigureNotDefined: the letter does not say which legal form it is.
    """
    if award.refused_functions is None:
        code = f"{award.scheme}.form"
        raise TermMissing(code, award.exercise.start, "missing", _FORM_UNKNOWN)
    refused = np.isin(lines.slices.function, sorted(award.refused_functions))
    return Column(
        "of_the_form",
        labels("Coût des fonctions financées", "Kost van de gefinancierde functies"),
        EUR,
        np.where(refused, 0, admitted),
        rule=f"{before} where the form finances the function else 0",
    )


def funded_fte(award: Award, lines: StaffLines) -> tuple[Ints, Ints]:
    """The paid FTE of each line, up to the FTE of its post in the month.

    Where the holders of a post are together more than the post (a replacement that overlaps, two
    paid holders), each counts in proportion. An exact ratio per line, not rounded.
    """
    numerator, denominator = lines.fte
    post = lines.slices.post - award.first_post
    key = post * _MONTHS + lines.month - award.exercise.start.year * _MONTHS
    names, group = np.unique(key, return_inverse=True)
    # A bound above on whole numbers finds the few months that an exact sum must settle.
    most = money.sum_groups(-(-numerator * _DEN_FTE // denominator), group, len(names))
    posts = [(int(name) // _MONTHS, int(name) % _MONTHS) for name in names]
    fte = _fte_of_posts(award, posts)
    rows = np.flatnonzero((most > fte[0] // fte[1])[group])
    if not len(rows):
        return lines.fte
    doubtful, place = np.unique(group[rows], return_inverse=True)
    room = reduced(fte[0][doubtful], fte[1][doubtful] * _DEN_FTE)
    top, bottom = within_room((numerator[rows], denominator[rows]), place, room)
    found = numerator.astype(top.dtype), denominator.astype(bottom.dtype)
    found[0][rows], found[1][rows] = top, bottom
    return found


def _fte_of_posts(award: Award, posts: list[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Ten-thousandths of FTE x days of each post in a month, and the days of that month."""
    place = np.array([post for post, _month in posts], dtype=np.int64)
    month = np.array([month for _post, month in posts], dtype=np.int64)
    month = month + award.exercise.start.year * _MONTHS
    first, after = month_ordinals(month), month_ordinals(month + 1)
    start, stop = award.posts.start[place], award.posts.stop[place]
    days = np.maximum(np.minimum(stop, after) - np.maximum(start, first), 0)
    return award.posts.fte[place] * days, after - first


def _frame(award: Award, function: int, month: int) -> Fraction:
    """FTE of the posts of a function over one month, each for the days it exists."""
    index = award.exercise.start.year * _MONTHS + month
    start, stop = (int(value) for value in month_ordinals(np.array([index, index + 1])))
    posts = award.posts
    days = np.maximum(np.minimum(posts.stop, stop) - np.maximum(posts.start, start), 0)
    mine = posts.function == function
    return Fraction(int((posts.fte * days)[mine].sum()), _DEN_FTE * days_in_month(index))
