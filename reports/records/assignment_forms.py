"""The form of an assignment: the rules of the import, those of the grid, and always why."""

from collections.abc import Callable, Iterator
from copy import copy
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.engine.periods import Period
from backoffice.federation.rows import NotKept, StillUsed
from backoffice.web.templatetags.money import day, hours
from reports.exchange.rules.facts import meet
from reports.grid.saving import CellsRefused
from reports.grid.whole_rows import Rewriting, YearDraft, drafts_of, note, refused
from reports.records.forms import RecordForm
from reports.records.options import touching
from staffing.models import Assignment

_MOST_TOLD = 3


class AssignmentForm(RecordForm):
    """An assignment, new or changed: what the import and the grid refuse, it refuses too."""

    explains_new = True
    of_some = True

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._before = copy(self.instance) if self.instance.pk else None
        self._drafts: tuple[YearDraft, ...] = ()
        self.initial["reason"] = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("reason") and (self._before is None or self.changed):
            self.add_error("reason", _("Indiquez pourquoi l'affectation change."))
        return data

    def _post_clean(self) -> None:
        super()._post_clean()
        if self._before is not None and not self.changed:
            self.instance.reason = self._before.reason
            return
        first, last = self.instance.starts_on, self.instance.ends_on
        if self.errors or (last is not None and last < first):
            return
        for field, message in _broken(self.instance):
            self.add_error(field, message)
        if not self.errors:
            rewriting = Rewriting(self.organisation, self._before, self.instance)
            self._drafts = drafts_of(rewriting, timezone.localdate())
            for message in islice(refused(self._drafts), _MOST_TOLD):
                self.add_error(None, message)

    def store(self, keep: Callable[..., Any]) -> Any:
        self.instance.reason = self.cleaned_data["reason"] or self.instance.reason
        with transaction.atomic():
            row = super().store(keep)
            try:
                note(self._drafts, self.cleaned_data["reason"])
            except CellsRefused as error:
                raise NotKept([one.message for one in error.problems]) from error
        return row


def note_removal(row: Assignment, reason: str) -> None:
    """Keep why an assignment goes, on a note of each month that it leaves.

    Raises:
        StillUsed: an award was frozen meanwhile.
    """
    rewriting = Rewriting(row.worker.organisation, row, None)
    try:
        note(drafts_of(rewriting, timezone.localdate()), reason)
    except CellsRefused as error:
        raise StillUsed(error.problems[0].message) from error


def _broken(row: Assignment) -> Iterator[tuple[str, str]]:
    """The rules of the workbook that an assignment breaks, each with its field."""
    period = Period.inclusive(row.starts_on, row.ends_on)
    lines = list(row.worker.contract_lines.filter(touching(period)))
    if not lines:
        yield "worker", _("Ce travailleur n'a aucun jour de contrat à ces dates.")
    elif row.weekly_hours > (full := max(line.full_time_hours for line in lines)):
        words = _("Plus d'heures par semaine que le temps plein du contrat (%(full)s).")
        yield "weekly_hours", words % {"full": hours(full)}
    elif row.weekly_hours > (least := min(line.weekly_hours for line in lines)):
        words = _("%(asked)s h dépassent le contrat de %(contract)s h par semaine.")
        told = {"asked": hours(row.weekly_hours), "contract": hours(least)}
        yield "weekly_hours", words % told
    others = row.worker.assignments.filter(touching(period), post=row.post_id)
    other = others.exclude(pk=row.pk).order_by("starts_on").first()
    if other is not None:
        yield (
            "starts_on",
            _("Cette affectation chevauche celle du %(start)s au même poste%(where)s.")
            % {"start": day(other.starts_on), "where": ""},
        )
    for name, held in ((_("la subvention"), row.post.award), (_("le poste"), row.post)):
        if not meet(period, Period.inclusive(held.starts_on, held.ends_on)):
            last = _(" au %(day)s") % {"day": day(held.ends_on)} if held.ends_on else ""
            yield (
                "post",
                _("L'affectation n'a aucun jour commun avec %(name)s (du %(first)s%(last)s).")
                % {"name": name, "first": day(held.starts_on), "last": last},
            )
            return
