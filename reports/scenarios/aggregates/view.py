"""The figures of a comparison by year, for a sector or all, with small cells hidden.

The cells of every sector are protected together, whichever is looked at, so that going from one to
the other gives nothing back. What stands today and what a scenario changes are protected apart: the
former is hidden in the same way whatever the scenario. What is hidden in one year is in all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine.projection.facts import Facts, Note
from backoffice.engine.scenario.patch import Refusal
from backoffice.engine.scenario.totals import Totals, totals_beside
from backoffice.web.words import phrased
from reports.projection.notes import sentences
from reports.scenarios.aggregates.general import published
from reports.scenarios.aggregates.hiding import Key, Values, hidden, parts_of
from reports.scenarios.aggregates.steps import Shown, Walk, tells_of_contracts
from reports.scenarios.assumed import NONE_ASSUMED, Assumptions, Filled, filled_in, left_out
from reports.scenarios.comparing import EVERYONE, Baseline
from reports.scenarios.elsewhere import at_known_index, past_known_index, supposed_index, told_apart
from reports.scenarios.figures import EUR, FTE, Figure, View, figures_of
from reports.scenarios.scenario import Scenario

_COUNTED = ("funded.", "own_funds", "invoices.", "fte", "own_fte", "asked")
_NAMED = frozenset({"renewed", "grant_carried", "grant_unknown", "figure_missing"})
Amounts = tuple[int | None, ...]


@dataclass(frozen=True)
class Aggregate:
    """One figure by civil year; None is hidden. Units as for a figure; FTE summed over months."""

    code: str
    unit: str
    baseline: Amounts
    scenario: Amounts
    delta: Amounts
    status: tuple[int, ...]


@dataclass(frozen=True)
class Aggregated:
    """A scenario as the federation may see it: no service, no award and no worker is named."""

    scenario: Scenario
    filled: Filled
    figures: tuple[Aggregate, ...]
    refused: tuple[str, ...]
    uncounted: tuple[int, ...]
    notes: tuple[str, ...]


def aggregated(
    base: Baseline,
    scenario: Scenario,
    assumptions: Assumptions = NONE_ASSUMED,
    target: str = EVERYONE,
) -> Aggregated:
    """A scenario over a sector, or over all; see `aggregated_by`."""
    return aggregated_by(base, scenario, assumptions, (target,))[target]


def aggregated_by(
    base: Baseline,
    scenario: Scenario,
    assumptions: Assumptions = NONE_ASSUMED,
    targets: Sequence[str] = (EVERYONE,),
    walk: Walk | None = None,
) -> dict[str, Aggregated]:
    """A scenario over several sectors, or over all.

    Args:
        base: of every service of the federation.
        scenario: changes that name one service, or move only some, are refused with a sentence.
        assumptions: what the federation supposes.
        targets: types of approval, or `*`.
        walk: `walk_of` the same baseline and assumptions, where several scenarios begin alike.
    """
    here, elsewhere = told_apart(base.facts, scenario.changes)
    filled = filled_in(replace(scenario, changes=here), assumptions)
    patches, unmoved = at_known_index(base.facts, filled.patches)
    shown = (walk or walk_of(base, assumptions)).shown(patches)
    done = shown.run
    pieces = _pieces(base, done.facts, totals_beside(done, base.totals))
    problems = [one.message for one in filled.problems]
    left = {one.number for one in patches} - {one.number for one in shown.patches}
    left |= {one.number for one in filled.problems}
    kept = _kept(pieces, shown)
    return {
        target: Aggregated(
            scenario=scenario,
            filled=filled,
            figures=tuple(_figures(pieces, target, shown, kept)),
            refused=(*problems, *map(phrased, shown.refused), *map(refusal, done.refused)),
            uncounted=tuple(sorted(left | {one.patch.number for one in done.refused})),
            notes=(
                *elsewhere,
                *unmoved,
                *past_known_index(done.facts, shown.patches),
                *supposed_index(shown.patches),
                *left_out(filled),
                *said_of_nobody(base.facts, done.notes),
            ),
        )
        for target in targets
    }


def walk_of(base: Baseline, assumptions: Assumptions = NONE_ASSUMED) -> Walk:
    """The changes that an aggregate of this baseline takes, decided once."""
    return Walk(base.facts, base.run, published(assumptions))


def said_of_nobody(facts: Facts, notes: Sequence[Note]) -> list[str]:
    """The notes that name no award and no worker."""
    kept = [replace(one, workers=()) for one in notes if one.code not in _NAMED]
    return sentences(facts.names, kept)


def refusal(one: Refusal) -> str:
    """Why a change could not be applied, without what it would tell of single services."""
    if not one.telling:
        return phrased(one.message)
    return (
        _(
            "Modification n° %s : elle ne s'applique pas aux services réunis ; vérifiez son code, "
            "son jour et ses valeurs."
        )
        % one.patch.number
    )


Pieces = dict[tuple[int, str], tuple[Figure, ...]]


def _pieces(base: Baseline, facts: Facts, totals: Totals) -> Pieces:
    """The figures of each employer's services of a type, by year."""
    kinds = [*facts.names.approval_kinds, ""]
    groups: dict[tuple[int, str], list[int]] = {}
    owners, approvals = totals.unit_employer.tolist(), totals.unit_approval.tolist()
    for unit, (employer, approval) in enumerate(zip(owners, approvals, strict=True)):
        groups.setdefault((employer, kinds[approval]), []).append(unit)
    found = {}
    for key, units in groups.items():
        rows = np.array(units, dtype=np.int64)
        sides = View(base.facts, base.totals, rows), View(facts, totals, rows)
        years = (one.years for one in figures_of(*sides))
        found[key] = tuple(one for one in years if one.code.startswith(_COUNTED))
    return _invoices_once(found)


