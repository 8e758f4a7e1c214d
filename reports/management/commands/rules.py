"""`backoffice rules`: the rule book, one page and one paper per scheme, for people who check it."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backoffice.federation.console import Console, refusal, required
from grants.selectors import figures_registry
from reports.console import as_of
from reports.documents.writing import CannotWrite
from reports.rulebook.writing import write_book


class Command(Console):
    """Writes everything that the product knows of each scheme, in French and in Dutch."""

    help = "Écrit le livre des règles : un index, puis une page (html, pdf) par régime."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", metavar="DOSSIER", help="où écrire les fichiers")
        parser.add_argument("--as-of", metavar="AAAA-MM-JJ", help="jour imprimé (aujourd'hui)")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(required("--out", options["out"]))
        try:
            written = write_book(figures_registry(), as_of(options["as_of"]), folder)
        except CannotWrite as error:
            raise refusal(str(error)) from error
        for path in written:
            self.stdout.write(str(path))
