"""A link by which somebody chooses a password: for a new account, or where no mail leaves."""

from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse


class PasswordLinks(PasswordResetTokenGenerator):
    """Links that open nothing once their account is closed, or has another password or address."""

    def check_token(self, user: Any, token: str | None) -> bool:
        """Whether a link is good for an account that signs in."""
        return bool(user and user.is_active and super().check_token(user, token))


def password_path(user: User) -> str:
    """The path of a link that serves once, for as long as `PASSWORD_RESET_TIMEOUT` says."""
    key = PasswordLinks().make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
