"""The page of vacant posts: who sees it, what it says of each post and of the volume by year."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grants.models import Award
from staffing.models import Assignment
from tests.factories import AssignmentFactory, AwardFactory, PostFactory, TermFactory, UserFactory

ADDRESS = "/postes-vacants/"


def page(service, day: str = "2024-06-01", **query: str) -> str:
    response = service.client.get(ADDRESS, {"au": day, **query})
    assert response.status_code == 200
    return response.content.decode().replace("&#x27;", "'").replace("\u202f", " ")


def vacant(scheme: str = "ape", ends_on: date = date(2024, 3, 31)) -> None:
    Award.objects.update(scheme=scheme)
    Assignment.objects.update(ends_on=ends_on)


def test_nobody_reads_it_without_a_login_and_nobody_writes_to_it(service):
    assert Client().get(ADDRESS).headers["Location"].startswith("/connexion/?next=")
    assert service.client.post(ADDRESS).status_code == 405


def test_a_user_without_a_service_is_refused(db):
    client = Client()
    client.force_login(UserFactory())
    assert client.get(ADDRESS).status_code == 403


def test_the_posts_of_another_organisation_are_not_shown(service, other):
    vacant()
    number = service.organisation.enterprise_number
    assert other.client.get(ADDRESS, {"organisation": number}).status_code == 404
    assert "MARIBEL-1" not in page(other)


def test_a_vacant_post_shows_who_left_since_when_until_when_and_what_is_at_stake(service):
    vacant()
    text = page(service)
    assert "01/04/2024" in text
    assert "W01 · Nom de W01" in text
    assert "30/11/2024" in text
    assert "restent 182 jours" in text
    assert "50 000,00 €" in text
    assert "dans le délai" in text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2024-10-31", "à pourvoir"),
        ("2024-11-30", "dernier jour"),
        ("2024-12-01", "dépassé de 1 jour"),
    ],
)
def test_the_state_follows_the_days_left(service, day, words):
    vacant()
    assert words in page(service, day)


def test_a_delay_that_nobody_found_is_said_unknown(service):
    vacant("maribel")
    text = page(service)
    assert "délai inconnu" in text
    assert "dans le délai" not in text


def test_posts_that_are_all_held_are_said_so(service):
    assert "Tous les postes des subventions en cours sont occupés" in page(service)


def test_a_day_that_is_not_one_is_said_and_today_is_shown(service):
    assert "La situation d'aujourd'hui est affichée" in page(service, "31-31-2024")


def test_the_volume_of_employment_is_judged_where_the_decision_gives_a_reference(service):
    assert "aucune référence" in page(service)
    vacant()
    award = Award.objects.get(reference="MARIBEL-1")
    TermFactory(award=award, code="vge_reference", value="1.2")
    text = page(service)
    assert "en cours, sur les contrats connus" in text
    assert "sous le minimum" not in text
    TermFactory(award=award, code="vge_reference", value="1.3", starts_on=date(2024, 2, 1))
    assert "sous le minimum" in page(service)


def test_each_decision_that_gives_a_reference_judges_the_volume_of_employment(service):
    vacant()
    first = Award.objects.get(reference="MARIBEL-1")
    second = AwardFactory(organisation=service.organisation, scheme="ape", reference="APE-2")
    AwardFactory(organisation=service.organisation, scheme="ape", reference="APE-3")
    TermFactory(award=first, code="vge_reference", value="0.5")
    TermFactory(award=second, code="vge_reference", value="9")
    volumes = page(service).split('id="volume"')[1]
    assert re.findall(r'class="sub">(MARIBEL-1|APE-\d)<', volumes) == ["APE-2", "MARIBEL-1"]
    assert volumes.index("sous le minimum") < volumes.index("référence atteinte")
    assert "aucune référence" not in volumes


def test_the_page_asks_as_many_queries_for_one_post_as_for_five(service):
    vacant()
    before = _queries(service)
    for number in range(2, 6):
        post = PostFactory(award=service.award, code=f"P{number}")
        AssignmentFactory(worker=service.organisation.workers.first(), post=post)
    vacant()
    assert _queries(service) == before


def test_every_fte_of_a_column_has_two_decimals(service):
    vacant()
    worker = service.organisation.workers.first()
    worker.contract_lines.update(weekly_hours=Decimal("25.00"))
    text = page(service)
    assert ">0,66</td>" in text
    assert "0,6579" not in text


def _queries(service) -> int:
    with CaptureQueriesContext(connection) as queries:
        page(service)
    return len(queries)
