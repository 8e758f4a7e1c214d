"""Deadlines: written once from the rule, then changed by named people only, each change kept."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.engine.periods import year_period
from backoffice.federation.audit import because
from backoffice.federation.models import Organisation
from grants.dues import Due, dues_of
from grants.models import Deadline, DeadlineEvent
from grants.selectors import awards_of_year
from grants.snapshots import award_facts


class NotChanged(ValueError):
    """A deadline is left as it is; the message says why, one sentence."""


@dataclass(frozen=True)
class Planned:
    """What planning a year found: `written` now, and `awaited`, whose day nobody knows yet."""

    written: tuple[tuple[str, Due], ...]
    awaited: tuple[tuple[str, Due], ...]


@transaction.atomic
def plan_deadlines(*, organisation: Organisation, year: int, known_on: date) -> Planned:
    """Write the deadlines of an exercise that are not written yet; those that are stay as they are.

    What the funder must do by a day is not written: its instalments tell it. Each `Planned` pair
    is the reference of the award and what is due.
    """
    written, awaited, rows = [], [], []
    period = year_period(year)
    awards = awards_of_year(organisation, year).prefetch_related("terms", "posts", "deadlines")
    for award in awards:
        facts = award_facts(award, period, award.terms.all(), known_on)
        for due in dues_of(facts, year, known_on):
            if due.row is not None or due.binds_the_funder:
                continue
            if due.rule_on is None:
                awaited.append((award.reference, due))
                continue
            written.append((award.reference, due))
            rows.append(_row(award.pk, year, due, due.rule_on))
    Deadline.objects.bulk_create(rows, ignore_conflicts=True)
    return Planned(tuple(written), tuple(awaited))


def _row(award: int, year: int, due: Due, day: date) -> Deadline:
    return Deadline(
        award_id=award,
        year=year,
        code=due.code,
        kind=due.kind,
        label_fr=due.label["fr"],
        label_nl=due.label["nl"],
        source=due.source,
        status=due.status,
        planned_on=day,
        rule_on=day,
        due_on=day,
    )


@transaction.atomic
def move_deadline(
    *, deadline: Deadline, to: date, reason: str, by: User | None, known_on: date
) -> DeadlineEvent:
    """Move an open deadline; the same day, where the rule has changed, keeps it on purpose.

    `known_on`: the rule is read with the decisions known up to that day.

    Raises:
        NotChanged: it is not open, or nothing would change.
    """
    row = _locked(deadline)
    if row.state != Deadline.State.OPEN:
        raise NotChanged(
            _("Elle est déjà « %(state)s » : rouvrez-la d'abord.")
            % {"state": row.get_state_display()}
        )
    rule_on = _rule_day(row, known_on)
    if to == row.due_on and rule_on == row.rule_on:
        raise NotChanged(_("L'échéance est déjà le %(day)s.") % {"day": f"{to:%d/%m/%Y}"})
    before, row.due_on, row.rule_on = row.due_on, to, rule_on
    kind = DeadlineEvent.Kind.KEPT if to == before else DeadlineEvent.Kind.MOVED
    return _changed(row, kind, by, reason, day_before=before)


@transaction.atomic
def close_deadline(
    *, deadline: Deadline, on: date, evidence: str, by: User | None, today: date
) -> DeadlineEvent:
    """Say that what was due is done, on which day, and what proves it.

    Raises:
        NotChanged: it is not open, or the day is still to come.
    """
    if on > today:
        raise NotChanged(
            _("Le %(day)s n'est pas encore passé : une échéance faite l'est au plus tard ce jour.")
            % {"day": f"{on:%d/%m/%Y}"}
        )
    row = _locked(deadline)
    _must_be(row, Deadline.State.OPEN)
    row.state, row.done_on, row.evidence = Deadline.State.DONE, on, evidence
    reason = evidence or _("Fait le %(day)s") % {"day": f"{on:%d/%m/%Y}"}
    return _changed(row, DeadlineEvent.Kind.DONE, by, reason, state_before=Deadline.State.OPEN)


@transaction.atomic
def waive_deadline(*, deadline: Deadline, reason: str, by: User | None) -> DeadlineEvent:
    """Say that nothing is due any more.

    Raises:
        NotChanged: it is not open.
    """
    row = _locked(deadline)
    _must_be(row, Deadline.State.OPEN)
    row.state = Deadline.State.WAIVED
    return _changed(row, DeadlineEvent.Kind.WAIVED, by, reason, state_before=Deadline.State.OPEN)


@transaction.atomic
def reopen_deadline(*, deadline: Deadline, reason: str, by: User | None) -> DeadlineEvent:
    """Take back that it is done or waived.

    Raises:
        NotChanged: it is open.
    """
    row = _locked(deadline)
    if row.state == Deadline.State.OPEN:
        raise NotChanged(_("Elle est déjà ouverte."))
    before, row.state = row.state, Deadline.State.OPEN
    row.done_on, row.evidence = None, ""
    return _changed(row, DeadlineEvent.Kind.REOPENED, by, reason, state_before=before)


def _rule_day(row: Deadline, known_on: date) -> date | None:
    """The day that the rule of a stored deadline gives now, None when it gives none."""
    award = row.award
    facts = award_facts(award, year_period(row.year), award.terms.all(), known_on)
    found = (due for due in dues_of(facts, row.year, known_on) if due.code == row.code)
    return next((due.rule_on for due in found), None)


def _locked(deadline: Deadline) -> Deadline:
    rows = Deadline.objects.select_for_update(of=("self",)).select_related("award")
    return rows.get(pk=deadline.pk)


def _must_be(row: Deadline, state: Deadline.State) -> None:
    if row.state != state:
        raise NotChanged(_("Elle est déjà « %(state)s ».") % {"state": row.get_state_display()})


def _changed(
    row: Deadline,
    kind: DeadlineEvent.Kind,
    by: User | None,
    reason: str,
    **before: date | str,
) -> DeadlineEvent:
    """Store a deadline as it is from now on, with the event that says why."""
    values = {"day_before": row.due_on, "state_before": row.state, **before}
    with because(reason.strip()):
        row.save(update_fields=["due_on", "rule_on", "state", "done_on", "evidence"])
        return DeadlineEvent.objects.create(
            deadline=row,
            kind=kind,
            by=by,
            reason=reason.strip(),
            day_after=row.due_on,
            state_after=row.state,
            **values,
        )
