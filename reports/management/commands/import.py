"""`backoffice import`: brings a workbook in, or says everything that is wrong with it."""
# ruff: noqa: N999 - Django names a command after its module, and this one is called import

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import translation

from backoffice.federation.console import Console, refusal
from reports.exchange.files import FileNotWritten, check_folder
from reports.exchange.importer import import_workbook
from reports.exchange.outcome import ImportReport
from reports.exchange.problems import headers, write_report

WIDEST = 90
CHANGES_SHOWN = 20
ABSENT_SHOWN = 50


class Command(Console):
    """Imports the workbook of one employer-year: everything, or nothing and why."""

    help = "Importe le classeur d'un employeur et d'une année : tout ou rien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER", help="le classeur (.xlsx)")
        parser.add_argument("--dry-run", action="store_true", help="regarde sans rien enregistrer")
        parser.add_argument(
            "--remove-absent",
            action="store_true",
            help="supprime les lignes enregistrées de l'année qui ne sont plus dans le classeur",
        )
        parser.add_argument("--report", metavar="FICHIER", help="écrit les problèmes (.xlsx)")
        parser.add_argument("--json", action="store_true", help="imprime le résultat en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("fr"):
            self._import(options)

    def _import(self, options: dict[str, Any]) -> None:
        if options["report"]:
            _refuse_missing_folder(Path(options["report"]))
        report = import_workbook(
            Path(options["file"]),
            dry_run=options["dry_run"],
            remove_absent=options["remove_absent"],
        )
        if options["json"]:
            self.write_json(report.as_json())
        else:
            self.stdout.write("\n".join(lines(report)))
        if options["report"]:
            try:
                write_report(report.problems, Path(options["report"]))
            except FileNotWritten as error:
                raise refusal(str(error)) from error
        if report.blocked:
            raise refusal(verdict(report))


def _refuse_missing_folder(path: Path) -> None:
    """Before anything is stored: the report could not be written afterwards."""
    try:
        check_folder(path)
    except FileNotWritten as error:
        raise refusal(str(error)) from error


def verdict(report: ImportReport) -> str:
    """One sentence that says how the import ended."""
    blocking = sum(problem.blocking for problem in report.problems)
    if blocking:
        plural = "s" if blocking > 1 else ""
        return f"{blocking} problème{plural} à corriger : rien n'a été enregistré."
    if report.nothing_changed:
        return "Rien n'a changé : ces données étaient déjà enregistrées."
    if report.dry_run:
        return "Essai : rien n'a été enregistré ; sans --dry-run, ces lignes le seront."
    return "Tout a été enregistré."


def lines(report: ImportReport) -> list[str]:
    """What the screen shows: counts by sheet, changes, problems, then the verdict."""
    shown = [f"Employeur {report.enterprise_number or '?'}, année {report.year or '?'}"]
    if report.counts:
        rows = [
            (title, str(count.created), str(count.updated), str(count.unchanged))
            for title, count in report.counts.items()
        ]
        shown += ["", *table(("Feuille", "Nouvelles", "Modifiées", "Inchangées"), rows)]
    if report.changes:
        changes = [
            (c.sheet, c.who, c.month, c.field, c.before, c.after)
            for c in report.changes[:CHANGES_SHOWN]
        ]
        shown += ["", *table(("Feuille", "Qui", "Mois", "Champ", "Avant", "Après"), changes)]
        if len(report.changes) > CHANGES_SHOWN:
            more = len(report.changes) - CHANGES_SHOWN
            plural = "s" if more > 1 else ""
            shown.append(f"... et {more} autre{plural} changement{plural}")
    if report.absent:
        rows = [(a.sheet, a.who, a.month, a.detail) for a in report.absent]
        shown += ["", how_to_remove(report), ""]
        shown += table(("Feuille", "Qui", "Mois", "Ligne"), rows[:ABSENT_SHOWN])
        if len(rows) > ABSENT_SHOWN:
            shown.append(f"... et {_lines(len(rows) - ABSENT_SHOWN, 'autre')}")
    if report.problems:
        shown += ["", *table(headers(), [problem.shown() for problem in report.problems])]
    return shown if report.blocked else [*shown, "", verdict(report)]


def how_to_remove(report: ImportReport) -> str:
    """One sentence about the stored rows of the year that the workbook no longer has."""
    count = len(report.absent)
    if report.applied and report.remove_absent:
        return f"{_lines(count, 'supprimée')}, absente{'s' if count > 1 else ''} du classeur :"
    found = f"{_lines(count, 'enregistrée')} de {report.year} absente{'s' if count > 1 else ''}"
    if report.remove_absent:
        return f"{found} du classeur, à supprimer :"
    return f"{found} du classeur : rien n'en est supprimé, sauf avec --remove-absent :"


def _lines(count: int, word: str) -> str:
    plural = "s" if count > 1 else ""
    if word == "autre":
        return f"{count} autre{plural} ligne{plural}"
    return f"{count} ligne{plural} {word}{plural}"


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows in aligned columns; the last column runs on, the others are cut when very wide."""
    cut = [[_cut(text) for text in row[:-1]] + [row[-1]] for row in rows]
    widths = [max(map(len, column)) for column in zip(titles, *cut, strict=True)]
    return [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in [titles, ["-" * width for width in widths[:-1]] + ["-" * 8], *cut]
    ]


def _cut(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 3]}..."
