"""The site's answers to django-allauth: nobody signs up alone, secrets are encrypted at rest."""

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit.entries import AuditEntry
from backoffice.federation.audit.looks import note_security
from backoffice.federation.audit.security import SESSIONS
from backoffice.federation.identities import numbers
from backoffice.federation.services.credentials import acts_of_others
from backoffice.federation.sign_in.second_factor import is_obliged

ISSUER = "Subventions"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        **dict.fromkeys(
            ("username_password_mismatch", "email_password_mismatch", "invalid_login"),
            _(
                "Nom d'utilisateur ou mot de passe incorrect. Les deux distinguent majuscules "
                "et minuscules."
            ),
        ),
        "too_many_login_attempts": _(
            "Trop d'essais manqués : attendez cinq minutes avant de recommencer."
        ),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **keys: Any) -> HttpResponse:
        """Tell the person what others did to how the account is opened."""
        answer: HttpResponse = super().post_login(request, user, **keys)
        for sentence in acts_of_others(user):
            messages.warning(request, sentence)
        return answer

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Say nothing: each page says what it did, in the site's own words."""


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """The sessions that somebody ends elsewhere."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """End them, and say so in the trail."""
        ended = list(sessions)
        for account in {one.user_id for one in ended}:
            note_security(SESSIONS, act=AuditEntry.Act.DELETED, account=account, ended=len(ended))
        super().end_sessions(ended)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor: its secret is unreadable in a copy of the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "Code incorrect. Attendez le code suivant, et vérifiez l'heure du téléphone."
        ),
        "cannot_delete_authenticator": _(
            "Votre rôle demande un second facteur : il ne peut pas être retiré."
        ),
    }

    def get_totp_issuer(self) -> str:
        return ISSUER

    def encrypt(self, text: str) -> str:
        return numbers.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return numbers.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return authenticator.type != Authenticator.Type.TOTP or not is_obliged(authenticator.user)
