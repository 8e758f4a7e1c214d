"""Calendar addresses: drawn, shown once, replaced, withdrawn."""

import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from backoffice.federation.access import organisations_of
from backoffice.federation.models import Approval
from backoffice.federation.roles import Right
from grants.models import CalendarFeed

_SALT = "grants.calendar_feed"
_BYTES = 32


@transaction.atomic
def draw_feed(*, by: User, approval: Approval | None = None) -> str:
    """A new secret for a service, or for the user himself; the former one stops answering.

    Returns:
        The secret, of which only a keyed hash is kept.
    """
    owner = {"user": by} if approval is None else {"approval": approval}
    if approval is None:
        User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    else:
        Approval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
    CalendarFeed.objects.filter(**owner, revoked_at=None).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(_BYTES)
    CalendarFeed.objects.create(**owner, digest=_digest(token), created_by=by)
    return token


def withdraw_feed(*, feed: CalendarFeed) -> None:
    """The address answers nobody any more."""
    CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=timezone.now())


def feed_of(token: str) -> CalendarFeed | None:
    """The feed of a secret, while it is not withdrawn and its user is active.

    That of a service answers while whoever drew it is active and may still see the service.
    """
    rows = CalendarFeed.objects.filter(digest=_digest(token), revoked_at=None)
    feed = rows.select_related("user", "created_by", "approval__organisation").first()
    return feed if feed is not None and _answers(feed) else None


def feeds_for(user: User) -> QuerySet[CalendarFeed]:
    """The living addresses that a user may withdraw: his own, and those of the services
    whose rows he may change.
    """
    own = Q(user=user) | Q(approval__organisation__in=organisations_of(user, Right.EDIT))
    return CalendarFeed.objects.filter(own, revoked_at=None).order_by("pk")


def _answers(feed: CalendarFeed) -> bool:
    user, approval = feed.user or feed.created_by, feed.approval
    if not user.is_active:
        return False
    return approval is None or approval.organisation in organisations_of(user)


def _digest(token: str) -> str:
    return salted_hmac(_SALT, token, algorithm="sha256").hexdigest()
