"""Steps that the claim shapes share: eligible cost, deduction, bounds per group, spreading back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import Award, Known
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.money import Cents
from backoffice.engine.payroll import Slices
from backoffice.engine.periods import Ints
from backoffice.engine.sheet import DAYS, EUR, HOURS, RATIO, Column, labels

_YEAR_END = "year_end"
_AMOUNTS = {
    "gross": labels("Rémunération brute, part de la subvention", "Brutoloon, deel van de subsidie"),
    "charges": labels("Charges patronales nettes, part", "Netto werkgeverslasten, deel"),
    "benefits": labels("Autres éléments de coût admis, part", "Andere aanvaarde kosten, deel"),
    "year_end": labels("dont prime de fin d'année, part", "waarvan eindejaarspremie, deel"),
    "eligible": labels("Coût éligible", "Aanvaardbare kost"),
    "deducted": labels(
        "Déjà payé par d'autres subventions pour les mêmes heures",
        "Al betaald door andere subsidies voor dezelfde uren",
    ),
    "presented": labels("Présenté", "Voorgelegd"),
    "admissible": labels("Admissible", "Aanvaardbaar"),
    "payable": labels("Payable", "Uit te betalen"),
}


@dataclass(frozen=True)
class StaffLines:
    """The slices of one award with their part of the cost, before any rule.

    `rows` are the places of the slices among the employer's; `costs` holds the cents of each slice
    by cost item; `deducted` what earlier awards pay for the same hours; `depends` says that an
    earlier award on these hours is not settled. `fte` is the paid FTE-month as an exact ratio.
    `uncounted` shows what a maximum or other funding takes off `costs`; `lacks` is the maximum
    that is not known.
    """

    rows: Ints
    slices: Slices
    month: Ints
    costs: Mapping[str, Cents]
    deducted: Cents
    depends: FigureNotDefined | None
    fte: tuple[Ints, Ints]
    uncounted: tuple[Column, ...] = ()
    lacks: FigureNotDefined | None = None

    def __len__(self) -> int:
        return len(self.slices)

    def sum(self, items: Sequence[str]) -> Cents:
        """Cents of some cost items together."""
        found = np.zeros(len(self), dtype=np.int64)
        for item in items:
            if item in self.costs:
                found += self.costs[item]
        return found


def amount(name: str, values: Cents, rule: str, article: str = "") -> Column:
    """A column of cents with one of the shared labels."""
    return Column(name, _AMOUNTS[name], EUR, values, rule=rule, article=article)


def time_columns(lines: StaffLines) -> list[Column]:
    """What the line rests on: hours, full time, days and the paid FTE-month."""
    slices = lines.slices
    return [
        Column("hours", labels("Heures par semaine", "Uren per week"), HOURS, slices.hours),
        Column("full_time", labels("Temps plein", "Voltijds"), HOURS, slices.full_time),
        Column("days", labels("Jours couverts du mois", "Gedekte dagen"), DAYS, slices.days),
        Column(
            "fte",
            labels("ETP-mois payé", "Betaalde VTE-maand"),
            RATIO,
            lines.fte[0],
            denominators=lines.fte[1],
            rule="hours / full_time x days / month x paid / due",
        ),
    ]


def cost_columns(award: Award, lines: StaffLines, known: Known) -> list[Column]:
    """Gross, charges and benefits that the scheme takes, their sum, and what is presented.

    The year-end premium stands beside them where there is one: some funders ask for it apart.

    What earlier awards pay is deducted once, and never makes a positive cost negative.
    """
    taken = [item for item in lines.costs if item not in award.excluded]
    parts = {
        nature: lines.sum([item for item in taken if known.natures[item] == nature])
        for nature in ("scale", "charges", "benefit")
    }
    eligible = parts["scale"] + parts["charges"] + parts["benefit"]
    deducted = np.minimum(lines.deducted, np.maximum(eligible, 0))
    premium = lines.sum([item for item in taken if item == _YEAR_END])
    apart = [amount(_YEAR_END, premium, "cost x hours x days / contract")] if premium.any() else []
    return [
        *lines.uncounted,
        amount("gross", parts["scale"], "cost x hours x days / contract"),
        amount("charges", parts["charges"], "cost x hours x days / contract"),
        amount("benefits", parts["benefit"], "cost x hours x days / contract"),
        *(replace(column, aside=True) for column in apart),
        amount("eligible", eligible, "gross + charges + benefits"),
        amount("deducted", deducted, "min(payable of earlier awards on these hours, eligible)"),
        amount("presented", eligible - deducted, "eligible - deducted"),
    ]


def spread(total: int, base: Cents) -> Cents:
    """Bring rows down to a total: negative rows stay, positive ones share the rest.

    A total of zero leaves nothing on any row.

    Args:
        total: cents, at most the sum of `base` and at least the sum of its negative rows.
        base: cents, one per row.

    Returns:
        Cents, same rows, none above its base; they sum to `total` (largest remainder).
    """
    if total == 0:
        return np.zeros(len(base), dtype=np.int64)
    positive = np.maximum(base, 0)
    rest = total - money.total(np.minimum(base, 0))
    group = np.zeros(len(base), dtype=np.int64)
    shared = money.allocate_groups(np.array([rest], dtype=np.int64), positive, group)
    return np.asarray(shared + np.minimum(base, 0), dtype=np.int64)


def bounded(base: Cents, group: Ints, bounds: Cents) -> Cents:
    """Bring each group of rows down to its bound, by `spread`; a group below it is untouched.

    Args:
        base: cents, one per row.
        group: index of the bound of each row.
        bounds: cents, not negative, one per group.
    """
    size = len(bounds)
    negative = money.sum_groups(np.minimum(base, 0), group, size)
    sums = money.sum_groups(base, group, size)
    cut = sums > bounds
    if not cut.any():
        return base
    rows = np.flatnonzero(cut[group])
    names, compact = np.unique(group[rows], return_inverse=True)
    rest = (bounds - negative)[names]
    result = base.copy()
    shared = money.allocate_groups(rest, np.maximum(base[rows], 0), compact)
    result[rows] = shared + np.minimum(base[rows], 0)
    return result


def groups(award: Award, lines: StaffLines) -> tuple[Ints, int]:
    """The rows that one bound covers together: a post over the exercise, or a worker-month."""
    key = lines.slices.post if award.bound == "post_year" else lines.slices.pay
    names, group = np.unique(key, return_inverse=True)
    return np.asarray(group, dtype=np.int64), len(names)


def round_half_up(values: Sequence[Fraction]) -> list[int]:
    """Each exact number of cents rounded once, half up away from zero."""
    return [money.round_ratio(value.numerator, value.denominator) for value in values]


def bound_column(group: Ints, bounds: Cents, rule: str) -> Column:
    """The bound of the row's group, shown on each of its rows."""
    label = labels("Maximum du groupe (poste ou mois)", "Maximum van de groep (post of maand)")
    return Column("group_bound", label, EUR, bounds[group], rule=rule)
