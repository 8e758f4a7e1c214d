"""Patches on awards: another amount, another index, an end."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, month_start
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.award_years import Flags
from backoffice.engine.scenario.patches.patch import Patch, Refused

_MONTHS, _CENTS, _FEW = 12, 100, 12


def award_patch(facts: Facts, patch: Patch) -> Facts:
    """Change what one award grants, or all those of a scheme (`scheme:CODE`, `*` for every one).

    Values: `granted` EUR a year, `factor` on the amount, `add` EUR a year, `indexed_by` a rate each
    January after the first, `stop` true. In the year of the day the amount changes for the months
    from then on, in proportion.

    Raises:
        Refused: no such award, or not exactly one value.
    """
    rows = _targets(facts, patch)
    name = patch.one_of("granted", "factor", "add", "indexed_by", "stop")
    years = facts.years
    late = rows & (years.year >= patch.since.year)
    if not late.any():
        raise Refused(f"{patch.target} n'a plus d'exercice à partir du {patch.since:%d/%m/%Y}.")
    old = years.granted
    new = _amounts(old, patch, name, years.year)
    part = _months_after(facts, patch)
    mixed = old + money.times(new - old, part, _MONTHS)
    unknown = (old < 0) & (new < 0) | ((old < 0) & (part < _MONTHS))
    granted = np.where(late, np.where(unknown, -1, np.where(part == _MONTHS, new, mixed)), old)
    return replace(facts, years=replace(years, granted=granted))


def _targets(facts: Facts, patch: Patch) -> Flags:
    names = facts.names
    if patch.target == "*":
        chosen = list(range(len(names.awards)))
    elif patch.target.startswith("scheme:"):
        code = patch.target.removeprefix("scheme:")
        chosen = [k for k, scheme in enumerate(names.award_schemes) if scheme == code]
    else:
        chosen = [k for k, reference in enumerate(names.awards) if reference == patch.target]
    if not chosen:
        known = ", ".join(sorted(dict.fromkeys(names.awards))[:_FEW])
        raise Refused(
            f"aucune subvention « {patch.target} » : {known}… "
            "ou « scheme: » et le code d'un régime, ou « * »."
        )
    return np.isin(facts.years.award, chosen)


def _amounts(old: Cents, patch: Patch, name: str, year: Ints) -> Cents:
    """What each award-year grants if the patch holds the whole year; -1 stays unknown."""
    if name == "stop":
        return np.zeros_like(old)
    value = patch.number_of(name) or Fraction(0)
    if name == "granted":
        return np.full_like(old, money.times_one(_CENTS, value))
    if name == "add":
        return np.where(old < 0, -1, old + money.times_one(_CENTS, value))
    if name == "factor":
        return np.where(old < 0, -1, money.times(old, value.numerator, value.denominator))
    result = old.copy()
    for late in np.unique(year[year >= patch.since.year]).tolist():
        rate = (1 + value) ** (late - patch.since.year)
        rows = np.flatnonzero((year == late) & (old >= 0))
        result[rows] = money.times(old[rows], rate.numerator, rate.denominator)
    return result


def _months_after(facts: Facts, patch: Patch) -> Ints:
    """Months of each award-year from the patch on, as twelfths of a year."""
    begins = facts.years.year * _MONTHS
    first = patch.month + int(patch.since != month_start(patch.month))
    return np.asarray(np.clip(begins + _MONTHS - first, 0, _MONTHS), dtype=np.int64)
