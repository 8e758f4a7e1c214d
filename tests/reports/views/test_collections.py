"""Taking part in the aggregates is agreed collection by collection, and withdrawn at any time."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.federation.jobs import run_until_empty
from backoffice.federation.models import Collection, Job, Participation
from backoffice.federation.services.collections import stop_taking_part
from reports.memorandum.computing import compute_memorandum
from reports.memorandum.differing import TooAlike, require_apart
from reports.memorandum.jobs import written
from reports.memorandum.services import NothingToSay, employers_of
from tests.factories import (
    CollectionFactory,
    JobFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.people import federation, member
from tests.reports.memorandum.alike import AS_OF, YEAR, alike
from tests.reports.views.reading import words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
OPENED = {
    "year": "2025",
    "title": "Collecte annuelle 2025",
    "opens_on": TODAY.isoformat(),
    "closes_on": (TODAY + timedelta(days=60)).isoformat(),
}


@pytest.fixture
def officer() -> Client:
    return federation("finance")


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Maison Yser")


@pytest.fixture
def director(organisation) -> Client:
    return member("director", organisation)


def test_a_service_agrees_then_withdraws_and_the_federation_sees_it(officer, director):
    assert "La collecte est ouverte." in words(officer.post("/collectes/", OPENED, follow=True))
    opened = Collection.objects.get()
    page = words(director.post(f"/participation/{opened.pk}/accepter/", follow=True))
    assert "Le service participe à la collecte." in page
    assert "Maison Yser" in words(officer.get("/collectes/"))
    page = words(director.post(f"/participation/{opened.pk}/retirer/", follow=True))
    assert "les prochains chiffres se feront sans lui" in page
    assert "Maison Yser" not in words(officer.get("/collectes/"))
    kept = Participation.objects.get()
    assert kept.withdrawn_by is not None


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("year", "", "Indiquez l'exercice."),
        ("year", "vingt", "L'exercice est une année : écrivez par exemple 2026."),
        ("year", "1900", "L'exercice est une année : écrivez par exemple 2026."),
        ("title", " ", "Indiquez un titre."),
        ("closes_on", "demain", "La date n'est pas lisible"),
        ("closes_on", "2020-01-01", "La date de fin précède la date de début."),
    ],
)
def test_a_collection_that_cannot_be_opened_is_told_beside_its_field(officer, name, written, told):
    answer = officer.post("/collectes/", {**OPENED, name: written})
    assert answer.status_code == 422
    assert told in words(answer)
    assert not Collection.objects.exists()


def test_a_year_has_one_collection(officer):
    CollectionFactory(year=2025)
    answer = officer.post("/collectes/", OPENED)
    assert answer.status_code == 422
    assert "Une collecte existe déjà pour 2025" in words(answer)


def test_a_collection_that_is_closed_takes_no_agreement_and_lets_one_withdraw(
    officer, director, organisation
):
    opened = CollectionFactory(opens_on=date(2026, 1, 1))
    ParticipationFactory(collection=opened, organisation=organisation)
    last = {"closes_on": "2026-01-31"}
    assert "est enregistrée" in words(
        officer.post(f"/collectes/{opened.pk}/fin/", last, follow=True)
    )
    page = words(director.post(f"/participation/{opened.pk}/retirer/", follow=True))
    assert "Le service ne participe plus" in page
    page = words(director.post(f"/participation/{opened.pk}/accepter/", follow=True))
    assert "Cette collecte n'est pas ouverte" in page
    assert not Participation.objects.filter(withdrawn_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("written", "told"), [("x", "La date n'est pas lisible"), ("2019-01-01", "précède")]
)
def test_a_last_day_that_cannot_be_is_told(officer, written, told):
    opened = CollectionFactory()
    answer = officer.post(f"/collectes/{opened.pk}/fin/", {"closes_on": written}, follow=True)
    assert told in words(answer)
    opened.refresh_from_db()
    assert opened.closes_on == date(2099, 12, 31)


def test_agreeing_twice_or_withdrawing_twice_is_told(director, organisation):
    opened = CollectionFactory()
    director.post(f"/participation/{opened.pk}/accepter/")
    page = words(director.post(f"/participation/{opened.pk}/accepter/", follow=True))
    assert "participe déjà" in page
    director.post(f"/participation/{opened.pk}/retirer/")
    page = words(director.post(f"/participation/{opened.pk}/retirer/", follow=True))
    assert "ne participe pas à cette collecte" in page
    assert Participation.objects.count() == 1


def test_a_service_that_withdraws_leaves_the_figures_to_come_and_no_published_one(
    settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    alike(count=5)
    analyst = federation("analyst")
    asked = {"collection": Collection.objects.get().pk, "as_of": AS_OF.isoformat()}
    number = analyst.post("/memorandum/", asked)["Location"].split("/")[2]
    run_until_empty()
    address = f"/memorandum/{number}/fichiers/json/"
    before = b"".join(analyst.get(address))
    gone = Participation.objects.order_by("pk")[0]
    stop_taking_part(collection=gone.collection, organisation=gone.organisation, by=UserFactory())
    assert compute_memorandum(YEAR, AS_OF).service_count == 4
    assert b"".join(analyst.get(address)) == before
    page = analyst.get("/memorandum/")
    assert "JSON" in words(page)
    document = json.loads(before)
    assert [table.code for table in page.context["tables"]] == [
        one["code"] for one in document["tables"]
    ]
    cells = [one for table in page.context["tables"] for _row, line in table.rows for one in line]
    states = [one["state"] == "known" for one in document["figures"]]
    assert [shown.is_known for _head, shown in cells] == states
    assert f"Chiffres de {YEAR}, situation au" in words(page)
    assert "masqué" in words(page)
    known = next(one for one in document["figures"] if one["unit"] == "EUR" and one["coverage"])
    assert known["value"] not in words(page)


def wrote(year: int, employers: set[int]) -> None:
    JobFactory(
        kind="memorandum",
        state=Job.State.DONE,
        ended_at=timezone.now(),
        arguments={"year": year},
        result={"employers": sorted(employers)},
    )


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        ({1, 2, 3, 4, 5, 6}, 0),
        ({2, 3, 4, 5, 6}, 1),
        ({1, 2, 3, 4, 5, 6, 7}, 1),
        ({2, 3, 4, 5, 6, 7}, 2),
        ({4, 5, 6}, 3),
        ({5, 6}, 0),
        ({3, 4, 5, 6, 7, 8}, 0),
    ],
    ids=[
        "same",
        "one left",
        "one came",
        "one for another",
        "three left",
        "four left",
        "two and two",
    ],
)
def test_figures_that_differ_from_published_ones_by_one_to_three_services_are_refused(now, changed):
    wrote(YEAR, {1, 2, 3, 4, 5, 6})
    wrote(YEAR + 1, {2, 3, 4, 5, 6, 7, 8, 9})
    if not changed:
        require_apart(YEAR, frozenset(now), written())
        return
    with pytest.raises(TooAlike, match=f"{changed} services? seulement"):
        require_apart(YEAR, frozenset(now), written())


def test_one_withdrawal_after_a_memorandum_gives_no_second_one_and_the_page_says_what_to_do(
    settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    alike(count=6)
    analyst = federation("analyst")
    wrote(YEAR, set(Participation.objects.values_list("organisation", flat=True)))
    gone = Participation.objects.order_by("pk")[0]
    stop_taking_part(collection=gone.collection, organisation=gone.organisation, by=UserFactory())
    asked = {"collection": gone.collection_id, "as_of": AS_OF.isoformat()}
    address = analyst.post("/memorandum/", asked)["Location"]
    run_until_empty()
    page = words(analyst.get(address))
    assert "1 service seulement a rejoint ou quitté la collecte" in page
    assert "attendez que 4 services au moins aient changé" in page
    assert not list(tmp_path.rglob("memorandum-*"))


def test_a_service_that_leaves_while_a_memorandum_is_computed_stops_it(
    settings, tmp_path, monkeypatch
):
    settings.DATA_DIR = tmp_path
    alike(count=5)
    analyst = federation("analyst")

    def leaving(*_values):
        gone = Participation.objects.order_by("pk")[0]
        stop_taking_part(
            collection=gone.collection, organisation=gone.organisation, by=UserFactory()
        )

    monkeypatch.setattr("reports.memorandum.jobs.compute_memorandum", leaving)
    asked = {"collection": Collection.objects.get().pk, "as_of": AS_OF.isoformat()}
    address = analyst.post("/memorandum/", asked)["Location"]
    run_until_empty()
    assert "entre-temps : redemandez" in words(analyst.get(address))
    assert not list(tmp_path.rglob("memorandum-*"))


def test_a_demand_that_cannot_be_read_is_told_beside_its_field():
    CollectionFactory(year=2025)
    answer = federation("analyst").post("/memorandum/", {"collection": "9", "as_of": "x"})
    assert answer.status_code == 422
    assert "Choisissez une collecte de la liste." in words(answer)
    assert "La date n'est pas lisible" in words(answer)


def test_nothing_is_said_of_a_year_without_a_collection():
    alike()
    with pytest.raises(NothingToSay, match="ne participe à une collecte de 2031"):
        employers_of(2031)


@pytest.mark.parametrize("address", ["/collectes/", "/participation/"])
def test_a_page_asks_as_many_queries_for_one_collection_as_for_twenty(
    officer, director, organisation, django_assert_num_queries, address
):
    client = officer if address == "/collectes/" else director
    ParticipationFactory(collection=CollectionFactory(year=2001), organisation=organisation)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for year in range(2002, 2023):
        opened = CollectionFactory(year=year)
        ParticipationFactory(collection=opened, organisation=organisation)
        ParticipationFactory(collection=opened)
    with django_assert_num_queries(len(one)):
        client.get(address)
