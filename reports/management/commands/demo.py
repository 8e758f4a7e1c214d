"""`backoffice demo`: the main job on a demonstration federation, from the file to the paper."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from backoffice.engine import money
from backoffice.federation.console import Console, refusal
from backoffice.federation.models import Job
from reports.demo.employers import NUMBERS, YEARS
from reports.demo.federation.payments import AS_OF
from reports.demo.loading import (
    AlreadyLoading,
    WorkerStopped,
    ask_employers,
    ask_memorandum,
    carried,
    make_room,
    write_sums,
)
from reports.demo.people import PEOPLE, open_the_collection, open_the_site, second_factor
from reports.demo.totals import AMOUNTS, added, summary
from reports.demo.truth import LABELS, planted

_BAR = 30
_HEADER = (
    "pouvoir subsidiant", "nombre", "accordé", "présenté", "admissible", "payable",
    "fonds propres", "avances", "solde", "en retard",
)  # fmt: skip
_LINE = "{:<20} {:>6}" + " {:>11}" * 4 + " {:>13}" + " {:>11}" * 3
_LONG_NAME = 20
_CODES = 3


class Command(Console):
    """Loads the demonstration federation by jobs, then says what came out of it."""

    help = "Remplit la démonstration et écrit ses justifications dans out/demo/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all-pdf", action="store_true", help="imprime aussi les autres justifications"
        )
        parser.add_argument(
            "--only",
            action="append",
            metavar="BCE",
            help="charge cet employeur seulement ; peut se répéter",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise refusal(
                "La démonstration ne s'installe pas sur un site réel : retirez BACKOFFICE_MODE."
            )
        numbers = _employers(options["only"])
        started = time.monotonic()
        folder = settings.OUT_DIR / "demo"
        try:
            parts = make_room(folder, numbers)
            jobs = ask_employers(folder, numbers, all_pdf=options["all_pdf"])
            results = self._carry(jobs, "employeurs")
            open_the_collection()
            self._carry(ask_memorandum(folder), "mémorandum")
        except (AlreadyLoading, WorkerStopped) as error:
            raise refusal(str(error)) from error
        self._totals(results)
        self._planted(results, numbers)
        self._files(folder, parts, time.monotonic() - started)

    def _carry(self, jobs: Sequence[Job], words: str) -> list[dict[str, Any]]:
        """The results of the jobs, once all of them are done."""
        shown = None
        for ended, percent in carried(jobs) if jobs else ():
            if (ended, percent) != shown:
                shown = ended, percent
                self._bar(percent, f"{ended}/{len(jobs)} {words}")
        if jobs:
            self.stderr.write("")
        for job in jobs:
            job.refresh_from_db()
            if job.state != Job.State.DONE:
                reason = " ".join(job.problems) or job.get_state_display()
                raise refusal(f"Le travail n° {job.pk} ({job.subject}) n'a pas abouti : {reason}")
        return [job.result for job in jobs]

    def _bar(self, percent: int, words: str) -> None:
        filled = _BAR * percent // 100
        self.stderr.write(f"\r[{'#' * filled:<{_BAR}}] {percent:3} % {words}", ending="")
        self.stderr.flush()

    def _totals(self, results: Sequence[dict[str, Any]]) -> None:
        self.stdout.write(
            f"\nDEMO : données inventées. Exercice {YEARS[-1]}, situation au {AS_OF:%d/%m/%Y}, "
            "en EUR.\n"
        )
        self.stdout.write(_LINE.format(*_HEADER))
        for funder, totals in added(result["totals"] for result in results).items():
            cells = [totals[name] for name in (*AMOUNTS, "late")]
            shown = ["inconnu" if cell is None else money.text(cell) for cell in cells]
            self.stdout.write(_LINE.format(_short(funder), totals["awards"] or 0, *shown))

    def _planted(self, results: Sequence[dict[str, Any]], numbers: Sequence[str]) -> None:
        """What was planted, kind by kind, and whether the checks found it and nothing else."""
        missed, unexplained = summary(f for result in results for f in result["findings"])
        facts = [fact for fact in planted() if fact.checks and fact.organisation in numbers]
        lost = [fact for fact in missed if fact.organisation in numbers]
        self.stdout.write("\nPlanté dans la démonstration, et trouvé par les contrôles :")
        for kind, label in LABELS.items():
            count = sum(fact.kind == kind for fact in facts)
            if count:
                found = count - sum(fact.kind == kind for fact in lost)
                self.stdout.write(f"  {label} : {found} sur {count}")
        for fact in lost:
            self.stdout.write(f"  NON TROUVÉ : {fact.organisation} {fact.year}, {fact.words}")
        for number, year, reference, code in sorted(unexplained):
            self.stdout.write(f"  NON PLANTÉ : {number} {year} {reference}, {code}")

    def _files(self, folder: Path, parts: Sequence[str], seconds: float) -> None:
        count, digest = write_sums(folder, parts)
        password = open_the_site()
        shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
        self.stdout.write(f"\n{count} fichiers écrits dans {shown}/ en {seconds:.0f} s.")
        self.stdout.write(f"Empreinte de ces fichiers (SHA-256) : {digest}")
        self.stdout.write("Ouvrir le site : ./run serve, puis http://127.0.0.1:8000")
        self.stdout.write(f"Mot de passe de chaque compte : « {password} »")
        secret, codes = second_factor()
        for person in PEOPLE:
            told = codes.get(person.username, ())[:_CODES]
            words = f" ; codes de secours DEMO : {', '.join(told)}" if told else ""
            self.stdout.write(f"  {person.username:<16} {person.words}{words}")
        self.stdout.write(f"Second facteur DEMO, pour une application : clé {secret}")


def _employers(only: Sequence[str] | None) -> Sequence[str]:
    """All of them, or those named."""
    for number in only or ():
        if number not in NUMBERS:
            raise refusal(
                f"--only : « {number} » n'est pas un employeur de la démonstration : écrivez un "
                f"numéro d'entreprise comme {NUMBERS[0]}."
            )
    return only or NUMBERS


def _short(funder: str) -> str:
    """A funder's name, or its initials in brackets where the name is long."""
    name, _bracket, initials = funder.partition(" (")
    return initials.rstrip(")") if initials and len(name) > _LONG_NAME else name
