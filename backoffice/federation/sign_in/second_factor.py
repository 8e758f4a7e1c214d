"""Who must have a second factor, and what happens to them until they do."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from backoffice.federation.models import FederationMember

ALLOWED = (
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_reauthenticate",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "health",
    "set_language",
)
"""The pages that somebody who still lacks the second factor may open."""


def is_obliged(user: User) -> bool:
    """Whether a user needs a second factor: the federation's people and the superusers."""
    return user.is_superuser or FederationMember.objects.filter(user=user).exists()


def lacks_second_factor(user: User | AnonymousUser) -> bool:
    """Whether a user needs a second factor and has none yet; one query for most, two at most."""
    if not user.is_authenticated or not is_obliged(user):
        return False
    totp = Authenticator.Type.TOTP
    return not Authenticator.objects.filter(user=user, type=totp).exists()


def obligatory_second_factor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Lead those who need a second factor to the page that sets it up, before any other."""

    def respond(request: HttpRequest) -> HttpResponse:
        if lacks_second_factor(request.user) and request.path not in map(reverse, ALLOWED):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return respond
