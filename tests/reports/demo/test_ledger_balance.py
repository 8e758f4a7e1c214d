"""The balance drawn from the dossiers balances, comes in, ties out, and shows its planted fault."""

from dataclasses import replace
from datetime import date

import pytest

from reports.demo.ledger_balance import ledger_balance
from reports.demo.truth import NOT_ENCODED, planted
from reports.tie_out.importing import Wish, import_balance
from reports.tie_out.statement import tie_out
from tests.factories import InvoiceFactory
from tests.reports.tie_out.situations import add_pay, assign, receive, service, unpaid_rest

pytestmark = pytest.mark.django_db
AS_OF = date(2025, 3, 1)


@pytest.fixture
def organisation():
    found = service()
    contract = add_pay(found, gross="3000.00", employer_onss="960.00")
    assign(contract, found.awards.get())
    unpaid_rest(contract)
    receive(found.awards.get(), "250.00")
    found.invoices.update(category="equipment")
    supplier, approval = found.suppliers.get(), found.approvals.get()
    InvoiceFactory(
        supplier=supplier, issued_on=date(2023, 5, 2), approval=approval, category="equipment"
    )
    return found


def bring_in(organisation, folder, year: int):
    path = folder / "balance.csv"
    path.write_text(ledger_balance(organisation, year, AS_OF), encoding="cp1252", newline="")
    return import_balance(path, organisation=organisation, year=year, wish=Wish(partial=True))


def test_it_comes_in_without_a_remark_and_everything_ties_out(organisation, tmp_path):
    for year in (2023, 2024):
        outcome = bring_in(organisation, tmp_path, year)
        assert (outcome.stored, outcome.problems) == (True, ())
    found = tie_out(organisation, 2024, AS_OF)
    assert found.open_lines == ()
    assert {one.status for one in found.lines} == {"ok"}


def test_the_planted_supplies_are_the_only_open_difference(organisation, tmp_path, monkeypatch):
    (fact,) = [one for one in planted() if one.kind == NOT_ENCODED]
    here = replace(fact, organisation=organisation.enterprise_number, year=2024)
    monkeypatch.setattr("reports.demo.ledger_balance.planted_at", lambda _number: (here,))
    for year in (2023, 2024):
        bring_in(organisation, tmp_path, year)
    (line,) = tie_out(organisation, 2024, AS_OF).open_lines
    assert (line.group.code, line.analytical, line.unexplained) == ("running", "100", 24_350)
