"""`backoffice export`: the rows of one employer and one year, as the workbook that imports them."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from stdnum.be import vat

from backoffice.federation.console import Console, refusal, required
from backoffice.federation.models import Organisation
from reports.exchange.columns import FIRST_DAY, LAST_DAY
from reports.exchange.exporter import NothingToExport, export_workbook
from reports.exchange.files import FileNotWritten


class Command(Console):
    """Writes the workbook of one employer-year."""

    help = "Écrit le classeur des données d'un employeur pour une année."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="BCE", help="numéro d'entreprise")
        parser.add_argument("--year", metavar="ANNÉE", help="année civile")
        parser.add_argument("--out", metavar="FICHIER", help="où écrire le classeur (.xlsx)")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = _organisation(required("--organisation", options["organisation"]))
        year = _year(required("--year", options["year"]))
        path = Path(required("--out", options["out"]))
        try:
            export_workbook(organisation, year, path)
        except (FileNotWritten, NothingToExport) as error:
            raise refusal(str(error)) from error
        self.stdout.write(f"Classeur écrit : {path}")


def _organisation(written: str) -> Organisation:
    number = vat.compact(written)
    found = Organisation.objects.filter(enterprise_number=number).first()
    if found is None:
        raise refusal(f"--organisation : aucun employeur n'a le numéro « {written} ».")
    return found


def _year(written: str) -> int:
    if not written.isdecimal() or not FIRST_DAY.year <= int(written) <= LAST_DAY.year:
        raise refusal(f"--year : « {written} » n'est pas une année.")
    return int(written)
