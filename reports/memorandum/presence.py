"""Paid and present FTE from the pay records, and the FTE that two awards carry at once."""

from collections import defaultdict
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.fte import FteMonth, FteYear
from backoffice.engine.payroll import fte_months
from backoffice.engine.periods import days_in_month, year_period
from reports.memorandum.observed import Observed
from reports.memorandum.placing import EmployerYear, Part

Months = defaultdict[tuple[int, str], list[FteMonth]]


def observe_presence(seen: Observed, year: EmployerYear) -> None:
    """Paid and present FTE-year of each service by function, from its worker-months."""
    paid: Months = defaultdict(list)
    present: Months = defaultdict(list)
    pay, records = year.facts.staff.pay, year.facts.staff.months
    for row, parts in enumerate(year.parts):
        for part in parts:
            month = _paid(part, int(pay.month[row]), int(pay.paid[row]), int(pay.due[row]))
            paid[part.service, part.function].append(month)
            if records[row].paid_hours > 0:
                present[part.service, part.function].append(month)
    for service in year.employer.services:
        for base, months in (("paid", paid), ("present", present)):
            if service.index in year.paid_services:
                seen.say(service.index, base, _years(months, service.index))
            else:
                seen.unknown(service.index, base)


def _paid(part: Part, month: int, paid: int, due: int) -> FteMonth:
    """Q/S x days of the month, then the hours paid over the hours due."""
    held = Fraction(part.weight, part.full_time * days_in_month(month))
    return FteMonth(held).share(paid, due) if due else FteMonth(Fraction(0))


def _years(months: Months, service: int) -> dict[str, Fraction]:
    return {
        function: FteYear.of_months(found).value
        for (one, function), found in months.items()
        if one == service
    }


def observe_posts(seen: Observed, year: EmployerYear) -> None:
    """Paid and present FTE on the posts of each funder, and the FTE that two awards share."""
    top, bottom = fte_months(year.facts.staff.pay, year.facts.slices)
    records = year.facts.staff.months
    found: dict[str, dict[tuple[int, str], Months]] = {"paid_posts": {}, "present_posts": {}}
    awards, rows = year.facts.slices.award.tolist(), year.facts.slices.pay.tolist()
    for place, (service, function) in enumerate(year.slice_places):
        month = FteMonth(Fraction(int(top[place]), int(bottom[place])))
        key = service, year.funder(awards[place])
        bases = ("paid_posts", "present_posts")
        for base in bases if records[rows[place]].paid_hours > 0 else bases[:1]:
            months = found[base].setdefault(key, defaultdict(list))
            months[service, function].append(month)
    for service_row in year.employer.services:
        _say_posts(seen, year, service_row.index, found)


def _say_posts(
    seen: Observed,
    year: EmployerYear,
    service: int,
    found: dict[str, dict[tuple[int, str], Months]],
) -> None:
    for funder in seen.of("posts", service):
        for base, by_key in found.items():
            if funder and service in year.paid_services:
                months = by_key.get((service, funder), defaultdict(list))
                seen.say(service, base, _years(months, service), funder)
            elif funder:
                seen.unknown(service, base, funder)


def observe_shared(seen: Observed, year: EmployerYear) -> None:
    """FTE-year that assignments hold beyond the contract: the part that two awards finance."""
    pay, slices = year.facts.staff.pay, year.facts.slices
    weights = np.minimum(slices.weights, pay.contract[slices.pay])
    assigned = money.sum_groups(weights, slices.pay, len(pay))
    found: dict[tuple[int, str], Fraction] = defaultdict(Fraction)
    days = year_period(year.facts.year).days
    rows = np.flatnonzero(assigned[slices.pay] > pay.contract[slices.pay])
    for place in rows.tolist():
        row = int(slices.pay[place])
        beyond = Fraction(int(assigned[row] - pay.contract[row]), int(assigned[row]))
        held = Fraction(int(weights[place]), int(slices.full_time[place]) * days)
        found[year.slice_places[place]] += held * beyond
    for service in year.employer.services:
        amounts = {
            function: value for (one, function), value in found.items() if one == service.index
        }
        if service.index in year.paid_services:
            seen.say(service.index, "shared", amounts)
        else:
            seen.unknown(service.index, "shared")
