"""The collections as the federation and as a service see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backoffice.federation.models import Collection, Organisation, Participation


@dataclass(frozen=True)
class CollectionRow:
    """One collection: whether services may agree today, and the names of those that take part."""

    collection: Collection
    is_open: bool
    names: Sequence[str]


@dataclass(frozen=True)
class ParticipationRow:
    """One collection for one service: its running agreement, those that it has withdrawn."""

    collection: Collection
    is_open: bool
    running: Participation | None
    withdrawn: Sequence[Participation]


def collection_rows(today: date) -> list[CollectionRow]:
    """Every collection, the newest year first, in two queries."""
    running = Participation.objects.filter(withdrawn_at__isnull=True)
    names: dict[int, list[str]] = {}
    for row in running.select_related("organisation").order_by("organisation__name"):
        names.setdefault(row.collection_id, []).append(row.organisation.name)
    return [
        CollectionRow(one, one.is_open(today), names.get(one.pk, []))
        for one in Collection.objects.order_by("-year")
    ]


def participation_rows(organisation: Organisation, today: date) -> list[ParticipationRow]:
    """What a service agreed to, collection by collection, in two queries."""
    mine: dict[int, list[Participation]] = {}
    agreed = organisation.participations.select_related("agreed_by", "withdrawn_by")
    for row in agreed.order_by("-agreed_at", "-pk"):
        mine.setdefault(row.collection_id, []).append(row)
    found = []
    for one in Collection.objects.order_by("-year"):
        held = mine.get(one.pk, [])
        running = next((row for row in held if row.withdrawn_at is None), None)
        if held or one.is_open(today):
            withdrawn = [row for row in held if row.withdrawn_at is not None]
            found.append(ParticipationRow(one, one.is_open(today), running, withdrawn))
    return found
