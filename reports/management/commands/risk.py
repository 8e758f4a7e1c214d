"""`backoffice risk`: what awards may have to give back, and how right that would have been."""

from fractions import Fraction
from typing import Any

from django.core.management.base import CommandParser

from backoffice.engine import money
from backoffice.federation.console import Console, refusal
from backoffice.federation.models import Organisation
from reports.console import as_of, organisation_of, year_of
from reports.risk.back_test import Tested, back_test
from reports.risk.page import NoPayThatYear, Risk, page_of

_MONTHS = range(1, 13)
_TESTED = (3, 6, 9)
_TEN_THOUSAND = 10_000


class Command(Console):
    """The risk of one employer seen from a month, or the back-test of a closed year for all."""

    help = (
        "Dit ce que chaque subvention risque de devoir rendre, vu d'un mois ; avec --back-test, "
        "ce que la même projection aurait dit d'un exercice clos."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="BCE", help="numéro d'entreprise")
        parser.add_argument("--year", metavar="AAAA", help="exercice")
        parser.add_argument("--month", metavar="M", help="dernier mois de paie vu (1 à 12)")
        parser.add_argument("--as-of", metavar="AAAA-MM-JJ", help="connu à ce jour (aujourd'hui)")
        parser.add_argument(
            "--back-test", action="store_true", help="tous les employeurs, exercice clos"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        year, day = year_of(options["year"]), as_of(options["as_of"])
        if options["back_test"]:
            every = list(Organisation.objects.order_by("enterprise_number"))
            for one in back_test(every, year, _TESTED, day):
                self.stdout.write(_line(one))
            return
        organisation = organisation_of(options["organisation"])
        try:
            page = page_of(organisation, year, _month(options["month"]), day)
        except NoPayThatYear as error:
            raise refusal(str(error)) from error
        if page is None:
            raise refusal("Aucune paie n'est connue : importez d'abord l'année de paie.")
        self.stdout.write(f"{page.year}, vu au {page.seen_on:%d/%m/%Y}")
        for risk in page.risks:
            self.stdout.write(_risk(risk))


def _month(written: str | None) -> int | None:
    if written is None:
        return None
    if not written.isdecimal() or int(written) not in _MONTHS:
        raise refusal(f"--month : « {written} » n'est pas un mois de 1 à 12.")
    return int(written)


def _line(one: Tested) -> str:
    name = one.scheme or "toutes"
    return (
        f"mois {one.month} {name} : {one.awards} subventions, erreur moyenne "
        f"{_percent(one.mean)}, la plus grande {_percent(one.largest)}, dans la marge {one.within}"
    )


def _percent(ratio: Fraction) -> str:
    """A ratio as a percentage of two decimals."""
    return f"{money.text(money.round_ratio(ratio.numerator * _TEN_THOUSAND, ratio.denominator))} %"


def _risk(one: Risk) -> str:
    if one.granted is None or one.projected is None or one.lost is None:
        return f"{one.reference} : inconnu"
    words = (
        f"{one.reference} : accordé {money.text(one.granted)} EUR, serait payable "
        f"{money.text(one.projected)} EUR, en danger {money.text(one.lost)} EUR"
    )
    if one.band is not None:
        words += f", entre {money.text(one.band.low)} et {money.text(one.band.high)} EUR"
    return words
