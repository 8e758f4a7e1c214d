"""`backoffice complements`: what dossiers that were sent would ask today, as files."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backoffice.engine import money
from backoffice.federation.console import Console, refusal, required
from reports.complements.content import Complement
from reports.complements.json_file import render_json
from reports.complements.search import complements
from reports.complements.words import amount_words
from reports.complements.xlsx_file import render_xlsx
from reports.console import as_of, organisation_of, year_of
from reports.documents.writing import CannotWrite, write_contents


class Command(Console):
    """Compares each frozen justification with what its award would ask today."""

    help = (
        "Écrit les compléments à demander, ou à rendre, depuis les justifications figées "
        "(json, xlsx)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="BCE", help="numéro d'entreprise")
        parser.add_argument("--year", metavar="AAAA", help="un seul exercice")
        parser.add_argument("--out", metavar="DOSSIER", help="où écrire les fichiers")
        parser.add_argument("--as-of", metavar="AAAA-MM-JJ", help="connu à ce jour (aujourd'hui)")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = organisation_of(options["organisation"])
        year = year_of(options["year"]) if options["year"] else None
        folder, day = Path(required("--out", options["out"])), as_of(options["as_of"])
        found = complements(organisation, day, year)
        name = f"complements-{organisation.enterprise_number}" + (f"-{year}" if year else "")
        contents = {
            "json": render_json(found, day),
            "xlsx": render_xlsx(found, organisation, day),
        }
        try:
            written = write_contents(contents, folder, name)
        except CannotWrite as error:
            raise refusal(str(error)) from error
        for one in found:
            self.stdout.write(_line(one))
        if not found:
            self.stdout.write("Aucune justification figée : rien à comparer.")
        for file in written:
            self.stdout.write(str(file.path))


def _line(found: Complement) -> str:
    amount = "inconnu" if found.amount is None else money.text(found.amount)
    where = f"{found.reference} {found.year} v{found.version}"
    return f"{where:<30}{amount:>15}  {amount_words(found.amount)}"
