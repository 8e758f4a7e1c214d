"""What a projection supposes and what it could not apply, for who sees the rows of the service."""

from reports.scenarios.comparing import Comparison, Outcome


def supposed(found: Comparison, outcome: Outcome) -> list[str]:
    """What the projection supposes."""
    return [*found.notes, *outcome.notes]


def faced(outcome: Outcome) -> list[str]:
    """The changes that do not count, and those that a later one undoes."""
    return [*outcome.refused, *outcome.overridden]
