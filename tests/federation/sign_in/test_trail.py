"""What opens and closes an account leaves an act in the site's own trail, never what was typed."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.test import Client

from backoffice.federation.models import AuditEntry
from tests.factories import MembershipFactory, UserFactory
from tests.federation.sign_in.conftest import PASSWORD
from tests.federation.sign_in.test_sign_in import FACTOR, confirm, sign_in


def acts(model: str) -> list[tuple[str, int | None]]:
    """Each act of the site on such a thing, and the account that it concerns."""
    rows = AuditEntry.objects.filter(model=model, organisation=None).order_by("pk")
    return [(one.act, one.last_key) for one in rows]


def test_a_failed_sign_in_says_which_account_when_there_is_one(client: Client) -> None:
    user = UserFactory(username="officier", email="officier@example.org")
    for name in ("officier", "officier@example.org", "mon mot de passe tapé ici"):
        sign_in(client, name, "faux et secret")
    assert acts("sign_in") == [("refused", user.pk), ("refused", user.pk), ("refused", None)]
    said = "".join(AuditEntry.objects.values_list("changes", flat=True))
    assert "faux et secret" not in said
    assert "tapé ici" not in said


def test_a_second_factor_is_told_when_set_up_missed_and_taken_away(
    client: Client, code_of: Callable[[str], str]
) -> None:
    user = MembershipFactory().user
    sign_in(client, user.username)
    confirm(client)
    secret = client.get(f"{FACTOR}totp/activate/").context["form"].secret
    client.post(f"{FACTOR}totp/activate/", {"code": code_of(secret)})
    assert acts("second_factor") == [("created", user.pk)] * 2, "the factor and its codes"
    client.post("/deconnexion/")
    sign_in(client, user.username)
    client.post(f"{FACTOR}authenticate/", {"code": "000000"})
    assert acts("second_factor")[-1] == ("refused", user.pk)
    call_command("second_factor", "--reset", user.username)
    assert acts("second_factor")[-2:] == [("deleted", user.pk)] * 2
    assert secret not in "".join(AuditEntry.objects.values_list("changes", flat=True))


def test_using_a_second_factor_is_no_change_of_it(
    client: Client, protected: SimpleNamespace, code_of: Callable[[str], str]
) -> None:
    before = acts("second_factor")
    sign_in(client, "analyste")
    client.post(f"{FACTOR}authenticate/", {"code": code_of(protected.secret)})
    assert client.get("/regles/").status_code == 200
    assert acts("second_factor") == before


def test_sessions_ended_elsewhere_are_told(client: Client) -> None:
    user = MembershipFactory().user
    sign_in(Client(), user.username)
    sign_in(client, user.username)
    assert acts("sessions") == []
    client.post("/compte/sessions/")
    assert acts("sessions") == [("deleted", user.pk)]


@pytest.mark.django_db
def test_an_address_by_which_a_password_is_chosen_is_told() -> None:
    user = UserFactory()
    row = EmailAddress.objects.create(user=user, email="a@example.org")
    row.delete()
    assert acts("address") == [("created", user.pk), ("deleted", user.pk)]
    assert PASSWORD not in "".join(AuditEntry.objects.values_list("changes", flat=True))
