"""Rows made once for the tests of a module, in a transaction that is rolled back at its end."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def standing(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written here stays until the end; what each test writes then is its own."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
