"""Employer social contributions of a quarter: base, structural reduction, what is left to pay.

A row is one occupation line of one worker in one quarter, all of the same quarter.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from backoffice.engine import money
from backoffice.engine.figures import Figure, FigureNotDefined, FigureValue, InvalidFigure
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints
from backoffice.engine.phrases import Phrase
from backoffice.engine.sheet import EUR, RATIO, Column, FigureUse, Sheet, labels

Rate = tuple[Figure, FigureValue]
_CENTS = 100


@dataclass(frozen=True)
class Quarter:
    """The occupation lines of one quarter.

    Attributes:
        wage: cents subject to contributions (W); holiday pay on leaving, notice pay and a premium
            that a third party pays are outside it.
        manual: 1 for a manual worker, 0 for an employee.
        targeted: 1 where a target-group reduction takes the balance (ACS), else 0.
        performance: share of a full quarter worked (µ), exact, above 0 and at most 1, as
            numerators and denominators.
    """

    wage: Cents
    manual: Ints
    targeted: Ints
    performance: tuple[Ints, Ints]


@dataclass(frozen=True)
class ContributionRates:
    """The figures in force on the first day of the quarter.

    `remaining` is the part of the base that stays due after a target-group reduction.
    """

    contributions: Rate
    manual_base: Rate
    remaining: Rate | None = None


@dataclass(frozen=True)
class StructuralRates:
    """The structural reduction of category 2 on the first day of the quarter.

    The reduction is R x µ x beta, where S = W / µ and R = fixed + low x (low_below - S)+
    + very_low x (very_low_below - S)+ + high x (W - high_above)+; an amount below zero counts for
    nothing. Rates are ratios, the others EUR a quarter.
    `beta` is that of a full quarter, `beta_partial` that of any other one, None: not known.
    """

    fixed: Rate
    low: Rate
    low_below: Rate
    very_low: Rate | None
    very_low_below: Rate | None
    high: Rate
    high_above: Rate
    beta: Rate
    beta_partial: Rate | None = None


def contributions(quarter: Quarter, rates: ContributionRates, reduction: Column | None) -> Sheet:
    """Employer contributions of each line, before and after reductions, in cents.

    Args:
        quarter: the lines.
        rates: the figures of the quarter.
        reduction: the structural reduction of each line, None where it is not known: the sheet
            then stops at what is due before it, and says so.

    Returns:
        A sheet with `wage`, `base`, `due`, then `structural` and `net` (for a line with a
        target-group reduction, what remains of the base); each rounded once.

    Source: employer.onss_category_2, employer.manual_base, acs.remaining_onss.
    """
    manual = rates.manual_base[1].exact
    top = np.where(quarter.manual == 1, manual.numerator, 1)
    bottom = np.where(quarter.manual == 1, manual.denominator, 1)
    base = money.times(quarter.wage, top, bottom)
    due = _part(base, rates.contributions)
    columns = [
        Column(
            "wage", labels("Rémunération du trimestre", "Loon van het kwartaal"), EUR, quarter.wage
        ),
        Column(
            "base",
            labels("Base des cotisations", "Bijdragebasis"),
            EUR,
            base,
            rule="wage x manual_base for manual workers",
            uses=(FigureUse.of(*rates.manual_base),),
            use=np.asarray(quarter.manual - 1, dtype=np.int64),
        ),
        Column(
            "due",
            labels(
                "Cotisations patronales avant réductions", "Werkgeversbijdragen vóór vermindering"
            ),
            EUR,
            due,
            rule="base x contributions",
            uses=(FigureUse.of(*rates.contributions),),
        ),
    ]
    if reduction is not None:
        columns += [reduction, _net(quarter, rates, base, due, reduction.values)]
    return Sheet(tuple(columns))


def structural_reduction(quarter: Quarter, due: Cents, rates: StructuralRates, kept: int) -> Column:
    """The structural reduction of each line, in cents, never above what is due beyond `kept`.

    Args:
        quarter: the lines.
        due: cents of contributions before reductions.
        rates: the figures of the quarter.
        kept: cents of each line on which no reduction counts (what feeds the Maribel fund).

    Raises:
        FigureNotDefined: a line covers part of a quarter and its multiplier is not known.

    Source: securex (formula); groups.be, royal decree of 3 March 2024 (values of category 2).
    """
    numerator, denominator = quarter.performance
    partial = (numerator != denominator) & (quarter.targeted == 0)
    if bool(partial.any()) and rates.beta_partial is None:
        raise FigureNotDefined(
            "employer.structural_beta_partial",
            rates.beta[1].since,
            "missing",
            Phrase(
                "Le multiplicateur de la réduction structurelle n'est connu que pour un trimestre "
                "complet : sans celui des prestations partielles, la réduction reste inconnue."
            ),
        )
    exact, below = _formula(quarter, rates)
    beta = rates.beta[1].exact
    other = (rates.beta_partial or rates.beta)[1].exact
    top = np.where(partial, other.numerator, beta.numerator)
    bottom = np.where(partial, other.denominator, beta.denominator)
    found = money.times(exact, top, money.products(money.products(denominator, below), bottom))
    values = np.minimum(found, np.maximum(due - kept, 0))
    return Column(
        "structural",
        labels("Réduction structurelle", "Structurele vermindering"),
        EUR,
        np.asarray(values, dtype=np.int64),
        rule="(fixed + low + very_low + high) x µ x beta",
        uses=tuple(FigureUse.of(*rate) for rate in _present(rates)),
    )


def performance_column(quarter: Quarter) -> Column:
    """The share of a full quarter worked, as a column."""
    label = labels("Fraction de prestation du trimestre (µ)", "Prestatiebreuk van het kwartaal (µ)")
    return Column("performance", label, RATIO, *quarter.performance)


def _formula(quarter: Quarter, rates: StructuralRates) -> tuple[Ints, int]:
    """R x µ over its exact whole numbers: numerators, to be divided by µ's denominator x second."""
    numerator, denominator = quarter.performance
    parts = [(rates.low, rates.low_below)]
    if rates.very_low and rates.very_low_below:
        parts.append((rates.very_low, rates.very_low_below))
    below = lcm(*(rate[1].exact.denominator for rate, _ in (*parts, (rates.high, rates.high))))
    reference = money.products(quarter.wage, denominator)
    exact = money.products(numerator, _whole(_cents(rates.fixed) * below))
    for rate, limit in parts:
        room = np.maximum(money.products(numerator, _whole(_cents(limit))) - reference, 0)
        exact = exact + money.products(room, _whole(rate[1].exact * below))
    above = np.maximum(quarter.wage - _whole(_cents(rates.high_above)), 0)
    high = money.products(money.products(above, numerator), _whole(rates.high[1].exact * below))
    return exact + high, below


