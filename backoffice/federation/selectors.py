"""Reads of the federation app: the figures that users filled in."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from backoffice.engine.figures import Figure, Figures, FigureValue, Source
from backoffice.federation.models import FigureEntry, FigureVerification


def filled_in(registry: Figures) -> Iterator[Figure]:
    """The values that users filled in for the figures of `registry`, as figures of the same codes.

    An entry whose code is unknown to the registry is left aside: the form refuses it.
    """
    for entry in FigureEntry.objects.order_by("code", "since", "decided_on"):
        known = registry.get(entry.code)
        if known is not None:
            value = FigureValue(
                since=entry.since,
                until=None,
                value=Fraction(entry.value),
                text=entry.value,
                decided=entry.decided_on,
                status=entry.status,
                source=Source(entry.source, entry.source_url or None, entry.verified_on),
            )
            yield Figure(known.code, known.label, known.unit, (value,))


def entries_of(code: str) -> dict[tuple[date, date | None], FigureEntry]:
    """What users filled in for a figure, with their names: by first day and day of decision."""
    entries = FigureEntry.objects.filter(code=code).select_related("entered_by")
    return {(entry.since, entry.decided_on): entry for entry in entries}


def verifications() -> dict[tuple[str, date, date | None, str], date]:
    """The last day on which users verified values: by code, first day, day of decision, text."""
    rows = FigureVerification.objects.order_by("verified_on")
    return {
        (code, since, decided, text): verified
        for code, since, decided, text, verified in rows.values_list(
            "code", "since", "decided_on", "value", "verified_on"
        )
    }
