"""Which scenario the treasury is shown under: one of the library, a stored one, some days late."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth.models import User
from django.utils.translation import get_language

from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.run import Run
from reports.scenarios.comparing import outcome
from reports.scenarios.ready import library
from reports.scenarios.scenario import Scenario
from reports.scenarios.selectors import assumptions_on, scenarios_for
from reports.scenarios.toml.reading import NotAScenario, read_scenario
from reports.treasury.reading import Ground

_STORED = "s"


@dataclass(frozen=True)
class Choice:
    """One scenario that may be chosen: what the address says, and its name."""

    code: str
    label: str


@dataclass(frozen=True)
class Supposed:
    """What is supposed: the run, the name of the scenario, and what it could not do or assumes."""

    run: Run
    label: str = ""
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def choices_for(user: User) -> list[Choice]:
    """The scenarios that somebody may choose: stored ones first, then the library, by name."""
    stored = [Choice(f"{_STORED}{row.pk}", row.name) for row in scenarios_for(user)]
    language = get_language() or "fr"
    ready = [Choice(code, one.titled(language)) for code, one in library().items()]
    return [*stored, *sorted(ready, key=lambda one: one.label)]


def chosen(user: User, code: str) -> Scenario | None:
    """The scenario of an address, None where it is none that the user may see or read."""
    if code in library():
        return library()[code]
    number = code.removeprefix(_STORED)
    row = scenarios_for(user).filter(pk=number).first() if number.isdecimal() else None
    try:
        return None if row is None else read_scenario(row.text)
    except NotAScenario:
        return None


def supposed(
    ground: Ground, scenario: Scenario | None, late: Sequence[Patch] = ()
) -> Supposed | None:
    """What stands under a scenario, and then with more days of delay; None without either."""
    if scenario is None:
        return Supposed(_later(ground.base, late)) if late else None
    found = outcome(ground.beside, scenario, assumptions_on(ground.as_of))
    return Supposed(
        run=_later(found.run, late),
        label=scenario.titled(get_language() or "fr"),
        refused=found.refused,
        notes=found.notes,
    )


def delayed(days: int, since: date) -> tuple[Patch, ...]:
    """The patch of the what-if of the page: every award some days later."""
    return (Patch(1, "pay_date", "*", since, {"delay_days": days}),) if days else ()


def _later(done: Run, late: Sequence[Patch]) -> Run:
    """The same run with other days of payment: nothing else of it moves."""
    return replace(done, facts=replace(done.facts, pay_dates=(*done.facts.pay_dates, *late)))
