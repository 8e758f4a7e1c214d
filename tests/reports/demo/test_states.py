"""The justifications of the demonstration that have gone their way, and its second factor."""

from datetime import date
from types import MappingProxyType

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.test import Client

from backoffice.federation.models import AuditEntry, Organisation, StoredFile
from reports.demo import states
from reports.demo.people import PEOPLE, open_the_site, people_of_the_desk, second_factor
from reports.demo.states import WAYS, Desk, move_on
from reports.models import JustificationFile, Move
from tests.reports.checks.situations import AS_OF, service

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(settings: LazySettings, tmp_path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An employer with one award a state, and the two people of the demonstration."""
    settings.DATA_DIR = tmp_path
    place = service()
    ways = {(state.upper(), 2024): state for state in WAYS.values()}
    for number, ((reference, _year), state) in enumerate(ways.items()):
        award = place.award("cocom_facultative", reference, granted="200.00")
        place.invoice(award, number=f"F{number}", piece=f"A{number}")
        if state == "recovered":
            award.receipts.create(
                year=2024, reference="AVANCE", received_on=date(2024, 5, 1), amount=500
            )
    monkeypatch.setattr(states, "WAYS", MappingProxyType(ways))
    return Desk(place.organisation, *people_of_the_desk(place.organisation), AS_OF)


def test_each_state_is_reached_by_the_two_people_with_papers_that_say_demo(desk: Desk) -> None:
    assert move_on(desk) == len(WAYS)
    rows = JustificationFile.objects.order_by("award__reference", "number")
    found = [(row.award.reference.lower(), row.state) for row in rows]
    expected = sorted((state, state) for state in WAYS.values())
    assert found == sorted([*expected, ("corrected", "draft")])
    decided = JustificationFile.objects.get(state="decided")
    refused = decided.decided_lines.exclude(refused=0).get()
    assert refused.reason.startswith("DEMO")
    assert JustificationFile.objects.get(number=2).corrects.state == "corrected"
    for row in rows.exclude(sent_at=None):
        assert row.sent_reference.startswith("DEMO")
        assert row.sent_proof.name.startswith("DEMO")
    names = StoredFile.objects.filter(media_type="image/png").values_list("name", flat=True)
    assert all(name.startswith("DEMO") for name in names)
    approved = Move.objects.filter(to_state="approved").values_list("by", flat=True)
    assert set(approved) == {desk.director.pk}
    others = Move.objects.exclude(to_state="approved").values_list("by", flat=True)
    assert set(others) == {desk.finance.pk}
    actors = AuditEntry.objects.filter(model="reports.move").values_list("actor", flat=True)
    assert set(actors) == {desk.finance.pk, desk.director.pk}


def test_what_has_moved_already_is_left_as_it_is(desk: Desk) -> None:
    move_on(desk)
    before = Move.objects.count()
    assert move_on(desk) == 0
    assert Move.objects.count() == before


def test_the_federation_enters_the_demonstration_by_a_recovery_code(
    settings: LazySettings, tmp_path
) -> None:
    settings.DATA_DIR = tmp_path
    Organisation.objects.create(enterprise_number="0999000129", name="DEMO", is_demo=True)
    password = open_the_site()
    secret, codes = second_factor()
    assert second_factor() == (secret, codes)
    assert set(codes) == {person.username for person in PEOPLE if not person.services}
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).count() == len(codes)
    client = Client()
    typed = {"login": "demo-federation", "password": password}
    address = client.post("/connexion/", typed).headers["Location"]
    assert client.get("/aujourdhui/").status_code == 302
    client.post(address, {"code": codes["demo-federation"][0]})
    assert client.get("/aujourdhui/").status_code == 200
    _secret, left = second_factor()
    assert left["demo-federation"] == codes["demo-federation"][1:]
