"""Who acts and why, for the time of a request, a job or a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser, User


@dataclass(frozen=True)
class Act:
    """The account behind a change (None: the system or a command), its reason, where it happens.

    `origin` groups what one request, job or command did: "job 12", "command import".
    """

    user: User | AnonymousUser | None = None
    reason: str = ""
    origin: str = ""

    @property
    def actor(self) -> int | None:
        """The key of the account; None for the system and for somebody who is not signed in."""
        return None if self.user is None else self.user.pk


_ACT: ContextVar[Act] = ContextVar("act")
_NOBODY = Act()


def current() -> Act:
    """Who acts now, and why."""
    return _ACT.get(_NOBODY)


@contextmanager
def acting(
    user: User | AnonymousUser | None, reason: str = "", *, origin: str = ""
) -> Iterator[None]:
    """Every change inside is that person's; without an origin, that of what is around stays."""
    token = _ACT.set(Act(user, reason, origin or current().origin))
    try:
        yield
    finally:
        _ACT.reset(token)


@contextmanager
def because(reason: str) -> Iterator[None]:
    """Every change inside has that reason."""
    token = _ACT.set(replace(current(), reason=reason))
    try:
        yield
    finally:
        _ACT.reset(token)
