"""`backoffice template`: the blank workbook to fill in."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import translation

from backoffice.federation.console import Console, refusal, required
from reports.exchange.files import FileNotWritten
from reports.exchange.writer import write_workbook


class Command(Console):
    """Writes the template of the workbook of one employer-year."""

    help = "Écrit le modèle vide du classeur des données d'un employeur pour une année."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", metavar="FICHIER", help="où écrire le modèle (.xlsx)")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(required("--out", options["out"]))
        try:
            with translation.override("fr"):
                write_workbook({}, path, enterprise_number="", year=None, demo=False)
        except FileNotWritten as error:
            raise refusal(str(error)) from error
        self.stdout.write(f"Modèle écrit : {path}")
