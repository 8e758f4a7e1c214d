"""The claim shapes on staff costs: from the lines of an award to what is admissible of each.

Each shape returns the sheet of its lines up to the column `admissible`. What the award grants and
the heads other than staff are in `backoffice.engine.claims.grants`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.frame import funded_fte, of_the_form, within_frame
from backoffice.engine.claims.inputs import Award, Known, by_month
from backoffice.engine.claims.lines import (
    StaffLines,
    amount,
    bound_column,
    bounded,
    cost_columns,
    groups,
    time_columns,
)
from backoffice.engine.claims.scale import scale_columns, scale_steps
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.periods import Ints
from backoffice.engine.sheet import EUR, Column, Sheet, labels

MONTHS_A_YEAR = 12
CENTS = 100
Shape = Callable[[Award, StaffLines, Known], Sheet]


def real_cost(award: Award, lines: StaffLines, known: Known) -> Sheet:
    """Real cost within scale, frame and maxima (COCOF, COCOM).

    Gross pay counts up to the admitted scale, charges in the same proportion, other benefits in
    full; FTE of a function above its posts are cut back month by month; a function that the legal
    form of the beneficiary leaves out counts for nothing; what other awards pay for the same hours
    is deducted.

    Raises:
        FigureNotDefined: the letter does not name the scales, the index regime or the legal form.
    """
    columns = [*time_columns(lines), *cost_columns(award, lines, known)]
    by_name = {column.name: column.values for column in columns}
    admitted, last = by_name["eligible"], "eligible"
    if award.scale_bound:
        columns += scale_columns(award, lines, known, by_name)
        admitted, last = columns[-1].values, columns[-1].name
    if award.framed:
        columns.append(within_frame(award, lines, admitted))
        admitted, last = columns[-1].values, columns[-1].name
    if award.refused_functions is None or award.refused_functions:
        columns.append(of_the_form(award, lines, admitted, last))
        admitted, last = columns[-1].values, columns[-1].name
    kept = np.where(admitted < 0, admitted, np.maximum(admitted - by_name["deducted"], 0))
    columns.append(amount("admissible", kept, f"max({last} - deducted, 0)"))
    return Sheet(tuple(columns))


def capped_cost(award: Award, lines: StaffLines, known: Known) -> Sheet:
    """Capped cost per FTE (Maribel): min(eligible cost, ceiling x funded FTE x paid fraction).

    Raises:
        FigureNotDefined: no ceiling is known for a month.
    """
    columns = [*time_columns(lines), *cost_columns(award, lines, known)]
    ceiling = by_month(known, award.ceiling, lines.month)
    columns.append(ceiling.amounts("ceiling", "Plafond par ETP et par an", "Plafond per VTE"))
    value = ceiling.numerator, ceiling.denominator
    columns += _bounded_per_fte(award, lines, columns, value, "ceiling")
    return Sheet(tuple(columns))


def post_premium(award: Award, lines: StaffLines, known: Known) -> Sheet:
    """Premium of a post (ACS): premium x rate x FTE, bounded by the cost.

    The differential is what the sector's scale pays above the premium; it is left out where the
    scale is not known, since an unknown scale is not worth zero.

    Raises:
        FigureNotDefined: no premium or no rate is known for a month.
    """
    columns = [*time_columns(lines), *cost_columns(award, lines, known)]
    premium = by_month(known, award.premium, lines.month)
    rate = by_month(known, "premium_rate", lines.month)
    columns.append(premium.amounts("premium", "Prime par ETP et par an", "Premie per VTE"))
    columns.append(rate.ratios("premium_rate", "Taux de la prime", "Percentage van de premie"))
    value = (
        money.products(premium.numerator, rate.numerator),
        money.products(premium.denominator, rate.denominator),
    )
    bounds = _bounded_per_fte(award, lines, columns, value, "premium x premium_rate")
    return Sheet((*columns, *_differential(award, lines, known, value), *bounds))


def _differential(
    award: Award, lines: StaffLines, known: Known, value: tuple[Ints, Ints]
) -> list[Column]:
    """Scale of the line, premium of the line, and what the scale pays above the premium."""
    try:
        steps = scale_steps(award, lines, known)
    except FigureNotDefined:
        return []
    numerator, denominator = lines.fte
    month = money.products(value[1], MONTHS_A_YEAR)
    premium = money.times(numerator * CENTS, value[0], money.products(denominator, month))
    shown = [
        *steps,
        Column(
            "premium_month",
            labels("Prime de la ligne", "Premie van de lijn"),
            EUR,
            premium,
            rule="premium x premium_rate x fte / 12",
        ),
        Column(
            "differential",
            labels("Différentiel au barème (brut)", "Verschil met de loonschaal (bruto)"),
            EUR,
            steps[-1].values - premium,
            rule="scale_maximum - premium_month",
        ),
    ]
    return [replace(column, aside=True) for column in shown]


def whole_cost(award: Award, lines: StaffLines, known: Known) -> Sheet:
    """Every eligible cost counts; the grant alone bounds the total (APE, Walloon flat amounts)."""
    columns = presented_only(award, lines, known).columns
    return Sheet((*columns, amount("admissible", columns[-1].values, "presented")))


def presented_only(award: Award, lines: StaffLines, known: Known) -> Sheet:
    """The lines up to what is presented: all that can be said while a term is missing."""
    return Sheet((*time_columns(lines), *cost_columns(award, lines, known)))


def _bounded_per_fte(
    award: Award, lines: StaffLines, columns: list[Column], value: tuple[Ints, Ints], name: str
) -> list[Column]:
    """The bound of each group, rounded once to the cent, and what is admissible within it."""
    presented = {column.name: column.values for column in columns}["presented"]
    group, size = groups(award, lines)
    month = money.products(value[0], CENTS), money.products(value[1], MONTHS_A_YEAR)
    bounds = money.sum_products(funded_fte(award, lines), month, group, size)
    rule = f"sum over the group of {name} x min(fte, post) / 12"
    return [
        bound_column(group, bounds, rule),
        amount("admissible", bounded(presented, group, bounds), "min(sum of presented, bound)"),
    ]


SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "real_cost": real_cost,
        "envelope_share": real_cost,
        "capped_cost": capped_cost,
        "indexed_amount": whole_cost,
        "indexed_cost": real_cost,
        "post_premium": post_premium,
        "flat_amount": whole_cost,
    }
)
