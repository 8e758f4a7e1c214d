"""`backoffice retention`: what is past its term, and its erasure; counts, never a name."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.federation.console import Console, day, refusal, required
from grants.selectors import figures_registry
from reports.people.retention import Held, apply, plan


class Command(Console):
    """Says what a real run would erase, or erases it in one transaction."""

    help = "Durées de conservation : ce qui est échu, par organisation et par nature."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="compter seulement")
        parser.add_argument("--apply", action="store_true", help="effacer ce qui est échu")
        parser.add_argument("--reason", metavar="MOTIF", help="pourquoi, pour la piste d'audit")
        parser.add_argument("--on", metavar="AAAA-MM-JJ", help="jour ; par défaut aujourd'hui")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["dry_run"] == options["apply"]:
            raise refusal("Choisissez --dry-run (compter) ou --apply (effacer).")
        today = timezone.localdate()
        on = day("--on", options["on"]) if options["on"] else today
        if options["dry_run"]:
            self._print(plan(on, figures_registry()), "échu")
            return
        if on > today:
            raise refusal("--on : rien n'est effacé avant son terme ; gardez --dry-run.")
        reason = required("--reason", options["reason"])
        done = apply(by=None, reason=reason, today=on, figures=figures_registry())
        self._print(done, "effacé")

    def _print(self, found: Sequence[Held], word: str) -> None:
        for one in found:
            unknown = f", durée inconnue : {one.unknown}" if one.unknown else ""
            review = f", à revoir : {one.review}" if one.review else ""
            self.stdout.write(
                f"{one.organisation} {_(one.kind)} : conservé {one.held}, {word} {one.due}"
                f"{unknown}{review}"
            )
        if any(one.unknown for one in found):
            self.stdout.write(
                "Durée inconnue, tout est gardé : complétez retention.* avec leur source."
            )
        if any(one.review for one in found):
            self.stdout.write(
                "À revoir : un texte ou un fichier peut encore nommer la personne ; effacez-la "
                "depuis sa page, sous « Données d'une personne ». D'un fournisseur ou d'une vente "
                "sans nature, dites sur sa page s'il s'agit d'une personne."
            )
        if not found:
            self.stdout.write("Rien n'est conservé.")
