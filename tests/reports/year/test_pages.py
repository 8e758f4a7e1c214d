"""The pages of the year: who sees what, what is refused, what a post changes, once."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from grants.models import Amendment, Application, Award, BudgetLine
from staffing.models import Assignment
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    ContractLineFactory,
    MembershipFactory,
    UserFactory,
    WorkerFactory,
)
from tests.reports.views.conftest import Service, build_service
from tests.reports.views.reading import fetched, words
from tests.reports.year.asking import asking, budget

pytestmark = pytest.mark.django_db

AMENDMENT = "/subventions/MARIBEL-1/2024/avenant/"
ADDRESSES = (
    "/demandes/",
    "/reconduction/?annee=2025",
    AMENDMENT,
)
LETTER = {
    "letter_reference": "LETTRE-9",
    "decided_on": "2024-09-02",
    "effective_on": "2024-06-01",
    "reason": "Relèvement",
}


@pytest.fixture
def service() -> Service:
    return build_service()


@pytest.fixture
def asked() -> Application:
    return asking(demo=True)


def client_of(application: Application) -> Client:
    client = Client()
    client.force_login(MembershipFactory(organisation=application.organisation).user)
    return client


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_login_is_asked_for(address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/connexion/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_user_without_service_sees_nothing(address: str, service: Service, asked) -> None:
    client = Client()
    client.force_login(UserFactory())
    response = client.get(address)
    assert response.status_code == 404 or "MARIBEL-1" not in words(response)
    beyond_the_address = response.content.decode().replace(address, "")
    assert "DEM-2025" not in beyond_the_address


def test_the_rows_of_another_service_are_not_found(service: Service, asked) -> None:
    stranger = client_of(asked)
    assert stranger.get(AMENDMENT).status_code == 404
    assert stranger.post(AMENDMENT, {**LETTER, "record": ""}).status_code == 404
    assert service.client.post("/demandes/DEM-2025/fichiers/json/").status_code == 404
    assert "DEM-2025" not in words(service.client.get("/demandes/?annee=2025"))
    other = f"/reconduction/?organisation={asked.organisation.enterprise_number}"
    assert service.client.get(other).status_code == 404
    assert service.client.post(other).status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/demandes/?annee=abc", 404),
        ("/demandes/?annee=1800", 404),
        ("/reconduction/?annee=20255", 404),
        ("/subventions/MAR-1/2031/avenant/", 404),
    ],
)
def test_an_address_that_names_nothing_is_not_found(asked, address: str, status: int) -> None:
    assert client_of(asked).get(address).status_code == status


@pytest.mark.parametrize(
    "address", ["/demandes/NOPE/fichiers/json/", "/demandes/DEM-2025/fichiers/exe/"]
)
def test_a_file_of_nothing_is_not_asked(asked, address: str) -> None:
    assert client_of(asked).post(address).status_code == 404
    assert Client().post(address).headers["Location"].startswith("/connexion/")


def test_the_page_of_a_year_shows_applications_subsidies_budget_and_its_gap(asked) -> None:
    budget(asked.organisation, "D2", "expense", "610", "2500.00")
    page = words(client_of(asked).get("/demandes/?annee=2025&au=2024-09-30"))
    assert "Demandes et budget 2025" in page
    assert "DEM-2025" in page
    assert "Le budget prévoit un déficit de 2 500,00 €" in page
    assert "Total : obtenue 40 000,00" in page
    assert "Résultat (recettes moins dépenses) \u22122 500,00" in page
    assert "DEMO" in page


def test_the_funder_of_an_application_is_named_in_the_language_of_the_reader(asked) -> None:
    Application.objects.update(funder="Commission communautaire française (COCOF)")
    client = client_of(asked)
    client.cookies["django_language"] = "nl"
    address = "/demandes/?annee=2025&au=2024-09-30"
    assert "Franse Gemeenschapscommissie (COCOF)" in words(client.get(address))
    Application.objects.update(funder="Cabinet du ministre")
    assert "Cabinet du ministre" in words(client.get(address))


def test_a_year_without_anything_says_where_to_write_it(service: Service) -> None:
    page = words(service.client.get("/demandes/?annee=2030"))
    assert "Aucune demande n'est encodée pour 2030." in page
    assert "Le budget 2030 n'est pas encodé." in page
    assert "s'encodent dans le classeur de l'année : Importer des fichiers" in page


@pytest.mark.parametrize("address", ["/demandes/", "/reconduction/"])
def test_a_page_opens_on_the_newest_year_with_an_application_or_a_budget(asked, address) -> None:
    page = client_of(asked).get(f"{address}?au=2026-11-23")
    assert page.context["year"] == 2025
    assert {2025, 2027} <= set(page.context["years"])
    budget(asked.organisation, "N1", "expense", "610", "1.00")
    BudgetLine.objects.filter(code="N1").update(year=2026)
    assert client_of(asked).get(f"{address}?au=2026-11-23").context["year"] == 2026


@pytest.mark.parametrize("address", ["/demandes/", "/reconduction/"])
def test_without_application_nor_budget_a_page_opens_on_the_next_year(
    service: Service, address: str
) -> None:
    assert service.client.get(f"{address}?au=2026-11-23").context["year"] == 2027


def test_an_application_is_downloaded_as_of_its_own_day_unless_another_is_chosen(asked) -> None:
    client, address = client_of(asked), "/demandes/DEM-2025/fichiers/json/"
    first = json.loads(fetched(client, address).content)
    assert first["team"]["contracts_on"] == "2024-09-30"
    later = json.loads(fetched(client, address, {"au": "2024-10-15"}).content)
    assert (later["as_of"], later["team"]["contracts_on"]) == ("2024-10-15", "2024-10-15")


def test_the_page_of_a_year_takes_the_same_queries_for_any_number_of_rows(
    asked, django_assert_max_num_queries
) -> None:
    client, address = client_of(asked), "/demandes/?annee=2025&au=2024-09-30"
    client.get(address)
    with django_assert_max_num_queries(36) as few:
        client.get(address)
    for number in range(20):
        budget(asked.organisation, f"X{number}", "expense", "610", "1.00")
        ApplicationFactory(organisation=asked.organisation, approval=asked.approval)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_an_application_is_downloaded_under_a_name_without_personal_data(asked) -> None:
    address = "/demandes/DEM-2025/fichiers/json/"
    found = fetched(client_of(asked), address, {"au": "2024-09-30"})
    assert found.name == "demande-dem-2025-2025.json"
    assert json.loads(found.content)["asked"]["amount"] == "120000.00"


def test_a_roll_over_is_looked_at_then_done_once(service: Service) -> None:
    preview = words(service.client.get("/reconduction/?annee=2025"))
    assert "Aperçu de la reconduction vers 2025 : rien n'est enregistré." in preview
    assert Award.objects.count() == 1
    done = words(service.client.post("/reconduction/?annee=2025", {"award": "MARIBEL-1"}))
    assert "L'exercice 2025 est reconduit. Voir les dossiers 2025" in done
    assert Award.objects.get(renews=service.award).reference == "MARIBEL-1-2025"
    assert Assignment.objects.filter(post__award__renews=service.award).count() == 1
    again = words(service.client.post("/reconduction/?annee=2025", {"award": "MARIBEL-1"}))
    assert "L'exercice 2025 est déjà reconduit : rien n'a changé." in again
    assert Award.objects.count() == 2


def test_a_year_that_is_only_renewed_can_be_opened_and_is_not_the_first_one_shown(
    service: Service,
) -> None:
    assert service.client.get("/dossiers/?annee=2025").status_code == 404
    service.client.post("/reconduction/?annee=2025", {"award": "MARIBEL-1"})
    assert "Dossiers de subvention 2024" in words(service.client.get("/dossiers/"))
    page = words(service.client.get("/dossiers/?annee=2025"))
    assert "Dossiers de subvention 2025" in page
    assert "MARIBEL-1-2025" in page
    assert "erreur" in page


def test_an_award_that_is_not_ticked_is_left(service: Service) -> None:
    page = words(service.client.post("/reconduction/?annee=2025"))
    assert "MARIBEL-1 Subvention non retenue" in page
    assert Award.objects.count() == 1


def test_a_year_without_awards_before_it_says_so(service: Service) -> None:
    page = words(service.client.get("/reconduction/?annee=2031"))
    assert "ne touche 2030 : il n'y a rien à reconduire" in page


def test_the_preview_of_a_roll_over_takes_the_same_queries_for_any_number_of_workers(
    service: Service, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(22) as few:
        service.client.get("/reconduction/?annee=2025")
    for number in range(20):
        worker = WorkerFactory(organisation=service.organisation, number=f"X{number}")
        ContractLineFactory(worker=worker)
        AssignmentFactory(worker=worker, post=service.post)
    with django_assert_max_num_queries(len(few)):
        service.client.get("/reconduction/?annee=2025")


def test_the_effect_of_an_amendment_is_seen_before_it_is_recorded(service: Service) -> None:
    form = {**LETTER, "term_granted": "1 800,00"}
    look = service.client.post(AMENDMENT, {**form, "look": ""})
    assert "50 000,00 € 1 800,00 €" in words(look)
    assert not Amendment.objects.exists()
    done = service.client.post(AMENDMENT, {**form, "record": ""})
    assert done.headers["Location"].startswith("/subventions/MARIBEL-1/2024/")
    assert Amendment.objects.get().letter_reference == "LETTRE-9"
    assert service.award.terms.get(decided_on=date(2024, 9, 2)).value == "1 800,00"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"decided_on": "hier"}, "La date n'est pas lisible"),
        ({"reason": ""}, "À remplir."),
        ({"effective_on": "2026-01-01"}, "hors de la subvention"),
        ({"term_granted": "beaucoup"}, "n'est pas un nombre"),
        ({"term_granted": ""}, "Aucun terme ne change"),
    ],
)
def test_a_contradictory_amendment_is_refused_with_what_was_typed(
    service: Service, changed: dict[str, str], said: str
) -> None:
    form = {**LETTER, "term_granted": "1800.00", "record": "", **changed}
    response = service.client.post(AMENDMENT, form)
    assert response.status_code == 422
    assert said in words(response)
    assert "LETTRE-9" in response.content.decode()
    assert not Amendment.objects.exists()


def test_an_award_without_its_letter_says_so_everywhere(service: Service) -> None:
    Award.objects.update(letter_reference="", letter_on=None, notified_on=None)
    page = words(service.get())
    assert "inconnue (lettre à recevoir)" in page
    assert "La lettre d'octroi n'est pas reçue : aucun montant n'est notifié." in page
    assert "encodez-la avant un avenant" in words(service.client.get(AMENDMENT))


def test_reading_pages_refuse_a_post(asked) -> None:
    assert client_of(asked).post("/demandes/").status_code == 405
    assert BudgetLine.objects.filter(amount=Decimal("165000.00")).count() == 1
