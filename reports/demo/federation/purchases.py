"""What each service buys, by a list that every kind shares, and the people outside the payroll."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache

from backoffice.engine.money import times_one
from reports.demo.federation.names import person
from reports.demo.federation.plan import Employer, Service
from reports.demo.federation.services import ORGANIC
from reports.demo.journal import OWN, QUARTERLY, Journal, Key, Outsider, Purchase

COMMON_RANK = 91
INVOICES_A_YEAR = {90: 587, COMMON_RANK: 89}
"""By rank: the exact number of purchase invoices of the federation's two associations."""
_SPENDING = 4
_SIZE = (75, 130)
"""Prices of an employer, in percent of those of the list: between the two, drawn once."""
_MONTHS = 12
_WORKERS, _VISITS = 85, 12
_SPRING_AUTUMN = (2, 4, 6, 9, 10, 11)


@cache
def journal_of(employer: Employer) -> Journal:
    """The purchase journal of an employer: the same object at each call."""
    bought = [
        _resized(purchase, employer)
        for rank, service in enumerate(employer.services)
        for purchase in _of_service(employer, service, is_first=rank == 0)
    ]
    if employer.rank in INVOICES_A_YEAR:
        bought += _small_ones(INVOICES_A_YEAR[employer.rank] - sum(len(p.months) for p in bought))
    return Journal(
        seed=employer.chance(_SPENDING).getrandbits(32),
        purchases=tuple(bought),
        awards={
            _role(service, role): service.kind.references[role]
            for service in employer.services
            for role in service.roles
        },
        key_words={},
        planted=employer.planted,
    )


def _role(service: Service, role: str) -> str:
    return f"{service.code}:{role}"


def _resized(purchase: Purchase, employer: Employer) -> Purchase:
    percent = employer.chance(_SPENDING).randint(*_SIZE)
    return replace(purchase, price=times_one(purchase.price, Fraction(percent, 100)))


def _of_service(employer: Employer, service: Service, *, is_first: bool) -> Iterator[Purchase]:
    """What a service pays for itself; the first one also pays for the whole association."""
    main = _key(service, ORGANIC) if ORGANIC in service.roles else _key(service, service.roles[-1])
    second = _second(service) or main
    yield from _premises(service, main)
    if employer.rank != COMMON_RANK:
        yield from _activity(service, main, second)
    if is_first and not employer.is_federation:
        yield from _office(main)
    yield from _outsiders(employer, service, second)


def _key(service: Service, role: str) -> Key:
    return ((_role(service, role), Fraction(1)),)


def _second(service: Service) -> Key | None:
    """The project award that shares the running costs, when the service holds one."""
    found = [role for role in ("optional", "project") if role in service.roles]
    return _key(service, found[-1]) if found else None


def _premises(service: Service, main: Key) -> Iterator[Purchase]:
    code = service.code
    yield Purchase(1, "rent", code, f"Loyer du siège, {code}", 96_000, keys=(main,))
    yield Purchase(4, "energy", code, f"Gaz et électricité, {code}", 21_300, keys=(main,), swing=35)
    yield Purchase(5, "energy", code, f"Eau, {code}", 7_150, QUARTERLY, (main,), 15)
    yield Purchase(6, "telecom", code, f"Téléphone et internet, {code}", 11_240, keys=(main,))
    yield Purchase(8, "upkeep", code, f"Nettoyage, {code}", 26_140, keys=(main, OWN))
    if service.antennas:
        yield Purchase(2, "rent", code, f"Loyer des antennes, {code}", 54_000, keys=(main, OWN))


def _activity(service: Service, main: Key, second: Key) -> Iterator[Purchase]:
    code, both = service.code, (second, main)
    yield Purchase(
        17, "communication", code, f"Dépliants, {code}", 19_200, _SPRING_AUTUMN, both, 30
    )
    yield Purchase(18, "activities", code, f"Animation, {code}", 14_900, _SPRING_AUTUMN, both, 45)
    yield Purchase(19, "training", code, f"Formation, {code}", 27_000, _SPRING_AUTUMN, (main,), 25)
    yield Purchase(20, "supervision", code, f"Supervision, {code}", 22_000, QUARTERLY, (main,))
    yield Purchase(16, "travel", code, f"Déplacements, {code}", 9_800, _SPRING_AUTUMN, both, 40)


def _office(main: Key) -> Iterator[Purchase]:
    yield Purchase(7, "telecom", None, "Abonnements mobiles", 19_680, QUARTERLY, (main,), 10)
    yield Purchase(9, "office", None, "Fournitures de bureau", 8_600, keys=(main, OWN), swing=40)
    yield Purchase(10, "office", None, "Location du copieur", 9_370, QUARTERLY, (main,), 20)
    yield Purchase(11, "software", None, "Licences du dossier social", 38_940, QUARTERLY, (main,))
    yield Purchase(12, "software", None, "Hébergement de données", 8_712, QUARTERLY, (OWN,))
    yield Purchase(13, "fees", None, "Comptabilité du trimestre", 96_800, QUARTERLY, (main,))
    yield Purchase(14, "fees", None, "Contrôle des comptes annuels", 121_000, (5,), (OWN,))
    yield Purchase(15, "insurance", None, "Responsabilité civile", 34_350, (1, 7), (main,))
    yield Purchase(22, "equipment", None, "Petit équipement", 48_000, (3, 10), (OWN,), 25)
    yield Purchase(23, "activities", None, "Livres et abonnements", 4_150, keys=(OWN,), swing=35)
    yield Purchase(25, "activities", None, "Accueil de l'assemblée", 12_600, (6,), (OWN,), 20)


def _outsiders(employer: Employer, service: Service, key: Key) -> Iterator[Purchase]:
    """One kind of people outside the payroll for each service: interim, fees or volunteers."""
    name = person(employer.rank * 100 + _WORKERS)
    code, pick = service.code, employer.rank % 3
    if pick == 0:
        who = Outsider(name, "reception", 7_600)
        yield Purchase(
            27,
            "interim",
            code,
            f"Intérim à l'accueil, {code}",
            248_000,
            (3, 4),
            (key,),
            outsider=who,
        )
    elif pick == 1:
        who = Outsider(name, "legal", 400)
        yield Purchase(
            26, "staff_fees", code, f"Permanence juridique, {code}", 36_000, QUARTERLY, (key,),
            outsider=who,
        )  # fmt: skip
    else:
        who = Outsider(name, "community")
        yield Purchase(
            28, "volunteers", code, f"Défraiement de volontaire, {code}", 12_200, QUARTERLY, (key,),
            outsider=who,
        )  # fmt: skip


def _small_ones(count: int) -> list[Purchase]:
    """Small purchases on own funds until the year has exactly its number of invoices."""
    whole, rest = divmod(count, _MONTHS)
    months = [tuple(range(1, _MONTHS + 1))] * whole + [tuple(range(1, rest + 1))]
    return [
        Purchase(24, "telecom", None, f"Envois postaux, lot {lot}", 2_350, each, (OWN,), 30)
        for lot, each in enumerate(months, start=1)
        if each
    ]
