"""`backoffice memorandum`: what the services lack, cost and wait for, as json, xlsx and pdf."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backoffice.federation.console import Console, refusal, required
from reports.console import as_of, year_of
from reports.documents.writing import CannotWrite
from reports.memorandum.computing import compute_memorandum
from reports.memorandum.services import NothingToSay
from reports.memorandum.words import held_text
from reports.memorandum.writing import write_files


class Command(Console):
    """Computes and writes the memorandum of one year, of all services together."""

    help = "Écrit les chiffres du mémorandum d'une année (json, xlsx, pdf)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", metavar="AAAA", help="année")
        parser.add_argument("--out", metavar="DOSSIER", help="où écrire les fichiers")
        parser.add_argument(
            "--as-of", metavar="AAAA-MM-JJ", help="situation à ce jour (aujourd'hui)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        year, day = year_of(options["year"]), as_of(options["as_of"])
        folder = Path(required("--out", options["out"]))
        try:
            memorandum = compute_memorandum(year, day)
            written = write_files(memorandum, folder)
        except (NothingToSay, CannotWrite) as error:
            raise refusal(str(error)) from error
        counts = memorandum.counts()
        self.stdout.write(
            f"{held_text(memorandum)['fr']}, {len(memorandum.entries)} chiffres : "
            f"{counts['known']} connus, {counts['unknown']} inconnus, {counts['hidden']} masqués, "
            f"{counts['none']} sans objet"
        )
        self.stdout.write(f"empreinte de l'ensemble : {memorandum.digest}")
        for one in written:
            self.stdout.write(str(one.path))
