"""`backoffice explain`: how the amounts of one worker-month come about, step by step."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandParser

from backoffice.engine.periods import NotAMonth, month_text, parse_month
from backoffice.engine.sheet import Step
from backoffice.federation.console import Console, refusal, required
from backoffice.web.templatetags.money import day, spaced
from backoffice.web.templatetags.money import month as month_words
from reports.console import add_award_arguments, dossier_asked
from reports.documents.words import STATUSES, figure_text, rule_text
from reports.dossier import Dossier, StaffLine

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Command(Console):
    """Prints the rows of the sheet for one worker and month."""

    help = "Explique, pas à pas, les montants d'un travailleur pour un mois."

    def add_arguments(self, parser: CommandParser) -> None:
        add_award_arguments(parser)
        parser.add_argument("--worker", metavar="N°", help="numéro du travailleur")
        parser.add_argument("--month", metavar="AAAA-MM", help="mois")
        parser.add_argument("--json", action="store_true", help="réponse en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = required("--worker", options["worker"])
        try:
            month = parse_month(required("--month", options["month"]))
        except NotAMonth as error:
            raise refusal(f"--month : {error}") from error
        dossier = dossier_asked(options)
        lines = [line for line in dossier.staff if (line.worker, line.month) == (worker, month)]
        if not lines:
            raise refusal(_nothing(dossier, worker, options["month"]))
        if options["json"]:
            self.write_json({"lines": [_as_json(dossier, line) for line in lines]})
            return
        for line in lines:
            self._print(dossier, line)

    def _print(self, dossier: Dossier, line: StaffLine) -> None:
        self.stdout.write(
            f"{dossier.cover.reference}, {line.worker}, {month_words(line.month)}, "
            f"poste {line.post}"
        )
        for step in dossier.staff_sheet.explain(line.row):
            unit = {"EUR": "EUR", "hours": "h", "days": "jours"}.get(step.unit, "")
            self.stdout.write(f"  {step.label['fr']:<58}{_french(step.text):>16} {unit}".rstrip())
            for detail in _details(step):
                self.stdout.write(f"      {detail}")


def _details(step: Step) -> Iterator[str]:
    if step.rule:
        yield f"= {rule_text(step.rule)}"
    use = step.figure
    if use is not None:
        decided = f"décidé le {day(use.decided)}" if use.decided else "jour de décision inconnu"
        yield (
            f"{use.code} : {figure_text(use)}, depuis le {day(use.since)} ({decided}), "
            f"{STATUSES[use.status]}"
        )
        yield f"source : {use.source}"


def _french(text: str) -> str:
    """A number of the sheet as French writes it; an exact fraction stays one."""
    return spaced(text) if _NUMBER.fullmatch(text) else text


def _as_json(dossier: Dossier, line: StaffLine) -> dict[str, Any]:
    return {
        "award": dossier.cover.reference,
        "worker": line.worker,
        "month": month_text(line.month),
        "post": line.post,
        "steps": [
            {
                "name": step.name,
                "label": dict(step.label),
                "unit": step.unit,
                "value": step.text,
                "rule": step.rule,
                "figure": None
                if step.figure is None
                else {
                    "code": step.figure.code,
                    "value": step.figure.text,
                    "since": step.figure.since.isoformat(),
                    "decided": step.figure.decided.isoformat() if step.figure.decided else None,
                    "status": step.figure.status,
                    "source": step.figure.source,
                },
            }
            for step in dossier.staff_sheet.explain(line.row)
        ],
    }


def _nothing(dossier: Dossier, worker: str, month: str) -> str:
    workers = sorted({line.worker for line in dossier.staff})
    months = sorted({month_text(line.month) for line in dossier.staff if line.worker == worker})
    if not months:
        known = ", ".join(workers) or "aucun"
        return f"{worker} n'est pas dans {dossier.cover.reference} : travailleurs {known}."
    return (
        f"{worker} n'a rien en {month} dans {dossier.cover.reference} : mois {', '.join(months)}."
    )
