"""`backoffice openings`: the balances taken on one day, their totals, and what is wrong."""

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from backoffice.engine import money
from backoffice.federation.console import Console, day, refusal
from backoffice.web.templatetags.money import day as day_words
from reports.console import organisation_of
from reports.documents.words import LEVELS
from reports.year.openings import OpeningLine, Openings, opening_days, openings_of


class Command(Console):
    """Opening balances by account, checked; exit code 2 when one of them is wrong."""

    help = "Liste les soldes d'ouverture repris un jour, par compte, et les contrôle."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="BCE", help="numéro d'entreprise")
        parser.add_argument("--on", metavar="AAAA-MM-JJ", help="jour de la reprise")
        parser.add_argument("--json", action="store_true", help="écrit la liste en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = organisation_of(options["organisation"])
        on_day = day("--on", options["on"])
        found = openings_of(organisation, on_day)
        if not found.lines:
            known = ", ".join(day_words(one) for one in opening_days(organisation))
            absent = "aucun, importez-les avec la feuille « Soldes d'ouverture » du classeur"
            raise refusal(
                f"Aucun solde d'ouverture au {day_words(on_day)}. Jours repris : {known or absent}."
            )
        if options["json"]:
            self.write_json(_json(found))
        else:
            self.stdout.write("\n".join(_text(found)))
        errors = [one for one in found.findings if one.level == "error"]
        if errors:
            lines = [f"- {one.code} {one.message}".replace("-  ", "- ") for one in errors]
            raise refusal("\n".join(["Soldes d'ouverture à corriger :", *lines]))


def _text(found: Openings) -> list[str]:
    lines = [f"Soldes d'ouverture au {day_words(found.on_day)} (EUR)", ""]
    lines += [_row(line) for line in found.lines]
    lines += ["", f"{'Compte':<10}{'Débit':>16}{'Crédit':>16}  Intitulé"]
    for total in found.totals:
        debit, credit = money.text(total.debit), money.text(total.credit)
        lines.append(f"{total.account:<10}{debit:>16}{credit:>16}  {total.label}")
    debit = money.text(sum(total.debit for total in found.totals))
    credit = money.text(sum(total.credit for total in found.totals))
    lines.append(f"{'Total':<10}{debit:>16}{credit:>16}")
    shown = [one for one in found.findings if one.level != "error"]
    if shown:
        lines.append("")
    lines += [f"{LEVELS[one.level]} : {one.code} {one.message}".replace("  ", " ") for one in shown]
    return lines


def _row(line: OpeningLine) -> str:
    about = f"  {line.award} {line.year}" if line.award else ""
    left = "" if line.left is None else f"  reste {money.text(line.left)}"
    return (
        f"{line.code:<14}{line.account:<10}{money.text(line.amount):>16}  {line.label}{about}{left}"
    )


def _json(found: Openings) -> dict[str, Any]:
    cents = ("amount", "received_since", "left", "debit", "credit")
    return {
        "format": "openings",
        "format_version": 1,
        "on_day": found.on_day.isoformat(),
        "complete": found.complete,
        "difference": money.text(found.difference),
        **{
            name: [
                {
                    key: money.text(value) if key in cents and value is not None else value
                    for key, value in asdict(one).items()
                }
                for one in getattr(found, name)
            ]
            for name in ("lines", "totals", "findings")
        },
    }
