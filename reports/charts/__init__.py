"""Charts that a board can read: whole numbers in, an accessible SVG and its table out.

Import from `reports.charts`: `bars`, `lines`, `bridge`, `gaps`, `tornado`, `curve`, the units
`EUR` and `FTE`, `Over`, `Series` and `Swing`. Each gives a `Chart`; {% chart one %} shows it on a
page and {% printed_chart one %} on paper.
"""

from reports.charts.bars import bars
from reports.charts.bridges import bridge
from reports.charts.chart import Chart, Over, Series, Swing
from reports.charts.curves import curve
from reports.charts.gaps import gaps
from reports.charts.lines import lines
from reports.charts.tornadoes import tornado
from reports.charts.units import EUR, FTE, Unit

__all__ = [
    "EUR",
    "FTE",
    "Chart",
    "Over",
    "Series",
    "Swing",
    "Unit",
    "bars",
    "bridge",
    "curve",
    "gaps",
    "lines",
    "tornado",
]
