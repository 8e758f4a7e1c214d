"""Who acts and why, for the time of a request, a job or a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from django.contrib.auth.models import User


@dataclass(frozen=True)
class Act:
    """The account behind a change (None: the system or a command), and its reason."""

    user: User | None = None
    reason: str = ""


_ACT: ContextVar[Act] = ContextVar("act")


def current() -> Act:
    """Who acts now, and why."""
    return _ACT.get(Act())


@contextmanager
def acting(user: User | None, reason: str = "") -> Iterator[None]:
    """Every change inside is that person's."""
    token = _ACT.set(Act(user, reason))
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
