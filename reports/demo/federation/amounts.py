"""The invented amounts of the letters: most follow from the real cost, a little below it."""

from fractions import Fraction
from functools import cache
from random import Random

from backoffice.engine.money import cents, times_one
from backoffice.engine.periods import year_period
from reports.demo.careers import Worker
from reports.demo.federation.awards import Granted, granted_awards
from reports.demo.federation.funding import Share, shares_of
from reports.demo.federation.plan import Employer
from reports.demo.federation.purchases import journal_of
from reports.demo.journal import invoices_of
from reports.demo.pay import pay_items
from reports.demo.truth import AMENDED_AWARD, RETROACTIVE_INDEX
from reports.demo.working_time import line_days

_AMOUNTS = 1000
_HUNDRED_EUROS = 100_00
PART_GRANTED = (97, 100)
"""Percent of the real cost that a yearly grant covers: between the two, drawn for each award."""

CEILINGS = {
    "332": {2023: "45500.00", 2024: "47200.00", 2025: "48600.00"},
    "330": {2023: "44800.00", 2024: "46300.00", 2025: "47500.00"},
    "319": {2023: "45100.00", 2024: "46700.00", 2025: "47900.00"},
    "329.02": {2023: "44300.00", 2024: "45900.00", 2025: "47100.00"},
}
PREMIUMS = {2023: "43200.00", 2024: "44880.00", 2025: "46080.00"}
PREMIUM_RATE = "95 %"
FLAT_AMOUNTS = {
    "wallonia_css": {2023: "76400.00", 2024: "80200.00", 2025: "81900.00"},
    "wallonia_saspp": {2023: "33500.00", 2024: "34200.00", 2025: "34900.00"},
}
LIQUIDATION_RATE = "92 %"
APE_RATES = {2023: Fraction(699, 10_000), 2024: Fraction(404, 10_000), 2025: Fraction(25, 1000)}
APE_PREMIUMS = {2023: Fraction(484, 10_000), 2024: Fraction(0), 2025: Fraction(0)}
APE_2025 = "2.5 %"
"""By fund or scheme and year, in EUR or as the letter writes a rate; APE rates of 2023 and 2024
are the published ones, that of 2025 is the demonstration's own. A premium is that of the
convention: it is not the one of the first employer."""


@cache
def granted_text(employer: Employer, award: Granted) -> str:
    """The amount first granted for the one exercise of a yearly award, in EUR."""
    year = award.exercises()[0]
    chance = _chance(employer, award)
    cost = staff_cost(employer, award, year) + invoice_cost(employer, award, year)
    part = Fraction(chance.randint(*PART_GRANTED), 100)
    return f"{_rounded(times_one(cost, part)) // 100}.00"


@cache
def base_amount(employer: Employer, award: Granted) -> str:
    """The base of an APE decision, in EUR: most of the cost of 2023 once indexed."""
    part = Fraction(_chance(employer, award).randint(93, 99), 100) / (1 + APE_RATES[2023])
    return f"{_rounded(times_one(staff_cost(employer, award, 2023), part)) // 100}.00"


def units(award: Granted) -> int:
    """What a flat amount is multiplied by: FTE of a CSS in hundredths, else seat and antennas."""
    if award.scheme == "wallonia_saspp":
        return (1 + award.service.antennas) * 100
    seats = award.service.seats
    return sum(percent for seat in seats for role, percent in seat.shares if role == award.role)


def announced(employer: Employer, award: Granted, year: int) -> int:
    """Cents that the funder announces for an exercise, its later decisions included."""
    scheme = award.scheme
    if scheme == "maribel":
        ceiling = CEILINGS[award.service.kind.joint_committee][year]
        return _per_fte(employer, award, cents(_decided(employer, award, year) or ceiling))
    if scheme == "acs":
        premium = times_one(cents(PREMIUMS[year]), Fraction(95, 100))
        return _per_fte(employer, award, premium)
    if scheme == "ape":
        return _indexed(employer, award, year)
    if scheme in FLAT_AMOUNTS:
        right = cents(FLAT_AMOUNTS[scheme][year]) * Fraction(units(award), 100)
        return times_one(1, right * Fraction(92, 100))
    return cents(_raised(employer, award) or granted_text(employer, award))


def _per_fte(employer: Employer, award: Granted, amount: int) -> int:
    percent = sum(share.percent for share in shares_of(employer) if share.award is award)
    return times_one(amount, Fraction(percent, 100))


def _indexed(employer: Employer, award: Granted, year: int) -> int:
    base, factor = cents(base_amount(employer, award)), Fraction(1)
    for each, rate in APE_RATES.items():
        if each <= year:
            factor *= 1 + rate
    return times_one(base, factor) + times_one(base, APE_PREMIUMS[year])


def _decided(employer: Employer, award: Granted, year: int) -> str:
    """The amount of a planted retroactive decision, if any."""
    return _value(employer, RETROACTIVE_INDEX, award.reference, year)


def _raised(employer: Employer, award: Granted) -> str:
    return _value(employer, AMENDED_AWARD, award.reference, award.exercises()[0])


def _value(employer: Employer, kind: str, reference: str, year: int) -> str:
    found = [
        fact.value
        for fact in employer.planted
        if (fact.kind, fact.year) == (kind, year) and reference in fact.awards
    ]
    return found[0] if found else ""


def staff_cost(employer: Employer, award: Granted, year: int) -> int:
    """Cents of real pay of the year on the hours that the award pays."""
    mine = [share for share in shares_of(employer) if share.award is award]
    return sum(_share_cost(share, year) for share in mine)


def _share_cost(share: Share, year: int) -> int:
    part = Fraction(share.percent, share.job.seat.percent)
    people = {stay.worker for stay in share.job.stays}
    return times_one(sum(year_cost(worker, year) for worker in people), part)


@cache
def year_cost(worker: Worker, year: int) -> int:
    """Cents of pay of a worker in a year, every item."""
    return sum(
        sum(pay_items(worker, month).values())
        for month in year_period(year).months()
        if any(line_days(line, month).days for line in worker.lines)
    )


def invoice_cost(employer: Employer, award: Granted, year: int) -> int:
    """Cents of the year's invoices put on the award, credit notes deducted."""
    return sum(
        times_one(invoice.amount, share)
        for invoice in invoices_of(journal_of(employer), year)
        for reference, share in invoice.shares
        if reference == award.reference
    )


def _chance(employer: Employer, award: Granted) -> Random:
    """Draws of one award, by its place in the list."""
    return employer.chance(_AMOUNTS + granted_awards(employer).index(award))


def _rounded(amount: int) -> int:
    """Cents to the nearest hundred euros, as letters write them."""
    return (amount + _HUNDRED_EUROS // 2) // _HUNDRED_EUROS * _HUNDRED_EUROS
