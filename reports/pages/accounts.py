"""The pages of the accounts: who they are and what they may do; nothing of what a service holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from backoffice.federation.models import FederationMember, Membership
from backoffice.federation.sign_in.second_factor import is_obliged

PAGE = 50
_SEARCHED = ("username", "first_name", "last_name", "email", "memberships__organisation__name")


@dataclass(frozen=True)
class AccountsPage:
    """Some accounts, the text that they were searched by, and how many were found."""

    page: Page[User]
    text: str
    address: str


@dataclass(frozen=True)
class AccountPage:
    """One account with its roles; whether its second factor is asked for and set up."""

    account: User
    memberships: Sequence[Membership]
    members: Sequence[FederationMember]
    needs_factor: bool
    has_factor: bool


def accounts_page(asked: QueryDict) -> AccountsPage:
    """The accounts by name; a bad page number shows the nearest."""
    text = asked.get("texte", "").strip()[:100]
    rows = _searched(text).prefetch_related("memberships__organisation", "federation_roles")
    page = Paginator(rows.order_by("username"), PAGE).get_page(asked.get("page"))
    kept = QueryDict(mutable=True)
    if text:
        kept["texte"] = text
    return AccountsPage(page, text, f"?{kept.urlencode()}")


def _searched(text: str) -> QuerySet[User]:
    wanted = Q()
    for word in text.split():
        found = Q()
        for name in _SEARCHED:
            found |= Q(**{f"{name}__icontains": word})
        wanted &= found
    return User.objects.filter(pk__in=User.objects.filter(wanted).values("pk"))


def account_page(user: User) -> AccountPage:
    """One account."""
    memberships = user.memberships.select_related("organisation")
    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    return AccountPage(
        account=user,
        memberships=list(memberships.order_by("organisation__name")),
        members=list(user.federation_roles.order_by("role")),
        needs_factor=is_obliged(user),
        has_factor=factor.exists(),
    )
