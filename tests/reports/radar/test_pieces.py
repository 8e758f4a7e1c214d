"""Invoices over all funders and exercises: the same euro twice, under one piece or two."""

from datetime import date
from decimal import Decimal

import pytest

from invoices.models import Invoice, Ventilation
from tests.factories import VentilationFactory
from tests.reports.checks.situations import service
from tests.reports.radar.situations import found, references, seen, send

pytestmark = pytest.mark.django_db


def test_a_piece_split_between_two_awards_is_counted_and_nothing_is_found() -> None:
    place = service()
    one, other = place.award("cocof_facultative", "ONE"), place.award("cocom_facultative", "OTHER")
    invoice = place.invoice(one, (1, 2))
    VentilationFactory(invoice=invoice, award=other, share_numerator=1, share_denominator=2)
    radar = seen(place)
    assert (radar.findings, radar.pieces, radar.split) == ((), 1, 1)


def test_the_same_invoice_under_two_pieces_is_asked_twice() -> None:
    place = service()
    first = place.invoice(place.award("cocof_facultative", "ONE"), piece="P1")
    award = place.award("cocom_facultative", "OTHER")
    place.invoice(award, piece="P2", supplier=first.supplier, issued_on=first.issued_on)
    (finding,) = seen(place).findings
    assert (finding.kind, finding.tone) == ("piece", "forbidden")
    assert (finding.who, finding.others) == ("P1", ("P2",))
    assert (finding.amount, finding.cost) == (20_000, 20_000)
    assert references(finding) == ["ONE", "OTHER"]
    assert "art. 94" in finding.article
    assert seen(place).split == 0


def test_half_of_an_invoice_on_each_of_two_pieces_is_no_euro_twice() -> None:
    place = service()
    first = place.invoice(place.award("cocof_facultative", "ONE"), (1, 2), piece="P1")
    award = place.award("cocom_facultative", "OTHER")
    place.invoice(award, (1, 2), piece="P2", supplier=first.supplier, issued_on=first.issued_on)
    assert found(place, "piece") == []


def test_one_cent_above_the_invoice_is_named() -> None:
    place = service()
    first = place.invoice(place.award("cocof_facultative", "ONE"), (1, 2), piece="P1")
    award = place.award("cocom_facultative", "OTHER")
    second = place.invoice(
        award, (10_001, 20_000), piece="P2", supplier=first.supplier, issued_on=first.issued_on
    )
    (finding,) = found(place, "piece")
    assert (finding.amount, finding.others) == (1, (second.piece,))


def test_a_piece_sent_for_one_exercise_and_put_in_the_next_is_found_in_both() -> None:
    place = service()
    award = place.award("cocof_facultative", "ONE")
    award.ends_on = date(2025, 12, 31)
    award.save()
    invoice = place.invoice(award, piece="P1", issued_on=date(2024, 12, 31))
    send(place, award)
    assert seen(place).findings == ()
    invoice.issued_on = date(2025, 1, 2)
    invoice.save()
    for year in (2024, 2025):
        (finding,) = found(place, "piece", year)
        assert (finding.who, finding.amount, finding.cost) == ("P1", 20_000, 20_000)
        assert [(c.year, c.version) for c, _a in finding.claims] == [(2024, 1), (2025, None)]
    assert found(place, "piece", 2023) == []


def test_a_piece_moved_to_another_funder_after_it_was_sent_is_found() -> None:
    place = service()
    one, other = place.award("cocof_facultative", "ONE"), place.award("cocom_facultative", "OTHER")
    place.invoice(one, piece="P1")
    send(place, one)
    Ventilation.objects.update(award=other)
    (finding,) = seen(place).findings
    assert (finding.kind, finding.amount, references(finding)) == (
        "piece",
        20_000,
        ["ONE", "OTHER"],
    )


def test_a_piece_moved_between_two_awards_that_were_both_sent_is_found() -> None:
    place = service()
    one, other = place.award("cocof_facultative", "ONE"), place.award("cocom_facultative", "OTHER")
    place.invoice(one, piece="P1")
    send(place, one)
    send(place, other)
    Ventilation.objects.update(award=other)
    (finding,) = seen(place).findings
    assert [(c.reference, c.version) for c, _a in finding.claims] == [("ONE", 1), ("OTHER", None)]
    send(place, one)
    assert seen(place).findings == ()


def test_an_invoice_that_is_no_longer_encoded_still_counts_as_sent() -> None:
    place = service()
    one, other = place.award("cocof_facultative", "ONE"), place.award("cocom_facultative", "OTHER")
    place.invoice(one, piece="P1")
    send(place, one)
    Ventilation.objects.update(award=other)
    send(place, other)
    Ventilation.objects.all().delete()
    Invoice.objects.all().delete()
    (finding,) = seen(place).findings
    assert (finding.amount, finding.cost) == (20_000, 20_000)


def test_a_piece_number_used_again_for_another_supplier_is_another_invoice() -> None:
    place = service()
    award = place.award("cocof_facultative", "ONE")
    place.invoice(award, piece="P1")
    send(place, award)
    Ventilation.objects.all().delete()
    Invoice.objects.all().delete()
    place.invoice(place.award("cocom_facultative", "OTHER"), piece="P1", number="F9")
    assert seen(place).findings == ()


def test_one_number_with_another_amount_is_suspicious() -> None:
    place = service()
    first = place.invoice(place.award("cocof_facultative", "ONE"), piece="P1")
    award = place.award("cocom_facultative", "OTHER")
    place.invoice(award, piece="P2", supplier=first.supplier, amount=Decimal("150.00"))
    (finding,) = seen(place).findings
    assert (finding.kind, finding.tone, finding.amount) == ("number", "suspicious", 15_000)
    assert (finding.who, finding.others) == ("P1", ("P2",))


def test_invoices_without_a_number_are_compared_by_day_and_amount_only() -> None:
    place = service()
    first = place.invoice(place.award("cocof_facultative", "ONE"), piece="P1", number="")
    award = place.award("cocom_facultative", "OTHER")
    place.invoice(award, piece="P2", number="", supplier=first.supplier, amount=Decimal("150.00"))
    assert seen(place).findings == ()
