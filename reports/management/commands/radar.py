"""`backoffice radar`: what several funders are asked to pay twice, in three words."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from backoffice.engine import money
from backoffice.engine.periods import month_text
from backoffice.federation.console import Console, refusal
from backoffice.federation.models import Organisation
from grants.stacking import TONE_WORDS, TONES
from reports.console import as_of, organisation_of, year_of
from reports.radar.content import Finding, Radar, ToneTotal, total_of
from reports.radar.search import federation_radar
from reports.radar.words import KINDS, claimant_text, radar_json, totals_json

FOUND = 3
"""Exit code when something forbidden was found; 0 when nothing was, 2 when refused."""


class Command(Console):
    """Looks at every worker-month and piece of a year over all funders, drafts and sent ones."""

    help = (
        "Cherche les doubles subventions d'un exercice (codes de sortie : 0 rien d'interdit, "
        "3 un cumul interdit, 2 demande refusée)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="BCE", help="numéro d'entreprise")
        parser.add_argument("--all", action="store_true", help="toutes les organisations")
        parser.add_argument("--year", metavar="AAAA", help="exercice")
        parser.add_argument("--as-of", metavar="AAAA-MM-JJ", help="connu à ce jour (aujourd'hui)")
        parser.add_argument("--json", action="store_true", help="écrit du JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"] == bool(options["organisation"]):
            raise refusal("Donnez --organisation BCE, ou --all pour toutes : l'un des deux.")
        chosen = (
            list(Organisation.objects.order_by("enterprise_number"))
            if options["all"]
            else [organisation_of(options["organisation"])]
        )
        day = as_of(options["as_of"])
        found = list(federation_radar(chosen, year_of(options["year"]), day))
        every = tuple(finding for one in found for finding in one.findings)
        totals = tuple(
            total_of(tone, tuple(one for one in every if one.tone == tone))
            for tone in reversed(TONES)
        )
        if options["json"]:
            self._json(found, totals, whole=options["all"])
        else:
            self._lines(found, totals, whole=options["all"])
        if totals[0].count:
            raise CommandError(_forbidden(totals[0]), returncode=FOUND)

    def _json(self, found: list[Radar], totals: tuple[ToneTotal, ...], *, whole: bool) -> None:
        listed = [radar_json(one) for one in found]
        everyone = {"totals": totals_json(totals), "organisations": listed}
        self.write_json(everyone if whole else listed[0])

    def _lines(self, found: list[Radar], totals: tuple[ToneTotal, ...], *, whole: bool) -> None:
        for one in found:
            if whole:
                counts = ", ".join(_total(total) for total in one.totals)
                self.stdout.write(f"{one.enterprise_number} : {counts}")
            for finding in () if whole else one.findings:
                self.stdout.write(_line(finding, one.year))
            if one.unknown:
                self.stdout.write(
                    f"{one.enterprise_number} : montant payable inconnu, aucun euro comparé : "
                    f"{', '.join(one.unknown)}"
                )
        self.stdout.write(f"total : {', '.join(_total(total) for total in totals)}")


def _total(total: ToneTotal) -> str:
    words = f"{TONE_WORDS[total.tone]['fr']} {total.count} ({money.text(total.amount)} EUR)"
    return f"{words} dont {total.unknown} inconnus" if total.unknown else words


def _line(finding: Finding, year: int) -> str:
    amount = "inconnu" if finding.amount is None else f"{money.text(finding.amount)} EUR"
    awards = " + ".join(claimant_text(one, year) for one, _amount in finding.claims)
    who = " = ".join((finding.who, *finding.others))
    words = TONE_WORDS[finding.tone]["fr"]
    month = month_text(finding.month)
    return f"{words} : {who} {month} {awards} {amount}. {KINDS[finding.kind]}. {finding.article}"


def _forbidden(total: ToneTotal) -> str:
    count = f"{total.count} cumuls interdits" if total.count > 1 else "1 cumul interdit"
    return f"{count} : {money.text(total.amount)} EUR à retirer d'une des subventions."
