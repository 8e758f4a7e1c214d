"""What the work costs, which funder pays which part of it, and who bears the rest; in cents."""

from collections import defaultdict
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.figures import worst
from reports.memorandum.observed import Observed
from reports.memorandum.placing import EmployerYear
from reports.memorandum.sharing import carried_again, top_ups

BY = " \u2190 "
Sums = dict[tuple[int, str, str], int]


def observe_wages(seen: Observed, year: EmployerYear) -> None:
    """Cost, payments by funder, and what the work that each funder carries costs beyond them.

    What two awards carry on the same hours stands with both: `again` is what the later one repeats.
    """
    sums = {
        "cost": _costs(year),
        "payable": _staff(year, "payable"),
        "carried": _staff(year, "presented"),
        "topped": _topped(year),
        "again": _again(year),
    }
    statuses = _statuses(year)
    known = year.paid_services - _unsure(year)
    for service in (one.index for one in year.employer.services):
        funders = sorted({funder for one, funder in statuses if one == service})
        pairs = sorted({whose for one, whose, _function in sums["topped"] if one == service})
        names = {
            "cost": [""],
            "again": [""],
            "payable": funders,
            "carried": funders,
            "topped": pairs,
        }
        for base, whose in ((base, one) for base, found in names.items() for one in found):
            if service in known:
                seen.say(service, base, _of(sums[base], service, whose), whose)
                seen.rests_on(service, base, statuses.get((service, whose), "confirmed"))
            else:
                seen.unknown(service, base, whose)


def _of(sums: Sums, service: int, whose: str) -> dict[str, Fraction]:
    return {
        function: Fraction(amount)
        for (one, other, function), amount in sums.items()
        if (one, other) == (service, whose)
    }


def _costs(year: EmployerYear) -> Sums:
    """Every cost item of every worker-month, split over its contract lines by hours x days."""
    found: Sums = defaultdict(int)
    for row, parts in enumerate(year.parts):
        weights = [part.weight for part in parts]
        if not any(weights):
            weights = [1] * len(parts)
        shares = money.allocate(int(year.ledger.cost[row]), weights) if parts else []
        for part, share in zip(parts, shares, strict=True):
            found[part.service, "", part.function] += share
    return found


def _staff(year: EmployerYear, column: str) -> Sums:
    """A column of the staff sheets, by funder and by service and function of the worker."""
    found: Sums = defaultdict(int)
    for claim in year.ledger.claims:
        if claim.payable is None:
            continue
        funder = year.funder(claim.award.index)
        for place, amount in zip(
            claim.rows.tolist(), claim.staff[column].values.tolist(), strict=True
        ):
            service, function = year.slice_places[place]
            found[service, funder, function] += amount
    return found


def _statuses(year: EmployerYear) -> dict[tuple[int, str], str]:
    """The funders whose awards carry each service's workers, and how sure their figures are."""
    found: dict[tuple[int, str], str] = {}
    for claim in year.ledger.claims:
        status = worst("confirmed", *(use.status for use in claim.uses))
        for service in {year.slice_places[place][0] for place in claim.rows.tolist()}:
            key = service, year.funder(claim.award.index)
            found[key] = worst(status, found.get(key, "confirmed"))
    return found


def _unsure(year: EmployerYear) -> set[int]:
    """Services with an award whose payment is unknown."""
    return {
        year.slice_places[place][0]
        for claim in year.ledger.claims
        if claim.payable is None
        for place in claim.rows.tolist()
    }


def _topped(year: EmployerYear) -> Sums:
    """What an award leaves and a later one pays on the same hours, by the two funders."""
    found: Sums = defaultdict(int)
    for one in top_ups(year.ledger, year.facts.slices):
        pair = f"{year.funder(one.earlier)}{BY}{year.funder(one.later)}"
        for row in np.flatnonzero(one.amounts).tolist():
            for part in year.parts[row][:1]:
                found[part.service, pair, part.function] += int(one.amounts[row])
    return found


def _again(year: EmployerYear) -> Sums:
    """What a later award carries of hours that an earlier one carries already."""
    found: Sums = defaultdict(int)
    for amounts in carried_again(year.ledger, year.facts.slices):
        for row in np.flatnonzero(amounts).tolist():
            for part in year.parts[row][:1]:
                found[part.service, "", part.function] += int(amounts[row])
    return found
