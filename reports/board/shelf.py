"""The scenarios that somebody may take: the own ones, those shared, and the library."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.translation import get_language

from backoffice.federation.models import Organisation
from backoffice.web.words import Spoken
from reports.models import StoredScenario
from reports.scenarios.ready import library
from reports.scenarios.scenario import Parameter, Problem, Scenario
from reports.scenarios.selectors import may_change, scenarios_for
from reports.scenarios.toml.reading import NotAScenario, read_scenario

OWN, SHARED, LIBRARY = "own", "shared", "library"
SHELVES = Spoken(
    {
        "own": "Les vôtres",
        "shared": "Partagés avec vous",
        "demand": "Demandes de la fédération",
        "scheme": "ACS, APE et Maribel",
        "index": "Indexation",
        "payment": "Paiements",
        "choice": "Choix d'un service",
    }
)
_LIBRARY = {
    **dict.fromkeys(("acs", "ape", "maribel"), "scheme"),
    **dict.fromkeys(("index", "grants"), "index"),
    **dict.fromkeys(("provisional", "balance"), "payment"),
    **dict.fromkeys(("worker", "director", "merger"), "choice"),
}
"""The shelf of a scenario of the library by the first word of its code; the others are demands."""


@dataclass(frozen=True)
class Offer:
    """A scenario with the key that addresses name it by, and whose it is.

    `row` is where it is kept, None in the library; `mine` says that the reader may change it.
    """

    key: str
    scenario: Scenario
    origin: str
    row: StoredScenario | None = None
    mine: bool = False

    @property
    def title(self) -> str:
        """Its name in the language in force."""
        return self.scenario.titled(get_language() or "fr")

    @property
    def told(self) -> str:
        """Its description in the language in force."""
        return self.scenario.told(get_language() or "fr")

    @property
    def shelf(self) -> str:
        """Under which title it is offered."""
        if self.origin != LIBRARY:
            return self.origin
        return _LIBRARY.get(self.key.partition("_")[0], "demand")

    @property
    def choices(self) -> list[tuple[str, Parameter]]:
        """What must be chosen before it runs."""
        return [(code, one) for code, one in self.scenario.parameters.items() if not one.value]


def offers(user: User, organisation: Organisation | None) -> list[Offer]:
    """What may be compared for a service, or, without one, for the federation."""
    kept = [offer_of(user, row, organisation) for row in scenarios_for(user)]
    ready = [Offer(code, one, LIBRARY) for code, one in library().items()]
    return [*kept, *ready]


def offer_of(user: User, row: StoredScenario, organisation: Organisation | None) -> Offer:
    """A kept scenario, as a service or the federation is offered it."""
    owner = organisation.pk if organisation else None
    origin = OWN if row.organisation_id == owner else SHARED
    return Offer(str(row.pk), read_kept(row), origin, row, may_change(user, row))


def read_kept(row: StoredScenario) -> Scenario:
    """A kept scenario; where it cannot be read any more, its name and why."""
    try:
        return read_scenario(row.text)
    except NotAScenario as error:
        return Scenario(row.name, problems=(Problem(0, str(error)),))


def taken(offered: Iterable[Offer], keys: Sequence[str]) -> list[Offer]:
    """The scenarios of these keys, in the order asked; others do not exist for the reader."""
    by_key = {one.key: one for one in offered}
    return [by_key[key] for key in dict.fromkeys(keys) if key in by_key]
