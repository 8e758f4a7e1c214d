"""`backoffice index smoothed|events|apply`: the index replayed, and what it does to a wage."""

from datetime import date
from fractions import Fraction
from typing import Any

from django.core.management.base import CommandParser

from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.index_series import IndexTables, Smoothed, smoothed
from backoffice.engine.indexation import (
    IndexEvent,
    Move,
    OutsideKnown,
    UnknownRegime,
    apply_events,
    events_between,
    known_days,
    wholly_known,
)
from backoffice.engine.money import AmountTooBig, NotMoney, cents, text
from backoffice.engine.periods import NotAMonth, end_of_month, month_start, month_text, parse_month
from backoffice.federation.console import (
    Console,
    day,
    decimal_text,
    positive_decimal,
    refusal,
    required,
)
from backoffice.federation.vocabulary import FigureStatus
from backoffice.figures.index_tables import index_tables
from grants.selectors import figures_registry

ACTIONS = ("smoothed", "events", "apply")
ORIGINS = {"published": "publié", "statutory": "bloqué par la loi", "computed": "calculé"}


class Command(Console):
    """Three questions to the index; each answers in French, or in JSON."""

    help = "Indice lissé d'un mois, événements d'un régime, ou leur effet sur un salaire."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", nargs="?", metavar="|".join(ACTIONS))
        parser.add_argument("--month", metavar="AAAA-MM", help="smoothed : le mois")
        parser.add_argument("--regime", help="events, apply : par exemple private_m2")
        parser.add_argument("--from", dest="first", metavar="DEBUT", help="mois ou jour, compris")
        parser.add_argument("--to", dest="last", metavar="FIN", help="mois ou jour, compris")
        parser.add_argument("--amount", help="apply : brut mensuel en EUR avant le premier index")
        parser.add_argument("--fte", help="apply : temps de travail, de 0 exclu à 1")
        parser.add_argument("--json", action="store_true", help="réponse en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        action = options["action"]
        if action not in ACTIONS:
            raise refusal(f"Précisez la question posée à l'index : {', '.join(ACTIONS)}.")
        answer = {"smoothed": self._smoothed, "events": self._events, "apply": self._apply}[action]
        try:
            answer(options)
        except (FigureNotDefined, OutsideKnown, UnknownRegime) as error:
            raise refusal(str(error)) from error

    def _smoothed(self, options: dict[str, Any]) -> None:
        month = _month("--month", options["month"])
        index = smoothed(_tables(), month)
        if options["json"]:
            self.write_json(_smoothed_json(index))
            return
        value, computed = _two(index.value), _two(index.computed)
        self.stdout.write(
            f"Indice santé lissé de {month_text(index.month)} : {value} (base {index.base}), "
            f"{ORIGINS[index.origin]}, {FigureStatus(index.status).label}. Source : {index.source}."
        )
        if index.differs:
            self.stdout.write(f"  notre calcul donne {computed} : la valeur publiée l'emporte.")

    def _events(self, options: dict[str, Any]) -> None:
        regime = required("--regime", options["regime"])
        first = month_start(_month("--from", options["first"]))
        last = end_of_month(month_start(_month("--to", options["last"])))
        _in_order(first, last, options)
        tables = _tables()
        since, until = known_days(tables, regime)
        if last < since or first > until:
            wholly_known(tables, regime, first, last)
        events = events_between(tables, regime, first, last)
        if options["json"]:
            self.write_json(
                {
                    "regime": regime,
                    "known_from": since.isoformat(),
                    "known_until": until.isoformat(),
                    "events": [_event_json(e) for e in events],
                }
            )
            return
        self.stdout.write(f"Régime {regime} : {len(events)} index du {first} au {last}.")
        if first < since or last > until:
            self.stdout.write(f"  Connus du {since} au {until} seulement : le reste est inconnu.")
        for event in events:
            self.stdout.write(f"  {_event_line(event)}")

    def _apply(self, options: dict[str, Any]) -> None:
        regime = required("--regime", options["regime"])
        amount, fte = _amount(options["amount"]), _fte(options["fte"])
        first, last = day("--from", options["first"]), day("--to", options["last"])
        _in_order(first, last, options)
        tables = _tables()
        wholly_known(tables, regime, first, last)
        events = events_between(tables, regime, first, last)
        try:
            moves = apply_events(amount, fte, events)
        except AmountTooBig as error:
            raise refusal(str(error)) from error
        final = moves[-1].after if moves else amount
        if options["json"]:
            self.write_json(
                {
                    "regime": regime,
                    "fte": decimal_text(fte),
                    "from": first.isoformat(),
                    "to": last.isoformat(),
                    "before": text(amount),
                    "after": text(final),
                    "events": [_move_json(move) for move in moves],
                }
            )
            return
        self.stdout.write(f"Brut mensuel avant le {first} : {text(amount)} EUR")
        for move in moves:
            step = f"{text(move.before)} -> {text(move.after)} EUR"
            self.stdout.write(f"  {_event_line(move.event)} : {step}")
        self.stdout.write(f"Brut mensuel au {last} : {text(final)} EUR")


def _tables() -> IndexTables:
    return index_tables(figures_registry())


def _month(option: str, written: str | None) -> int:
    try:
        return parse_month(required(option, written))
    except NotAMonth as error:
        raise refusal(f"{option} : {error}") from error


def _amount(written: str | None) -> int:
    try:
        amount = cents(required("--amount", written).strip().replace(",", "."))
    except (NotMoney, AmountTooBig) as error:
        raise refusal(f"--amount : {error}") from error
    if amount <= 0:
        raise refusal(f"--amount : « {written} » n'est pas un montant supérieur à 0.")
    return amount


def _fte(written: str | None) -> Fraction:
    fte = positive_decimal("--fte", written)
    if fte > 1:
        raise refusal(f"--fte : « {written} » dépasse un temps plein (1).")
    return fte


def _in_order(first: date, last: date, options: dict[str, Any]) -> None:
    if first > last:
        raise refusal(f"--from {options['first']} est après --to {options['last']}.")


def _two(value: Fraction | None) -> str | None:
    return None if value is None else text(cents(f"{decimal_text(value)}"))


def _smoothed_json(index: Smoothed) -> dict[str, Any]:
    return {
        "month": month_text(index.month),
        "base": index.base,
        "value": _two(index.value),
        "computed": _two(index.computed),
        "kind": index.origin,
        "differs": index.differs,
        "status": index.status,
        "source": index.source,
    }


def _event_json(event: IndexEvent) -> dict[str, Any]:
    return {
        "n": event.n,
        "pivot": _two(event.pivot),
        "base": event.base,
        "crossed": None if event.crossed is None else month_text(event.crossed),
        "effective": event.effective.isoformat(),
        "rate": decimal_text(event.rate),
        "cap": None if event.cap is None else text(event.cap),
        "capped_rate": decimal_text(event.capped_rate),
        "status": event.status,
    }


def _move_json(move: Move) -> dict[str, Any]:
    before, after = text(move.before), text(move.after)
    return {**_event_json(move.event), "before": before, "after": after}


def _event_line(event: IndexEvent) -> str:
    pivot = (
        ""
        if event.pivot is None or event.crossed is None
        else f", pivot {_two(event.pivot)} ({event.base}) franchi en {month_text(event.crossed)}"
    )
    rate = decimal_text(event.rate * 100)
    cap = "" if event.cap is None else f", plafonné à {text(event.cap)} EUR par mois"
    unknown = ", plafond inconnu" if event.missing else ""
    number = "" if event.n is None else f"index {event.n}, "
    status = FigureStatus(event.status).label
    return f"{event.effective} : {number}{rate} %{pivot}{cap}{unknown} [{status}]"
