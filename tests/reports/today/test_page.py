"""The first page: deadlines with their cost, late payments, what dossiers lack, one's services."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ConsentFactory,
    FederationMemberFactory,
    FigureEntryFactory,
    InstalmentFactory,
    MembershipFactory,
    UserFactory,
)
from tests.reports.deadlines.conftest import build
from tests.reports.views.conftest import add_worker, build_service
from tests.reports.views.reading import markup, words
from tests.reports.workflow.life import Life
from tests.reports.workflow.life import life as life_of

pytestmark = pytest.mark.django_db
DAY = {"au": "2025-04-01"}


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words_of_badges(page: str) -> list[str]:
    return re.findall(r'<span class="badge [a-z]+">([^<]+)</span>', page)


def queries(client: Client, **asked: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get("/aujourdhui/", DAY | asked).status_code == 200
    return len(found)


def test_the_site_opens_on_the_page_of_the_day_and_former_addresses_still_lead_to_the_dossiers():
    client = build_service().client
    assert client.get("/").headers["Location"] == "/aujourdhui/"
    assert client.get("/?annee=2024").headers["Location"] == "/dossiers/?annee=2024"


def test_a_deadline_within_thirty_days_says_what_its_miss_costs():
    page = words(build("CASG-24").client.get("/aujourdhui/", DAY))
    assert "15/04/2025 dans 14 jours CASG-24 exercice 2024" in page
    assert "100 000,00 €" in page


def test_deadlines_that_have_gone_by_come_first_and_are_counted():
    page = words(build("CASG-24").client.get("/aujourdhui/", {"au": "2025-05-01"}))
    assert "Échéances en retard 1" in page
    assert page.index("passée depuis 16 jours") < page.index("dans 60 jours")


def test_a_payment_that_has_not_come_is_late_with_its_amount_and_days():
    service = build_service()
    InstalmentFactory(award=service.award, number=2, due_on=date(2025, 3, 1), amount=Decimal(900))
    page = words(service.client.get("/aujourdhui/", DAY))
    assert "MARIBEL-1 2024" in page
    assert "01/03/2025 31 900,00 €" in page


def test_each_dossier_says_how_many_errors_warnings_and_papers_it_lacks():
    service = build_service()
    page = words(service.client.get("/aujourdhui/", DAY))
    lacks = service.client.get(service.page, DAY).context["bar"].lacks
    assert lacks == ("4 avertissements à accepter",)
    assert "la déclarer prête 0 4 0" in page
    assert "Dossiers bloqués par une erreur 0 sur 1" in page


def told_of(life: Life, client: Client) -> str:
    """The line of a justification, from its state on."""
    page = words(client.get("/aujourdhui/", {"au": "2025-03-01"}))
    return page[page.index("Pièces manquantes A ") : page.index("Versements en retard Aucun")]


def test_a_dossier_says_its_state_its_next_step_and_whose_turn_it_is():
    life = life_of()
    finance, director = client_of(life.finance), client_of(life.director)
    assert "en préparation à vous : la déclarer prête 0 0" in told_of(life, finance)
    assert "la déclarer prête finances du service 0 0" in told_of(life, director)
    life.reach("ready")
    assert "prête à vous : l'approuver 0 0" in told_of(life, director)
    assert "(une autre personne) direction du service" in told_of(life, finance)
    life.reach("frozen")
    assert "figée à vous : l'envoyer, puis encoder la preuve d'envoi \u2013 " in told_of(
        life, finance
    )
    life.reach("sent")
    assert "envoyée à vous : encoder la décision" in told_of(life, finance)
    life.reach("decided")
    assert "décidée à vous : encoder le paiement du solde et clore" in told_of(life, finance)
    life.reach("closed")
    page = words(finance.get("/aujourdhui/", {"au": "2025-03-01"}))
    assert "Tous les dossiers de cet exercice sont terminés." in page


def test_a_decided_dossier_with_money_to_give_back_says_how_much_and_not_to_close_it():
    life = life_of().owe().reach("decided")
    page = told_of(life, client_of(life.finance))
    assert "à vous : rembourser 6 000,00 €, puis enregistrer la récupération" in page
    assert "clore" not in page
    bar = words(client_of(life.finance).get("/subventions/A/2024/", {"au": "2025-03-01"}))
    assert "Prochaine étape : rembourser 6 000,00 €, puis enregistrer la récupération." in bar


def test_who_prepared_it_is_not_asked_to_approve_it_whatever_the_role():
    life = life_of().reach("ready")
    life.finance.memberships.update(role="director")
    assert "à vous" not in told_of(life, client_of(life.finance))


def test_what_waits_for_the_reader_comes_before_what_blocks_others():
    life = life_of().reach("ready")
    life.place.award("acs", "AA")
    page = words(client_of(life.director).get("/aujourdhui/", {"au": "2025-03-01"}))
    assert page.index(" prête à vous") < page.index("AA ")


def test_the_values_to_watch_are_those_that_the_dossiers_use():
    service = build_service()
    FigureEntryFactory(
        code="maribel.ceiling_332", since=date(2024, 1, 1), value="46607.60", status="to_confirm"
    )
    service.award.terms.filter(code="ceiling").delete()
    page = markup(service.client.get("/aujourdhui/", {"au": "2029-04-01"}))
    assert 'href="/valeurs/maribel.ceiling_332/' in page
    assert {"à confirmer", "à revérifier"} <= set(words_of_badges(page))


def test_the_year_of_the_dossiers_can_be_chosen_and_an_unknown_one_is_left_aside():
    service = build_service()
    for asked in ("2024", "2019", "l'an dernier", "²024"):
        page = words(service.client.get("/aujourdhui/", DAY | {"annee": asked}))
        assert "Où en sont les dossiers 2024" in page


def test_someone_with_two_services_has_one_line_for_each_and_goes_from_there_to_one():
    first, second = build("CASG-24"), build("AUTRE-24")
    MembershipFactory(user=first.user, organisation=second.organisation)
    page = words(client_of(first.user).get("/aujourdhui/", DAY))
    assert "Service AUTRE-24 0 1 15/04/2025 dans 14 jours" in page
    assert "Service CASG-24 0 1 15/04/2025 dans 14 jours" in page
    one = {"organisation": second.organisation.enterprise_number}
    page = words(client_of(first.user).get("/aujourdhui/", DAY | one))
    assert "AUTRE-24 exercice 2024" in page
    assert "CASG-24 exercice 2024" not in page


def test_the_most_urgent_service_comes_first_with_what_a_miss_costs():
    calm, late = build("A-24"), build("Z-24")
    MembershipFactory(user=calm.user, organisation=late.organisation)
    late.award.deadlines.filter(code="pieces").update(due_on=date(2025, 3, 1))
    page = words(client_of(calm.user).get("/aujourdhui/", DAY))
    first, _name, second = page.partition("Service Z-24 1")[2].partition("Service A-24 0")
    assert "100 000,00 €" in first
    assert "aucune conséquence" not in first
    assert "15/04/2025 dans 14 jours" in second


def test_another_service_is_never_on_the_page():
    mine, other = build_service(), build_service("AUTRE-1")
    assert "AUTRE-1" not in markup(mine.client.get("/aujourdhui/", DAY))
    number = other.organisation.enterprise_number
    assert mine.client.get("/aujourdhui/", {"organisation": number}).status_code == 404


def test_an_analyst_of_the_federation_reads_what_may_be_opened_and_no_service():
    service = build_service()
    page = markup(client_of(FederationMemberFactory(role="analyst").user).get("/aujourdhui/"))
    assert 'href="/regles/"' in page
    assert "lié à aucun service" not in page
    assert service.organisation.name not in page


def test_a_service_that_consents_is_on_the_page_of_the_federation_finance():
    service = build("CASG-24")
    officer = client_of(FederationMemberFactory(role="finance").user)
    assert "CASG-24" not in words(officer.get("/aujourdhui/", DAY))
    ConsentFactory(organisation=service.organisation, ends_on=date(2099, 12, 31))
    assert "CASG-24" in words(officer.get("/aujourdhui/", DAY))


def test_someone_without_any_role_is_told_whom_to_ask():
    page = words(client_of(UserFactory()).get("/aujourdhui/"))
    assert "Votre compte n'est lié à aucun service" in page


def test_the_queries_do_not_grow_with_the_workers_and_payments_of_a_service():
    service = build_service()
    first = queries(service.client)
    for number in range(2, 22):
        add_worker(service.post, service.organisation, f"W{number:02}")
        InstalmentFactory(award=service.award, number=number, due_on=date(2025, 3, 1))
    assert queries(service.client) == first


def test_the_queries_do_not_grow_with_the_services_of_an_accountant():
    user = build("CASG-0").user
    MembershipFactory(user=user, organisation=build("CASG-1").organisation)
    few = queries(client_of(user))
    for number in range(2, 22):
        MembershipFactory(user=user, organisation=build(f"CASG-{number}").organisation)
    assert queries(client_of(user)) == few
