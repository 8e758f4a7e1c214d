"""`backoffice justify`: writes the justification of one award for one year, or all of the year."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from backoffice.engine import money
from backoffice.federation.console import Console, refusal, required
from grants.models import Award
from reports.console import add_award_arguments, dossier_asked, year_asked
from reports.documents.writing import (
    CannotWrite,
    Written,
    file_name,
    write_contents,
    write_files,
)
from reports.dossier import Dossier
from reports.freezing import NotFinal, open_checks
from reports.sign_offs import NotToSign, Signature, sign_off_all
from reports.workflow.commanded import freeze_by_command
from reports.workflow.steps import MoveRefused

ONE_ONLY = ("award", "final", "signed_by", "reason")


class Command(Console):
    """Computes, checks and writes one justification, or a year's, as .json, .xlsx and .pdf."""

    help = "Écrit la justification d'une subvention, ou toutes celles d'un exercice."

    def add_arguments(self, parser: CommandParser) -> None:
        add_award_arguments(parser)
        parser.add_argument(
            "--all", action="store_true", help="toutes les subventions de l'exercice, en projet"
        )
        parser.add_argument("--out", metavar="DOSSIER", help="où écrire les fichiers")
        parser.add_argument("--final", action="store_true", help="fige la justification")
        parser.add_argument("--signed-by", metavar="NOM", help="accepte tous les avertissements")
        parser.add_argument("--reason", metavar="MOTIF", help="motif de l'acceptation")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(required("--out", options["out"]))
        if options["all"]:
            self._write_year(folder, options)
            return
        dossier = dossier_asked(options)
        award = Award.objects.get(
            organisation__enterprise_number=dossier.cover.enterprise_number,
            reference=dossier.cover.reference,
        )
        if options["signed_by"] or options["reason"]:
            dossier = self._sign(award, dossier, options)
        try:
            if options["final"]:
                dossier, written = self._freeze(award, dossier, folder)
            else:
                written = write_files(dossier, folder)
        except NotFinal as error:
            raise refusal(_open_points(error, dossier)) from error
        except (CannotWrite, MoveRefused) as error:
            raise refusal(str(error)) from error
        self._print(dossier, written)

    def _write_year(self, folder: Path, options: dict[str, Any]) -> None:
        """Every dossier of the year as a draft, with a line for each as it is written."""
        alone = [f"--{name.replace('_', '-')}" for name in ONE_ONLY if options[name]]
        if alone:
            raise refusal(
                f"--all écrit les projets de toute l'année et ne va pas avec {', '.join(alone)} : "
                "enlevez l'un ou l'autre."
            )
        dossiers = year_asked(options)
        for number, dossier in enumerate(dossiers, start=1):
            try:
                write_files(dossier, folder)
            except CannotWrite as error:
                raise refusal(str(error)) from error
            name = f"{file_name(dossier)}.*"
            self.stdout.write(f"{number}/{len(dossiers)} {dossier.cover.reference} : {name}")

    def _sign(self, award: Award, dossier: Dossier, options: dict[str, Any]) -> Dossier:
        """Every open warning accepted by one named person for one stated reason."""
        by = Signature(
            required("--signed-by", options["signed_by"]), required("--reason", options["reason"])
        )
        found = [check for check in open_checks(dossier) if check.level == "warning"]
        subjects, today = [check.subject for check in found], timezone.localdate()
        try:
            sign_off_all(award=award, dossier=dossier, subjects=subjects, by=by, on=today)
        except NotToSign as error:
            raise refusal(str(error)) from error
        for check in found:
            words = (check.who, check.month, check.message)
            self.stdout.write(f"accepté : {' '.join(word for word in words if word)}")
        return dossier_asked(options)

    def _freeze(
        self, award: Award, dossier: Dossier, folder: Path
    ) -> tuple[Dossier, list[Written]]:
        """Freeze the justification with its files, on disk and kept, as a move of the command."""
        written: list[Written] = []

        def write(contents: Mapping[str, bytes], final: Dossier) -> None:
            written.extend(write_contents(contents, folder, file_name(final)))

        found = freeze_by_command(award=award, dossier=dossier, write=write)
        words = "figée" if found.is_new else "déjà figée à l'identique"
        self.stdout.write(f"Justification {words}, version {found.version}.")
        return found.dossier, written

    def _print(self, dossier: Dossier, written: list[Written]) -> None:
        amounts = dossier.amounts
        for label, value in (
            ("accordé", amounts.granted),
            ("présenté", amounts.presented),
            ("admissible", amounts.admissible),
            ("payable", amounts.payable),
            ("fonds propres", amounts.own_funds),
            ("avances", amounts.advances),
            ("solde", amounts.balance),
        ):
            shown = "inconnu" if value is None else f"{money.text(value)} EUR"
            self.stdout.write(f"{label:<14}{shown:>20}")
        levels = [check.level for check in dossier.checks]
        errors, warnings = levels.count("error"), levels.count("warning")
        self.stdout.write(
            f"contrôles : {errors} {'erreurs' if errors > 1 else 'erreur'}, "
            f"{warnings} {'avertissements' if warnings > 1 else 'avertissement'}"
        )
        for one in written:
            self.stdout.write(str(one.path))


def _open_points(error: NotFinal, dossier: Dossier) -> str:
    """What keeps it from being final: a line each, with where to settle it."""
    lines = [f"{error} {dossier.cover.reference}, {dossier.cover.year} :"]
    lines += [
        f"- {check.who} {check.month} {check.message} {check.todo}".replace("  ", " ")
        for check in error.open_checks
    ]
    lines.append("Un avertissement s'accepte par --signed-by NOM --reason MOTIF, ou sur le site.")
    return "\n".join(lines)
