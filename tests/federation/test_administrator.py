"""The first administrator of a site comes from the command line."""

import pytest
from django.core.management import CommandError, call_command

from backoffice.federation.models import FederationMember
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_an_account_becomes_administrator_once() -> None:
    user = UserFactory(username="awa")
    call_command("administrator", "awa")
    member = FederationMember.objects.get()
    assert (member.user, member.role) == (user, "administrator")
    with pytest.raises(CommandError, match="a déjà ce rôle"):
        call_command("administrator", "awa")


def test_an_account_that_does_not_exist_is_told() -> None:
    with pytest.raises(CommandError, match="Aucun compte ne s'appelle « noor »"):
        call_command("administrator", "noor")
