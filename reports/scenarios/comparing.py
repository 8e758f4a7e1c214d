"""Scenarios on a projection: read once, run each beside what stands today.

scope = one_service(organisation)                       # or sector("CASG", rows), everyone(rows)
base = baseline(scope, Horizon(2026, 2030, as_of))       # reads the database: keep it
compared = compare(base, scenarios, assumptions)         # no query; run as often as you like
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.periods import month_start
from backoffice.engine.projection.facts import Facts, Note
from backoffice.engine.scenario.compare import units_of
from backoffice.engine.scenario.counted import counted
from backoffice.engine.scenario.patch import Patch, overriding
from backoffice.engine.scenario.patches import apply_patches
from backoffice.engine.scenario.patches.contradictions import in_order
from backoffice.engine.scenario.run import Run, run
from backoffice.engine.scenario.totals import Totals, totals_of
from backoffice.federation.models import Organisation
from backoffice.web.words import phrased
from reports.projection.notes import sentences
from reports.projection.reading import projection_facts
from reports.scenarios.assumed import (
    NONE_ASSUMED,
    Assumed,
    Assumptions,
    Filled,
    filled_in,
    in_force,
    left_out,
)
from reports.scenarios.elsewhere import at_known_index, past_known_index, supposed_index, told_apart
from reports.scenarios.figures import Figure, View, figures_of
from reports.scenarios.idle import why_nothing
from reports.scenarios.mergers import merger_notes
from reports.scenarios.scenario import Change, Scenario
from reports.scenarios.selectors import paid_years

MOST_SCENARIOS = 6
INDEX_PATH = "index_path."
_MONTHS = 12
_REACH = 30
"""Years after the last pay that a projection may reach: beyond, no contract or law of today is."""
EVERYONE = "*"


@dataclass(frozen=True)
class Scope:
    """Whose figures: one employer (`target` its number), a type of approval, or all (`*`)."""

    organisations: tuple[Organisation, ...]
    target: str = EVERYONE
    name: str = ""


@dataclass(frozen=True)
class Horizon:
    """Civil years, both included, and the day on which the past is looked at."""

    first: int
    last: int
    as_of: date


@dataclass(frozen=True)
class Baseline:
    """What stands today over the horizon, with the index paths that the federation supposes."""

    scope: Scope
    horizon: Horizon
    facts: Facts
    run: Run
    totals: Totals
    notes: tuple[Note, ...]
    paths: tuple[Assumed, ...]


@dataclass(frozen=True)
class Outcome:
    """One scenario beside the baseline.

    Attributes:
        scenario: as written; `filled` its patches, with what they use and lack.
        run, totals: of the engine, for charts and explanations.
        figures: what is compared, by month.
        refused: sentences on the patches that do not count, in the order of their numbers.
        uncounted: those numbers.
        overridden: sentences on the pairs of patches that set the same value.
        notes: what the scenario assumes beyond the baseline, and what it leaves out.
    """

    scenario: Scenario
    filled: Filled
    run: Run
    totals: Totals
    figures: tuple[Figure, ...]
    refused: tuple[str, ...]
    uncounted: tuple[int, ...]
    overridden: tuple[str, ...]
    notes: tuple[str, ...]

    def figure(self, code: str) -> Figure:
        """A figure by its code."""
        return next(one for one in self.figures if one.code == code)


@dataclass(frozen=True)
class Comparison:
    """Up to six scenarios side by side, on one baseline."""

    base: Baseline
    outcomes: tuple[Outcome, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What the baseline itself assumes."""
        return tuple(sentences(self.base.facts.names, self.base.notes))


class TooMany(ValueError):
    """More scenarios than one comparison shows."""


class OutsideData(ValueError):
    """Years of which the data cannot tell; the message says which ones they can."""


def one_service(organisation: Organisation) -> Scope:
    """One employer, with all its services."""
    return Scope((organisation,), organisation.enterprise_number, organisation.name)


def sector(kind: str, organisations: Sequence[Organisation]) -> Scope:
    """The services of one type of approval, among these organisations."""
    return Scope(tuple(organisations), kind, kind)


def everyone(organisations: Sequence[Organisation]) -> Scope:
    """All the services of these organisations."""
    return Scope(tuple(organisations))


