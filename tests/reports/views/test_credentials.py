"""Nobody opens another person's account in silence: not even an administrator."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from backoffice.federation.models import Organisation
from tests.factories import MembershipFactory, UserFactory
from tests.federation.sign_in.conftest import PASSWORD
from tests.people import federation
from tests.reports.views.reading import words

pytestmark = pytest.mark.django_db
NEW = {"password1": "une phrase neuve 12", "password2": "une phrase neuve 12"}
WHY = {"reason-reason": "Téléphone perdu"}


@pytest.fixture
def administrator() -> Client:
    return federation("administrator", username="chef", first_name="Lou", last_name="Chef")


@pytest.fixture
def director() -> User:
    user = UserFactory(username="awa", email="awa@example.org")
    MembershipFactory(user=user, role="director")
    return user


def enter(user: User) -> str:
    """What somebody reads after signing in with a password."""
    return words(
        Client().post("/connexion/", {"login": user.username, "password": PASSWORD}, follow=True)
    )


@pytest.mark.ignore_template_errors
def test_the_administration_sets_no_password_and_changes_no_account(administrator, director):
    kept = (director.password, director.email)
    for path in (f"{director.pk}/password/", f"{director.pk}/change/", "add/"):
        typed = {"username": "fantome", "email": "chef@example.org", **NEW}
        assert administrator.post(f"/admin/auth/user/{path}", typed).status_code in (403, 404, 302)
    director.refresh_from_db()
    assert (director.password, director.email) == kept
    assert not User.objects.filter(username="fantome").exists()


def test_a_link_for_a_password_is_told_to_its_owner_by_mail_and_at_sign_in(
    administrator, director, django_capture_on_commit_callbacks
):
    assert "Téléphone perdu" not in enter(director)
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(f"/comptes/{director.pk}/mot-de-passe/", WHY)
    (sent,) = mail.outbox
    assert sent.to == ["awa@example.org"]
    assert sent.subject == "Un lien pour choisir votre mot de passe a été créé"
    assert "Lou Chef a créé un lien" in sent.body
    assert "Téléphone perdu" in sent.body
    said = "Lou Chef a créé un lien pour choisir votre mot de passe. Motif : Téléphone perdu"
    assert said in enter(director)
    assert said in enter(director), "whoever used the link first does not hide it"


def test_a_new_address_is_told_to_the_former_one_which_opens_nothing_more(
    administrator, director, django_capture_on_commit_callbacks
):
    EmailAddress.objects.create(user=director, email="awa@example.org", verified=True, primary=True)
    typed = {"person-email": "chef@example.org", "person-reason": "Elle a changé d'adresse"}
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(f"/comptes/{director.pk}/personne/", typed)
    assert [one.to for one in mail.outbox] == [["awa@example.org"], ["chef@example.org"]]
    assert "Lou Chef a changé l'adresse électronique de votre compte" in mail.outbox[0].body
    assert "a changé l'accès à votre compte. Motif : Elle a changé d'adresse" in enter(director)
    mail.outbox.clear()
    for address in ("awa@example.org", "chef@example.org"):
        Client().post("/mot-de-passe-oublie/", {"email": address})
    assert [one.to for one in mail.outbox] == [["chef@example.org"]]


def test_a_name_is_changed_without_a_mail_and_nothing_without_a_reason(
    administrator, director, django_capture_on_commit_callbacks
):
    typed = {"person-first_name": "Awa", "person-email": "awa@example.org"}
    address = f"/comptes/{director.pk}/personne/"
    assert "Indiquez le motif." in words(administrator.post(address, typed))
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(address, typed | {"person-reason": "Coquille"})
    director.refresh_from_db()
    assert director.first_name == "Awa"
    assert mail.outbox == []
    assert "Coquille" not in enter(director)


def test_nobody_changes_the_own_address_there(administrator):
    me = User.objects.get(username="chef")
    typed = {"person-email": "autre@example.org", "person-reason": "Pour moi"}
    answer = administrator.post(f"/comptes/{me.pk}/personne/", typed)
    assert answer.status_code == 422
    assert "Personne ne change son propre compte" in words(answer)


def test_the_link_works_where_no_mail_leaves(administrator, director, monkeypatch):
    def fails(*_args, **_keys):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fails)
    assert administrator.post(f"/comptes/{director.pk}/mot-de-passe/", WHY).status_code == 200


def give_director(administrator: Client, account: User, organisation: Organisation) -> None:
    typed = {"organisation": organisation.pk, "role": "director", "reason": "Codirection"}
    sent = {f"role-{name}": value for name, value in typed.items()}
    answer = administrator.post(f"/comptes/{account.pk}/role/", sent)
    assert answer.status_code == 302


def test_one_more_director_is_told_to_the_others_by_mail_and_in_their_journal(
    administrator, director, settings, django_capture_on_commit_callbacks
):
    settings.SITE_ADDRESS = "https://gestion.example.org"
    organisation = director.memberships.get().organisation
    MembershipFactory(organisation=organisation, role="finance", user__email="fin@example.org")
    account = UserFactory(username="bis", email="bis@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        give_director(administrator, account, organisation)
    (sent,) = mail.outbox
    assert sent.to == ["awa@example.org"]
    assert "Lou Chef a donné au compte « bis » le rôle de direction" in sent.body
    assert "Codirection" in sent.body
    assert "https://gestion.example.org/journal/" in sent.body
    reader = Client()
    reader.force_login(director)
    journal = words(reader.get("/journal/"))
    assert "création" in journal
    assert "Codirection" in journal
    assert "direction du service" in journal
    with django_capture_on_commit_callbacks(execute=True):
        give_director(administrator, account, organisation)
    assert len(mail.outbox) == 1, "a role that she had already is told to nobody"
