"""The workbook of the treasury says what its page says, by live formulas."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from backoffice.federation.models import Organisation
from reports.treasury.page import page_of
from reports.treasury.reading import ground_of
from reports.treasury.xlsx_file import render_xlsx
from tests.factories import (
    AwardFactory,
    InstalmentFactory,
    InvoiceFactory,
    OrganisationFactory,
    TermFactory,
    TreasuryRulesFactory,
)

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 3, 31)


@pytest.fixture
def organisation() -> Organisation:
    found = OrganisationFactory()
    TreasuryRulesFactory(organisation=found, balance_on=AS_OF, balance="1000.00")
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    award = AwardFactory(organisation=found, scheme="cocof_facultative", reference="=A1", **days)
    TermFactory(award=award, value="9000.00", **days)
    planned = {"award": award, "year": 2026, "number": 1, "kind": "advance"}
    InstalmentFactory(due_on=date(2026, 6, 1), amount="9000.00", **planned)
    InvoiceFactory(
        organisation=found, issued_on=date(2026, 3, 2), paid_on=None, amount=Decimal("70.00")
    )
    return found


def test_each_movement_has_the_balance_after_it(organisation: Organisation) -> None:
    page = page_of(ground_of(organisation, AS_OF))
    content = render_xlsx(page)
    assert content == render_xlsx(page)
    shown = load_workbook(io.BytesIO(content), data_only=True)["Mouvements"]
    rows = [row for row in shown.iter_rows(values_only=True) if isinstance(row[0], datetime)]
    balances = [Decimal(str(row[5])).quantize(Decimal("0.01")) for row in rows]
    assert balances[0] == Decimal("1000.00")
    amounts = [Decimal(str(row[3])).quantize(Decimal("0.01")) for row in rows[1:]]
    for place, amount in enumerate(amounts):
        assert balances[place + 1] == balances[place] + amount
    assert balances[-1] * 100 == page.shown.curve.balances[-1]
    assert Decimal("9000.00") in amounts
    live = load_workbook(io.BytesIO(content))["Mouvements"]
    formulas = [row[5].value for row in live.iter_rows() if str(row[5].value).startswith("=")]
    assert len(formulas) == len(amounts)


def test_the_months_sum_the_movements_and_what_has_no_day_stands_apart(
    organisation: Organisation,
) -> None:
    page = page_of(ground_of(organisation, AS_OF))
    book = load_workbook(io.BytesIO(render_xlsx(page)), data_only=True)
    rows = [row for row in book["Mois"].iter_rows(values_only=True) if isinstance(row[0], datetime)]
    assert [round(row[3] * 100) for row in rows] == [one.net for one in page.months]
    assert round(rows[-1][4] * 100) == page.shown.curve.balances[-1]
    named = [row[0] for row in book["Sans jour"].iter_rows(values_only=True)]
    assert {one.reference for one in page.unplaced} == {"=A1"}
    assert "'=A1" in named
