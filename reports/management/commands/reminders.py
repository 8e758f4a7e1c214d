"""`backoffice reminders`: says what is due soon to whom, once each, by mail where one is set up."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import groupby
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from backoffice.federation.console import Console, day, refusal
from backoffice.federation.languages import speaking_to
from grants.models import DeadlineReminder
from grants.services.reminders import (
    claim_reminders,
    record_reminders,
    release_reminders,
    reminders_due,
    unsent,
)
from reports.reminders import mail_of, rows_of

_TO_DO = "vérifiez le serveur de courriel, puis relancez la commande, qui les renvoie."
_NO_MAIL = "Aucun courriel n'est envoyé : BACKOFFICE_EMAIL_HOST n'est pas réglé."


class Command(Console):
    """Tells each account its coming deadlines, 30, 7 and 1 days before unless set otherwise."""

    help = "Signale les échéances proches, une fois chacune, et les envoie par courriel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="AAAA-MM-JJ", help="jour (aujourd'hui)")
        parser.add_argument("--dry-run", action="store_true", help="montre sans rien enregistrer")

    def handle(self, *args: Any, **options: Any) -> None:
        on = day("--on", options["on"]) if options["on"] else timezone.localdate()
        found = reminders_due(on)
        self._list(found, on)
        if options["dry_run"]:
            self.stdout.write("Essai : rien n'est enregistré ni envoyé.")
            return
        record_reminders(reminders=found)
        if not settings.EMAIL_HOST:
            self.stdout.write(_NO_MAIL)
            return
        self._send(unsent(on), on)

    def _list(self, found: Sequence[DeadlineReminder], on: date) -> None:
        if not found:
            self.stdout.write(f"Rien à signaler le {on:%d/%m/%Y}.")
        for user, group in groupby(found, key=lambda one: one.user):
            address = "" if user.email else " (sans adresse : rien ne lui est envoyé)"
            self.stdout.write(f"{user.get_username()}{address}")
            for one in group:
                row = one.deadline
                self.stdout.write(
                    f"  {one.due_on:%d/%m/%Y}  {row.award.reference}  {row.label_fr}"
                    f"  (rappel {one.days} jours avant)"
                )

    def _send(self, waiting: Sequence[DeadlineReminder], on: date) -> None:
        """One mail a user; one that does not leave is sent again by the next run."""
        sent, failed = 0, 0
        rows = cache(lambda _language: rows_of(waiting, on))
        connection = get_connection()
        for _user, group in groupby(waiting, key=lambda one: one.user_id):
            mine = list(group)
            if not claim_reminders(reminders=mine):
                continue
            with speaking_to(mine[0].user):
                mail = mail_of(mine, rows(get_language()), on)
            try:
                connection.send_messages([mail])
            except (SMTPException, OSError) as error:
                release_reminders(reminders=mine)
                failed += 1
                self.stderr.write(f"Compte n° {mine[0].user_id} : {type(error).__name__}")
            else:
                sent += 1
        self.stdout.write(ngettext("%d courriel envoyé.", "%d courriels envoyés.", sent) % sent)
        if failed:
            words = ngettext("%d courriel resté ici", "%d courriels restés ici", failed) % failed
            raise refusal(f"{words} : {_TO_DO}")
