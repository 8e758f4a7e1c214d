"""Every account that the product names is one of the chart, in a class that is tied out."""

import pytest

from backoffice.figures.accounts import accounts
from backoffice.figures.vocabulary import cost_items, expense_categories
from grants.scheme import schemes
from reports.tie_out.classes import EQUIPMENT, RUNNING, STAFF, SUBSIDIES, class_of


def group(account: str) -> str | None:
    found = class_of(account)
    return None if found is None else found.code


@pytest.mark.parametrize("item", cost_items().values(), ids=lambda item: item.code)
def test_pay_is_booked_in_class_62(item):
    assert item.account in accounts()
    assert group(item.account) == STAFF.code


def test_the_provision_rests_on_gross_pay_and_the_residence_allowance():
    assert [code for code, item in cost_items().items() if item.holiday_base] == [
        "gross",
        "residence",
    ]


@pytest.mark.parametrize("category", expense_categories().values(), ids=lambda one: one.code)
def test_an_invoice_is_booked_in_running_costs_or_equipment(category):
    expected = EQUIPMENT if category.head == "investment" else RUNNING
    assert group(category.account) == expected.code


@pytest.mark.parametrize("scheme", schemes().values(), ids=lambda one: one.code)
def test_a_subsidy_is_booked_as_income_of_the_chart(scheme):
    assert accounts()[scheme.income_account].kind == "income"
    assert group(scheme.income_account) == SUBSIDIES.code


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("600", "running"),
        ("649999", "running"),
        ("630000", None),
        ("620", "staff"),
        ("240000", "equipment"),
        ("2409000", None),
        ("733", "subsidies"),
        ("7400", "subsidies"),
        ("750", None),
        ("413", None),
    ],
)
def test_an_account_belongs_to_the_class_that_it_starts_with(account, expected):
    assert group(account) == expected
