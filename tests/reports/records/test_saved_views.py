"""Saved views: kept under a name, shared or not, opened first, forgotten."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import SavedView
from tests.factories import MembershipFactory, UserFactory
from tests.reports.views.reading import markup, words

SAVE = reverse("save_list_view", args=["invoices"])
LIST = "/factures/"


def save(service, **typed):
    data = {"name": "Impayées", "query": "etat=unpaid&tri=-montant", **typed}
    return service.client.post(SAVE, data)


@pytest.fixture
def colleague(service) -> Client:
    client = Client()
    client.force_login(MembershipFactory(organisation=service.organisation).user)
    return client


def test_a_view_keeps_what_was_asked_under_a_name(service):
    page = service.client.get(LIST, {"etat": "unpaid", "tri": "-montant", "page": "2", "texte": ""})
    kept = page.context["saving"]["query"].value()
    assert kept == "etat=unpaid&tri=-montant"
    response = save(service, query=kept)
    assert "etat=unpaid" in response.headers["Location"]
    shown = service.client.get(response.headers["Location"])
    assert "Vue « Impayées » enregistrée." in markup(shown)
    assert 'aria-current="true">Impayées' in markup(shown)


def test_a_view_saved_again_under_its_name_takes_its_place(service):
    save(service)
    save(service, query="etat=paid")
    assert [view.query for view in SavedView.objects.all()] == ["etat=paid"]


def test_a_view_without_a_name_is_refused_with_a_sentence(service):
    response = service.client.post(SAVE, {"name": " ", "query": "etat=paid"}, follow=True)
    assert "Donnez un nom à la vue" in words(response)
    assert not SavedView.objects.exists()


def test_the_default_view_opens_the_list_and_there_is_a_way_out(service):
    save(service, is_default="on")
    response = service.client.get(LIST)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/factures/?etat=unpaid&tri=-montant&vue=")
    page = service.client.get(response.headers["Location"])
    assert '<a href="?vue=toutes">Toutes les lignes</a>' in markup(page)
    assert service.client.get(LIST, {"vue": "toutes"}).status_code == 200
    assert service.client.get(LIST, {"texte": ""}).status_code == 200


def test_another_default_takes_the_place_of_the_former_one(service):
    save(service, is_default="on")
    save(service, name="Tout de 2024", query="annee=2024", is_default="on")
    assert SavedView.objects.get(is_default=True).name == "Tout de 2024"


def test_a_shared_view_is_offered_to_colleagues_and_opens_only_the_list_of_its_maker(
    service, colleague
):
    save(service, is_shared="on", is_default="on")
    page = colleague.get(LIST)
    assert page.status_code == 200
    assert "Impayées" in markup(page)
    assert "Supprimer la vue" not in markup(page)


def test_a_view_of_ones_own_is_seen_by_nobody_else(service, other, colleague):
    save(service)
    save(service, name="Partagée", is_shared="on")
    assert "Impayées" not in markup(colleague.get(LIST))
    assert "Partagée" not in markup(other.client.get(LIST))


def test_only_its_maker_forgets_a_view(service, other, colleague):
    save(service, is_shared="on", is_default="on")
    view = SavedView.objects.get()
    drop = reverse("drop_list_view", args=[view.pk])
    assert colleague.post(drop).status_code == 404
    assert other.client.post(drop).status_code == 404
    assert "Vue « Impayées » supprimée." in markup(service.client.post(drop, follow=True))
    assert not SavedView.objects.exists()


def test_who_may_not_change_rows_keeps_views_for_themselves_only(service):
    client = Client()
    client.force_login(MembershipFactory(organisation=service.organisation, role="director").user)
    assert "La partager" not in words(client.get(LIST))
    client.post(SAVE, {"name": "Direction", "query": "", "is_shared": "on"})
    assert not SavedView.objects.get().is_shared


def test_a_view_of_another_organisation_is_not_saved(service, other):
    number = other.organisation.enterprise_number
    response = service.client.post(f"{SAVE}?organisation={number}", {"name": "Ailleurs"})
    assert response.status_code == 404
    assert not SavedView.objects.exists()


def test_nobody_saves_a_view_without_a_login_or_a_service(service):
    assert Client().post(SAVE, {"name": "x"}).headers["Location"].startswith("/connexion/")
    client = Client()
    client.force_login(UserFactory())
    assert client.post(SAVE, {"name": "x"}).status_code in {403, 404}
    assert not SavedView.objects.exists()
