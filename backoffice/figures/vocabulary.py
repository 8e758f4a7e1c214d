"""The two closed lists kept as data: cost items of pay and categories of expenses."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class CostItem:
    """One item of the cost of a worker-month; `nature` is scale, charges or benefit.

    `account` is where it is booked; the holiday-pay provision rests on the items of `holiday_base`.
    """

    code: str
    label: Mapping[str, str]
    nature: str
    account: str
    holiday_base: bool = False


@dataclass(frozen=True)
class ExpenseCategory:
    """One category of invoices; `head` is running, training, investment or staff."""

    code: str
    label: Mapping[str, str]
    head: str
    account: str


@cache
def cost_items() -> Mapping[str, CostItem]:
    """Cost items by code, in the order in which they are shown."""
    tables = _read("cost_items.toml")
    return MappingProxyType({code: CostItem(code, **table) for code, table in tables.items()})


@cache
def expense_categories() -> Mapping[str, ExpenseCategory]:
    """Expense categories by code, in the order in which they are shown."""
    tables = _read("expense_categories.toml")
    return MappingProxyType(
        {code: ExpenseCategory(code, **table) for code, table in tables.items()}
    )


@cache
def outside_payroll() -> Mapping[str, ExpenseCategory]:
    """The categories of people who are not on the payroll, by code."""
    found = {code: one for code, one in expense_categories().items() if one.head == "staff"}
    return MappingProxyType(found)


def _read(name: str) -> dict[str, Any]:
    with (HERE / name).open("rb") as file:
        return tomllib.load(file)
