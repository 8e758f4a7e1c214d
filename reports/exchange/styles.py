"""How the workbook looks: colours, number formats and widths by kind of column."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from reports.exchange.columns import Column, Kind

INK = "#1F3A5F"
REQUIRED = {"bg_color": INK, "font_color": "#FFFFFF"}
OPTIONAL = {"bg_color": "#D9E2EC", "font_color": INK}
HEADER = {
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
    "border_color": "#9FB3C8",
}
DEMO = {"bold": True, "font_color": "#B42318", "font_size": 14}
TITLE = {"bold": True, "font_color": INK, "font_size": 18}
LABEL = {"bold": True, "font_color": INK, "bg_color": "#D9E2EC"}
ENTRY = {"num_format": "@", "align": "left", "border": 1, "border_color": "#9FB3C8"}
PLAIN = {"text_wrap": True, "valign": "top"}
LINK = {"font_color": INK, "underline": 1}

NUMBER_FORMATS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.TEXT: "@",
        Kind.IDENTIFIER: "@",
        Kind.EXACT: "@",
        Kind.ENTERPRISE: "@",
        Kind.NATIONAL: "@",
        Kind.CHOICE: "@",
        Kind.INTEGER: "0",
        Kind.YEAR: "0",
        Kind.AMOUNT: "#,##0.00",
        Kind.HOURS: "0.00",
        Kind.FTE: "0.00##",
        Kind.SHARE: "@",
        Kind.DAY: "dd/mm/yyyy",
        Kind.MONTH: "yyyy-mm",
        Kind.QUARTER: "@",
        Kind.YES_NO: "@",
    }
)
_NARROW = {Kind.INTEGER: 9, Kind.YEAR: 9, Kind.YES_NO: 14, Kind.DAY: 12, Kind.MONTH: 10}
_WIDEST = 46


def width(column: Column, shown: list[str]) -> int:
    """Characters that show the header on two lines and nearly every cell on one."""
    least = _NARROW.get(column.kind, 12)
    longest_word = max(len(word) for word in column.header.split())
    heading = max(longest_word + 4, len(column.header) // 2 + 4)
    cells = max((len(text) for text in shown), default=0) + 2
    return min(max(least, heading, cells), _WIDEST)


def cell_format(kind: Kind) -> dict[str, Any]:
    """The XlsxWriter properties of the cells of one kind."""
    properties: dict[str, Any] = {"num_format": NUMBER_FORMATS[kind]}
    if kind in (Kind.DAY, Kind.MONTH, Kind.QUARTER):
        properties["align"] = "center"
    return properties
