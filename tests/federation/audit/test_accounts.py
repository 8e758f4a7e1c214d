"""What happens to an account is in the trail of the site, without who it is."""

import pytest
from django.contrib.auth.models import User

from backoffice.federation.audit import acting
from backoffice.federation.models import AuditEntry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def of(key: int) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(model="auth.user", first_key=key).order_by("pk"))


def test_an_account_is_recorded_from_its_creation_to_its_end() -> None:
    administrator = UserFactory.create()
    with acting(administrator, "départ"):
        user = User.objects.create_user("prudence", "prudence@example.org", "mot-de-passe-sûr")
        key = user.pk
        user.is_active = False
        user.save(update_fields=["is_active"])
        user.delete()

    entries = of(key)

    assert [(e.act, e.actor, e.reason) for e in entries] == [
        ("created", administrator, "départ"),
        ("changed", administrator, "départ"),
        ("deleted", administrator, "départ"),
    ]
    assert entries[1].content["rows"] == [[key, {"is_active": [True, False]}]]


def test_a_name_an_address_and_a_password_are_never_kept() -> None:
    user = User.objects.create_user("prudence", "prudence@example.org", "mot-de-passe-sûr")
    user.set_password("un-autre-mot-de-passe")
    user.save()
    changed = of(user.pk)[-1]
    assert changed.content["rows"] == [[user.pk, {"password": ["•", "•"]}]]
    assert not [e for e in of(user.pk) if "prudence" in e.changes or "md5" in e.changes]


def test_a_change_in_bulk_is_recorded_account_by_account() -> None:
    one, two = UserFactory.create(), UserFactory.create(is_superuser=True)
    User.objects.filter(pk__in=[one.pk, two.pk]).update(is_superuser=True, email="x@example.org")
    said = [[one.pk, {"email": ["", "•"], "is_superuser": [False, True]}]]
    assert of(one.pk)[-1].content["rows"] == said
    assert of(two.pk)[-1].content["rows"] == [[two.pk, {"email": ["", "•"]}]]


def test_a_sign_in_is_no_change_of_the_account() -> None:
    user = UserFactory.create()
    user.last_login = user.date_joined
    user.save(update_fields=["last_login"])
    assert [e.act for e in of(user.pk)] == ["created"]
