"""Sign-in: what a password opens, what it does not, and how often it may be tried."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from backoffice.federation.identities.turning import turn_numbers
from backoffice.federation.services import choose_language
from backoffice.federation.sign_in.invitations import password_path
from backoffice.federation.sign_in.second_factor import lacks_second_factor
from tests.factories import FederationMemberFactory, MembershipFactory, UserFactory
from tests.federation.sign_in.conftest import PASSWORD
from tests.reports.views.reading import words

FACTOR = "/compte/second-facteur/"
PAGE = "/regles/"


def sign_in(client: Client, username: str, password: str = PASSWORD):
    return client.post("/connexion/", {"login": username, "password": password})


def confirm(client: Client) -> None:
    """Type the password once more, as the pages that touch the account's safety ask."""
    client.post("/compte/confirmation/", {"password": PASSWORD})


def test_a_finance_officer_enters_with_a_password(client: Client) -> None:
    assert sign_in(client, MembershipFactory().user.username)["Location"] == "/"
    assert client.get(PAGE).status_code == 200


def test_an_address_opens_the_same_account(client: Client) -> None:
    UserFactory(username="officier", email="officier@example.org")
    assert sign_in(client, "officier@example.org")["Location"] == "/"


def test_nobody_signs_up_alone(client: Client) -> None:
    assert client.get("/inscription/").status_code == 404
    assert client.get("/compte/signup/").status_code == 404


def test_who_works_for_the_federation_sees_no_page_before_the_second_factor(
    client: Client,
) -> None:
    user = FederationMemberFactory(second_factor=False).user
    sign_in(client, user.username)
    for page in (PAGE, "/", "/admin/"):
        assert client.get(page)["Location"] == f"{FACTOR}totp/activate/"
    assert client.post("/deconnexion/")["Location"] == "/connexion/"


def test_a_superuser_needs_it_too(client: Client) -> None:
    client.force_login(UserFactory(is_superuser=True, second_factor=False))
    assert client.get(PAGE)["Location"] == f"{FACTOR}totp/activate/"


def test_a_person_becomes_obliged_the_day_that_the_role_is_given(client: Client) -> None:
    user = MembershipFactory().user
    client.force_login(user)
    assert client.get(PAGE).status_code == 200
    FederationMemberFactory(user=user, second_factor=False)
    assert client.get(PAGE)["Location"] == f"{FACTOR}totp/activate/"


def test_the_second_factor_is_set_up_then_asked_at_each_sign_in(
    client: Client, code_of: Callable[[str], str]
) -> None:
    user = FederationMemberFactory(second_factor=False).user
    sign_in(client, user.username)
    assert client.get(f"{FACTOR}totp/activate/")["Location"].startswith("/compte/confirmation/")
    confirm(client)
    page = client.get(f"{FACTOR}totp/activate/")
    secret = page.context["form"].secret
    assert client.post(f"{FACTOR}totp/activate/", {"code": code_of(secret)}).status_code == 302
    codes = client.get(f"{FACTOR}recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    assert client.get(PAGE).status_code == 200

    client.post("/deconnexion/")
    assert sign_in(client, user.username)["Location"] == f"{FACTOR}authenticate/"
    assert client.get(PAGE)["Location"].startswith("/connexion/")
    assert client.post(f"{FACTOR}authenticate/", {"code": codes[0]})["Location"] == "/"
    assert client.get(PAGE).status_code == 200

    client.post("/deconnexion/")
    sign_in(client, user.username)
    again = client.post(f"{FACTOR}authenticate/", {"code": codes[0]})
    assert again.status_code == 200, "a recovery code serves once"
    assert client.get(PAGE)["Location"].startswith("/connexion/")


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("fr", "Code de l'application d'authentification"),
        ("nl", "Code van de authenticatie-app"),
    ],
)
def test_the_first_code_is_asked_in_the_readers_language(
    client: Client, language: str, label: str
) -> None:
    user = FederationMemberFactory(second_factor=False).user
    choose_language(user=user, language=language)
    sign_in(client, user.username)
    confirm(client)
    page = words(client.get(f"{FACTOR}totp/activate/"))
    assert label in page
    assert "Authenticator code" not in page


def test_a_wrong_code_says_so_and_opens_nothing(client: Client, protected: SimpleNamespace) -> None:
    sign_in(client, "analyste")
    page = client.post(f"{FACTOR}authenticate/", {"code": "000000"}).content.decode()
    assert 'class="errors"' in page
    assert client.get(PAGE)["Location"].startswith("/connexion/")


def test_the_secret_is_not_readable_in_the_database(protected: SimpleNamespace) -> None:
    row = Authenticator.objects.get(user=protected.user)
    assert protected.secret not in str(row.data)
    assert row.wrap().validate_code("000000") is False


def test_the_secret_turns_to_a_new_key_with_the_national_numbers(
    client: Client, protected: SimpleNamespace, settings, code_of: Callable[[str], str]
) -> None:
    former = settings.IDENTITY_KEYS
    settings.IDENTITY_KEYS = ["n" * 60, *former]
    turn_numbers()
    settings.IDENTITY_KEYS = ["n" * 60]
    sign_in(client, "analyste")
    code = {"code": code_of(protected.secret)}
    assert client.post(f"{FACTOR}authenticate/", code)["Location"] == "/"


def test_an_obliged_person_cannot_take_the_second_factor_away(
    client: Client, protected: SimpleNamespace, code_of: Callable[[str], str]
) -> None:
    sign_in(client, "analyste")
    client.post(f"{FACTOR}authenticate/", {"code": code_of(protected.secret)})
    confirm(client)
    page = client.post(f"{FACTOR}totp/deactivate/").content.decode()
    assert "il ne peut pas être retiré" in page
    assert Authenticator.objects.filter(user=protected.user, type="totp").exists()


