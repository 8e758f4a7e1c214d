"""Which frozen justifications may rest on a row: changing it needs a reason, and shows later."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from reports.models import Justification
from reports.records.record import Record


@dataclass(frozen=True)
class FrozenDossier:
    """The last frozen version of an award and an exercise."""

    reference: str
    year: int
    version: int


def frozen_on(record: Record, row: Any) -> list[FrozenDossier]:
    """The frozen justifications that may rest on a row, by exercise and reference."""
    if record.rests is None or row.pk is None:
        return []
    mine = Justification.objects.filter(
        pk__in=Justification.objects.filter(record.rests(row)).values("pk"),
        award__organisation=record.organisation_of(row),
    )
    last = mine.values_list("award__reference", "year").annotate(version=Max("version"))
    return [FrozenDossier(*found) for found in last.order_by("year", "award__reference")]
