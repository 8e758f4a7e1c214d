"""The rows that the database already holds for one employer, found by natural key in memory.

One query a model, whatever the number of rows: the import never asks the database about a row.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from backoffice.federation.models import Organisation
from reports.exchange.columns import Sheet, Value
from reports.exchange.folding import fold

Key = tuple[Value, ...]


def key_of(sheet: Sheet, values: Mapping[str, Value]) -> Key:
    """The natural key of a canonical row; an unreadable part is None."""
    return tuple(values.get(code) for code in sheet.key)


def folded(key: Key) -> Key:
    """The key without regard to case, accents and spaces."""
    return tuple(fold(part) if isinstance(part, str) else part for part in key)


class Known:
    """Instances by sheet and natural key; rows that an import creates join them."""

    def __init__(self, organisation: Organisation | None) -> None:
        self.organisation = organisation
        self._instances: dict[str, dict[Key, Model]] = {}
        self._folded: dict[str, dict[Key, Key]] = {}
        self._by_id: dict[str, dict[Any, Model]] = {}

    def hold(self, sheet: str, instances: Iterable[Model]) -> None:
        """Make stored rows known by their id, before rows of any sheet name them."""
        self._by_id[sheet] = {instance.pk: instance for instance in instances}

    def add(self, sheet: str, key: Key, instance: Model) -> None:
        """Make one row known by its key."""
        self._instances.setdefault(sheet, {})[key] = instance
        self._folded.setdefault(sheet, {})[folded(key)] = key

    def get(self, sheet: str, key: Key) -> Model | None:
        """The instance with that key, None when there is none."""
        return self._instances.get(sheet, {}).get(key)

    def by_id(self, sheet: str, pk: object) -> Model | None:
        """The stored instance with that id, None for another employer's."""
        return self._by_id.get(sheet, {}).get(pk)

    def keys(self, sheet: str) -> Iterable[Key]:
        """Every key known in a sheet."""
        return self._instances.get(sheet, {}).keys()

    def same_but_for_case(self, sheet: str, key: Key) -> Key | None:
        """The stored key that differs only by case, accents or spaces."""
        return self._folded.get(sheet, {}).get(folded(key))