def baseline(scope: Scope, horizon: Horizon, assumptions: Assumptions = NONE_ASSUMED) -> Baseline:
    """What stands today: reads everything, once.

    Raises:
        OutsideData: pay is known after the last year, or the law of the years is not.
    """
    try:
        facts = projection_facts(scope.organisations, horizon.first, horizon.last, horizon.as_of)
    except FigureNotDefined as error:
        raise OutsideData(phrased(error.message)) from error
    known = int(facts.known_until.max(initial=facts.first)) - 1
    if known >= facts.stop:
        raise OutsideData(
            _(
                "La paie est connue jusqu'à %(month)s, après la fin des années choisies : "
                "prolongez-les jusqu'à %(year)s au moins."
            )
            % {"month": f"{month_start(known):%m/%Y}", "year": known // _MONTHS}
        )
    paths = _paths(facts, assumptions)
    facts = apply_patches(facts, [_path(facts, one) for one in paths]).facts
    done = run(facts)
    notes = tuple(one for one in done.notes if not _is_told(one, paths))
    return Baseline(scope, horizon, facts, done, totals_of(done), notes, paths)


def within_data(scope: Scope, horizon: Horizon) -> Horizon:
    """The years themselves, neither before the first pay nor too far after the last one.

    Raises:
        OutsideData: unknown is not zero: a year before the first pay has a cost that nobody wrote.
    """
    paid = paid_years(scope.organisations)
    words = {"first": paid.start, "last": paid.stop - 1, "most": paid.stop - 1 + _REACH}
    if paid and horizon.first < paid.start:
        raise OutsideData(
            _("Aucune paie n'est connue avant %(first)s : choisissez des années à partir de là.")
            % words
        )
    if paid and horizon.last > words["most"]:
        raise OutsideData(
            _(
                "La dernière paie connue est de %(last)s, trop loin des années choisies : "
                "finissez-les en %(most)s au plus."
            )
            % words
        )
    return horizon


def compare(
    base: Baseline, scenarios: Sequence[Scenario], assumptions: Assumptions = NONE_ASSUMED
) -> Comparison:
    """Each scenario beside the baseline, in the order given.

    Raises:
        TooMany: more than six are asked.
    """
    if len(scenarios) > MOST_SCENARIOS:
        raise TooMany(
            _("%(asked)s scénarios : une comparaison en montre %(most)s au plus.")
            % {"asked": len(scenarios), "most": MOST_SCENARIOS}
        )
    return Comparison(base, tuple(outcome(base, one, assumptions) for one in scenarios))


def outcome(base: Baseline, scenario: Scenario, assumptions: Assumptions = NONE_ASSUMED) -> Outcome:
    """One scenario beside the baseline."""
    here, elsewhere = told_apart(base.facts, scenario.changes)
    filled = filled_in(replace(scenario, changes=here), assumptions)
    patches, unmoved = at_known_index(base.facts, filled.patches)
    done, totals = counted(base.facts, patches, base.run)
    units = units_of(done.facts, totals, _counted_as(done.facts, base.scope.target))
    refused = [(one.number, one.message) for one in filled.problems]
    refused += [(one.patch.number, phrased(one.message)) for one in done.refused]
    figures = figures_of(View(base.facts, base.totals, units), View(done.facts, totals, units))
    uncounted = {one.patch.number for one in done.refused}
    counting = [one for one in patches if one.number not in uncounted]
    return Outcome(
        scenario=scenario,
        filled=filled,
        run=done,
        totals=totals,
        figures=figures,
        refused=tuple(message for _number, message in sorted(refused)),
        uncounted=tuple(sorted({number for number, _message in refused})),
        overridden=tuple(phrased(overriding(early, late)) for early, late in done.overridden),
        notes=(
            *elsewhere,
            *unmoved,
            *past_known_index(done.facts, patches),
            *supposed_index(counting),
            *map(phrased, in_order(done.facts, counting)),
            *_new_notes(base, done),
            *left_out(filled),
            *merger_notes(done.facts, base.totals),
            *why_nothing(base.facts, counting, figures),
        ),
    )


def widened(scope: Scope, scenarios: Sequence[Scenario], others: Iterable[Organisation]) -> Scope:
    """One service with those that the scenarios merge it with, among those one may see."""
    if scope.target == EVERYONE or len(scope.organisations) != 1:
        return scope
    asked = merged_numbers(scenarios)
    if scope.target not in asked:
        return scope
    known = {one.pk for one in scope.organisations}
    more = [one for one in others if one.enterprise_number in asked and one.pk not in known]
    return replace(scope, organisations=(*scope.organisations, *more))


def merged_numbers(scenarios: Sequence[Scenario]) -> set[str]:
    """The enterprise numbers that mergers name."""
    return {number for scenario in scenarios for number in _merged(scenario)}


def _merged(scenario: Scenario) -> Iterator[str]:
    """The enterprise numbers that its mergers name."""
    filled = filled_in(replace(scenario, changes=tuple(_mergers(scenario))))
    for patch in filled.patches:
        yield from (patch.target, patch.text_of("into"))


def _mergers(scenario: Scenario) -> Iterator[Change]:
    return (change for change in scenario.changes if change.kind == "merge")


def _counted_as(facts: Facts, target: str) -> str:
    """The employer that an absorbed one counts with."""
    names = facts.names.employers
    for absorbed, into, _month in facts.merged:
        if target == names[absorbed]:
            target = names[into]
    return target


def _new_notes(base: Baseline, done: Run) -> list[str]:
    known = set(base.run.notes)
    return sentences(done.facts.names, [one for one in done.notes if one not in known])


def _paths(facts: Facts, assumptions: Assumptions) -> tuple[Assumed, ...]:
    """The index paths supposed for the regimes at hand, those that hold within the horizon."""
    first, after = month_start(facts.first), month_start(facts.stop)
    found: list[Assumed] = []
    for regime in facts.index.regimes:
        code = INDEX_PATH + regime
        start = in_force(assumptions, code, first)
        found += [start] if start else []
        found += [one for one in assumptions.get(code, ()) if first < one.since < after]
    return tuple(found)


def _path(facts: Facts, assumed: Assumed) -> Patch:
    regime = assumed.code.removeprefix(INDEX_PATH)
    since = max(assumed.since, month_start(facts.first))
    return Patch(0, "index", regime, since, {"path": assumed.value})


def _is_told(note: Note, paths: Iterable[Assumed]) -> bool:
    """Whether a path goes on by the January after the last month that the index tells."""
    regime, _space, month = note.subject.rpartition(" ")
    return note.code == "index_stops" and any(
        one.code == INDEX_PATH + regime and one.since <= date(int(month[:4]) + 1, 1, 1)
        for one in paths
    )
