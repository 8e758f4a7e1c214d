"""Patches on what bounds a head of awards: a maximum in EUR a year, or a share of the staff."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.fte import MONTHS
from backoffice.engine.periods import Ints
from backoffice.engine.phrases import Phrase
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.award_years import FULL, MAXIMUM, SHARE, Flags, HeadRules
from backoffice.engine.scenario.patch import Patch, Refused
from backoffice.engine.scenario.patches.awards import months_after, year_factor

_CENTS, _MOST_EUROS, _MOST_SHARE = 100, 10**9, 10
Change = Callable[[Fraction | None, int], Fraction | None]
"""The new value of a head from its old one (None: no bound) in a year; None: no bound."""


def bounded_by(facts: Facts, target: str) -> Flags:
    """Award-year x head: where the figure of this code says what the head lets through."""
    codes = facts.years.head_codes
    place = codes.index(target) if target in codes else len(codes)
    return np.asarray(facts.years.heads.code == place, dtype=np.bool_)


def head_patch(facts: Facts, patch: Patch, name: str) -> Facts:
    """Change the maximum (EUR a year) or the share of the staff of a head, such as `running_max`.

    Values: `set`, `add`, `factor`, `indexed_by` as for an amount per FTE, `freeze` (it stays that
    of the year of the day), or `uncapped`.
    In the year of the day it changes in proportion of the whole months from then on. A head without
    bound has nothing to move; one whose bound is not known stays unknown unless `set` gives it.

    Raises:
        Refused: no bound is there to change, or it would lie below 0 or beyond what is counted.
    """
    heads, rows = facts.years.heads, bounded_by(facts, patch.target)
    share = bool((heads.kind[rows] == SHARE).any())
    rows &= facts.years.year[:, None] >= patch.since.year
    change = _change(facts, patch, name)
    columns = {one: getattr(heads, one).copy() for one in ("kind", "cents", "numerator")}
    columns["denominator"] = heads.denominator.copy()
    here = np.flatnonzero(facts.years.year == patch.since.year)
    first, moved = dict(zip(facts.years.award[here].tolist(), here.tolist(), strict=True)), False
    for row, head in np.argwhere(rows).tolist():
        old = _value(heads, row, head)
        if old is None and name not in {"set", "uncapped"}:
            continue
        new, moved = change(old, int(facts.years.year[row])), True
        if name == "freeze":
            new = _value(heads, first.get(int(facts.years.award[row]), row), head)
        _write(columns, (row, head), new, share=share)
    if not moved:
        raise Refused(
            Phrase("« %(code)s » ne borne rien ici : écrivez « set ».", code=patch.target),
            telling=True,
        )
    return replace(facts, years=replace(facts.years, heads=replace(heads, **columns)))


def _change(facts: Facts, patch: Patch, name: str) -> Change:
    def changed(old: Fraction | None, year: int) -> Fraction | None:
        part = Fraction(int(months_after(np.array([year]), patch)[0]), MONTHS)
        if name in {"uncapped", "freeze"}:
            return None
        if name == "indexed_by":
            return (old or 0) * year_factor(facts, patch, year)
        value = patch.number_of(name) or Fraction(0)
        base = Fraction(0) if old is None else old
        new = {"set": value, "add": base + value, "factor": base * value}.get(name, base)
        return new if old is None else old + (new - old) * part

    return changed


def _value(heads: HeadRules, row: int, head: int) -> Fraction | None:
    """EUR or the share that bounds a head; None without a bound, or with an unknown one."""
    at, kind = (row, head), int(heads.kind[row, head])
    if kind == MAXIMUM:
        return Fraction(int(heads.cents[at]), _CENTS)
    return Fraction(int(heads.numerator[at]), int(heads.denominator[at])) if kind == SHARE else None


def _write(
    columns: dict[str, Ints], at: tuple[int, int], value: Fraction | None, *, share: bool
) -> None:
    if value is None:
        columns["kind"][at] = FULL
        return
    if not 0 <= value <= (_MOST_SHARE if share else _MOST_EUROS):
        raise Refused(
            Phrase("une borne va de 0 à %(most)s.", most=_MOST_SHARE if share else _MOST_EUROS)
        )
    columns["kind"][at] = SHARE if share else MAXIMUM
    columns["cents"][at] = 0 if share else money.times_one(_CENTS, value)
    ratio = value if share else Fraction(0)
    columns["numerator"][at], columns["denominator"][at] = ratio.as_integer_ratio()
