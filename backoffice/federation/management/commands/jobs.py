"""`backoffice jobs`: what waits, what runs, and giving one up."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils.timezone import localtime

from backoffice.federation.console import Console, refusal
from backoffice.federation.jobs.asking import ACTIVE, cancel
from backoffice.federation.models import Job

_LINE = "{:>6}  {:<16}  {:<30}  {:<10}  {:>11}  {:<16}  {}"
_TITLES = ("n°", "travail", "objet", "état", "fait", "demandé le", "par")


class Command(Console):
    """Lists the jobs that wait or run, or gives one up."""

    help = "Montre les travaux en attente et en cours."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="aussi ceux qui sont finis")
        parser.add_argument("--cancel", metavar="N", help="annule le travail n° N")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["cancel"]:
            self._cancel(options["cancel"])
            return
        rows = Job.objects.select_related("owner").order_by("pk")
        shown = list(rows if options["all"] else rows.filter(state__in=ACTIVE))
        if not shown:
            self.stdout.write("Aucun travail en attente ni en cours.")
            return
        self.stdout.write(_LINE.format(*_TITLES))
        for job in shown:
            self.stdout.write(_LINE.format(*_cells(job)).rstrip())
            for problem in job.problems:
                self.stdout.write(f"        {problem}")

    def _cancel(self, written: str) -> None:
        job = Job.objects.filter(pk=int(written)).first() if written.isdecimal() else None
        if job is None:
            raise refusal(f"--cancel : aucun travail n'a le numéro « {written} ».")
        if job.state not in ACTIVE:
            raise refusal(f"Le travail n° {job.pk} est déjà fini ({job.get_state_display()}).")
        cancel(job)
        waits = " à sa prochaine étape" if job.state == Job.State.RUNNING else ""
        self.stdout.write(f"Le travail n° {job.pk} est annulé{waits}.")


def _cells(job: Job) -> tuple[str, ...]:
    done = f"{job.done}/{job.total}" if job.total else "-"
    asked = localtime(job.asked_at).strftime("%d/%m/%Y %H:%M")
    by = job.owner.get_username() if job.owner else ""
    return (str(job.pk), job.kind, job.subject, job.get_state_display(), done, asked, by)
