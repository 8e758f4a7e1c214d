"""An invoice is cut over its awards to the cent, and no part of it is lost or made up."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from backoffice.engine.periods import year_period
from invoices.models import Invoice
from invoices.snapshots import InvoiceFacts, invoice_facts, part_columns
from tests.factories import AwardFactory, InvoiceFactory, OrganisationFactory, VentilationFactory

pytestmark = pytest.mark.django_db


def facts_of(invoice: Invoice, whole: tuple[int, ...] = ()) -> InvoiceFacts:
    return invoice_facts(invoice.organisation, year_period(2024), whole)


def split(amount: str, *shares: tuple[int, int]) -> list[int]:
    """The cents of each share of an invoice, awards in order of reference."""
    invoice = InvoiceFactory(amount=Decimal(amount))
    awards = [
        AwardFactory(organisation=invoice.organisation, reference=f"R{place}")
        for place in range(len(shares))
    ]
    for award, (top, bottom) in zip(awards, shares, strict=True):
        VentilationFactory(
            invoice=invoice, award=award, share_numerator=top, share_denominator=bottom
        )
    facts = facts_of(invoice)
    return [part.amount for award in awards for part in facts.parts_of(award.pk)]


@pytest.mark.parametrize(
    ("amount", "shares", "parts"),
    [
        ("100.00", [(1, 3), (1, 3), (1, 3)], [3_334, 3_333, 3_333]),
        ("100.00", [(98, 100)], [9_800]),
        ("0.01", [(1, 2), (1, 2)], [1, 0]),
        ("0.01", [(1, 2)], [1]),
        ("-100.00", [(1, 3), (2, 3)], [-3_333, -6_667]),
        ("182.25", [(98, 100)], [17_861]),
        ("99.99", [(25, 38), (13, 38)], [6_578, 3_421]),
        ("0.00", [(1, 2), (1, 2)], [0, 0]),
    ],
)
def test_shares_are_cut_by_largest_remainder_with_what_stays_on_own_funds(
    amount: str, shares: list[tuple[int, int]], parts: list[int]
) -> None:
    assert split(amount, *shares) == parts


def test_an_invoice_without_share_is_on_own_funds() -> None:
    invoice = InvoiceFactory()
    facts = facts_of(invoice)
    assert (len(facts.rows), dict(facts.parts)) == (1, {})


def test_the_columns_of_an_award_hold_its_head_its_days_and_a_zero_for_what_is_not_paid() -> None:
    invoice = InvoiceFactory(category="training", paid_on=None)
    award = AwardFactory(organisation=invoice.organisation)
    VentilationFactory(invoice=invoice, award=award, share_numerator=1, share_denominator=1)
    columns = part_columns(facts_of(invoice), award.pk, ())
    assert columns.amount.tolist() == [18_225]
    assert columns.head.tolist() == [1]
    assert columns.issued.tolist() == [date(2024, 2, 15).toordinal()]
    assert columns.paid.tolist() == [0]
    assert columns.refused.tolist() == [0]


def test_an_invoice_for_someone_outside_the_payroll_says_who_and_may_be_refused() -> None:
    invoice = InvoiceFactory(
        category="interim", person="Personne Inventée", function="reception", hours=Decimal("7.50")
    )
    award = AwardFactory(organisation=invoice.organisation)
    VentilationFactory(invoice=invoice, award=award, share_numerator=1, share_denominator=1)
    facts = facts_of(invoice)
    (row,) = facts.rows
    assert (row.person, row.function, row.hours) == ("Personne Inventée", "reception", 750)
    columns = part_columns(facts, award.pk, {"interim"})
    assert (columns.head.tolist(), columns.refused.tolist()) == ([0], [1])


def test_an_invoice_of_another_year_is_read_only_for_an_award_that_lies_within_the_year() -> None:
    invoice = InvoiceFactory(issued_on=date(2023, 12, 31))
    award = AwardFactory(organisation=invoice.organisation)
    VentilationFactory(invoice=invoice, award=award)
    assert facts_of(invoice).rows == ()
    (part,) = facts_of(invoice, (award.pk,)).parts_of(award.pk)
    assert part.share == Fraction(98, 100)


def test_a_part_on_an_award_of_several_years_stays_in_its_own_year() -> None:
    invoice = InvoiceFactory(issued_on=date(2023, 12, 31))
    within = AwardFactory(organisation=invoice.organisation, reference="IN")
    across = AwardFactory(organisation=invoice.organisation, reference="ACROSS", ends_on=None)
    for award in (within, across):
        VentilationFactory(invoice=invoice, award=award, share_numerator=1, share_denominator=2)
    facts = facts_of(invoice, (within.pk,))
    assert len(facts.parts_of(within.pk)) == 1
    assert facts.parts_of(across.pk) == ()


def test_the_invoices_of_another_employer_are_not_read() -> None:
    VentilationFactory()
    facts = invoice_facts(OrganisationFactory(), year_period(2024), ())
    assert (facts.rows, dict(facts.parts)) == ((), {})
