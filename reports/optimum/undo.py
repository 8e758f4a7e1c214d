"""What the last acceptance of a session replaced, until something else is done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from backoffice.federation.models import Organisation
from reports.grid.cell_text import HOURS
from reports.grid.drafting import Edit
from reports.grid.places import Places
from staffing.services.allocation import MonthChange

_KEY = "optimum_undo"


@dataclass(frozen=True)
class Undo:
    """The cells as they were, and the versions of the workers' years just after the acceptance."""

    edits: tuple[Edit, ...]
    versions: Mapping[int, str]


def remember(request: HttpRequest, places: Places, changes: Sequence[MonthChange]) -> None:
    """Keep what was replaced, by ids and hours only."""
    workers = {change.worker for change in changes}
    request.session[_KEY] = {
        "of": [places.facts.organisation.pk, places.facts.year],
        "cells": [
            [change.worker, change.post, change.month % 12 + 1, change.before] for change in changes
        ],
        "versions": {str(worker): places.version(worker) for worker in workers},
    }


def kept_undo(request: HttpRequest, organisation: Organisation, year: int) -> Undo | None:
    """What can be put back for this year of this organisation."""
    kept = request.session.get(_KEY)
    if not kept or kept["of"] != [organisation.pk, year]:
        return None
    edits = tuple(
        Edit(worker, post, month, text, HOURS) for worker, post, month, text in kept["cells"]
    )
    return Undo(edits, {int(worker): version for worker, version in kept["versions"].items()})


def forget(request: HttpRequest) -> None:
    """Nothing can be put back any more."""
    request.session.pop(_KEY, None)
