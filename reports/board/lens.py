"""For whom scenarios run: a service on its own pages, all of them on those of the federation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from django.contrib.auth.models import User
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.federation.access import organisations_for
from backoffice.federation.models import Collection, Organisation
from backoffice.federation.vocabulary import ApprovalKind
from reports.board.hiding import rests_on_too_few
from reports.board.kept import baseline_of, summed_of
from reports.board.levers import LEVERS, is_moved, levers_of, moved
from reports.board.reading import Reading, read_alone, read_summed
from reports.board.shelf import Offer, offers, taken
from reports.scenarios.assumed import Assumptions
from reports.scenarios.comparing import (
    EVERYONE,
    MOST_SCENARIOS,
    Baseline,
    Comparison,
    Horizon,
    OutsideData,
    Scope,
    compare,
    everyone,
    merged_numbers,
    one_service,
    widened,
)
from reports.scenarios.scenario import Parameter, Scenario
from reports.scenarios.selectors import assumptions_on, candidates, paid_years, proposed

YEARS_AHEAD, MOST_YEARS = 5, 8
CHOSEN = "p-"


@dataclass(frozen=True)
class Asking:
    """A choice to make: its code, what was chosen, the organisations among which, if it says."""

    code: str
    parameter: Parameter
    among: tuple[Organisation, ...]


@dataclass(frozen=True)
class Lens:
    """What a request asks: whose figures, which years, which scenarios, where the sliders are.

    `choice` is the number under which the session of the reader holds `choices`.
    """

    federation: bool
    whose: Scope
    target: str
    horizon: Horizon
    offered: tuple[Offer, ...]
    chosen: tuple[Offer, ...]
    held: Mapping[str, int]
    choices: Mapping[str, str]
    choice: str = ""
    carried: str = ""

    @property
    def assumptions(self) -> Assumptions:
        """What the federation supposed on the day of the situation."""
        return assumptions_on(self.horizon.as_of)

    def address(self, name: str, **more: object) -> str:
        """A page of the same family, about the same years and scenarios."""
        return f"{reverse(self.name(name))}?{self.query(**more)}"

    def name(self, name: str) -> str:
        """The name of an address of this family."""
        return f"federation_{name}" if self.federation else name

    def query(self, **more: object) -> str:
        """What the address says: the organisation, the day, the years, the scenarios."""
        asked: dict[str, object] = {
            "de": self.horizon.first,
            "a": self.horizon.last,
            "s": [one.key for one in self.chosen],
        }
        asked |= {code: value for code, value in self.held.items() if value != _REST[code]}
        if self.choice:
            asked["choix"] = self.choice
        if self.federation and self.target != EVERYONE:
            asked["type"] = self.target
        carried = f"{self.carried}&" if self.carried else ""
        return carried + urlencode(asked | more, doseq=True)

    @property
    def sealed(self) -> str:
        """All that is asked, with the choices in full: they may name a worker, never an address."""
        return self.query(**{CHOSEN + code: value for code, value in self.choices.items()})

    @property
    def choices_address(self) -> str:
        """Where the choices are sent."""
        return self.address("scenario_choices")

    @property
    def comparison_path(self) -> str:
        """The comparison, without what it is asked."""
        return reverse(self.name("scenario_comparison"))

    @property
    def comparison_address(self) -> str:
        """The comparison of these scenarios."""
        return self.address("scenario_comparison")

    @property
    def drivers_address(self) -> str:
        """What moves own funds, over the same years."""
        return self.address("scenario_drivers")

    @property
    def note_address(self) -> str:
        """Where the note is asked."""
        return self.address("scenario_note")

    @property
    def list_address(self) -> str:
        """The scenarios that may be taken."""
        return reverse(self.name("scenarios")) + (f"?{self.carried}" if self.carried else "")

    @property
    def carried_fields(self) -> list[tuple[str, str]]:
        """What a form must send on, so that the page stays with its organisation and day."""
        return parse_qsl(self.carried)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The same, with the years, the scenarios and their choices: all but the sliders."""
        still = replace(self, held=_REST)
        return parse_qsl(still.query())

    @property
    def types(self) -> list[tuple[str, str]]:
        """The types of approval that the federation may look at apart."""
        return [(code, str(label)) for code, label in ApprovalKind.choices]

    @property
    def asked(self) -> list[Asking]:
        """What must be chosen for these scenarios to run, with what was chosen."""
        found = {
            code: parameter
            for scenario in self._picked()
            for code, parameter in scenario.parameters.items()
        }
        here = self.whose.organisations
        return [Asking(code, one, tuple(candidates(one, here))) for code, one in found.items()]

    def _picked(self) -> list[Scenario]:
        """The scenarios chosen, their choices filled in, those that stand to reason too."""
        here = self.whose.organisations
        return [proposed(one.scenario.with_choices(self.choices), here) for one in self.chosen]

    @property
    def from_which(self) -> str:
        """What the sliders start from: the last scenario chosen, today without one."""
        return self.chosen[-1].title if self.chosen else _("Aujourd'hui")

    def scenarios(self) -> list[Scenario]:
        """Those to compare, their choices filled in; what the sliders change comes last."""
        found = self._picked()
        if is_moved(self.held):
            last = found[-1] if found else Scenario(_("Aujourd'hui"))
            name = _("Curseurs déplacés : %s")
            label = {code: name % last.titled(code) for code in ("fr", "nl")}
            shifted = moved(self.base, last, self.held)
            found = [*found[: MOST_SCENARIOS - 1], replace(shifted, label=label)]
        return found or [Scenario(_("Aujourd'hui, rien ne change"))]

    @property
    def unseen(self) -> list[str]:
        """The enterprise numbers of mergers that are not at hand: unknown, or not to be seen."""
        if self.federation:
            return []
        here = {one.enterprise_number for one in self.whose.organisations}
        return sorted(merged_numbers(self.scenarios()) - here)

    @property
    def lacking(self) -> str:
        """Why the data cannot tell of the years asked; empty where they can."""
        try:
            _base = self.base
        except OutsideData as error:
            return str(error)
        return ""

    @property
    def base(self) -> Baseline:
        """What stands today; kept by the process."""
        return baseline_of(self.whose, self.horizon, self.assumptions)

    def comparison(self) -> Comparison:
        """The scenarios beside what stands today, of a service."""
        return compare(self.base, self.scenarios(), self.assumptions)

    def reading(self) -> Reading:
        """What may be read of the scenarios: of the federation, sums with small cells hidden."""
        if not self.federation:
            return read_alone(self.comparison())
        summed = [summed_of(self.base, one, self.assumptions) for one in self.scenarios()]
        return read_summed(self.base, summed, self.target)

    @property
    def too_few(self) -> bool:
        """Whether the services looked at are too few for their sums to be shown."""
        return self.federation and rests_on_too_few(self.base, self.target)


