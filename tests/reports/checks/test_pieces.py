"""Pieces: the same euro asked twice, a document that lacks, a date or a head that does not fit."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import ContractLineFactory, InvoiceFactory, VentilationFactory
from tests.reports.checks.situations import service

pytestmark = pytest.mark.django_db


def test_the_same_invoice_under_two_pieces_is_an_error_on_both_awards() -> None:
    place = service()
    first, second = place.award("cocof_casg", "COCOF"), place.award("cocom_facultative", "COCOM")
    one = place.invoice(first, piece="A-1", number="F 77")
    two = place.invoice(second, piece="A-2", number="f77", supplier=one.supplier)
    (check,) = place.found(first, "invoice_claimed_twice")
    assert (check.level, check.who, check.amount) == ("error", "A-1", 20_000)
    assert "A-2" in check.message
    assert "Décret COCOF du 24 avril 2014, art. 94 §3, 4°" in check.article
    (other,) = place.found(second, "invoice_claimed_twice")
    assert other.who == "A-2"
    assert "Loi du 16 mai 2003, art. 13" in other.article
    two.number = "78"
    two.save()
    assert place.found(first, "invoice_claimed_twice") == []


@pytest.mark.parametrize(
    "changed",
    [{"amount": Decimal("201.00")}, {"issued_on": date(2024, 2, 16)}, {"number": "F2"}],
)
def test_invoices_that_differ_by_number_day_or_amount_are_not_the_same(
    changed: dict[str, object],
) -> None:
    place = service()
    award = place.award("cocof_casg")
    supplier = place.invoice(award, number="F1").supplier
    place.invoice(award, **{"supplier": supplier, "number": "F1", **changed})
    assert place.found(award, "invoice_claimed_twice") == []


@pytest.mark.parametrize(
    "changed", [{"amount": Decimal("201.00")}, {"issued_on": date(2024, 2, 16)}]
)
def test_one_number_of_one_supplier_on_another_day_or_amount_is_a_warning_on_both_pieces(
    changed: dict[str, object],
) -> None:
    place = service()
    first, second = place.award("cocof_casg", "COCOF"), place.award("cocom_facultative", "COCOM")
    one = place.invoice(first, piece="A-1", number="F 77")
    place.invoice(second, **{"supplier": one.supplier, "piece": "A-2", "number": "f77", **changed})
    (check,) = place.found(first, "invoice_maybe_twice")
    assert (check.level, check.who, check.amount) == ("warning", "A-1", 20_000)
    assert "A-2" in check.message
    assert [other.who for other in place.found(second, "invoice_maybe_twice")] == ["A-2"]
    assert place.found(first, "invoice_claimed_twice") == []


def test_the_exact_twin_and_an_uncharged_one_and_another_number_are_no_mere_warning() -> None:
    place = service()
    award = place.award("cocof_casg")
    supplier = place.invoice(award, number="F1").supplier
    place.invoice(award, number="F1", supplier=supplier)
    place.invoice(award, number="F2", supplier=supplier, amount=Decimal("201.00"))
    InvoiceFactory(supplier=supplier, number="F1", amount=Decimal("202.00"))
    assert place.found(award, "invoice_maybe_twice") == []
    assert len(place.found(award, "invoice_claimed_twice")) == 2


def test_two_codes_with_one_enterprise_number_are_one_supplier() -> None:
    place = service()
    award = place.award("cocof_casg")
    one = place.invoice(award, piece="A-1", number="F1")
    two = place.invoice(award, piece="A-2", number="F1", amount=Decimal("201.00"))
    for number, found in (("0403170701", 2), ("0202239951", 0)):
        type(one.supplier).objects.filter(pk=one.supplier.pk).update(enterprise_number="0403170701")
        type(one.supplier).objects.filter(pk=two.supplier.pk).update(enterprise_number=number)
        assert len(place.found(award, "invoice_maybe_twice")) == found


def test_one_invoice_split_over_two_awards_is_no_double_claim() -> None:
    place = service()
    first, second = place.award("cocof_casg", "COCOF"), place.award("cocom_facultative", "COCOM")
    invoice = place.invoice(first, (1, 3))
    VentilationFactory(invoice=invoice, award=second, share_numerator=2, share_denominator=3)
    lines = [place.dossier(award).invoices[0] for award in (first, second)]
    assert [line.presented for line in lines] == [6_667, 13_333]
    assert lines[0].others == ("COCOM 2/3",)
    assert place.found(first, "invoice_claimed_twice") == []


def test_a_twin_that_is_charged_to_no_award_is_no_double_claim() -> None:
    place = service()
    award = place.award("cocof_casg")
    invoice = place.invoice(award, number="F1")
    InvoiceFactory(
        supplier=invoice.supplier, number="F1", issued_on=invoice.issued_on, amount=invoice.amount
    )
    assert place.found(award, "invoice_claimed_twice") == []


def test_an_invoice_without_its_document_is_an_error() -> None:
    place = service()
    award = place.award("cocof_casg")
    invoice = place.invoice(award, evidence="")
    (check,) = place.found(award, "invoice_without_evidence")
    assert (check.level, check.who, check.amount) == ("error", invoice.piece, 20_000)
    invoice.evidence = "F1.pdf"
    invoice.save()
    assert place.found(award, "invoice_without_evidence") == []


def test_a_paid_invoice_without_proof_of_payment_is_named() -> None:
    place = service()
    award = place.award("cocof_casg")
    invoice = place.invoice(award, payment_reference="")
    assert [check.level for check in place.found(award, "payment_without_proof")] == ["warning"]
    invoice.paid_on = None
    invoice.save()
    assert place.found(award, "payment_without_proof") == []


@pytest.mark.parametrize("paid_on", [None, date(2025, 1, 1), date(2023, 12, 31)])
def test_a_letter_may_refuse_what_is_not_paid_in_its_period(paid_on: date | None) -> None:
    place = service()
    award = place.award("cocom_facultative", paid_in_period="oui")
    invoice = place.invoice(award, paid_on=paid_on)
    (check,) = place.found(award, "invoice_not_admitted")
    assert "pas payée dans la période" in check.message
    amounts = place.dossier(award).amounts
    assert (amounts.presented, amounts.admissible) == (20_000, 0)
    invoice.paid_on = date(2024, 12, 31)
    invoice.save()
    assert place.found(award, "invoice_not_admitted") == []


@pytest.mark.parametrize("terms", [{}, {"paid_in_period": "non"}])
def test_an_unpaid_invoice_counts_where_the_letter_asks_no_payment(terms: dict[str, str]) -> None:
    place = service()
    award = place.award("cocom_facultative", **terms)
    place.invoice(award, paid_on=None)
    assert place.found(award, "invoice_not_admitted") == []


def test_a_head_that_the_scheme_does_not_finance_is_refused() -> None:
    place = service()
    award = place.award("cocof_casg")
    invoice = place.invoice(award, category="equipment")
    (check,) = place.found(award, "invoice_not_admitted")
    assert "Petit équipement" in check.message
    invoice.category = "office"
    invoice.save()
    assert place.found(award, "invoice_not_admitted") == []


def test_an_invoice_of_another_year_charged_to_an_award_of_this_one_is_refused() -> None:
    place = service()
    award = place.award("cocof_casg")
    invoice = place.invoice(award, issued_on=date(2023, 12, 31))
    (check,) = place.found(award, "invoice_not_admitted")
    assert "hors de l'exercice" in check.message
    invoice.issued_on = date(2024, 1, 1)
    invoice.save()
    assert place.found(award, "invoice_not_admitted") == []


def test_a_contract_and_an_account_without_document_are_named_once_each() -> None:
    place = service()
    award = place.funded("maribel")
    place.contract.evidence = ""
    place.contract.save()
    place.month.evidence = ""
    place.month.save()
    codes = [check.code for check in place.dossier(award).checks]
    assert codes.count("contract_without_evidence") == 1
    assert codes.count("account_without_evidence") == 1
    place.contract.evidence = "CT-1"
    place.contract.save()
    assert place.found(award, "contract_without_evidence") == []


def test_each_contract_line_without_document_is_named() -> None:
    place = service()
    place.contract.ends_on = date(2024, 3, 15)
    place.contract.save()
    ContractLineFactory(
        worker=place.worker, starts_on=date(2024, 3, 16), scale_column="gradue", evidence=""
    )
    assert len(place.found(place.funded("maribel"), "contract_without_evidence")) == 1
