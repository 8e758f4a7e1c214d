"""`backoffice worker`: carries the jobs that the site and the commands ask for."""

from datetime import timedelta
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from backoffice.federation.console import Console, refusal
from backoffice.federation.jobs.claims import SILENCE
from backoffice.federation.jobs.supervisor import Supervisor
from backoffice.federation.jobs.worker import be_a_worker, stop_on_signal, stop_with

MOST_PROCESSES = 64


class Command(Console):
    """Carries jobs until Ctrl-C: from the table, or from the broker where one is set."""

    help = "Exécute les travaux demandés, jusqu'à Ctrl-C : un seul à la fois par processus."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--processes", default="1", metavar="N", help="processus (1)")
        parser.add_argument(
            "--until-empty", action="store_true", help="s'arrête quand plus rien n'attend"
        )
        parser.add_argument(
            "--with-parent",
            type=int,
            metavar="PID",
            help="s'arrête dès que ce processus parent meurt",
        )
        parser.add_argument(
            "--silence",
            type=int,
            default=int(SILENCE.total_seconds()),
            metavar="SECONDES",
            help="reprend un travail dont le processus se tait depuis ce temps",
        )
        parser.add_argument(
            "--one", action="store_true", help="est lui-même le processus qui exécute"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        processes, until_empty = _processes(options["processes"]), options["until_empty"]
        silence, stop = timedelta(seconds=options["silence"]), Event()
        stop_on_signal(stop)
        if options["with_parent"]:
            stop_with(options["with_parent"])
        alone = processes == 1 and until_empty and not settings.CELERY_BROKER_URL
        if options["one"] or alone:
            be_a_worker(stop, until_empty=until_empty, silence=silence)
        else:
            supervisor = Supervisor(processes, silence=silence, say=self.stderr.write)
            supervisor.run(stop, until_empty=until_empty)


def _processes(written: str) -> int:
    if not written.isdecimal() or not 1 <= int(written) <= MOST_PROCESSES:
        raise refusal(f"--processes : « {written} » n'est pas un nombre de 1 à {MOST_PROCESSES}.")
    return int(written)
