"""Reminders leave by mail: one for each account, said one after the other, also by a job."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from backoffice.federation.jobs import Work, ask, job
from backoffice.federation.languages import speaking_to
from backoffice.federation.models import Job
from grants.models import DeadlineReminder
from grants.services.reminders import (
    claim_reminders,
    record_reminders,
    release_reminders,
    reminders_due,
    unsent,
)
from reports.reminders import mail_of, rows_of

REMINDERS = "reminders"


class Progress:
    """Told before each mail how many of how many are behind; may raise to stop."""

    def at(self, done: int, total: int) -> None:
        """Nothing to say."""


@dataclass
class Outcome:
    """How many mails left, and which accounts one did not leave for, with the kind of fault."""

    sent: int
    failed: tuple[tuple[int, str], ...]


def send_mails(
    waiting: Sequence[DeadlineReminder], on: date, progress: Progress | None = None
) -> Outcome:
    """One mail a user; one that does not leave is sent again by the next run."""
    told, sent = progress or Progress(), 0
    failed: list[tuple[int, str]] = []
    rows = cache(lambda _language: rows_of(waiting, on))
    connection = get_connection()
    groups = [list(group) for _user, group in groupby(waiting, key=lambda one: one.user_id)]
    for rank, mine in enumerate(groups):
        told.at(rank, len(groups))
        if not claim_reminders(reminders=mine):
            continue
        with speaking_to(mine[0].user):
            mail = mail_of(mine, rows(get_language()), on)
        try:
            connection.send_messages([mail])
        except (SMTPException, OSError) as error:
            release_reminders(reminders=mine)
            failed.append((mine[0].user_id, type(error).__name__))
        else:
            sent += 1
    return Outcome(sent, tuple(failed))


def ask_reminders(on: date) -> Job:
    """Have the reminders of a day told and mailed by a job of the site.

    Raises:
        AlreadyAsked: that waits or runs.
    """
    return ask(REMINDERS, subject=REMINDERS, arguments={"on": on.isoformat()})


class _OnTheJob(Progress):
    def __init__(self, work: Work) -> None:
        self._work = work

    def at(self, done: int, total: int) -> None:
        self._work.progress(done, total, _("Envoi des rappels"))


@job(REMINDERS, label={"fr": "Rappels d'échéances", "nl": "Herinneringen aan vervaldagen"})
def remind(work: Work) -> dict[str, Any]:
    """Tell what is due soon and mail it; cancelled, the mails already sent are remembered.

    Arguments: `on`, the day. Taken up again, it sends what has not left. `faults` says which
    accounts one did not leave for, and the kind of fault.
    """
    on = date.fromisoformat(work.arguments["on"])
    record_reminders(reminders=reminders_due(on))
    if not settings.EMAIL_HOST:
        work.problem(_("Aucun courriel n'est envoyé : BACKOFFICE_EMAIL_HOST n'est pas réglé."))
        return {"sent": 0, "failed": 0}
    outcome = send_mails(unsent(on), on, _OnTheJob(work))
    if outcome.failed:
        count = len(outcome.failed)
        words = ngettext("%d courriel n'est pas parti", "%d courriels ne sont pas partis", count)
        work.problem(
            _("%s : vérifiez le serveur de courriel, puis redemandez les rappels.")
            % (words % count)
        )
    faults = {str(number): fault for number, fault in outcome.failed}
    return {"sent": outcome.sent, "failed": len(faults), "faults": faults}
