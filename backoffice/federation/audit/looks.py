"""Looks at an organisation's rows, files that leave and sign-ins: acts that change no row.

No page has to think of it: every one that is opened by a right over an organisation, whether it is
read or something is sent to it, and every file given as an attachment, is recorded after its answer
is made. What is seen by a consent alone is noted there too, for the service.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.signals import user_logged_in
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from backoffice.federation.audit.acting import acting, current
from backoffice.federation.audit.entries import AuditEntry
from backoffice.federation.audit.recording import entry, store, text_of

SHOWING = (200, 409, 410, 422)
"""The statuses of what shows rows: as asked, changed meanwhile, gone, refused with why."""
LINK = "account_password"
"""What the trail calls the link by which a password is chosen."""
KEYS = "identity_keys"
_BLOCK = 1 << 20


def looked(
    organisations: Iterable[int], what: str, *, by: User, at: Mapping[str, Any] | None = None
) -> None:
    """Somebody saw rows: one entry for each page, what its address named, person and day."""
    start = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    wanted = list(dict.fromkeys(organisations))
    known = AuditEntry.objects.filter(
        organisation__in=wanted,
        actor=by.pk,
        act=AuditEntry.Act.LOOKED,
        at__gte=start,
        model=what,
        changes=text_of(at or {}),
    )
    seen = set(known.values_list("organisation", flat=True))
    new = [one for one in wanted if one not in seen]
    if new:
        _add(AuditEntry.Act.LOOKED, what, at or {}, organisations=new, by=by)


def exported(
    organisations: Iterable[int | None], what: str, *, by: User | None, file: Mapping[str, Any]
) -> None:
    """A file left: its kind, its SHA-256 and what its address named, never its content."""
    _add(AuditEntry.Act.EXPORTED, what, file, organisations=organisations, by=by)


def opened_an_account(user: User, *, by: User) -> None:
    """Somebody was shown the link by which another person's password is chosen."""
    content, act = {"account": user.pk}, AuditEntry.Act.EXPORTED
    _add(act, LINK, content, organisations=(None,), by=by)


def note_security(
    what: str, *, act: str = AuditEntry.Act.CHANGED, account: int | None = None, **said: Any
) -> None:
    """Something happened to what keeps the site closed, to one account or to all."""
    content = said if account is None else {**said, "account": account}
    _add(act, what, content, organisations=(None,), by=current().user)


@transaction.atomic
def _add(
    act: str,
    what: str,
    content: Mapping[str, Any],
    *,
    organisations: Iterable[int | None],
    by: User | AnonymousUser | None,
) -> None:
    about = content.get("account")
    keys = {"first_key": about, "last_key": about}
    with acting(by, current().reason):
        rows = [
            entry(organisation=one, act=act, model=what[:60], content=content, count=0, **keys)
            for one in organisations
        ]
        store(rows, using=DEFAULT_DB_ALIAS)


def note_shown(request: HttpRequest, organisations: Iterable[Model]) -> None:
    """Remember whose rows the page of this request shows, or its file holds.

    The page of one organisation does so by its scope; one that shows several says which.
    """
    shown = tuple(one.pk for one in organisations)
    request.organisations_shown = shown  # type: ignore[attr-defined]


def note_file(request: HttpRequest, asked: Mapping[str, Any]) -> None:
    """Remember what the file that this request gives was asked, beyond its address."""
    request.file_asked = asked  # type: ignore[attr-defined]


def record_answer(request: HttpRequest, response: HttpResponseBase) -> tuple[int, ...]:
    """Record what an answer shows or gives to somebody who is signed in; whose rows it shows."""
    match = request.resolver_match
    shown: tuple[int, ...] = getattr(request, "organisations_shown", ())
    is_read = response.status_code in SHOWING and request.method in ("GET", "POST")
    if not is_read or match is None or not request.user.is_authenticated:
        return ()
    named = {name: str(value) for name, value in match.kwargs.items()}
    if response.get("Content-Disposition", "").startswith("attachment"):
        file = {"kind": response.get("Content-Type", ""), "sha256": _digest(response)}
        asked = named | getattr(request, "file_asked", {})
        exported(shown or (None,), match.view_name, by=request.user, file=asked | file)
    elif shown:
        looked(shown, match.view_name, by=request.user, at=named)
    return shown


def _digest(response: HttpResponseBase) -> str:
    """SHA-256 of what leaves; "" for a stream that cannot be read twice."""
    if not response.streaming:
        return hashlib.sha256(response.content).hexdigest()  # type: ignore[attr-defined]
    file: Any = getattr(response, "file_to_stream", None)
    if not isinstance(response, FileResponse) or file is None or not file.seekable():
        return ""
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()


def _on_sign_in(sender: Any, user: User, **_signal: Any) -> None:
    _add(AuditEntry.Act.SIGNED_IN, "auth.user", {}, organisations=(None,), by=user)


def listen() -> None:
    """Have every sign-in recorded, whichever page makes it."""
    user_logged_in.connect(_on_sign_in, dispatch_uid="audit.sign_in")
