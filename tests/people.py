"""The people of the tests: one client signed in per role."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from backoffice.federation.models import Consent, Organisation
from tests.factories import (
    ConsentFactory,
    FederationMemberFactory,
    MembershipFactory,
    UserFactory,
)


def signed_in(user: User) -> Client:
    """A browser in which that person is signed in."""
    client = Client()
    client.force_login(user)
    return client


def member(role: str, *organisations: Organisation, **keys: object) -> Client:
    """Somebody with one role in some organisations."""
    user = UserFactory(**keys)
    for organisation in organisations:
        MembershipFactory(user=user, organisation=organisation, role=role)
    return signed_in(user)


def federation(role: str, **keys: object) -> Client:
    """Somebody with one role in the federation."""
    return signed_in(FederationMemberFactory(user=UserFactory(**keys), role=role).user)


def consent_of(organisation: Organisation, **keys: object) -> Consent:
    """A consent of the service that runs today."""
    today = timezone.localdate()
    days = {"starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=30)}
    return ConsentFactory(organisation=organisation, **{**days, **keys})
