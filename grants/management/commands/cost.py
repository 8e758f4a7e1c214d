"""`backoffice cost`: what a contract will cost its employer in a year, item by item."""

from datetime import date
from typing import Any

from django.core.management.base import CommandParser

from backoffice.engine.employer.projection import Projection
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.indexation import UnknownRegime
from backoffice.engine.money import text
from backoffice.engine.periods import month_text
from backoffice.engine.sheet import EUR, uses_of
from backoffice.federation.console import Console, day, positive_decimal, refusal, required
from grants.employer_cost import NoDay, PlannedContract, projected_year
from grants.selectors import figures_registry, index_tables_of

_YEAR_DIGITS = 4


class Command(Console):
    """The projected cost of one contract, in a table or in JSON, with the figures it rests on."""

    help = "Coût projeté d'un contrat pour une année, poste par poste."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", help="barème, par exemple 332.00.20-ADMIN")
        parser.add_argument("--column", help="colonne du barème, par exemple gradue")
        parser.add_argument("--seniority-since", metavar="DATE", help="ancienneté depuis ce jour")
        parser.add_argument("--hours", default="38", help="heures par semaine (Q)")
        parser.add_argument("--full-time", default="38", help="heures d'un temps plein (S)")
        parser.add_argument("--regime", help="régime d'indexation, par exemple private_m2")
        parser.add_argument("--sector", help="secteur de la prime de fin d'année : 332_cocof...")
        parser.add_argument("--from", dest="first", metavar="DATE", help="début du contrat")
        parser.add_argument("--to", dest="last", metavar="DATE", help="fin du contrat")
        parser.add_argument("--year", metavar="AAAA", help="année à projeter")
        parser.add_argument("--manual", action="store_true", help="ouvrier")
        parser.add_argument("--acs", action="store_true", help="poste ACS (réduction G7)")
        parser.add_argument("--allowance", choices=["foyer", "residence"], default="")
        parser.add_argument("--json", action="store_true", help="réponse en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        year = required("--year", options["year"])
        if not (year.isdigit() and len(year) == _YEAR_DIGITS):
            raise refusal(f"--year : « {year} » n'est pas une année écrite AAAA.")
        registry = figures_registry()
        try:
            found = projected_year(
                _contract(options), int(year), registry, index_tables_of(registry)
            )
        except (FigureNotDefined, UnknownRegime, NoDay) as error:
            raise refusal(str(error)) from error
        if options["json"]:
            self.write_json(_answer(found))
        else:
            self._table(found)

    def _table(self, found: Projection) -> None:
        """One line a month, the year's total, then what is not known."""
        columns = [column for column in found.sheet.columns if column.unit == EUR]
        width = max(len(column.name) for column in columns)
        for column in columns:
            self.stdout.write(
                f"{column.name:<{width}}  {column.label['fr']:<46} {_sum(found, column.name):>14}"
            )
        for error in found.missing:
            self.stdout.write(f"non compté : {error.message}")


def _sum(found: Projection, name: str) -> str:
    return text(found.sheet.total(name))


def _contract(options: dict[str, Any]) -> PlannedContract:
    hours, full_time = (
        _hundredths(option, options[name])
        for option, name in (("--hours", "hours"), ("--full-time", "full_time"))
    )
    if hours > full_time:
        raise refusal(f"--hours : {options['hours']} h dépassent le temps plein.")
    return PlannedContract(
        scale=required("--scale", options["scale"]),
        column=required("--column", options["column"]),
        seniority_since=day("--seniority-since", options["seniority_since"]),
        hours=hours,
        full_time=full_time,
        regime=required("--regime", options["regime"]),
        sector=required("--sector", options["sector"]),
        starts_on=_day_or(options["first"], "--from", date.min) or date.min,
        ends_on=_day_or(options["last"], "--to", None),
        manual=options["manual"],
        targeted=options["acs"],
        allowance=options["allowance"],
    )


def _hundredths(option: str, written: str) -> int:
    value = positive_decimal(option, written) * 100
    if value.denominator != 1:
        raise refusal(f"{option} : « {written} » a plus de deux décimales.")
    return value.numerator


def _day_or(written: str | None, option: str, absent: date | None) -> date | None:
    return day(option, written) if written else absent


def _answer(found: Projection) -> dict[str, Any]:
    """The months, the total and the figures, amounts as text with two decimals."""
    amounts = [column for column in found.sheet.columns if column.unit == EUR]
    months = found.sheet["month"].values
    return {
        "months": [
            {
                "month": month_text(int(month)),
                **{column.name: column.text(row) for column in amounts},
            }
            for row, month in enumerate(months)
        ],
        "total": {column.name: _sum(found, column.name) for column in amounts},
        "not_counted": [{"code": error.code, "why": error.message} for error in found.missing],
        "figures": [
            {
                "code": use.code,
                "since": use.since.isoformat(),
                "value": use.text,
                "status": use.status,
                "source": use.source,
            }
            for use in uses_of([found.sheet])
        ],
    }
