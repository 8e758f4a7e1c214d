"""A data folder of our own: nothing here reads or writes the data of the checkout."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.management import call_command
from django.db import connection


@contextmanager
def own_data() -> Iterator[None]:
    """A temporary data folder with an empty SQLite database, for this process and its children."""
    with tempfile.TemporaryDirectory(prefix="backoffice-bench-") as folder:
        os.environ["BACKOFFICE_DATA"] = os.environ["BACKOFFICE_OUT"] = folder
        os.environ["BACKOFFICE_MODE"] = "demo"
        for name in ("DATABASE_URL", "CELERY_BROKER_URL", "BACKOFFICE_DEBUG"):
            os.environ.pop(name, None)
        open_database()
        call_command("migrate", verbosity=0)
        yield


@contextmanager
def scratch() -> Iterator[None]:
    """On PostgreSQL, a database of our own beside the one that the address names, then dropped."""
    if connection.vendor != "postgresql":
        yield
        return
    named = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(named, verbosity=0)


def open_database() -> None:
    """Make Django ready in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backoffice.settings")
    django.setup()


def empty_database() -> None:
    """Remove every row, those of the trail too."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET backoffice.emptying = 'yes'")
    call_command("flush", interactive=False, verbosity=0)
