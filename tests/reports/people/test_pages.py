"""The pages on a person: found without an address that names her, shown, exported, erased."""

import io
import json
import logging
import re
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from backoffice.federation.models import AuditEntry, Identity
from reports.models import PersonRequest
from reports.people.held import held_on
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    PayItemFactory,
    PayMonthFactory,
    SalesInvoiceFactory,
    SupplierFactory,
    WorkerFactory,
)
from tests.reports.people.conftest import LATER, NAME, NUMBER

AMOUNT = re.compile(r"'?-?\d+\.\d{2}")


def words(response) -> str:
    return response.content.decode().replace("&#x27;", "'")


def signed_in(organisation, role: str = "finance") -> Client:
    client = Client()
    client.force_login(MembershipFactory(organisation=organisation, role=role).user)
    return client


@pytest.fixture
def officer(person) -> Client:
    return signed_in(person.place.organisation)


def address(person, more: str = "") -> str:
    return f"/personnes/{person.identity.pk}/{more}"


@pytest.mark.parametrize(
    "who", [NAME, "delvauxille", NUMBER, "85.07.30-033.28", "P-0001", "W01"], ids=lambda who: who
)
def test_a_person_is_found_by_name_number_or_pseudonym(person, officer, who):
    Identity.objects.filter(pk=person.identity.pk).update(number=1)
    type(person.place.worker).objects.filter(pk=person.place.worker.pk).update(number="W01")
    page = words(officer.post("/personnes/", {"who": who}))
    assert f'href="{address(person)}"' in page
    assert "85.07.30-***-**" in page
    assert NUMBER not in page


def test_suppliers_and_customers_of_that_name_are_shown_with_the_page_of_their_row(person, officer):
    own, other = person.place.organisation, OrganisationFactory()
    supplier = SupplierFactory(organisation=own, code="F-7", name="Émilie Inventée")
    sale = SalesInvoiceFactory(organisation=own, number="V-8", customer="Inventée Émilie")
    SupplierFactory(organisation=other, name="Émilie Inventée-Ailleurs")
    page = words(officer.post("/personnes/", {"who": "emilie inventee"}))
    assert "0 personne" in page
    for row, record, about in (
        (supplier, "suppliers", "fournisseur F-7"),
        (sale, "sales", "client, facture V-8"),
    ):
        found = reverse("record_row", args=[record, row.pk])
        assert f'href="{found}"' in page
        assert about in page
        assert officer.get(found).status_code == 200
    assert "Ailleurs" not in page
    assert "Fournisseurs et clients" not in words(officer.post("/personnes/", {"who": "Zzz"}))


def test_a_name_replaced_on_the_page_of_a_supplier_is_nowhere_in_the_journal(person, officer):
    own = person.place.organisation
    supplier = SupplierFactory(organisation=own, code="F-7", name="Émilie Inventée")
    page = reverse("change_row", args=["suppliers", supplier.pk])
    typed = {"code": "F-7", "name": "F-7", "enterprise_number": "", "reason": "Effacement demandé"}
    mark = officer.get(page).context["form"].initial
    assert officer.post(page, {**mark, **typed}).status_code == 302
    supplier.refresh_from_db()
    assert supplier.name == "F-7"
    kept = AuditEntry.objects.filter(organisation=own).values_list("changes", flat=True)
    assert not any("Inventée" in one or "Invent\\u00e9e" in one for one in kept)


def test_a_part_of_a_national_number_finds_nobody(person, officer):
    page = words(officer.post("/personnes/", {"who": "850730033"}))
    assert "0 personne" in page


def test_nobody_is_found_in_another_service(person):
    stranger = signed_in(OrganisationFactory())
    assert NAME not in words(stranger.post("/personnes/", {"who": NAME}))
    for more in ("", "fichiers/json/", "fichiers/xlsx/"):
        assert stranger.get(address(person, more)).status_code == 404
    asked = {"reason": "x", "pseudonym": person.identity.pseudonym}
    assert stranger.post(address(person, "effacer/"), asked).status_code == 404


def test_the_accountant_may_not_answer_for_a_person_and_the_director_may(person):
    accountant = signed_in(person.place.organisation, "accountant")
    assert accountant.get(address(person)).status_code == 403
    director = signed_in(person.place.organisation, "director")
    assert director.get(address(person)).status_code == 200


def test_every_table_that_leads_to_the_person_is_shown_and_the_look_is_noted(person, officer):
    page = words(officer.get(address(person)))
    for title in ("Lignes de contrat", "Mois de paie", "Éléments de paie", "Affectations"):
        assert title in page
    assert "Documents du personnel" in page
    assert "3\u202f000,00\u202f€" in page
    assert NUMBER not in page
    line = PersonRequest.objects.get()
    assert (line.kind, line.identity) == ("shown", person.identity)


def test_the_data_of_a_colleague_are_not_in_it(person):
    WorkerFactory(organisation=person.place.organisation, number="W88", name="Zoé Marchalier")
    shown = json.dumps([table.rows for table in held_on(person.identity)], default=str)
    assert NAME in shown
    assert "Zoé" not in shown


