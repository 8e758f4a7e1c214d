"""Norm, approved, target and funded FTE of each service; what is not known stays unknown."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from fractions import Fraction

from backoffice.engine.figures import FigureNotDefined, Figures
from backoffice.engine.fte import NO_FTE, FteYear
from backoffice.engine.periods import Period, year_period
from backoffice.engine.sheet import FigureUse
from backoffice.federation.vocabulary import Function
from grants.models import Post
from grants.snapshots import AwardFacts
from reports.memorandum.observed import NO_FUNCTION, Observed
from reports.memorandum.placing import UNPLACED, EmployerYear
from reports.memorandum.services import Service

Amounts = dict[str, Fraction]
Days = tuple[date, date]


def observe_frame(
    seen: Observed, service: Service, registry: Figures, days: Days
) -> set[FigureUse]:
    """Norm, approved and target of a service; returns the figures relied on.

    Args:
        seen: where they are said.
        service: with its frame of the last day of the year.
        registry: the figures.
        days: that last day, and the day on which the figures were known.
    """
    sector, region = service.sector.lower(), service.region
    found = {
        "norm": list(_figures(registry, f"norm.{sector}_{{}}", days)),
        "target": [
            *_figures(registry, f"target.{region}_{{}}", days),
            *_figures(registry, f"target.{region}_{{}}_antenna", days, service.antennas),
        ],
    }
    for base, lines in found.items():
        amounts: Amounts = defaultdict(Fraction)
        for function, value, use in lines:
            amounts[function] += value
            seen.rests_on(service.index, base, use.status)
        seen.say(service.index, base, amounts, functions=amounts)
    _observe_approved(seen, service)
    return {use for lines in found.values() for _function, _value, use in lines}


def _figures(
    registry: Figures, pattern: str, days: Days, times: int = 1
) -> Iterator[tuple[str, Fraction, FigureUse]]:
    """The figures that exist and are known on the day, some number of times; by function.

    A frame that no text splits over functions is that of no function: "norm.ili_total".
    """
    for function in (*Function.values, NO_FUNCTION):
        code = pattern.format(function or "total")
        if times and code in registry:
            with suppress(FigureNotDefined):
                value = registry.on(code, *days)
                yield function, value.exact * times, FigureUse.of(registry[code], value)


def _observe_approved(seen: Observed, service: Service) -> None:
    if not service.approved:
        seen.unknown(service.index, "approved")
        return
    amounts: defaultdict[str, Fraction] = defaultdict(Fraction)
    for position in service.approved:
        amounts[position.function] += Fraction(position.fte)
    seen.say(service.index, "approved", amounts)


def observe_funded(seen: Observed, year: EmployerYear) -> None:
    """FTE of the posts of the awards in force, by service, funder and function.

    A post of an award without approval goes to the services of the workers who hold it. Where that
    says nothing, what the employer's services are funded for is unknown.
    """
    found = _posts(year)
    places = {service for service, _funder in found}
    known = bool(year.facts.awards) and UNPLACED not in places
    for index in (service.index for service in year.employer.services):
        mine = {funder: amounts for (one, funder), amounts in found.items() if one == index}
        for funder, amounts in {"": {}, **mine}.items():
            if known:
                values = {function: fte.value for function, fte in amounts.items()}
                seen.say(index, "posts", values, funder)
            else:
                seen.unknown(index, "posts", funder)


def _posts(year: EmployerYear) -> dict[tuple[int, str], dict[str, FteYear]]:
    found: dict[tuple[int, str], dict[str, FteYear]] = {}
    shares = _shares(year)
    for index, award in enumerate(year.facts.awards):
        for post in award.posts:
            fte = _fte(award, post, year.facts.year)
            for service, share in _places(year, award, shares.get(post.pk, {})).items():
                amounts = found.setdefault((service, year.funder(index)), {})
                held = amounts.get(post.function, NO_FTE)
                amounts[post.function] = held + fte.times(share)
    return found


def _fte(award: AwardFacts, post: Post, year: int) -> FteYear:
    """A post over the days of the year that its award covers."""
    days = Period.inclusive(post.starts_on, post.ends_on).overlap(award.exercise).days
    return FteYear.of_days(Fraction(post.fte), days, year_period(year).days)


def _shares(year: EmployerYear) -> dict[int, dict[int, int]]:
    """By post, the hours x days that workers of each service hold."""
    found: dict[int, dict[int, int]] = {}
    weights = year.facts.slices.weights.tolist()
    for row, fact in enumerate(year.facts.slice_facts):
        services = found.setdefault(fact.assignment.post_id, {})
        service, _function = year.slice_places[row]
        services[service] = services.get(service, 0) + weights[row]
    return found


def _places(year: EmployerYear, award: AwardFacts, held: dict[int, int]) -> dict[int, Fraction]:
    """The services of a post with their shares, which sum to one."""
    own = year.place(award.row.approval_id)
    whole = sum(held.values())
    if own != UNPLACED or not whole:
        return {own: Fraction(1)}
    return {service: Fraction(weight, whole) for service, weight in held.items()}