def _invoices_once(pieces: Pieces) -> Pieces:
    """Invoices belong to an employer, not to a type of service: they count once, for all alone."""
    seen: set[int] = set()
    found: Pieces = {}
    for (employer, kind), figures in pieces.items():
        mine = [one for one in figures if one.code.startswith("invoices.")]
        found[employer, kind] = tuple(one for one in figures if one not in mine)
        if employer not in seen:
            seen.add(employer)
            found[employer, ""] = (*found.get((employer, ""), ()), *mine)
    return found


def _values(pieces: Pieces, side: str, public: tuple[str, ...]) -> Values:
    """What must be protected: all but the figures that anybody can count."""
    return {
        (employer, kind, one.code): tuple(getattr(one, side).tolist())
        for (employer, kind), figures in pieces.items()
        for one in figures
        if not one.code.startswith(public)
    }


Hidden = Mapping[str, frozenset[Key]]


def _kept(pieces: Pieces, shown: Shown) -> Hidden:
    """What must be hidden of each side, over all sectors together."""
    public = () if any(map(tells_of_contracts, shown.patches)) else ("asked",)
    sides = {side: _values(pieces, side, public) for side in ("baseline", "delta")}
    return {side: hidden(values) for side, values in sides.items()}


def _figures(pieces: Pieces, target: str, shown: Shown, kept: Hidden) -> Iterator[Aggregate]:
    """The sums of a sector or of all; nothing of what moves in the narrow ones."""
    codes = list(dict.fromkeys(one.code for figures in pieces.values() for one in figures))
    for code in ("cost", "funded", *codes):
        parts = parts_of(code, codes)
        mine = [
            one
            for (_employer, kind), figures in pieces.items()
            for one in figures
            if one.code in parts and target in {EVERYONE, kind}
        ]
        if mine:
            is_hidden = {side: (target, code) in kept[side] for side in kept}
            is_hidden["delta"] |= code.startswith(shown.narrow)
            yield _sum(code, mine, is_hidden)


def _sum(code: str, figures: Sequence[Figure], is_hidden: dict[str, bool]) -> Aggregate:
    size = len(figures[0].baseline)
    told, more = (
        tuple(sum(int(getattr(one, side)[year]) for one in figures) for year in range(size))
        for side in ("baseline", "delta")
    )
    nothing: Amounts = (None,) * size
    either = any(is_hidden.values())
    return Aggregate(
        code=code,
        unit=FTE if "fte" in code else EUR,
        baseline=nothing if is_hidden["baseline"] else told,
        scenario=nothing if either else tuple(a + b for a, b in zip(told, more, strict=True)),
        delta=nothing if is_hidden["delta"] else more,
        status=tuple(max(int(one.status[year]) for one in figures) for year in range(size)),
    )
