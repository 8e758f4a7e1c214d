"""`backoffice figure CODE --on DATE`: the value of a legal figure, with its source."""

from typing import Any

from django.core.management.base import CommandParser

from backoffice.engine.figures import FigureNotDefined, FigureValue
from backoffice.engine.money import text
from backoffice.federation.console import Console, day, refusal, required
from backoffice.federation.vocabulary import FigureStatus
from grants.scheme import SchemeNotInForce, schemes
from grants.selectors import figures_registry


class Command(Console):
    """Prints one figure as in force on a day, and as known on another."""

    help = "Affiche une valeur de référence en vigueur un jour donné, avec sa source."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", nargs="?", help="par exemple employer.onss_category_2")
        parser.add_argument("--on", metavar="AAAA-MM-JJ", help="jour en vigueur")
        parser.add_argument("--known-on", metavar="AAAA-MM-JJ", help="telle que connue ce jour")
        parser.add_argument("--json", action="store_true", help="réponse en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        code = required("CODE", options["code"])
        on = day("--on", options["on"])
        known_on = day("--known-on", options["known_on"]) if options["known_on"] else None
        figures = figures_registry()
        scheme = schemes().get(code.partition(".")[0])
        try:
            value = figures.on(code, on, known_on)
            if scheme is not None:
                scheme.must_be_in_force(on)
        except (FigureNotDefined, SchemeNotInForce) as error:
            raise refusal(str(error)) from error
        figure = figures[code]
        answer = {
            "code": code,
            "label": dict(figure.label),
            "on": on.isoformat(),
            "known_on": known_on.isoformat() if known_on else None,
            "value": _printed(value, figure.unit),
            "unit": figure.unit,
            **_about(value),
        }
        if options["json"]:
            self.write_json(answer)
        else:
            self._print(answer, value)

    def _print(self, answer: dict[str, Any], value: FigureValue) -> None:
        decided = value.decided.isoformat() if value.decided else "jour inconnu"
        until = f", jusqu'au {value.until} exclu" if value.until else ""
        source = " ".join(part for part in (value.source.title, value.source.url) if part)
        self.stdout.write(f"{answer['code']} : {answer['label']['fr']}")
        self.stdout.write(f"  valeur    {answer['value']} {answer['unit']}")
        self.stdout.write(f"  en vigueur depuis le {value.since}{until}")
        self.stdout.write(f"  décidée   {decided}")
        self.stdout.write(f"  statut    {FigureStatus(value.status).label}")
        self.stdout.write(f"  source    {source}")
        self.stdout.write(f"  vérifiée  {answer['source']['verified'] or 'jour inconnu'}")
        for part in (value.article, value.note):
            if part:
                self.stdout.write(f"  remarque  {part}")


def _printed(value: FigureValue, unit: str) -> str:
    """As published; an amount in EUR shows at least its two decimals."""
    if unit.startswith("EUR") and (value.exact * 100).denominator == 1:
        return text(int(value.exact * 100))
    return value.text


def _about(value: FigureValue) -> dict[str, Any]:
    source = value.source
    return {
        "since": value.since.isoformat(),
        "until": value.until.isoformat() if value.until else None,
        "decided": value.decided.isoformat() if value.decided else None,
        "status": value.status,
        "origin": value.origin,
        "article": value.article,
        "note": value.note,
        "source": {
            "title": source.title,
            "url": source.url,
            "verified": source.verified.isoformat() if source.verified else None,
        },
    }
