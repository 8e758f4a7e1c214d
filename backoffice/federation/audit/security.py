"""What opens or closes an account besides its row: factors, addresses, sessions, failed sign-ins.

They are rows of django-allauth, or no rows at all: recorded from their signals, in the site's own
trail, by the account that they concern; what was typed is never kept.
"""

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.db.models import Q
from django.db.models.signals import post_save, pre_delete

from backoffice.federation.audit.entries import AuditEntry
from backoffice.federation.audit.looks import note_security

Act = AuditEntry.Act
FACTOR, ADDRESS, SIGN_IN, SESSIONS = "second_factor", "address", "sign_in", "sessions"
_WATCHED: Mapping[type[Any], str] = {Authenticator: FACTOR, EmailAddress: ADDRESS}


def _saved(sender: type[Any], instance: Any, created: bool, **signal: Any) -> None:  # noqa: FBT001
    if signal.get("update_fields") == frozenset({"last_used_at"}):
        return
    _note(Act.CREATED if created else Act.CHANGED, sender, instance)


def _deleted(sender: type[Any], instance: Any, **_signal: Any) -> None:
    _note(Act.DELETED, sender, instance)


def _note(act: str, sender: type[Any], row: Any) -> None:
    kind = getattr(row, "type", "")
    note_security(
        _WATCHED[sender], act=act, account=row.user_id, **({"kind": kind} if kind else {})
    )


def _refused(sender: Any, credentials: Mapping[str, Any], **_signal: Any) -> None:
    names = {str(credentials[one]) for one in ("username", "email") if credentials.get(one)}
    asked = Q(pk__in=())
    for name in names:
        asked |= Q(username=name) | Q(email__iexact=name)
    user = User.objects.filter(asked).first()
    note_security(SIGN_IN, act=Act.REFUSED, account=user.pk if user else None)


def _wrong_code(sender: Any, user: User, **_signal: Any) -> None:
    note_security(FACTOR, act=Act.REFUSED, account=user.pk)


def listen() -> None:
    """Have them recorded, whichever page or command does them."""
    for model in _WATCHED:
        post_save.connect(_saved, sender=model, dispatch_uid=f"audit.{model.__name__}.saved")
        pre_delete.connect(_deleted, sender=model, dispatch_uid=f"audit.{model.__name__}.deleted")
    user_login_failed.connect(_refused, dispatch_uid="audit.sign_in_refused")
    authentication_failed.connect(_wrong_code, dispatch_uid="audit.wrong_code")
