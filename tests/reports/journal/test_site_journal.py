"""The site's own trail: the administrator reads it, and nobody else."""

import pytest
from django.core.management import call_command
from django.test import Client

from backoffice.federation.audit.sealing import seal_all
from reports.journal.labels import LABELS
from tests.factories import AwardFactory, MembershipFactory, UserFactory
from tests.factories.federation import give_second_factor
from tests.people import federation, member
from tests.reports.views.reading import words
from tests.walk import ENTRIES

pytestmark = pytest.mark.django_db
PAGE = "/comptes/journal/"


def test_the_administrator_reads_who_opened_what_and_who_missed_it() -> None:
    client = federation("administrator", username="chef", first_name="Lou", last_name="Chef")
    user = UserFactory(username="awa", first_name="Awa", last_name="Diallo")
    Client().post("/connexion/", {"login": "awa", "password": "faux"})
    give_second_factor(user)
    call_command("second_factor", "--reset", "awa")
    client.post(f"/comptes/{user.pk}/mot-de-passe/", {"reason-reason": "Téléphone perdu"})
    page = words(client.get(PAGE))
    for said in (
        "refus Connexion manquée Awa Diallo",
        "création Second facteur Awa Diallo",
        "suppression Second facteur Awa Diallo",
        "export Lien pour choisir un mot de passe Awa Diallo",
        "Motif : Téléphone perdu",
    ):
        assert said in page
    assert "Aucun acte n'est encore scellé." in page
    seal_all()
    assert "Les actes sont scellés jusqu'à celui du" in words(client.get(PAGE))
    missed = words(client.get(PAGE, {"acte": "refused"}))
    assert "Connexion manquée" in missed
    assert "Second facteur" not in missed


def test_it_holds_nothing_of_a_service() -> None:
    award = AwardFactory(label="Une subvention")
    MembershipFactory(organisation=award.organisation)
    page = words(federation("administrator").get(PAGE))
    assert "Une subvention" not in page
    assert award.organisation.name not in page


@pytest.mark.parametrize("role", ["finance", "analyst"])
def test_nobody_else_of_the_federation_reads_it(role: str) -> None:
    assert federation(role).get(PAGE).status_code == 403


def test_nobody_of_a_service_reads_it() -> None:
    assert member("director", AwardFactory().organisation).get(PAGE).status_code == 403


def test_every_file_that_somebody_takes_away_has_a_name_in_the_trail() -> None:
    files = {name for name in ENTRIES if name.endswith(("_file", "_text", "_xlsx", "_json"))}
    assert files - {"attach_file", "detach_file", "person_file"} <= set(LABELS)
