"""The accounts: an administrator gives and takes roles with a reason, and never the last one."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from backoffice.federation.audit.entries import AuditEntry
from backoffice.federation.models import FederationMember, Membership
from tests.factories import (
    FederationMemberFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.people import federation, member, signed_in
from tests.reports.views.reading import words

pytestmark = pytest.mark.django_db
WHY = {"reason-reason": "Elle a quitté le service"}


@pytest.fixture
def administrator() -> Client:
    return federation("administrator", username="chef")


@pytest.fixture
def account() -> User:
    return UserFactory(username="awa", first_name="Awa", last_name="Diallo")


def test_an_account_is_opened_then_given_a_role_and_a_link_for_its_password(administrator):
    organisation = OrganisationFactory(name="Maison Yser")
    typed = {"username": "noor", "first_name": "Noor", "last_name": "Peeters", "reason": "Engagée"}
    page = words(administrator.post("/comptes/", typed, follow=True))
    assert "Le compte est ouvert : donnez-lui un rôle." in page
    assert "Aucun rôle : ce compte ne voit rien." in page
    user = User.objects.get(username="noor")
    assert not user.has_usable_password()
    given = {
        "role-organisation": organisation.pk,
        "role-role": "finance",
        "role-reason": "Engagée comme comptable",
    }
    page = words(administrator.post(f"/comptes/{user.pk}/role/", given, follow=True))
    assert "Maison Yser finances du service" in page
    shown = administrator.post(f"/comptes/{user.pk}/mot-de-passe/", WHY).content.decode()
    told = AuditEntry.objects.get(model="account_password")
    assert (told.last_key, told.reason) == (user.pk, WHY["reason-reason"])
    link = re.search(r'value="(http://testserver/[^"]+)"', shown)
    assert link is not None
    assert Client().get(link[1], follow=True).status_code == 200
    assert signed_in(user).get("/travailleurs/").status_code == 200


def test_a_role_given_again_replaces_the_former_one(administrator, account):
    organisation = MembershipFactory(user=account, role="finance").organisation
    given = {
        "role-organisation": organisation.pk,
        "role-role": "director",
        "role-reason": "Nommée à la direction",
    }
    administrator.post(f"/comptes/{account.pk}/role/", given)
    assert Membership.objects.get().role == "director"


def test_a_role_taken_away_closes_the_service_at_once(administrator, account):
    row = MembershipFactory(user=account)
    theirs = signed_in(account)
    assert theirs.get("/travailleurs/").status_code == 200
    page = words(administrator.post(f"/comptes/roles/{row.pk}/retirer/", WHY, follow=True))
    assert "Le compte est modifié." in page
    assert theirs.get("/travailleurs/").status_code == 403


def test_nothing_changes_without_a_reason(administrator, account):
    row, factor = MembershipFactory(user=account), FederationMemberFactory(user=account)
    for path in (
        f"roles/{row.pk}/retirer",
        f"federation/{factor.pk}/retirer",
        f"{account.pk}/acces",
        f"{account.pk}/mot-de-passe",
    ):
        answer = administrator.post(f"/comptes/{path}/", {"reason-reason": " "})
        assert answer.status_code == 422
        assert "Indiquez le motif." in words(answer)
    account.refresh_from_db()
    assert account.is_active
    assert Membership.objects.filter(pk=row.pk).exists()
    assert FederationMember.objects.filter(pk=factor.pk).exists()


def test_the_last_administrator_stays(administrator):
    last = FederationMember.objects.get(role="administrator")
    answer = administrator.post(f"/comptes/federation/{last.pk}/retirer/", WHY)
    assert answer.status_code == 422
    assert "C'est le dernier administrateur" in words(answer)
    assert FederationMember.objects.filter(pk=last.pk).exists()


def test_one_of_two_administrators_goes_and_the_other_stays(administrator):
    second = FederationMemberFactory(role="administrator")
    address = f"/comptes/federation/{second.pk}/retirer/"
    assert administrator.post(address, WHY).status_code == 302
    assert FederationMember.objects.filter(role="administrator").count() == 1


def test_an_administrator_whose_account_is_closed_does_not_count(administrator):
    FederationMemberFactory(role="administrator", user=UserFactory(is_active=False))
    mine = User.objects.get(username="chef").federation_roles.get()
    answer = administrator.post(f"/comptes/federation/{mine.pk}/retirer/", WHY)
    assert answer.status_code == 422


def test_nobody_gives_a_role_to_oneself_nor_closes_the_own_account(administrator):
    me, organisation = User.objects.get(username="chef"), OrganisationFactory()
    sent = (
        (
            "role",
            {
                "role-organisation": organisation.pk,
                "role-role": "finance",
                "role-reason": "Pour moi",
            },
        ),
        ("federation", {"member-role": "finance", "member-reason": "Pour moi"}),
        ("acces", WHY),
    )
    for path, typed in sent:
        answer = administrator.post(f"/comptes/{me.pk}/{path}/", typed)
        assert answer.status_code == 422
        assert "Personne ne change son propre compte" in words(answer)
    assert not Membership.objects.exists()


def test_a_closed_account_signs_in_no_more_until_it_is_opened_again(administrator, account):
    MembershipFactory(user=account)
    theirs = signed_in(account)
    administrator.post(f"/comptes/{account.pk}/acces/", WHY)
    assert theirs.get("/travailleurs/").status_code == 302
    administrator.post(f"/comptes/{account.pk}/acces/", {"reason-reason": "Elle revient"})
    assert signed_in(account).get("/travailleurs/").status_code == 200


def test_a_role_in_the_federation_is_given_once(administrator, account):
    typed = {"member-role": "analyst", "member-reason": "Engagée"}
    assert administrator.post(f"/comptes/{account.pk}/federation/", typed).status_code == 302
    answer = administrator.post(f"/comptes/{account.pk}/federation/", typed)
    assert "Cette personne a déjà ce rôle." in words(answer)


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [
        ("role-organisation", "999999", "Choisissez une organisation de la liste."),
        ("role-organisation", "", "Choisissez une organisation."),
        ("role-role", "administrator", "administrator"),
        ("role-reason", "", "Indiquez le motif."),
    ],
)
def test_a_role_that_cannot_be_given_is_told(administrator, account, name, written, told):
    organisation = OrganisationFactory()
    typed = {
        "role-organisation": organisation.pk,
        "role-role": "finance",
        "role-reason": "Engagée",
        name: written,
    }
    answer = administrator.post(f"/comptes/{account.pk}/role/", typed)
    assert answer.status_code == 422
    assert told in words(answer)
    assert not Membership.objects.exists()


def test_accounts_are_searched_by_person_and_service(administrator, account):
    MembershipFactory(user=account, organisation__name="Maison Yser")
    UserFactory(username="autre")
    for text in ("awa", "DIALLO", "yser awa"):
        page = words(administrator.get("/comptes/", {"texte": text}))
        assert "1 compte." in page
        assert "Awa Diallo" in page
    assert "Aucun compte ne correspond." in words(administrator.get("/comptes/", {"texte": "zzz"}))


@pytest.mark.parametrize("role", ["director", "finance", "accountant"])
def test_a_service_manages_no_account(role, account):
    client = member(role, OrganisationFactory())
    assert client.get("/comptes/").status_code == 403
    assert client.post(f"/comptes/{account.pk}/acces/", WHY).status_code == 403


def test_an_accountant_of_several_services_switches_between_them():
    one, two = OrganisationFactory(name="Maison Yser"), OrganisationFactory(name="Maison Zwin")
    client = member("accountant", one, two)
    page = words(client.get("/echeances/"))
    assert "Maison Yser" in page
    assert "Maison Zwin" in page
    chosen = client.get("/echeances/", {"organisation": two.enterprise_number})
    assert chosen.context["scope"].organisation == two


def test_the_list_asks_as_many_queries_for_one_account_as_for_twenty(
    administrator, django_assert_num_queries
):
    MembershipFactory()
    with CaptureQueriesContext(connection) as one:
        administrator.get("/comptes/")
    for _number in range(20):
        MembershipFactory()
        FederationMemberFactory(role="analyst")
    with django_assert_num_queries(len(one)):
        administrator.get("/comptes/")
