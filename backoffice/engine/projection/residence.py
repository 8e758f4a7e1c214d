"""The foyer or residence allowance of projected months, by the published rule where pay shows it.

The rule is published for the committee 318.01 alone. It is followed for a worker whose last real
allowance is, to two cents, what it gives for her pay: her employer pays those amounts. Any other
allowance goes on as in the last known year: no limit of it is known.
"""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from backoffice.engine.employer.premiums import AllowanceRates, allowance
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, month_ordinals, month_start
from backoffice.engine.projection.facts import Facts
from backoffice.engine.projection.index_grid import distinct
from backoffice.engine.projection.planned import Planned

ITEM = "residence"
KINDS = ("foyer", "residence")
OTHER, ENDED, RULED = range(3)
"""By worker: no known rule; pay above the limits, nothing any more; `RULED` + place in `KINDS`."""
_TOLERANCE, _MONTHS = 2, 12


def rule_codes(kind: str) -> tuple[str, ...]:
    """The figures of the rule: whole and half amount, first and second limit of yearly pay."""
    names = f"{kind}_full", f"{kind}_half", "limit_1", "limit_2"
    return tuple(f"allowance.{name}_base" for name in names)


def with_allowances(facts: Facts) -> Facts:
    """The facts, once it is known which rule gives the allowance of each worker.

    Asked of the facts as read: a patch moves amounts and limits, never which rule is followed.
    """
    if ITEM not in facts.years.items:
        return facts
    seen = facts.observed
    paid, gross = (seen.amount[facts.years.items.index(item)] for item in (ITEM, "gross"))
    found = np.full(len(seen.full_month), OTHER, dtype=np.int64)
    regimes = _regimes(facts)
    for worker in np.flatnonzero((paid != 0).any(axis=1) & (seen.full_month > 0)).tolist():
        month, full = int(seen.full_since[worker]), seen.full_month[worker : worker + 1]
        column = month % _MONTHS
        given = []
        for kind in KINDS:
            rule = _rule(facts, kind, int(regimes[worker]), month)
            part = gross[worker : worker + 1, column]
            given.append(int(allowance(full, part, full, *rule)[0]) if rule else None)
        found[worker] = _kind(int(paid[worker, column]), given)
    return replace(facts, observed=replace(seen, allowance=found))


def _kind(last: int, given: list[int | None]) -> int:
    """Which rule gives the last allowance in cents, of what each would have given."""
    if last == 0:
        return ENDED if given == [0, 0] else OTHER
    alike = [k for k, cents in enumerate(given) if cents and abs(cents - last) <= _TOLERANCE]
    return RULED + alike[0] if len(alike) == 1 else OTHER


def _regimes(facts: Facts) -> Ints:
    """By worker, the index regime of the contract of the last real pay; -1 without any."""
    lines = facts.contracts
    month = facts.observed.full_since[lines.worker]
    touching = (lines.start < month_ordinals(month + 1)) & (lines.stop > month_ordinals(month))
    found = np.full(len(facts.observed.full_since), -1, dtype=np.int64)
    found[lines.worker[touching]] = lines.regime[touching]
    return found


def _rule(
    facts: Facts, kind: str, regime: int, month: int
) -> tuple[Fraction, AllowanceRates] | None:
    """The index and the figures of a month; None where one of them is not known."""
    factor = facts.index.factor_in(regime, month)
    if factor is None:
        return None
    day = month_start(month)
    try:
        rates = [(facts.figures[one], facts.figures.on(one, day)) for one in rule_codes(kind)]
    except FigureNotDefined:
        return None
    return factor, AllowanceRates(*rates)


def residence_pay(facts: Facts, planned: Planned, former: Cents) -> Cents:
    """Cents of the allowance of each projected month, in proportion of the paid time.

    It follows the index; it falls to the half, then to nothing, when the full-time pay of a year
    passes the limits. Where no rule gives it, `former`, that of the last known year.

    Source: allowance.* (Group S, CP 318.01).
    """
    kind = facts.observed.allowance[planned.worker]
    result = np.where(kind == ENDED, 0, former)
    ruled = np.flatnonzero(kind >= RULED)
    if not len(ruled):
        return result
    columns = kind[ruled], planned.regime[ruled], planned.month[ruled]
    names, group = distinct(*columns)
    for place, (one, regime, month) in enumerate(zip(*(n.tolist() for n in names), strict=True)):
        rule = _rule(facts, KINDS[one - RULED], regime, month)
        if rule is not None:
            rows = ruled[group == place]
            whole = planned.full_time[rows] * planned.length[rows]
            result[rows] = allowance(planned.full_month[rows], planned.paid[rows], whole, *rule)
    return result
