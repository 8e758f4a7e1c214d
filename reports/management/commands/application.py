"""`backoffice application`: writes the file of one application for a subsidy."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from backoffice.engine import money
from backoffice.federation.console import Console, refusal, required
from grants.models import Application
from reports.console import as_of, organisation_of
from reports.documents.writing import CannotWrite
from reports.year.application import application_file
from reports.year.application_files import write_application


class Command(Console):
    """The application, its team, every public subsidy and the budget, as .json, .xlsx and .pdf."""

    help = "Écrit le dossier d'une demande de subvention (json, xlsx, pdf)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="BCE", help="numéro d'entreprise")
        parser.add_argument("--reference", metavar="REF", help="référence de la demande")
        parser.add_argument(
            "--as-of", metavar="AAAA-MM-JJ", help="situation à ce jour (celui de la demande)"
        )
        parser.add_argument("--out", metavar="DOSSIER", help="où écrire les fichiers")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = organisation_of(options["organisation"])
        reference = required("--reference", options["reference"])
        folder = Path(required("--out", options["out"]))
        try:
            made = application_file(
                organisation,
                reference,
                as_of(options["as_of"]) if options["as_of"] else None,
                timezone.localdate(),
            )
            written = write_application(made, folder)
        except Application.DoesNotExist:
            known = organisation.applications.order_by("reference")
            names = ", ".join(known.values_list("reference", flat=True))
            raise refusal(
                f"La demande « {reference} » n'existe pas. Demandes de cette organisation : "
                f"{names or 'aucune (feuille « Demandes » du classeur)'}."
            ) from None
        except CannotWrite as error:
            raise refusal(str(error)) from error
        amounts = (
            ("demandé", made.asked.amount),
            ("dépenses", made.budget.expenses),
            ("recettes", made.budget.income),
            ("résultat", made.budget.result),
        )
        for label, cents in amounts:
            shown = "inconnu" if cents is None else f"{money.text(cents)} EUR"
            self.stdout.write(f"{label:<14}{shown:>20}")
        for remark in made.remarks:
            self.stdout.write(f"remarque : {remark}")
        for one in written:
            self.stdout.write(str(one.path))