def _net(
    quarter: Quarter, rates: ContributionRates, base: Cents, due: Cents, reduction: Cents
) -> Column:
    net = due - reduction
    uses: tuple[FigureUse, ...] = ()
    if rates.remaining is not None:
        net = np.where(quarter.targeted == 1, _part(base, rates.remaining), net)
        uses = (FigureUse.of(*rates.remaining),)
    return Column(
        "net",
        labels("Cotisations patronales à payer", "Te betalen werkgeversbijdragen"),
        EUR,
        np.asarray(net, dtype=np.int64),
        rule="due - structural ; base x remaining for a target group",
        uses=uses,
        use=np.asarray(quarter.targeted - 1, dtype=np.int64) if uses else None,
    )


def _part(amounts: Cents, rate: Rate) -> Cents:
    exact = rate[1].exact
    return money.times(amounts, exact.numerator, exact.denominator)


def _cents(rate: Rate) -> Fraction:
    return rate[1].exact * _CENTS


def _whole(value: Fraction) -> int:
    """A number that is whole by construction: cents, or a rate times its own denominator."""
    if value.denominator != 1:
        raise InvalidFigure(f"{value} n'est pas un nombre entier de centimes")
    return value.numerator


def _present(rates: StructuralRates) -> list[Rate]:
    fields = (getattr(rates, name) for name in rates.__dataclass_fields__)
    return [rate for rate in fields if rate is not None]
