"""`backoffice reminders`: says what is due soon to whom, once each, by mail where one is set up."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import ngettext

from backoffice.federation.console import Console, day, refusal
from backoffice.federation.jobs import AlreadyAsked
from backoffice.federation.jobs.carrying import carry_one
from backoffice.federation.models import Job
from grants.models import DeadlineReminder
from grants.services.reminders import reminders_due
from reports.reminding import ask_reminders

_TO_DO = "vérifiez le serveur de courriel, puis relancez la commande, qui les renvoie."


class Command(Console):
    """Tells each account its coming deadlines, 30, 7 and 1 days before unless set otherwise.

    By a job of the site, which this process carries itself unless `--queue` leaves it to a worker.
    """

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
            self.stdout.write(f"Rappels demandés : travail n° {self._asked(on).pk}.")
            return
        found = reminders_due(on)
        self._list(found, on)
        if options["dry_run"]:
            self.stdout.write("Essai : rien n'est enregistré ni envoyé.")
            return
        job = self._asked(on)
        if not carry_one(job.pk):
            self.stdout.write(f"Un travailleur s'en charge : travail n° {job.pk}.")
            return
        job.refresh_from_db()
        self._tell(job)

    def _asked(self, on: date) -> Job:
        try:
            return ask_reminders(on)
        except AlreadyAsked as error:
            raise refusal(str(error)) from error

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

    def _tell(self, job: Job) -> None:
        """What the job did, as its page says it."""
        if job.state != Job.State.DONE:
            raise refusal(" ".join(job.problems) or f"Travail n° {job.pk} : {job.state}.")
        sent, faults = job.result["sent"], job.result.get("faults", {})
        for number, fault in faults.items():
            self.stderr.write(f"Compte n° {number} : {fault}")
        if not faults:
            self.stdout.write("\n".join(job.problems))
        self.stdout.write(ngettext("%d courriel envoyé.", "%d courriels envoyés.", sent) % sent)
        if faults:
            failed = len(faults)
            words = ngettext("%d courriel resté ici", "%d courriels restés ici", failed) % failed
            raise refusal(f"{words} : {_TO_DO}")