_REST = {one.code: one.rest for one in LEVERS}


def lens_of(
    asked: QueryDict, by: User, about: Organisation | None, as_of: date, carried: str = ""
) -> Lens:
    """What an address asks, of a service or, without one, of the federation.

    Args:
        asked: the query of the address.
        by: who looks: the scenarios are those that she may see.
        about: the service; None for all those that take part in the last collection.
        as_of: the day of the situation.
        carried: what the address keeps from page to page.

    Raises:
        Http404: no such type of approval.
    """
    offered = tuple(offers(by, about))
    sliders = levers_of(federation=about is None)
    chosen = tuple(taken(offered, asked.getlist("s"))[:MOST_SCENARIOS])
    choices = {
        key.removeprefix(CHOSEN): asked.get(key, "") for key in asked if key.startswith(CHOSEN)
    }
    whose = everyone(participants())
    if about:
        named = [one.scenario.with_choices(choices) for one in chosen]
        whose = _with_merged(one_service(about), named, by)
    return Lens(
        federation=about is None,
        whose=whose,
        target=whose.target if about else _type(asked.get("type", "")),
        horizon=_horizon(asked, as_of, paid_years(whose.organisations)),
        offered=offered,
        chosen=chosen,
        held=_REST | {one.code: one.held(asked.get(one.code)) for one in sliders},
        choices=choices,
        choice=asked.get("choix", ""),
        carried=carried,
    )


def _with_merged(scope: Scope, scenarios: Sequence[Scenario], by: User) -> Scope:
    """A service and those that it merges with, counted together on every side, today's too."""
    wide = widened(scope, scenarios, organisations_for(by))
    if len(wide.organisations) == 1:
        return scope
    return replace(wide, target=EVERYONE, name=" + ".join(one.name for one in wide.organisations))


def _type(kind: str) -> str:
    """The type of approval asked; all without one."""
    if kind and kind not in ApprovalKind.values:
        raise Http404
    return kind or EVERYONE


def participants() -> list[Organisation]:
    """The organisations that take part in the last collection, by name."""
    newest = Collection.objects.order_by("-year").first()
    running = Organisation.objects.filter(
        participations__collection=newest, participations__withdrawn_at=None
    )
    return list(running.distinct().order_by("name")) if newest else []


def _horizon(asked: QueryDict, as_of: date, paid: range) -> Horizon:
    """The years asked, from the first pay to the last at least; else this one and the next four."""
    this = as_of.year
    first = min(max(_year(asked.get("de"), this), this - 2, paid.start), this + 2)
    last = _year(asked.get("a"), first + YEARS_AHEAD - 1)
    return Horizon(first, max(min(max(last, first), first + MOST_YEARS - 1), paid.stop - 1), as_of)


def _year(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdecimal() and len(written) == 4 else otherwise  # noqa: PLR2004
