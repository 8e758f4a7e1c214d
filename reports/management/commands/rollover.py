"""`backoffice rollover`: takes awards, posts and assignments to the next year, and says what."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from backoffice.federation.console import Console, refusal
from reports.console import organisation_of, year_of
from reports.year.rollover import NothingToCarry, plan_roll_over, roll_over
from reports.year.rollover_report import as_json, as_text


class Command(Console):
    """Renews the yearly awards of an organisation, expected until their letters come."""

    help = "Reconduit les subventions, postes et affectations vers l'exercice suivant."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="BCE", help="numéro d'entreprise")
        parser.add_argument("--to", metavar="AAAA", help="nouvel exercice")
        parser.add_argument(
            "--award", metavar="REF", action="append", help="ne reconduire que celle-ci (répétable)"
        )
        parser.add_argument("--dry-run", action="store_true", help="montre sans rien enregistrer")
        parser.add_argument("--json", action="store_true", help="écrit le rapport en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = organisation_of(options["organisation"])
        year, today = year_of(options["to"], "--to"), timezone.localdate()
        only, applied = options["award"], not options["dry_run"]
        try:
            preview = plan_roll_over(organisation, year, today)
            unknown = sorted(set(only or ()) - set(preview.references))
            if unknown:
                raise refusal(
                    f"--award : {', '.join(unknown)} ne se reconduit pas vers {year}. "
                    f"Possibles : {', '.join(preview.references) or 'aucune'}."
                )
            asked = {"organisation": organisation, "year": year, "known_on": today, "only": only}
            plan = roll_over(**asked) if applied else plan_roll_over(**asked)
        except NothingToCarry as error:
            raise refusal(str(error)) from error
        if options["json"]:
            self.write_json(as_json(plan, applied=applied))
        else:
            self.stdout.write(as_text(plan, applied=applied))
