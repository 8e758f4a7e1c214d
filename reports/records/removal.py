"""A row before it is removed: what prevents it, what goes with it, and why it goes."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.federation.audit import because
from backoffice.federation.rows import remove_row, resting_on, still_used
from reports.records.forms import REASON_LENGTH
from reports.records.record import Record
from reports.records.resting import frozen_on


class RemovalForm(forms.Form):
    """Why a row is removed; `version` is the row that its page showed."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Motif de la suppression"),
        max_length=REASON_LENGTH,
        help_text=gettext_lazy("Il reste dans l'historique."),
        error_messages={"required": gettext_lazy("Indiquez pourquoi cette ligne est supprimée.")},
    )


@dataclass(frozen=True)
class Removal:
    """What removing a row meets.

    `obstacle` is a sentence, empty when it may go; `taken` are the rows that go with it, counted
    by table.
    """

    obstacle: str
    taken: tuple[str, ...]


def removal_of(record: Record, row: Any) -> Removal:
    """What the removal of a row would meet, today."""
    used = resting_on(row, record.owned)
    obstacle = str(still_used(row, used)) if used else ""
    if frozen_on(record, row):
        obstacle = _(
            "Une justification figée repose sur cette ligne : elle ne peut pas être supprimée."
        )
    taken = [one for one in resting_on(row) if one not in used]
    return Removal(obstacle, tuple(taken))


@transaction.atomic
def remove(record: Record, row: Any, *, version: str, reason: str) -> None:
    """Remove a row, with its reason in the trail.

    Raises:
        ChangedMeanwhile: somebody has changed it since `version`.
        StillUsed: something rests on it.
    """
    with because(reason):
        record.dropped(row, reason)
        remove_row(row=row, version=version, owned=record.owned)