def test_after_five_failures_an_account_waits_even_with_the_right_password(client: Client) -> None:
    UserFactory(username="officier")
    for _ in range(5):
        assert "incorrect" in sign_in(client, "officier", "faux").content.decode()
    page = sign_in(client, "officier").content.decode()
    assert "attendez cinq minutes" in page
    assert client.get(PAGE)["Location"].startswith("/connexion/")


def test_failures_are_counted_where_every_process_of_the_site_reads_them(client: Client) -> None:
    """Several workers, several processes: none of them may give five more tries."""
    UserFactory(username="officier")
    assert isinstance(caches["default"], DatabaseCache)
    caches["default"].clear()
    sign_in(client, "officier", "faux")
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM federation_cache")
        assert cursor.fetchone()[0] > 0


def test_a_failure_says_the_same_whether_the_account_exists_or_not(client: Client) -> None:
    UserFactory(username="officier")
    known, unknown = (
        sign_in(client, name, "faux").content.decode().replace(name, "")
        for name in ("officier", "personne")
    )
    assert known.split("<h1>")[1].split("csrf")[0] == unknown.split("<h1>")[1].split("csrf")[0]


def test_the_other_sessions_are_listed_and_ended(client: Client) -> None:
    user = MembershipFactory().user
    other = Client(headers={"user-agent": "Navigateur du bureau"})
    sign_in(other, user.username)
    sign_in(client, user.username)
    assert "Navigateur du bureau" in client.get("/compte/sessions/").content.decode()
    client.post("/compte/sessions/")
    assert other.get(PAGE)["Location"].startswith("/connexion/")
    assert client.get(PAGE).status_code == 200


def test_one_session_of_one_s_own_is_ended_and_no_other(client: Client) -> None:
    user, colleague = MembershipFactory().user, MembershipFactory().user
    lost, kept, theirs = Client(), Client(), Client()
    for one, account in ((lost, user), (kept, user), (theirs, colleague), (client, user)):
        sign_in(one, account.username)
    first, _second, _mine = UserSession.objects.filter(user=user).order_by("pk")
    page = client.get("/compte/sessions/").content.decode()
    assert f'action="/compte/sessions/{first.pk}/terminer/"' in page
    assert page.count("/terminer/") == 2
    strange = UserSession.objects.get(user=colleague)
    assert client.post(f"/compte/sessions/{strange.pk}/terminer/").status_code == 404
    assert client.post(f"/compte/sessions/{first.pk}/terminer/").status_code == 302
    assert lost.get(PAGE)["Location"].startswith("/connexion/")
    for one in (kept, theirs, client):
        assert one.get(PAGE).status_code == 200


def test_a_link_lets_somebody_choose_a_password_once(client: Client) -> None:
    user = UserFactory(username="nouvelle")
    path = password_path(user)
    form = client.get(path)["Location"]
    new = {"password1": "trois mots faciles", "password2": "trois mots faciles"}
    assert client.post(form, new)["Location"] == "/mot-de-passe-oublie/change/"
    assert sign_in(client, "nouvelle", "trois mots faciles")["Location"] == "/"
    assert "ne vaut plus" in Client().get(path).content.decode()


def test_the_link_of_an_account_that_was_closed_shows_no_form(client: Client) -> None:
    user = UserFactory(username="partie")
    path = password_path(user)
    user.is_active = False
    user.save()
    page = client.get(path, follow=True).content.decode()
    assert "ne vaut plus" in page
    assert 'name="password1"' not in page


@pytest.mark.parametrize("password", ["court", "123456789012345", "nouvelle2026"])
def test_a_weak_password_is_refused(client: Client, password: str) -> None:
    user = UserFactory(username="nouvelle2026")
    form = client.get(password_path(user))["Location"]
    page = client.post(form, {"password1": password, "password2": password}).content.decode()
    assert 'class="errors"' in page


def test_a_forgotten_password_sends_one_mail_in_french_to_the_account_only(client: Client) -> None:
    UserFactory(username="officier", email="officier@example.org")
    client.post("/mot-de-passe-oublie/", {"email": "officier@example.org"})
    (sent,) = mail.outbox
    assert sent.to == ["officier@example.org"]
    assert sent.subject == "Choisir un nouveau mot de passe"
    assert "/mot-de-passe-oublie/" in sent.body


def test_a_forgotten_password_answers_the_same_to_who_has_no_account(client: Client) -> None:
    UserFactory(username="officier", email="officier@example.org")
    known, unknown = (
        client.post("/mot-de-passe-oublie/", {"email": f"{name}@example.org"}, follow=True)
        for name in ("officier", "personne")
    )
    assert known.redirect_chain == unknown.redirect_chain
    assert [known.status_code, unknown.status_code] == [200, 200]
    assert words(known) == words(unknown)
    assert [one.to for one in mail.outbox] == [["officier@example.org"]]


def test_a_lost_second_factor_is_taken_away_at_the_command_line(
    protected: SimpleNamespace,
) -> None:
    with pytest.raises(CommandError, match="Aucun compte ne s'appelle « personne »"):
        call_command("second_factor", "--reset", "personne")
    call_command("second_factor", "--reset", "analyste")
    assert not Authenticator.objects.filter(user=protected.user).exists()


def test_the_question_costs_one_query_a_page(client: Client, django_assert_num_queries) -> None:
    user = MembershipFactory().user
    with django_assert_num_queries(1):
        assert lacks_second_factor(user) is False
