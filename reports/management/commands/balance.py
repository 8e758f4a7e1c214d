"""`backoffice balance`: brings the trial balance of a year in, or says what is wrong with it."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import translation

from backoffice.engine import money
from backoffice.federation.console import Console, refusal
from reports.console import organisation_of, year_of
from reports.exchange.problems import Problem
from reports.tie_out.importing import BalanceImport, Wish, import_balance


class Command(Console):
    """Imports a trial balance as accounting software exports it: everything, or nothing and why."""

    help = "Importe la balance des comptes d'une année (CSV ou .xlsx) : tout ou rien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER", help="la balance (.csv, .txt ou .xlsx)")
        parser.add_argument("--organisation", metavar="BCE", help="numéro d'entreprise")
        parser.add_argument("--year", metavar="AAAA", help="exercice")
        parser.add_argument("--dry-run", action="store_true", help="regarde sans rien enregistrer")
        parser.add_argument(
            "--partial", action="store_true", help="accepte une balance sans classes 6 et 7"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("fr"):
            found = import_balance(
                Path(options["file"]),
                organisation=organisation_of(options["organisation"]),
                year=year_of(options["year"]),
                wish=Wish(options["dry_run"], options["partial"]),
            )
            for problem in found.problems:
                self.stdout.write(sentence(problem))
            if found.blocked:
                raise refusal(verdict(found))
            self.stdout.write(verdict(found))


def sentence(problem: Problem) -> str:
    """One problem on one line: where, what, what to do."""
    row = "" if problem.row is None else f"ligne {problem.row}"
    places = [part for part in (problem.sheet, row, problem.column) if part]
    where = f"{', '.join(places)} : " if places else ""
    mark = "" if problem.blocking else "À vérifier : "
    return f"{where}{mark}{problem.message} {problem.todo}"


def verdict(found: BalanceImport) -> str:
    """How the import ended, in one sentence."""
    if found.blocked:
        count = sum(problem.blocking for problem in found.problems)
        plural = "s" if count > 1 else ""
        return f"{count} problème{plural} à corriger : la balance de {found.year} n'a pas changé."
    said = f"{len(found.rows)} lignes, {money.text(found.debit)} EUR au débit comme au crédit"
    if not found.stored:
        return f"Essai : {said} ; rien n'a été enregistré."
    place = "remplace la précédente" if found.replaced else "est enregistrée"
    return f"La balance de {found.year} {place} : {said}."
