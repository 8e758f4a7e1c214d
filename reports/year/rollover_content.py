"""The plan of a roll-over: what is written, and every line of its report."""

from dataclasses import dataclass, field

from backoffice.federation.models import Organisation
from grants.models import Award
from grants.services.instalments import Expected
from grants.services.renewals import Renewal
from reports.year.carrying import Carry


@dataclass(frozen=True)
class Line:
    """One thing that happens or does not: an award, terms, a post, an assignment, payments."""

    kind: str
    subject: str
    words: str


@dataclass(frozen=True)
class Step:
    """One award: its renewal (None: it goes on), who stands on it again, what to expect."""

    award: Award
    renewal: Renewal | None
    carries: tuple[Carry, ...]
    expected: tuple[Expected, ...]


@dataclass
class RollOver:
    """The plan for one organisation: what is written, and each line of its report.

    `references` are the awards that may be renewed, to choose from.
    """

    organisation: Organisation
    year: int
    steps: list[Step] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    carried: list[Line] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    going_on: list[Line] = field(default_factory=list)
    not_carried: list[Line] = field(default_factory=list)
    to_do: list[Line] = field(default_factory=list)
    already: list[Line] = field(default_factory=list)

    @property
    def nothing_left(self) -> bool:
        """Whether everything that can be carried has been."""
        return not self.steps

    @property
    def renews(self) -> bool:
        """Whether the plan writes an award of the new year."""
        return any(step.renewal for step in self.steps)
