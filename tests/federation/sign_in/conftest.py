"""People who sign in."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache

from tests.factories import FederationMemberFactory, UserFactory
from tests.factories.federation import give_second_factor

PASSWORD = "a plain password"


@pytest.fixture(autouse=True)
def fresh_counts(db: None) -> None:
    """No attempt of another test counts."""
    cache.clear()


@pytest.fixture
def protected() -> SimpleNamespace:
    """An analyst of the federation who has set up the second factor."""
    member = FederationMemberFactory(user=UserFactory(username="analyste"), role="analyst")
    return SimpleNamespace(user=member.user, secret=give_second_factor(member.user))
