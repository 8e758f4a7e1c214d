"""`backoffice demo`: the main job on a demonstration employer, from the file to the paper."""

import shutil
import time
from pathlib import Path
from typing import Any

from django.conf import settings

from backoffice.engine import money
from backoffice.federation.console import Console, refusal
from reports.demo.employer import PLANTED, YEARS
from reports.demo.run import AS_OF, demo_dossiers, open_the_site, write_all, write_and_import
from reports.documents.writing import CannotWrite
from reports.dossier import Dossier
from reports.exchange.files import FileNotWritten
from reports.pages.standing import next_due

_BAR = 30
_HEADER = (
    "exercice", "subvention", "accordé", "présenté", "admissible", "payable", "fonds propres",
    "avances", "solde", "prochaine échéance",
)  # fmt: skip
_LINE = "{:<8} {:<12} {:>11} {:>11} {:>11} {:>11} {:>13} {:>11} {:>11}  {}"


class Command(Console):
    """Writes and imports the demonstration workbooks, then every justification."""

    help = "Remplit la démonstration et écrit ses justifications dans out/demo/."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise refusal(
                "La démonstration ne s'installe pas sur un site réel : retirez BACKOFFICE_MODE."
            )
        started = time.monotonic()
        folder = settings.OUT_DIR / "demo"
        shutil.rmtree(folder, ignore_errors=True)
        try:
            self._import(folder)
            dossiers = demo_dossiers()
            self._write(dossiers, folder)
        except (CannotWrite, FileNotWritten) as error:
            raise refusal(str(error)) from error
        self._summary(dossiers)
        self._faults(dossiers)
        user, password = open_the_site()
        shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
        self.stdout.write(
            f"\n{len(dossiers)} justifications (json, xlsx, pdf) et {len(YEARS)} classeurs dans "
            f"{shown}/ en {time.monotonic() - started:.1f} s."
        )
        self.stdout.write(
            "Ouvrir le site : ./run serve, puis http://127.0.0.1:8000 "
            f"(utilisateur « {user} », mot de passe « {password} »)."
        )

    def _import(self, folder: Path) -> None:
        for number, (path, report) in enumerate(write_and_import(folder), start=1):
            if not report.applied and not report.nothing_changed:
                first = report.problems[0]
                raise refusal(f"{path.name} n'est pas importé : {first.message} {first.todo}")
            self._bar(number, len(YEARS), "classeurs importés")

    def _write(self, dossiers: list[Dossier], folder: Path) -> None:
        for number, _files in enumerate(write_all(dossiers, folder), start=1):
            self._bar(number, len(dossiers), "justifications écrites")

    def _bar(self, done: int, total: int, words: str) -> None:
        filled = _BAR * done // total
        end = "\n" if done == total else ""
        self.stderr.write(f"\r[{'#' * filled:<{_BAR}}] {done}/{total} {words}", ending=end)
        self.stderr.flush()

    def _summary(self, dossiers: list[Dossier]) -> None:
        self.stdout.write(f"\nDEMO : données inventées. Situation au {AS_OF:%d/%m/%Y}, en EUR.\n")
        self.stdout.write(_LINE.format(*_HEADER))
        for dossier in dossiers:
            amounts = dossier.amounts
            cells = (
                amounts.granted, amounts.presented, amounts.admissible, amounts.payable,
                amounts.own_funds, amounts.advances, amounts.balance,
            )  # fmt: skip
            self.stdout.write(
                _LINE.format(
                    dossier.cover.year,
                    dossier.cover.reference,
                    *("inconnu" if cell is None else money.text(cell) for cell in cells),
                    _deadline(dossier),
                )
            )

    def _faults(self, dossiers: list[Dossier]) -> None:
        self.stdout.write(
            "\nErreurs trouvées par les contrôles (les fautes plantées de la démonstration) :"
        )
        for dossier in dossiers:
            for check in dossier.errors:
                where = f"{dossier.cover.year} {dossier.cover.reference}, {check.who}"
                self.stdout.write(f"  {where} : {check.message}")
        found = {check.code for dossier in dossiers for check in dossier.errors}
        for fault in PLANTED:
            if fault.check not in found:
                self.stdout.write(f"  NON TROUVÉE : {fault.words}")


def _deadline(dossier: Dossier) -> str:
    """The next deadline of the employer in a few words, or the last one when all have gone by."""
    due = next_due(dossier)
    if due is None:
        return "inconnue (voir la lettre)"
    words = f"{due.line.due_on:%d/%m/%Y} {due.line.label['fr'].split(' (')[0]}"
    return f"{words} (dernière échéance, passée)" if due.passed else words
