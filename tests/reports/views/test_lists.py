"""The lists of workers and invoices: filters, order, pages, totals, file and rights."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ApprovalFactory,
    AssignmentFactory,
    AwardFactory,
    ContractLineFactory,
    InvoiceFactory,
    MembershipFactory,
    PayItemFactory,
    PayMonthFactory,
    PostFactory,
    SupplierFactory,
    VentilationFactory,
    WorkerFactory,
)
from tests.reports.views.reading import fetched, markup, words

ADDRESSES = (
    "/travailleurs/",
    "/factures/",
)
DAY = {"au": "2025-02-01"}


def workers(service, **query):
    return service.client.get("/travailleurs/", DAY | query)


def invoices(service, **query):
    return service.client.get("/factures/", DAY | query)


def cells(response) -> list[list[object]]:
    book = openpyxl.load_workbook(BytesIO(response.content))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def worker(service, number: str, name: str, **line):
    found = WorkerFactory(organisation=service.organisation, number=number, name=name)
    ContractLineFactory(worker=found, **line)
    return found


def invoice(service, piece: str, **fields):
    supplier = fields.pop("supplier", None) or SupplierFactory(organisation=service.organisation)
    return InvoiceFactory(
        organisation=service.organisation, supplier=supplier, piece=piece, **fields
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_reads_a_list_without_a_login(service, address):
    assert Client().get(address).headers["Location"].startswith("/connexion/?next=")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_list_holds_the_rows_of_ones_own_organisations_only(service, other, address):
    WorkerFactory(organisation=other.organisation, number="W77", name="Nom caché")
    invoice(other, "B-77", description="Objet caché")
    response = service.client.get(address)
    seen = str(cells(response)) if "classeur" in address else markup(response)
    assert "W01" in seen
    assert "caché" not in seen
    number = other.organisation.enterprise_number
    assert service.client.get(address, {"organisation": number}).status_code == 404


def test_a_user_of_several_organisations_sees_all_of_them_or_the_one_chosen(service, other):
    user = MembershipFactory(organisation=service.organisation).user
    MembershipFactory(organisation=other.organisation, user=user)
    invoice(other, "B-77")
    client = Client()
    client.force_login(user)
    everything = markup(client.get("/factures/"))
    assert "A-W01" in everything
    assert "B-77" in everything
    number = service.organisation.enterprise_number
    one = markup(client.get("/factures/", {"organisation": number}))
    assert "A-W01" in one
    assert "B-77" not in one
    column = 'data-label="Organisation"'
    assert column in everything
    assert column not in one, "the name that was chosen is not said again on every row"
    assert 'href="/travailleurs/"' in everything
    assert f'href="/travailleurs/?organisation={number}"' in one
    assert '<a href="?vue=toutes">Effacer les filtres' in one


@pytest.mark.parametrize("text", ["LÉ", "lé", "le mat", "MATERIEL  léger", "jardin"])
def test_invoices_are_found_whatever_the_case_and_the_accents(service, text):
    supplier = SupplierFactory(organisation=service.organisation, name="Maison Jardin")
    invoice(service, "X-1", supplier=supplier, description="Le matériel LÉGER")
    page = words(invoices(service, texte=text))
    assert "1 ligne trouvée" in page
    assert "X-1" in page


def test_invoices_are_found_by_the_person_whom_they_pay(service):
    invoice(service, "X-2", category="interim", person="Anaïs Doriveau", function="reception")
    page = words(invoices(service, texte="doriveau"))
    assert "1 ligne trouvée" in page
    assert "X-2" in page
    assert "Anaïs Doriveau" in page


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1", "X-1 jardin"])
def test_signs_of_a_query_are_searched_as_they_are(service, text):
    invoice(service, "X-1", description="Papier")
    assert "Aucune ligne ne correspond" in words(invoices(service, texte=text))


def test_a_worker_is_found_by_name_or_number(service):
    worker(service, "W88", "Zoé Lefèvre")
    assert "1 ligne trouvée" in words(workers(service, texte="lefevre ZOE"))
    assert "Zoé Lefèvre" in words(workers(service, texte="w88"))


@pytest.mark.parametrize(
    ("query", "pieces"),
    [
        ({"annee": "2023"}, {"P-23"}),
        ({"annee": "2024"}, {"A-W01", "P-TEL", "P-NU"}),
        ({"categorie": "telecom"}, {"P-TEL"}),
        ({"etat": "unpaid"}, {"P-23"}),
        ({"etat": "bare"}, {"P-NU"}),
        ({"etat": "free"}, {"P-23", "P-TEL", "P-NU"}),
        ({"etat": "paid", "categorie": "telecom", "annee": "2024"}, {"P-TEL"}),
    ],
)
def test_invoices_are_filtered_by_year_category_and_state(service, query, pieces):
    invoice(service, "P-23", issued_on=date(2023, 12, 31), paid_on=None, payment_reference="")
    invoice(service, "P-TEL", category="telecom")
    invoice(service, "P-NU", evidence="")
    page = markup(invoices(service, **query))
    assert {piece for piece in ("P-23", "A-W01", "P-TEL", "P-NU") if piece in page} == pieces


def test_the_day_of_a_past_year_is_shown_once_in_its_field(service):
    worker(service, "W88", "Zoé Lefèvre")
    page = service.client.get("/travailleurs/", {"annee": "2024"}).content.decode()
    assert page.count("31/12/2024") == page.count('value="31/12/2024"') == 1
    assert "état au jour de la situation" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"etat": "present"}, {"Présente", "Nom de W01"}),
        ({"etat": "left"}, {"Partie"}),
        ({"etat": "coming"}, {"Future"}),
        ({"etat": "present", "au": "2022-06-30"}, {"Présente", "Partie", "Nom de W01"}),
        ({"agrement": "CAP"}, {"Présente", "Partie"}),
    ],
)
def test_workers_are_filtered_by_state_on_the_day_and_by_approval(service, query, names):
    approval = ApprovalFactory(organisation=service.organisation, code="CAP-1", kind="CAP")
    worker(service, "W02", "Présente", approval=approval)
    left = worker(service, "W03", "Partie", ends_on=date(2022, 6, 30))
    worker(service, "W04", "Future", starts_on=date(2025, 3, 1))
    award = AwardFactory(organisation=service.organisation, approval=approval)
    AssignmentFactory(worker=left, post=PostFactory(award=award))
    page = words(workers(service, **query))
    every = ("Présente", "Partie", "Future", "Nom de W01")
    assert {name for name in every if f"{name} W0" in page} == names


def test_the_workers_of_a_year_are_those_with_a_contract_or_pay_in_it(service):
    worker(service, "W02", "Ancienne", ends_on=date(2023, 12, 31))
    late = worker(service, "W03", "Pécule de sortie", ends_on=date(2023, 12, 31))
    PayItemFactory(pay_month=PayMonthFactory(worker=late, month=date(2024, 1, 1)))
    page = words(workers(service, annee="2024"))
    assert "2 lignes trouvées" in page
    assert "Pécule de sortie" in page
    assert "Ancienne" not in page


def test_a_worker_costs_what_the_period_cost_and_without_pay_it_is_unknown(service):
    worker(service, "W02", "Sans paie")
    month = PayMonthFactory(
        worker=service.organisation.workers.get(number="W01"), month=date(2023, 1, 1)
    )
    PayItemFactory(pay_month=month, amount=Decimal("-0.10"))
    page = words(workers(service))
    assert "3 280,80" in page
    assert "inconnu" in page
    assert "1 sans paie" in page
    assert "3 280,90" in words(workers(service, annee="2024"))


def test_the_totals_are_those_of_the_whole_selection_to_the_cent(service):
    supplier = SupplierFactory(organisation=service.organisation)
    for number in range(60):
        invoice(service, f"S-{number:02d}", supplier=supplier, amount=Decimal("0.10"))
    invoice(service, "S-99", supplier=supplier, amount=Decimal("-0.01"), paid_on=None)
    page = words(invoices(service, texte="S-"))
    assert "61 lignes trouvées" in page
    assert "Total de la sélection 5,99" in page
    assert "payé 6,00 €" in page
    assert "à payer \u22120,01 €" in page
    assert "Page 1 sur 2" in page
    second = words(invoices(service, texte="S-", page="2"))
    assert "Page 2 sur 2" in second
    assert "Total de la sélection 5,99" in second


@pytest.mark.parametrize("page", ["0", "99", "abc", "-1"])
def test_a_page_that_does_not_exist_is_the_nearest_one(service, page):
    assert "A-W01" in words(invoices(service, page=page))


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("montant", ["P-2", "A-W01", "P-1"]),
        ("-montant", ["P-1", "A-W01", "P-2"]),
        ("piece", ["A-W01", "P-1", "P-2"]),
        ("date", ["P-2", "A-W01", "P-1"]),
        ("-paiement", ["P-1", "A-W01", "P-2"]),
    ],
)
def test_invoices_are_sorted_by_the_head_that_is_clicked(service, sort, order):
    paid = {"paid_on": date(2024, 9, 1)}
    invoice(service, "P-1", amount=Decimal("1000.00"), issued_on=date(2024, 8, 1), **paid)
    invoice(service, "P-2", amount=Decimal("9.00"), issued_on=date(2024, 1, 1), paid_on=None)
    page = markup(invoices(service, tri=sort))
    assert sorted(order, key=page.index) == order
    assert "aria-sort=" in page


def test_workers_are_sorted_by_name_as_people_do_and_unknown_costs_come_last(service):
    worker(service, "W02", "élise")
    worker(service, "W03", "Édouard")
    page = words(workers(service))
    names = ["Édouard W03", "élise W02", "Nom de W01"]
    assert sorted(names, key=page.index) == names
    costly = words(workers(service, tri="-cout"))
    assert costly.index("Nom de W01") < costly.index("Édouard")


def test_a_filter_that_does_not_exist_is_said_and_left_aside(service):
    page = words(invoices(service, categorie="yachts", tri="humeur", annee="1900"))
    assert "« yachts » n'est pas dans la liste" in page
    assert "« 1900 » n'est pas dans la liste" in page
    assert "1 ligne trouvée" in page


def test_a_list_without_a_day_keeps_the_one_asked_and_a_bad_one_is_said(service):
    page = markup(invoices(service))
    assert 'type="hidden" name="au" value="2025-02-01"' in page
    assert "Situation au" not in page
    said = words(service.client.get("/travailleurs/", {"au": "demain"}))
    assert "La situation d'aujourd'hui est affichée" in said


def test_the_links_keep_what_was_asked(service):
    supplier = SupplierFactory(organisation=service.organisation)
    for number in range(51):
        invoice(service, f"S-{number:02d}", supplier=supplier)
    page = markup(invoices(service, texte="S-", tri="montant"))
    assert "tri=-montant" in page
    assert "texte=S-&tri=montant&page=2" in page
    assert "/registres/invoices/classeur/?au=2025-02-01&texte=S-&tri=montant" in page


def test_the_workbook_holds_the_whole_selection_with_a_live_total(service):
    supplier = SupplierFactory(organisation=service.organisation)
    for number in range(55):
        invoice(service, f"S-{number:02d}", supplier=supplier, amount=Decimal("0.10"))
    first = invoice(service, "S-99", supplier=supplier, description="=1+1")
    VentilationFactory(invoice=first, award=service.award, share_numerator=1, share_denominator=3)
    file = "/registres/invoices/classeur/"
    found = fetched(service.client, file, DAY | {"texte": "S-", "tri": "piece"})
    assert found.name == "factures.xlsx"
    rows = cells(found)
    lines = [row for row in rows if str(row[0]).startswith("S-")]
    assert len(lines) == 56
    assert lines[-1][5] == "'=1+1"
    assert "MARIBEL-1 1/3" in lines[-1]
    assert rows[-1][0] == "Total"
    assert any(str(cell).startswith("=SUBTOTAL(109,") for cell in rows[-1])


def test_the_workbook_of_workers_names_their_contract_and_cost(service):
    worker(service, "W02", "Sans paie", weekly_hours=Decimal("19.00"))
    rows = cells(fetched(service.client, "/registres/workers/classeur/", DAY))
    by_number = {row[0]: row for row in rows}
    assert by_number["W01"][-1] == 3280.9
    assert by_number["W02"][-1] == "inconnu"
    assert by_number["W02"][7] == 0.5
    assert by_number["W01"][9] == "MARIBEL-1"


@pytest.mark.parametrize(
    "address", ["/registres/workers/classeur/", "/registres/invoices/classeur/"]
)
def test_the_same_rows_make_the_same_bytes(service, address):
    one, two = (fetched(service.client, address, DAY).content for _ in range(2))
    assert one == two


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    service, worker_adder, django_assert_num_queries, address
):
    with CaptureQueriesContext(connection) as one:
        service.client.get(address, DAY)
    for number in range(2, 21):
        worker_adder(f"W{number:02d}")
    with django_assert_num_queries(len(one)):
        service.client.get(address, DAY)


@pytest.mark.parametrize(
    ("address", "current"), [("/travailleurs/", "Travailleurs"), ("/factures/", "Factures")]
)
def test_each_list_is_a_link_of_the_head_of_every_page(service, address, current):
    page = markup(service.client.get(address))
    assert f'href="{address}" aria-current="page">{current}' in page
    assert f'href="{address}"' in markup(service.client.get("/dossiers/"))
