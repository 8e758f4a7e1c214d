"""A link by which somebody chooses a password: for a new account, or where no mail leaves."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import User
from django.urls import reverse


def password_path(user: User) -> str:
    """The path of a link that serves once, for as long as `PASSWORD_RESET_TIMEOUT` says."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
