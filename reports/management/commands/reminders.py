"""`backoffice reminders`: says what is due soon to whom, once each, by mail where one is set up."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import ngettext

from backoffice.federation.console import Console, day, refusal
from backoffice.federation.jobs import AlreadyAsked
from grants.models import DeadlineReminder
from grants.services.reminders import (
    record_reminders,
    reminders_due,
    unsent,
)
from reports.reminding import ask_reminders, send_mails

_TO_DO = "vérifiez le serveur de courriel, puis relancez la commande, qui les renvoie."
_NO_MAIL = "Aucun courriel n'est envoyé : BACKOFFICE_EMAIL_HOST n'est pas réglé."


class Command(Console):
    """Tells each account its coming deadlines, 30, 7 and 1 days before unless set otherwise."""

    help = "Signale les échéances proches, une fois chacune, et les envoie par courriel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="AAAA-MM-JJ", help="jour (aujourd'hui)")
        parser.add_argument(
            "--queue", action="store_true", help="confie le tout à un travailleur et rend la main"
        )
        parser.add_argument("--dry-run", action="store_true", help="montre sans rien enregistrer")

    def handle(self, *args: Any, **options: Any) -> None:
        on = day("--on", options["on"]) if options["on"] else timezone.localdate()
        if options["queue"]:
            self._queue(on)
            return
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

    def _queue(self, on: date) -> None:
        try:
            job = ask_reminders(on)
        except AlreadyAsked as error:
            raise refusal(str(error)) from error
        self.stdout.write(f"Rappels demandés : travail n° {job.pk}.")

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
        outcome = send_mails(waiting, on)
        for number, fault in outcome.failed:
            self.stderr.write(f"Compte n° {number} : {fault}")
        sent, failed = outcome.sent, len(outcome.failed)
        self.stdout.write(ngettext("%d courriel envoyé.", "%d courriels envoyés.", sent) % sent)
        if failed:
            words = ngettext("%d courriel resté ici", "%d courriels restés ici", failed) % failed
            raise refusal(f"{words} : {_TO_DO}")
