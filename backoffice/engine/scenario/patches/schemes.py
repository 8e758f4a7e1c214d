"""Patches on a whole scheme: its end, and the one that takes over."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.periods import Ints, year_period
from backoffice.engine.phrases import Phrase
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.award_years import AwardYears, joined_years, taken_years
from backoffice.engine.scenario.patch import LINES, Patch, Refused, Touches, listed
from backoffice.engine.scenario.patches.awards import award_targets, months_after

_MONTHS = 12


def scheme_patch(facts: Facts, patch: Patch) -> tuple[Facts, Touches]:
    """End a scheme, or let it go on or be taken over after its end.

    Values: `stop` true: its awards pay nothing from the day on, and what they grant for that year
    shrinks in proportion of the months. Or `successor`: the share (ratio) of each award's last
    amount that is granted again each year from the day on, for the same posts.

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
    granted, stop = years.granted.copy(), years.stop.copy()
    part = _MONTHS - months_after(years.year[late], patch)
    known = np.maximum(granted[late], 0)
    kept = np.where(granted[late] < 0, -1, money.times(known, part, _MONTHS))
    granted[late] = np.where(part == 0, 0, kept)
    stop[late] = np.clip(patch.since.toordinal(), years.start[late], stop[late])
    return replace(years, granted=granted, stop=stop)


def _taken_over(facts: Facts, rows: Ints, patch: Patch, share: Fraction) -> Facts:
    """New award-years after the last one of each award, and a share of its amount."""
    years, last = facts.years, facts.stop // _MONTHS - 1
    base: list[int] = []
    wanted: list[int] = []
    for award in np.unique(years.award[rows]).tolist():
        mine = rows[years.award[rows] == award]
        latest = int(mine[np.argmax(years.year[mine])])
        later = range(max(int(years.year[latest]) + 1, patch.since.year), last + 1)
        base += [latest] * len(later)
        wanted += later
    if not base:
        raise Refused(
            Phrase(
                "« %(target)s » existe jusqu'à la fin des années comparées : mettez-y fin d'abord "
                "(stop).",
                target=patch.target,
            )
        )
    new = taken_years(years, np.array(base, dtype=np.int64))
    year = np.array(wanted, dtype=np.int64)
    known = np.maximum(new.granted, 0)
    granted = money.times(known, share.numerator, share.denominator)
    part = months_after(year, patch)
    periods = [year_period(one) for one in wanted]
    starts = np.array([period.start.toordinal() for period in periods], dtype=np.int64)
    new = replace(
        new,
        year=year,
        start=np.maximum(starts, patch.since.toordinal()),
        stop=np.array([period.stop.toordinal() for period in periods], dtype=np.int64),
        granted=np.where(new.granted < 0, -1, money.times(granted, part, _MONTHS)),
        alive=np.ones(len(year), dtype=np.bool_),
        written=np.ones(len(year), dtype=np.int64),
    )
    joined = joined_years(years, new)
    renewed = np.concatenate([facts.renewed, np.ones(len(year), dtype=np.int64)])
    return replace(facts, years=joined, renewed=renewed)
