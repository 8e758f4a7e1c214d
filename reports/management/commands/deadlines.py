"""`backoffice deadlines`: writes the deadlines of a year, once, and lists what it cannot date."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import ngettext

from backoffice.federation.console import Console
from backoffice.federation.models import Organisation
from grants.services.deadlines import plan_deadlines
from reports.console import organisation_of, year_of


class Command(Console):
    """Plans the deadlines of one organisation, or of all of them."""

    help = "Inscrit les échéances d'un exercice ; celles qui le sont déjà ne changent pas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--organisation", metavar="BCE", help="numéro d'entreprise ; sans elle, toutes"
        )
        parser.add_argument("--year", metavar="AAAA", help="exercice")

    def handle(self, *args: Any, **options: Any) -> None:
        year, today = year_of(options["year"]), timezone.localdate()
        asked = options["organisation"]
        everyone = Organisation.objects.order_by("name", "pk")
        for organisation in [organisation_of(asked)] if asked else everyone:
            planned = plan_deadlines(organisation=organisation, year=year, known_on=today)
            count = len(planned.written)
            words = ngettext("%d échéance inscrite", "%d échéances inscrites", count) % count
            self.stdout.write(
                f"{organisation.name} ({organisation.enterprise_number}) : {words} pour {year}."
            )
            for reference, due in planned.written:
                self.stdout.write(f"  {due.rule_on:%d/%m/%Y}  {reference}  {due.label['fr']}")
            for reference, due in planned.awaited:
                self.stdout.write(f"  jour à encoder  {reference}  {due.label['fr']}")
