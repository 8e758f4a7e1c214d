"""The version of a row: what a form carries to see that nobody has changed it meanwhile."""

import hashlib
import json
from collections.abc import Iterable

from django.db.models import Model

from backoffice.federation.identities.named import Named
from backoffice.federation.rows.tables import table_of

_DIGITS = 24


def version_of(row: Model, owned: Iterable[str] = ()) -> str:
    """A digest of what a row holds now, and of the rows that go with it.

    Args:
        row: as it was read.
        owned: the names of the related rows that are edited with it.
    """
    rows = [row, *(one for name in owned for one in getattr(row, name).order_by("pk"))]
    text = json.dumps([_values(one) for one in rows], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def _values(row: Model) -> list[str]:
    fields = table_of(row).concrete_fields
    values = [str(field.get_prep_value(field.value_from_object(row))) for field in fields]
    return [*values, getattr(row, row.named_as)] if isinstance(row, Named) else values
