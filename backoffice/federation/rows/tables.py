"""What Django knows of a table, and its rows: for code that works on any of them."""

from typing import Any

from django.db.models import Model


def table_of(model: type[Model] | Model) -> Any:
    """The description of the table: fields, names, constraints, what points to it."""
    return model._meta  # noqa: SLF001 - Django's public Meta


def rows_of(model: type[Model]) -> Any:
    """The manager of its rows."""
    return model._default_manager  # noqa: SLF001 - Django's public name
