"""The nature of suppliers and customers in the workbook: said, kept, never guessed."""

import json

import pytest

from backoffice.federation.models import Identity, Organisation
from invoices.models import SalesInvoice, Supplier
from reports.exchange.exporter import rows_of_year
from reports.exchange.importer import import_workbook
from tests.factories.federation import enterprise_number
from tests.reports.exchange.test_former_version import former
from tests.reports.exchange.workbooks import BCE, Rows, applied, changed, plain_rows, write

pytestmark = pytest.mark.django_db
NAME = "Philippine Vandermarlière"


def person(rows: Rows) -> None:
    rows["suppliers"][0] |= {"name": NAME, "nature": "person"}
    rows["sales"][0] |= {"customer": NAME, "nature": "person"}


def test_a_workbook_that_says_nothing_leaves_the_nature_unsaid(tmp_path):
    applied(write(tmp_path))
    assert (Supplier.objects.get().nature, SalesInvoice.objects.get().nature) == ("", "")
    assert not Identity.objects.filter(kind="outside").exists()


def test_a_natural_person_is_one_identity_and_goes_back_out_as_she_came_in(tmp_path):
    applied(changed(tmp_path, person))
    one = Identity.objects.get(name=NAME)
    assert (Supplier.objects.get().identity, SalesInvoice.objects.get().identity) == (one, one)
    rows = rows_of_year(Organisation.objects.get(), 2024)
    assert (rows["suppliers"][0]["name"], rows["suppliers"][0]["nature"]) == (NAME, "person")
    assert (rows["sales"][0]["customer"], rows["sales"][0]["nature"]) == (NAME, "person")
    assert import_workbook(changed(tmp_path, person)).nothing_changed


def test_a_workbook_may_say_it_of_those_already_stored_and_its_report_names_nobody(tmp_path):
    def named(rows: Rows) -> None:
        rows["suppliers"][0]["name"] = "Atelier Philippine"

    applied(changed(tmp_path, named))
    report = applied(changed(tmp_path, person))
    assert Supplier.objects.get().identity.name == NAME
    assert (Supplier.objects.get().firm, SalesInvoice.objects.get().firm) == ("", "")
    written = json.dumps(report.as_json(), ensure_ascii=False)
    assert "Nature" in written
    assert NAME not in written
    assert "Philippine" not in written


@pytest.mark.parametrize("version", [4, 5])
def test_a_blank_or_a_former_workbook_leaves_what_was_said(tmp_path, version):
    applied(changed(tmp_path, person))

    def unsaid(rows: Rows) -> None:
        rows["suppliers"][0]["name"] = rows["sales"][0]["customer"] = NAME

    assert import_workbook(former(changed(tmp_path, unsaid), version=version)).nothing_changed
    assert Supplier.objects.get().nature == "person"


def test_another_number_of_a_person_is_a_change_that_shows_neither(tmp_path):
    def numbered(rows: Rows) -> None:
        person(rows)
        rows["suppliers"][0]["enterprise_number"] = BCE

    applied(changed(tmp_path, person))
    pseudonym = Identity.objects.get(name=NAME).pseudonym
    report = applied(changed(tmp_path, numbered))
    assert Supplier.objects.get().enterprise_number == BCE
    assert [(one.field, one.before, one.after) for one in report.changes] == [
        ("Numéro d'entreprise", pseudonym, "autre numéro")
    ]


def test_a_name_of_a_firm_that_changes_is_said_as_before(tmp_path):
    def firm(rows: Rows) -> None:
        rows["suppliers"][0] |= {"name": "Papeterie du Canal", "nature": "firm"}

    applied(write(tmp_path))
    report = applied(changed(tmp_path, firm))
    said = {(one.field, one.before, one.after) for one in report.changes}
    assert ("Nom", "Papeterie inventée", "Papeterie du Canal") in said
    assert Supplier.objects.get().name == "Papeterie du Canal"
    assert not Identity.objects.filter(kind="outside").exists()


def test_two_employers_each_have_a_supplier_and_a_sale_of_the_same_code(tmp_path):
    rows, other = plain_rows(), enterprise_number(9_998)
    person(rows)
    rows["organisation"][0]["enterprise_number"] = other
    applied(changed(tmp_path, person))
    applied(write(tmp_path, rows, number=other))
    assert import_workbook(changed(tmp_path, person)).nothing_changed
    for model in (Supplier, SalesInvoice):
        owners = model.objects.values_list("organisation", "identity__organisation")
        assert len({owner for owner, _of_identity in owners}) == 2
        assert all(owner == of_identity for owner, of_identity in owners)


def test_an_old_workbook_does_not_bring_the_name_of_an_erased_supplier_back(tmp_path):
    applied(changed(tmp_path, person))
    one = Identity.objects.get(name=NAME)
    Identity.objects.filter(pk=one.pk).update(name=one.pseudonym, erased_at="2040-01-01T00:00:00Z")
    assert import_workbook(changed(tmp_path, person)).nothing_changed

    def firm(rows: Rows) -> None:
        rows["suppliers"][0] |= {"name": NAME, "nature": "firm"}
        rows["sales"][0] |= {"customer": NAME, "nature": "person"}

    assert import_workbook(changed(tmp_path, firm)).nothing_changed
    assert Supplier.objects.get().name == one.pseudonym
