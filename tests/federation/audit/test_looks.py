"""Who opened the rows of a service, which files left, who signed in."""

import hashlib
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backoffice.federation.audit.looks import looked
from backoffice.federation.models import AuditEntry, Organisation
from tests.factories import (
    ConsentFactory,
    FederationMemberFactory,
    MembershipFactory,
    OrganisationFactory,
    SavedViewFactory,
    SupplierFactory,
    TaskFactory,
    UserFactory,
    WorkerFactory,
)
from tests.reports.views.reading import fetched

pytestmark = pytest.mark.django_db
Act = AuditEntry.Act


@pytest.fixture
def marie() -> User:
    return UserFactory.create()


@pytest.fixture
def service(marie: User) -> Organisation:
    return MembershipFactory.create(user=marie).organisation


@pytest.fixture
def client(marie: User, service: Organisation) -> Client:
    """Marie's browser; the sign-in itself is not what is tested."""
    client = Client()
    client.force_login(marie)
    return client


def acts(act: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(act=act).order_by("pk"))


def test_a_page_of_rows_is_recorded_once_a_day_for_a_person(
    client: Client, marie: User, service: Organisation
) -> None:
    for _time in range(3):
        assert client.get(reverse("workers")).status_code == 200
    assert [(e.actor, e.organisation, e.model) for e in acts(Act.LOOKED)] == [
        (marie, service, "workers")
    ]


def test_the_page_of_a_row_says_which_row_was_seen(
    client: Client, marie: User, service: Organisation
) -> None:
    seen = [WorkerFactory.create(organisation=service).pk for _worker in range(2)]
    for number in (*seen, *seen):
        assert client.get(reverse("record_row", args=["workers", number])).status_code == 200
    assert [entry.content for entry in acts(Act.LOOKED)] == [
        {"record": "workers", "number": str(number)} for number in seen
    ]


def test_another_day_or_another_person_is_another_look(marie: User, service: Organisation) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    AuditEntry.objects.create(
        organisation=service, actor=marie, act=Act.LOOKED, model="workers", at=yesterday
    )
    looked([service.pk], "workers", by=marie)
    looked([service.pk], "workers", by=marie)
    looked([service.pk], "workers", by=UserFactory.create())
    assert len(acts(Act.LOOKED)) == 3


def test_looking_over_many_services_costs_the_same_queries(
    marie: User, django_assert_max_num_queries: object
) -> None:
    services = [one.pk for one in OrganisationFactory.create_batch(20)]
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        looked(services, "workers", by=marie)
    assert len(acts(Act.LOOKED)) == 20


def test_the_federation_that_looks_by_a_consent_is_in_the_trail_of_the_service(
    service: Organisation,
) -> None:
    officer = FederationMemberFactory.create(role="finance").user
    today = timezone.localdate()
    ConsentFactory.create(organisation=service, starts_on=today, ends_on=today)
    client = Client()
    client.force_login(officer)
    client.get(reverse("workers"))
    assert [(e.actor, e.organisation) for e in acts(Act.LOOKED)] == [(officer, service)]


def test_what_is_written_of_someone_is_not_in_the_trail(service: Organisation, marie: User) -> None:
    name = "Jeanne Exemple"
    SupplierFactory.create(organisation=service, name=name)
    TaskFactory.create(organisation=service, assigned_to=marie, set_by=marie, text=f"Voir {name}")
    SavedViewFactory.create(organisation=service, user=marie, query=urlencode({"texte": name}))
    told = "".join(AuditEntry.objects.values_list("changes", flat=True))
    assert "invoices.supplier" in set(AuditEntry.objects.values_list("model", flat=True))
    assert "Jeanne" not in told


def test_a_page_of_no_ones_rows_is_not_a_look(client: Client) -> None:
    assert client.get(reverse("rules")).status_code == 200
    assert acts(Act.LOOKED) == []


def test_a_refused_page_is_not_a_look(client: Client) -> None:
    other = OrganisationFactory.create()
    address = reverse("workers") + f"?organisation={other.enterprise_number}"
    assert client.get(address).status_code == 404
    assert acts(Act.LOOKED) == []


def test_each_file_that_leaves_is_recorded_with_its_digest(
    client: Client, marie: User, service: Organisation
) -> None:
    for _time in range(2):
        file = fetched(client, reverse("records_file", args=["workers"]), {"texte": "Dupont"})
    found = acts(Act.EXPORTED)
    assert [(e.actor, e.organisation, e.model) for e in found] == [(marie, service, "job_file")] * 2
    assert found[1].content["sha256"] == hashlib.sha256(file.content).hexdigest()
    assert "spreadsheetml" in found[1].content["kind"]
    assert (found[1].content["file"], found[1].content["record"]) == ("list_file", "workers")
    assert "Dupont" not in str(found[1].content)


def test_a_sign_in_is_recorded_without_a_name(marie: User) -> None:
    Client().force_login(marie)
    (entry,) = acts(Act.SIGNED_IN)
    assert (entry.actor, entry.organisation, entry.changes) == (marie, None, "{}")
