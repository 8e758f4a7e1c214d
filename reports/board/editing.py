"""A scenario with one change more, less, or in another place; numbers follow the order."""

from dataclasses import replace

from reports.scenarios.scenario import Change, Scenario

UP, DOWN, OFF = "monter", "descendre", "retirer"
ACTS = (UP, DOWN, OFF)


class NoSuchChange(LookupError):
    """The scenario has no change of that number any more: somebody took it off."""


def with_change(scenario: Scenario, change: Change) -> Scenario:
    """The scenario with a change at its end."""
    return _numbered(scenario, [*scenario.changes, change])


def acted(scenario: Scenario, number: int, act: str) -> Scenario:
    """The scenario with a change moved one place up or down, or taken off.

    Raises:
        NoSuchChange: there is none of that number.
    """
    changes = list(scenario.changes)
    place = next((at for at, one in enumerate(changes) if one.number == number), None)
    if place is None:
        raise NoSuchChange(number)
    change = changes.pop(place)
    if act != OFF:
        changes.insert(max(place + (-1 if act == UP else 1), 0), change)
    return _numbered(scenario, changes)


def _numbered(scenario: Scenario, changes: list[Change]) -> Scenario:
    numbered = tuple(replace(one, number=place) for place, one in enumerate(changes, 1))
    return replace(scenario, changes=numbered)
