"""Reading an electronic invoice: what it says to the cent, and what is refused."""

from datetime import date

import pytest

from invoices.ubl import NotAnInvoice, read_ubl
from tests.invoices.ubl_files import ubl

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'


def test_an_invoice_says_who_what_when_and_how_much():
    found = read_ubl(ubl(customer="0999000228"))
    assert (found.number, found.issued_on, found.is_credit) == (
        "2024/17",
        date(2024, 5, 6),
        False,
    )
    assert (found.supplier.name, found.supplier.enterprise_number) == (
        "Papeterie Éloïse",
        "0999000129",
    )
    assert found.customer.enterprise_number == "0999000228"
    assert (found.net, found.vat, found.total) == (10_000, 2_100, 12_100)
    assert [(one.description, one.amount) for one in found.lines] == [
        ("Papier", 6_000),
        ("Encre", 4_000),
    ]
    assert found.adds_up


def test_a_credit_note_takes_its_amounts_back():
    found = read_ubl(ubl(kind="CreditNote"))
    assert (found.is_credit, found.net, found.vat, found.total) == (True, -10_000, -2_100, -12_100)
    assert [one.amount for one in found.lines] == [-6_000, -4_000]


def test_the_total_is_what_it_cost_even_when_it_was_paid_in_advance():
    assert read_ubl(ubl()).total == 12_100


def test_a_total_that_is_not_the_sum_of_its_parts_is_seen():
    assert not read_ubl(ubl(total="121.01")).adds_up


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "illisible"),
        (b"PK\x03\x04", "illisible"),
        (ubl()[:400], "illisible"),
        (b"<html/>", "ni une facture ni une note de cr"),
        (ubl(before=LAUGHS), "type de document"),
        (ubl(before=OUTSIDE, number="&f;"), "type de document"),
        (ubl(number=" "), "ne dit pas : numéro"),
        (ubl(day="06/05/2024"), "La date « 06/05/2024 »"),
        (ubl(total="beaucoup"), "Le montant « beaucoup »"),
        (ubl(total="NaN"), "Le montant « NaN »"),
        (b"<a>" + b" " * (10 * 1024 * 1024) + b"</a>", "dépasse 10 Mo"),
    ],
    ids=["empty", "zip", "cut", "html", "laughs", "outside", "id", "day", "text", "nan", "large"],
)
def test_what_is_no_invoice_is_refused_with_a_sentence(content, words):
    with pytest.raises(NotAnInvoice, match=words):
        read_ubl(content)
