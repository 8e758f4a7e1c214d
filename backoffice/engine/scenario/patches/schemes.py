"""Patches on a whole scheme: its end, and the one that takes over."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, year_period
from backoffice.engine.phrases import Phrase
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.award_years import WHOLE, AwardYears, joined_years, taken_years
from backoffice.engine.scenario.patch import LINES, Patch, Refused, Touches, listed
from backoffice.engine.scenario.patches.awards import award_targets, months_after

_MONTHS = 12


def scheme_patch(facts: Facts, patch: Patch) -> tuple[Facts, Touches]:
    """End a scheme, or let it go on or be taken over after its end.

    Values: `stop` true: its awards pay nothing from the day on, and what they grant for that year
    shrinks in proportion of the months. Or `successor`: the share (ratio) of each award's last
    amount that is granted again each year from the day on, for the same posts; in the year that
    the end cut, it is added for the months from the day on, as one grant of that year.

    Raises:
        Refused: no award under the scheme, or not exactly one value.
    """
    name = patch.one_of("stop", "successor")
    code = patch.target.removeprefix("scheme:")
    if code not in facts.names.award_schemes:
        raise Refused(
            Phrase(
                "aucune subvention sous le régime « %(scheme)s » ; les régimes d'ici : %(known)s.",
                scheme=code,
                known=listed(facts.names.award_schemes),
            )
        )
    rows = np.flatnonzero(award_targets(facts, f"scheme:{code}"))
    if not len(rows):
        raise Refused(
            Phrase(
                "le régime « %(scheme)s » n'a aucun exercice dans les années comparées : "
                "commencez-les plus tôt.",
                scheme=code,
            )
        )
    if name == "stop":
        return replace(facts, years=_stopped(facts.years, rows, patch)), LINES
    share = patch.number_of("successor") or Fraction(0)
    return _taken_over(facts, rows, patch, share), LINES


def _stopped(years: AwardYears, rows: Ints, patch: Patch) -> AwardYears:
    late = rows[years.year[rows] >= patch.since.year]
    granted, stop, cut = years.granted.copy(), years.stop.copy(), years.cut.copy()
    part = _MONTHS - months_after(years.year[late], patch)
    known = np.maximum(granted[late], 0)
    kept = np.where(granted[late] < 0, -1, money.times(known, part, _MONTHS))
    cut[late] = np.where(cut[late] == WHOLE, granted[late], cut[late])
    granted[late] = np.where(part == 0, 0, kept)
    stop[late] = np.clip(patch.since.toordinal(), years.start[late], stop[late])
    return replace(years, granted=granted, stop=stop, cut=cut)


def _taken_over(facts: Facts, rows: Ints, patch: Patch, share: Fraction) -> Facts:
    """A share of the last amount of each award, in the years that its end cut and in new ones."""
    years, last = facts.years, facts.stop // _MONTHS - 1
    base: list[int] = []
    wanted: list[int] = []
    for award in np.unique(years.award[rows]).tolist():
        mine = rows[years.award[rows] == award]
        latest = int(mine[np.argmax(years.year[mine])])
        later = range(max(int(years.year[latest]) + 1, patch.since.year), last + 1)
        base += [latest] * len(later)
        wanted += later
    again = rows[(years.cut[rows] != WHOLE) & (years.year[rows] >= patch.since.year)]
    if not base and not len(again):
        raise Refused(
            Phrase(
                "« %(target)s » existe jusqu'à la fin des années comparées : mettez-y fin d'abord "
                "(stop).",
                target=patch.target,
            )
        )
    year = np.array(wanted, dtype=np.int64)
    periods = [year_period(one) for one in wanted]
    new = taken_years(years, np.array(base, dtype=np.int64))
    new = replace(
        new,
        year=year,
        start=np.array([one.start.toordinal() for one in periods], dtype=np.int64),
        stop=np.array([one.stop.toordinal() for one in periods], dtype=np.int64),
        granted=np.where(new.cut == WHOLE, new.granted, new.cut),
        cut=np.full(len(year), WHOLE, dtype=np.int64),
        alive=np.ones(len(year), dtype=np.bool_),
        written=np.ones(len(year), dtype=np.int64),
    )
    new = replace(
        new,
        start=np.maximum(new.start, patch.since.toordinal()),
        granted=_share(new.granted, share, months_after(year, patch)),
    )
    joined = joined_years(_gone_on(years, again, patch, share), new)
    renewed = facts.renewed.copy()
    renewed[again] = 1
    renewed = np.concatenate([renewed, np.ones(len(year), dtype=np.int64)])
    return replace(facts, years=joined, renewed=renewed)


def _gone_on(years: AwardYears, rows: Ints, patch: Patch, share: Fraction) -> AwardYears:
    """The years that the end of a scheme cut, to which its successor adds what it grants."""
    granted, start, stop = years.granted.copy(), years.start.copy(), years.stop.copy()
    more = _share(years.cut[rows], share, months_after(years.year[rows], patch))
    unknown = (more < 0) | (granted[rows] < 0)
    granted[rows] = np.where(unknown, -1, granted[rows] + more)
    ended = stop[rows] == start[rows]
    start[rows] = np.where(ended, np.maximum(start[rows], patch.since.toordinal()), start[rows])
    stop[rows] = years.cut_stop[rows]
    alive, written, cut = years.alive.copy(), years.written.copy(), years.cut.copy()
    alive[rows], written[rows], cut[rows] = True, 1, WHOLE
    return replace(
        years, granted=granted, start=start, stop=stop, alive=alive, written=written, cut=cut
    )


def _share(amounts: Cents, share: Fraction, part: Ints) -> Cents:
    """A share of yearly cents, for the whole months of each year; -1 stays unknown."""
    known = money.times(np.maximum(amounts, 0), share.numerator, share.denominator)
    return np.where(amounts < 0, -1, money.times(known, part, _MONTHS))
