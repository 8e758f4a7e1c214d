"""What goes to the accounts: the sales of a year, the opening balances, the next applications."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from backoffice.engine.money import euros
from backoffice.engine.periods import next_business_day
from reports.demo.federation.amounts import announced, year_cost
from reports.demo.federation.awards import LABELS, granted_awards
from reports.demo.federation.payments import AS_OF
from reports.demo.federation.plan import Employer
from reports.demo.federation.services import JOBS, MARIBEL
from reports.demo.federation.staff import workers
from reports.demo.plans import NEXT_YEAR, Asked
from reports.demo.rows import YEARS, Row

SALES_A_YEAR = {90: 50, 91: 18}
"""By rank: the exact number of sales invoices of the federation's two associations."""
_SALES, _OPENING = 8000, 9000
_FEW = (2, 6)
_SALES_ACCOUNT = "700"
_SOLD = ("Journée de formation", "Mise à disposition de salle", "Animation d'un atelier")
_OPENING_DAY = date(YEARS[0] - 1, 12, 31)
_WITH_OPENING = 8
"""One employer in eight took its balances on when it started with the product."""


def sale_rows(employer: Employer, year: int) -> Sequence[Row]:
    """The sales invoices of a year, in order of day."""
    chance = employer.chance(_SALES + year)
    count = SALES_A_YEAR.get(employer.rank) or chance.randint(*_FEW)
    first = date(year, 1, 1)
    days = sorted(first + timedelta(days=chance.randrange(350)) for _ in range(count))
    return [
        _sale(f"V{year}-{rank:03d}", day, chance.choice(_SOLD), chance.randint(8, 90))
        for rank, day in enumerate(days, start=1)
    ]


def _sale(number: str, issued_on: date, words: str, tens: int) -> Row:
    """A sale of a multiple of 12.50 EUR, paid a month later unless that is still to come."""
    paid_on = next_business_day(issued_on + timedelta(days=20 + tens % 25))
    is_paid = paid_on <= AS_OF and tens % 20 != 0
    return {
        "number": number,
        "customer": f"DEMO Client {tens % 12 + 1}",
        "issued_on": issued_on,
        "description": f"DEMO {words}",
        "account": _SALES_ACCOUNT,
        "amount": euros(tens * 1250),
        "received_on": paid_on if is_paid else None,
        "payment_reference": f"BANQUE-DEMO-{number}" if is_paid else None,
    }


def opening_rows(employer: Employer, year: int) -> Sequence[Row]:
    """The balances that open the first year, for a few employers: they add up to nothing."""
    if year != YEARS[0] or employer.rank % _WITH_OPENING:
        return []
    rows = list(_balances(employer))
    equity = -sum(amount for *_, amount in rows)
    return [
        _opening(f"O{rank:02d}", *row)
        for rank, row in enumerate(
            [*rows, ("100", "Fonds de l'association", None, equity)], start=1
        )
    ]


def _balances(employer: Employer) -> Iterator[tuple[str, str, str | None, int]]:
    """Account, words, award and cents, debit positive."""
    chance = employer.chance(_OPENING)
    yield "55", "Compte à vue", None, chance.randint(20_000_00, 90_000_00)
    for award in granted_awards(employer):
        if award.role == MARIBEL:
            due = announced(employer, award, YEARS[0]) // 10
            yield "413", "Solde Maribel à recevoir", award.reference, due
        elif award.role == JOBS:
            back = -chance.randint(400_00, 2_400_00)
            yield "167", "Trop-perçu à rembourser", award.reference, back
    holiday = sum(year_cost(worker, YEARS[0]) for worker in workers(employer)) // 9
    yield "456", "Provision pour pécules de vacances", None, -holiday
    yield "440", "Fournisseurs", None, -chance.randint(2_000_00, 9_000_00)


def _opening(code: str, account: str, words: str, award: str | None, amount: int) -> Row:
    return {
        "code": code,
        "on_day": _OPENING_DAY,
        "account": account,
        "label": f"DEMO {words}",
        "award": award,
        "year": None if award is None else _OPENING_DAY.year,
        "amount": euros(amount),
        "evidence": f"BILAN-DEMO-{_OPENING_DAY.year}",
    }


@cache
def asked(employer: Employer) -> tuple[Asked, ...]:
    """The awards of the last year, asked again for the next one."""
    last = YEARS[-1]
    return tuple(
        Asked(
            reference=f"DEM-{award.reference.removesuffix(f'-{last}')}-{NEXT_YEAR}",
            approval=award.service.code,
            scheme=award.scheme,
            label=LABELS[award.role],
            announced=announced(employer, award, last),
            is_fixed=award.year is None,
        )
        for award in granted_awards(employer)
        if last in award.exercises()
    )
