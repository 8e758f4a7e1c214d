"""`backoffice tieout`: the accounts of a year against its dossiers, as files."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from backoffice.engine import money
from backoffice.federation.console import Console, refusal, required
from reports.console import as_of, organisation_of, year_of
from reports.documents.writing import CannotWrite, write_contents
from reports.justifications import years_of
from reports.tie_out.content import Line
from reports.tie_out.statement import tie_out
from reports.tie_out.words import STATUSES, analytical_text, verdict
from reports.tie_out.writing import file_name, render_files


class Command(Console):
    """Compares the dossiers of a year with its trial balance, and writes it as three files."""

    help = "Rapproche les dossiers d'une année de sa balance des comptes (json, xlsx, pdf)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="BCE", help="numéro d'entreprise")
        parser.add_argument("--year", metavar="AAAA", help="exercice")
        parser.add_argument("--out", metavar="DOSSIER", help="où écrire les fichiers")
        parser.add_argument("--as-of", metavar="AAAA-MM-JJ", help="connu à ce jour (aujourd'hui)")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = organisation_of(options["organisation"])
        year, folder = year_of(options["year"]), Path(required("--out", options["out"]))
        known = years_of(organisation)
        if year not in known:
            raise refusal(
                f"Aucune facture ni paie de {year} pour cette organisation : rien à rapprocher ; "
                f"années avec des données : {', '.join(map(str, known)) or 'aucune'}."
            )
        found = tie_out(organisation, year, as_of(options["as_of"]))
        try:
            written = write_contents(render_files(found), folder, file_name(found))
        except CannotWrite as error:
            raise refusal(str(error)) from error
        for line in (*found.lines, *found.balances):
            self.stdout.write(_text(line))
        if found.holiday.missing:
            self.stdout.write(found.holiday.missing)
        self.stdout.write(verdict(found))
        for one in written:
            self.stdout.write(str(one.path))


def _text(line: Line) -> str:
    amounts = "".join(
        f"{'inconnu' if cents is None else money.text(cents):>15}"
        for cents in (line.accounts, line.product, line.unexplained)
    )
    code = analytical_text(line.analytical) if line.shares or line.name else line.analytical
    return f"{line.group.label['fr'][:40]:<40} {code:<12}{amounts}  {STATUSES[line.status]}"
