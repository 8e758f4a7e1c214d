"""Which changes an aggregate may show: those that move many services, none of them alone.

Two scenarios that differ by one change would tell what it does to whom it concerns. So each change
must itself move at least four employers, none of which bears more than 80 % of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine.periods import Ints
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.patch import Patch
from backoffice.engine.scenario.run import Run, run
from backoffice.engine.scenario.totals import Totals, totals_of
from backoffice.federation.vocabulary import ApprovalKind
from reports.memorandum.disclosure import too_few

_EVERYBODY = "*"


@dataclass(frozen=True)
class Shown:
    """The changes that may be shown, and why the others are not.

    `narrow` are the figures, by how their codes begin, that one of the changes moves for a few
    employers only: nothing of what moves in them is shown.
    """

    patches: tuple[Patch, ...]
    refused: tuple[str, ...]
    narrow: tuple[str, ...]


def shown_changes(facts: Facts, base: Run, patches: Sequence[Patch]) -> Shown:
    """Each change in its order, beside the former ones that may be shown."""
    kept: list[Patch] = []
    sentences: list[str] = []
    before, held, narrow = base, totals_of(base), dict[str, None]()
    for patch in patches:
        after = run(facts, [*kept, patch], base) if _is_general(patch) else before
        now = totals_of(after, base)
        moved = [*_moved(held, now), *_lacking(patch, before, after)]
        if after is before or any(map(too_few, moved)):
            sentences.append(_said(patch))
            continue
        narrow |= dict.fromkeys(_narrow(after, held, now))
        kept.append(patch)
        before, held = after, now
    return Shown(tuple(kept), tuple(sentences), tuple(narrow))


def _said(patch: Patch) -> str:
    return (
        _(
            "Modification n° %s : elle ne touche que quelques services ; sans leur accord, un "
            "chiffre agrégé les ferait reconnaître. Visez un régime ou un type de service entier."
        )
        % patch.number
    )


def _is_general(patch: Patch) -> bool:
    """Whether it names a scheme, a type of service, a figure or all, and nobody."""
    if patch.kind in {"worker", "merge"}:
        return False
    if patch.kind in {"award", "pay_date"}:
        return patch.target == _EVERYBODY or patch.target.startswith("scheme:")
    if patch.kind == "post":
        return patch.target in {_EVERYBODY, *ApprovalKind.values}
    return True


def _moved(old: Totals, new: Totals) -> Iterator[dict[int, int]]:
    """What each employer sees move: cost, FTE and own funds."""
    units = old.unit_employer
    yield _by(units, np.abs(new.cost - old.cost).sum(axis=1))
    yield _by(units, np.abs(new.fte - old.fte).sum(axis=1))
    yield _by(units, np.abs(new.own_funds - old.own_funds).sum(axis=1))


def _lacking(patch: Patch, before: Run, after: Run) -> Iterator[dict[int, int]]:
    """The FTE that each employer lacks, where a demand brings all up to a least.

    Posts asked for every service tell nothing of any: how many services there are is public.
    """
    if tells_of_contracts(patch):
        more, demands = len(before.facts.demands), after.facts.demands
        yield _by(demands.employer[more:], demands.fte[more:])


def tells_of_contracts(patch: Patch) -> bool:
    """Whether a demand depends on the posts that services have."""
    return patch.kind == "post" and "least" in patch.values


def _narrow(done: Run, old: Totals, new: Totals) -> Iterator[str]:
    """The figures that move for a few employers only: those of funders, and of invoices."""
    names = done.facts.names
    owner, size = names.award_employers, len(names.awards)
    paid = np.abs(new.paid_by_award(size) - old.paid_by_award(size)).sum(axis=1)
    other = np.abs(new.other_paid - old.other_paid).sum(axis=1)
    funders = np.array([names.funders[one] for one in names.award_schemes])
    for funder in np.unique(funders):
        if too_few(_by(owner, np.where(funders == funder, paid, 0))):
            yield "funded."
        if too_few(_by(owner, np.where(funders == funder, other, 0))):
            yield "invoices."


def _by(owner: Ints, values: Ints) -> dict[int, int]:
    found: dict[int, int] = {}
    for one, value in zip(owner.tolist(), values.tolist(), strict=True):
        found[one] = found.get(one, 0) + value
    return found
