"""What a right multiplies, as a sheet: FTE and amounts per FTE by month, or months of approval."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from backoffice.engine.fte import FteMonth
from backoffice.engine.periods import month_start
from backoffice.engine.sheet import DAY, RATIO, Column, FigureUse, Sheet, labels

Rates = Sequence[tuple[Fraction, FigureUse]]
_MONTH = labels("Mois (premier jour)", "Maand (eerste dag)")
_FTE = labels("ETP des postes", "VTE van de posten")
_APPROVED = labels("Mois d'agrément dans l'exercice", "Erkende maanden in het boekjaar")


def monthly_volume(
    months: Sequence[int], fte: Sequence[FteMonth], rates: Mapping[str, Rates]
) -> Sheet:
    """One row a month: the FTE of the posts, then the value of each figure that multiplies it."""
    days = np.array([month_start(month).toordinal() for month in months], dtype=np.int64)
    return Sheet(
        (
            Column("month", _MONTH, DAY, days),
            _ratios("fte", _FTE, [one.value for one in fte], "post FTE x days / month"),
            *(_by_month(name, found) for name, found in rates.items()),
        )
    )


def approved_volume(months: Fraction) -> Sheet:
    """One row: how many months of the exercise the approval covers."""
    return Sheet((_ratios("approved_months", _APPROVED, [months]),))


def _ratios(
    name: str, label: Mapping[str, str], values: Sequence[Fraction], rule: str = ""
) -> Column:
    above = np.array([one.numerator for one in values], dtype=np.int64)
    below = np.array([one.denominator for one in values], dtype=np.int64)
    return Column(name, label, RATIO, above, denominators=below, rule=rule)


def _by_month(name: str, found: Rates) -> Column:
    uses = tuple(dict.fromkeys(use for _value, use in found))
    column = _ratios(name, uses[0].label if uses else {}, [value for value, _use in found])
    places = np.array([uses.index(use) for _value, use in found], dtype=np.int64)
    return replace(column, uses=uses, use=places)
