"""Frozen documents hold pseudonyms; erasing a name leaves their totals, lines and digests."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from backoffice.federation.models import Identity
from invoices.models import Supplier
from reports.documents.json_file import render_json
from reports.freezing import content_digest, freeze
from reports.models import Justification
from reports.pseudonyms import (
    People,
    document_digest,
    named,
    nameless,
    people_of,
    pseudonymised,
    write_over_names,
)
from tests.factories import InvoiceFactory, SupplierFactory, VentilationFactory
from tests.reports.checks.situations import AS_OF, Service, service
from tests.reports.freezing.test_freezing import FILES, maribel

OUTSIDE = "Yves Renardeau"


def with_people() -> tuple[Service, object]:
    """An award with its workers, and an invoice for someone off the payroll."""
    place = service()
    award = maribel(place)
    supplier = SupplierFactory(organisation=place.organisation, code="F-INT")
    invoice = InvoiceFactory(
        organisation=place.organisation,
        supplier=supplier,
        piece="INT-1",
        category="interim",
        person=OUTSIDE,
        function="reception",
        hours=Decimal("7.50"),
        evidence="INT-1.pdf",
        payment_reference="EXT-9",
    )
    VentilationFactory(invoice=invoice, award=award)
    return place, award


def final(place, award):
    dossier = place.dossier(award, AS_OF)
    return replace(dossier, cover=replace(dossier.cover, final=True, version=1))


def frozen(place, award) -> Justification:
    return freeze(award, final(place, award), FILES)[0]


def frozen_before(place, award) -> Justification:
    """As documents were frozen before pseudonyms: with the names."""
    dossier = final(place, award)
    text = render_json(dossier).decode()
    return Justification.objects.create(
        award=award,
        year=2024,
        version=1,
        as_of=AS_OF,
        document=text,
        document_digest=document_digest(text),
        holds_names=True,
        digest=content_digest(json.loads(text)),
        file_digests=FILES,
    )


def claimed(row: Justification) -> dict:
    """What a document claims: its amounts and every line, without who."""
    document = json.loads(row.document)
    lines = [
        [
            {key: value for key, value in line.items() if key not in ("name", "person")}
            for line in document[part]
        ]
        for part in ("staff", "invoices")
    ]
    return {"amounts": document["amounts"], "heads": document["heads"], "lines": lines}


@pytest.mark.django_db
def test_a_frozen_document_holds_no_name_of_anyone():
    place, award = with_people()
    row = frozen(place, award)
    names = list(Identity.objects.values_list("name", flat=True))
    assert OUTSIDE in names
    assert len(names) > 1
    assert [name for name in names if name in row.document] == []
    document = json.loads(row.document)
    codes = {one.pseudonym for one in Identity.objects.all()}
    assert {line["name"] for line in document["staff"]} <= codes
    assert document_digest(row.document) == row.document_digest
    assert not row.holds_names


@pytest.mark.django_db
def test_names_are_put_back_for_who_may_read_them():
    place, award = with_people()
    row = frozen(place, award)
    shown = named(people_of(place.organisation), json.loads(row.document))
    issued = json.loads(render_json(final(place, award)))
    assert shown["staff"] == issued["staff"]
    assert shown["invoices"] == issued["invoices"]
    assert OUTSIDE in json.dumps(shown, ensure_ascii=False)


@pytest.mark.django_db
def test_another_name_is_the_same_content():
    place, award = with_people()
    row = frozen(place, award)
    for identity in Identity.objects.all():
        identity.rename(f"{identity.name} (autre nom)")
        identity.save()
    again, new = freeze(award, final(place, award), FILES)
    assert (again.pk, new) == (row.pk, False)


@pytest.mark.django_db
def test_a_document_frozen_with_names_still_stands_as_the_same_content():
    place, award = with_people()
    row = frozen_before(place, award)
    again, new = freeze(award, final(place, award), FILES)
    assert (again.pk, new) == (row.pk, False)
    row.refresh_from_db()
    assert OUTSIDE in row.document


@pytest.mark.django_db
def test_writing_over_a_name_leaves_amounts_lines_and_the_digest_of_what_was_issued():
    place, award = with_people()
    row = frozen_before(place, award)
    before, text, digest = claimed(row), row.document, row.digest
    for identity in Identity.objects.all():
        assert write_over_names(identity, timezone.now()) == 1
        assert write_over_names(identity, timezone.now()) == 0
    row.refresh_from_db()
    names = list(Identity.objects.values_list("name", flat=True))
    assert [name for name in names if name in row.document] == []
    assert claimed(row) == before
    assert row.digest == digest
    chain = [document_digest(text), *(one["after"] for one in row.redactions)]
    assert [one["before"] for one in row.redactions] == chain[:-1]
    assert row.document_digest == chain[-1] == document_digest(row.document)
    assert not any(name in json.dumps(row.redactions) for name in names)


@pytest.mark.django_db
def test_the_document_of_another_service_keeps_its_names():
    place, award = with_people()
    row = frozen_before(place, award)
    other, _award = with_people()
    for identity in Identity.objects.filter(organisation=other.organisation):
        assert write_over_names(identity, timezone.now()) == 0
    assert OUTSIDE in Justification.objects.get(pk=row.pk).document


NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)


@given(first=NAMES, second=NAMES, third=NAMES)
def test_whatever_the_name_the_pseudonym_takes_its_place_and_nothing_else_moves(
    first, second, third
):
    supplier = Supplier(identity=Identity(number=3, name=third), enterprise_number="0999000129")
    people = People(
        {"W01": Identity(number=1, name=first)},
        {"A-1": Identity(number=2, name=second)},
        {"A-2": supplier},
    )
    kept = {"supplier": "P-0003", "supplier_number": ""}
    document = {
        "amounts": {"payable": "12.50"},
        "staff": [{"worker": "W01", "name": "P-0001", "payable": "12.50"}],
        "invoices": [
            {"piece": "A-1", "person": "P-0002", "supplier": "Firme", "payable": None},
            {"piece": "A-2", "person": "", "payable": "1.00", **kept},
        ],
    }
    shown = named(people, document)
    assert shown["staff"] == [{"worker": "W01", "name": first, "payable": "12.50"}]
    one, other = shown["invoices"]
    assert one == {"piece": "A-1", "person": second, "supplier": "Firme", "payable": None}
    known = {"supplier": third, "supplier_number": "0999000129"}
    assert other == document["invoices"][1] | known
    assert shown["amounts"] == document["amounts"]
    assert nameless(people, shown) == document


@pytest.mark.django_db
def test_a_dossier_and_its_pseudonymised_form_claim_the_same():
    place, award = with_people()
    dossier = final(place, award)
    kept = pseudonymised(people_of(place.organisation), dossier)
    assert (kept.amounts, kept.heads, kept.checks) == (
        dossier.amounts,
        dossier.heads,
        dossier.checks,
    )
    for one, other in zip(kept.staff, dossier.staff, strict=True):
        assert replace(one, name=other.name) == other
