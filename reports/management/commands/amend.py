"""`backoffice amend`: records an amendment of an award, and prints what it changes."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from backoffice.federation.console import Console, day, refusal, required
from backoffice.web.templatetags.money import eur
from grants.models import Award
from grants.services.amendments import Decision, NotAmended
from reports.console import organisation_of
from reports.year.amendment import Effect, record_amendment, try_amendment

MOST = 999


class Command(Console):
    """New values of terms, with the day on which they were decided."""

    help = "Encode un avenant : nouvelles valeurs de termes, et leur effet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="BCE", help="numéro d'entreprise")
        parser.add_argument("--award", metavar="REF", help="référence de la subvention")
        parser.add_argument("--letter", metavar="REF", help="référence de la lettre de l'avenant")
        parser.add_argument("--decided-on", metavar="AAAA-MM-JJ", help="jour de la décision")
        parser.add_argument("--effective-on", metavar="AAAA-MM-JJ", help="premier jour d'effet")
        parser.add_argument("--reason", metavar="OBJET", help="ce que l'avenant change")
        parser.add_argument("--number", metavar="N", help="numéro (le suivant)")
        parser.add_argument(
            "--term", metavar="CODE=VALEUR", action="append", help="nouvelle valeur (répétable)"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="montre l'effet sans enregistrer"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        award = _award(options)
        decision = Decision(
            letter_reference=required("--letter", options["letter"]),
            decided_on=day("--decided-on", options["decided_on"]),
            effective_on=day("--effective-on", options["effective_on"]),
            reason=required("--reason", options["reason"]),
            number=_number(options["number"]),
        )
        record = try_amendment if options["dry_run"] else record_amendment
        try:
            found = record(award, decision, _terms(options["term"]), timezone.localdate())
        except NotAmended as error:
            raise refusal("\n".join(error.problems)) from error
        words = "aperçu, rien n'est enregistré" if options["dry_run"] else "enregistré"
        self.stdout.write(f"{award.reference}, avenant n° {found.amendment.number} : {words}.")
        for effect in found.effects:
            self.stdout.write(_effect(effect))


def _award(options: dict[str, Any]) -> Award:
    organisation = organisation_of(options["organisation"])
    reference = required("--award", options["award"])
    try:
        return organisation.awards.select_related("organisation").get(reference=reference)
    except Award.DoesNotExist:
        known = organisation.awards.order_by("reference").values_list("reference", flat=True)
        raise refusal(
            f"La subvention « {reference} » n'existe pas. Subventions de cette organisation : "
            f"{', '.join(known) or 'aucune'}."
        ) from None


def _number(written: str | None) -> int | None:
    if written is None:
        return None
    if not written.isascii() or not written.isdigit() or not 1 <= int(written) <= MOST:
        raise refusal(f"--number : « {written} » n'est pas un numéro d'avenant, de 1 à {MOST}.")
    return int(written)


def _terms(written: list[str] | None) -> dict[str, str]:
    terms: dict[str, str] = {}
    for pair in written or ():
        code, equals, value = pair.partition("=")
        if not equals:
            raise refusal(f"--term : « {pair} » ne s'écrit pas CODE=VALEUR.")
        if code.strip() in terms:
            raise refusal(f"--term : « {code.strip()} » est donné deux fois.")
        terms[code.strip()] = value
    return terms


def _effect(effect: Effect) -> str:
    return (
        f"{effect.year} : accordé {eur(effect.granted_before)} \u2192 {eur(effect.granted_after)}, "
        f"payable {eur(effect.payable_before)} \u2192 {eur(effect.payable_after)}"
    )