def test_both_exports_hold_the_same_rows_and_no_name_in_their_own_name(person, officer):
    found = json.loads(officer.get(address(person, "fichiers/json/")).content)
    answer = officer.get(address(person, "fichiers/xlsx/"))
    book = load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) == len(found["tables"]) >= 6
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    amounts = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {int, float} & {type(one) for one in amounts}
    assert datetime in {type(one) for one in amounts}
    assert not [one for one in amounts if isinstance(one, str) and AMOUNT.fullmatch(one)]
    assert NAME in cells
    assert NAME in json.dumps(found, ensure_ascii=False)
    assert NUMBER not in json.dumps(found) + "".join(cells)
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="donnees-{person.identity.pseudonym}.xlsx"'
    )
    assert PersonRequest.objects.filter(kind="exported").count() == 2


def test_a_format_that_does_not_exist_is_not_found_and_not_noted(person, officer):
    assert officer.get(address(person, "fichiers/pdf/")).status_code == 404
    assert not PersonRequest.objects.exists()


def test_an_unknown_duration_says_what_it_blocks_who_fills_it_and_where(person, officer):
    for page in (words(officer.get(address(person))), words(officer.get("/personnes/"))):
        assert 'href="/valeurs/retention.justifications/"' in page
        assert "Les finances de la fédération ou un administrateur la remplissent" in page
        assert "Une durée inconnue bloque l'effacement" in page
    page = words(officer.get("/personnes/"))
    assert page.count(">à confirmer</span>") == 3
    assert page.count(">manquant</span>") == 1
    assert "texte non relu" in page


def test_a_duration_to_confirm_is_marked_where_it_holds_somebody(person, officer, durations):
    durations()
    page = words(officer.get(address(person)))
    assert "(durée à confirmer)" in page
    assert "Une durée inconnue" not in page


def test_a_running_duration_is_said_instead_of_the_form(person, officer, durations):
    durations()
    page = words(officer.get(address(person)))
    assert "L'effacement n'est pas possible aujourd'hui." in page
    assert "à conserver jusqu'au 31/12/2034" in page
    assert "Effacer pour toujours" not in page


@pytest.fixture
def later_day(monkeypatch, durations):
    durations()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_a, **_k: LATER)


def test_the_pseudonym_is_typed_again_before_anything_is_erased(person, officer, later_day):
    asked = {"reason": "Demande du 3 mars", "pseudonym": "P-9999"}
    answer = officer.post(address(person, "effacer/"), asked)
    assert answer.status_code == 422
    assert "Ce n'est pas le pseudonyme" in words(answer)
    assert 'value="Demande du 3 mars"' in words(answer)
    assert Identity.objects.get(pk=person.identity.pk).name == NAME


def test_an_erased_person_shows_its_pseudonym_everywhere(person, officer, later_day):
    asked = {"reason": "Demande du 3 mars", "pseudonym": person.identity.pseudonym}
    answer = officer.post(address(person, "effacer/"), asked, follow=True)
    assert "Effacée le" in words(answer)
    for page in (answer, officer.get("/travailleurs/"), officer.get(address(person))):
        assert NAME not in words(page)
        assert person.identity.pseudonym in words(page)
    gone = officer.get(f"/fichiers/{person.paper.pk}/")
    assert (gone.status_code, person.paper.sha256 in words(gone)) == (410, True)
    assert "Ce fichier est effacé" in words(gone)


def test_the_page_asks_as_many_queries_whatever_the_rows(
    person, officer, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(300) as few:
        officer.get(address(person))
    for month in range(1, 13):
        row = PayMonthFactory(worker=person.place.worker, month=date(2023, month, 1))
        PayItemFactory(pay_month=row)
        PayItemFactory(pay_month=row, cost_item="meal_vouchers")
    with django_assert_num_queries(len(few)):
        officer.get(address(person))


def test_the_pay_that_is_held_is_said_in_words_and_not_in_codes(person, officer):
    row = PayMonthFactory(worker=person.place.worker, month=date(2023, 3, 1))
    PayItemFactory(pay_month=row, cost_item="meal_vouchers")
    page = words(officer.get(address(person)))
    assert "meal_vouchers" not in page
    assert "<td>03/2023</td>" in page


def test_a_page_that_fails_logs_no_name_and_shows_none(person, officer, caplog, monkeypatch):
    def broken(*_args, **_options):
        raise RuntimeError("broken")

    monkeypatch.setattr("reports.views.people.holds", broken)
    officer.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        answer = officer.get(address(person))
        found = officer.post("/personnes/", {"who": NAME})
    assert answer.status_code == 500
    assert "Un imprévu de notre côté" in words(answer)
    assert NAME not in words(answer)
    assert NAME in words(found)
    ours = [one for one in caplog.records if not one.name.startswith("django.db")]
    assert any("/personnes/" in one.getMessage() for one in ours)
    logged = " ".join(f"{one.getMessage()} {one.exc_text or ''}" for one in ours)
    assert NAME not in logged
    assert NUMBER not in logged
