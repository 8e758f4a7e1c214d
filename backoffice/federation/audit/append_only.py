"""Rows that are only ever added to: the trail itself, and the histories that nothing changes."""

from collections.abc import Iterable
from typing import Any, Never

from django.db import models


class AppendOnly(TypeError):
    """Such a row is never changed nor removed."""

    def __init__(self) -> None:
        super().__init__("append-only: nothing of it is changed or deleted")


class OnlyAdded:
    """What the queryset of such rows gains, before its other bases: no way to change a row."""

    def update(self, **_values: Any) -> Never:
        raise AppendOnly

    def _update(self, _values: Any) -> Never:
        raise AppendOnly

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        """Add rows.

        Raises:
            AppendOnly: it would write over those that are there.
        """
        if options.get("update_conflicts"):
            raise AppendOnly
        added: list[Any] = super().bulk_create(objs, *args, **options)  # type: ignore[misc]
        return added

    def bulk_update(self, *_args: Any, **_options: Any) -> Never:
        raise AppendOnly

    def delete(self) -> Never:
        raise AppendOnly

    def _raw_delete(self, using: Any) -> Never:
        raise AppendOnly


class AppendOnlyQuerySet(OnlyAdded, models.QuerySet[Any]):
    """Rows that are added and read, and nothing else."""


class AppendOnlyManager(models.Manager[Any]):
    """Gives append-only rows, to Django's own code too."""

    def get_queryset(self) -> AppendOnlyQuerySet:
        return AppendOnlyQuerySet(self.model, using=self._db)


class AppendOnlyRow:
    """What the model of such rows gains, before its other bases."""

    _state: Any

    def save(self, *args: Any, **options: Any) -> None:
        """Add the row.

        Raises:
            AppendOnly: it is stored already.
        """
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **options)  # type: ignore[misc]

    def delete(self, *_args: Any, **_options: Any) -> Never:
        """Refuse.

        Raises:
            AppendOnly: always.
        """
        raise AppendOnly
