"""The amounts of a year by funder, and what the checks found: what a load leaves behind as JSON."""

from collections.abc import Iterable, Mapping
from typing import Any

from reports.demo.truth import Planted, planted
from reports.dossier import Dossier
from reports.tie_out.content import TieOut

AMOUNTS = (
    "granted", "presented", "admissible", "payable", "own_funds", "advances", "balance",
)  # fmt: skip
DIFFERENCE = "tie_out_difference"
Totals = dict[str, dict[str, int | None]]
"""By funder: the number of awards, cents of each amount and cents that are late."""
Finding = tuple[str, int, str, str, str]
"""Enterprise number, exercise, award (or line of the tie-out), check, and whom it names."""


def totals_of(dossiers: Iterable[Dossier]) -> Totals:
    """The totals of some dossiers; one unknown amount makes its total unknown."""
    return added(_line(dossier) for dossier in dossiers)


def added(parts: Iterable[Mapping[str, Mapping[str, int | None]]]) -> Totals:
    """Several totals as one, funder by funder, in the order of their names."""
    found: Totals = {}
    for part in parts:
        for funder, amounts in part.items():
            known = found.setdefault(funder, dict.fromkeys(amounts, 0))
            for name, amount in amounts.items():
                before = known[name]
                known[name] = None if before is None or amount is None else before + amount
    return dict(sorted(found.items()))


def _line(dossier: Dossier) -> Totals:
    amounts: dict[str, int | None] = {"awards": 1}
    amounts |= {name: getattr(dossier.amounts, name) for name in AMOUNTS}
    amounts["late"] = sum(
        max(line.expected - line.received, 0) for line in dossier.instalments if line.late_days
    )
    return {dossier.cover.funder["fr"]: amounts}


def findings_of(dossier: Dossier) -> list[Finding]:
    """What the checks found of the kinds that are planted, and every other error."""
    codes = {code for fact in planted() for code in fact.checks}
    cover = dossier.cover
    return [
        (cover.enterprise_number, cover.year, cover.reference, check.code, check.who)
        for check in dossier.checks
        if check.level == "error" or check.code in codes
    ]


def differences_of(found: TieOut) -> list[Finding]:
    """What the tie-out with the accounts leaves to be found."""
    return [
        (found.enterprise_number, found.year, line.group.code, DIFFERENCE, line.analytical)
        for line in found.open_lines
    ]


def expected_of(fact: Planted) -> set[tuple[str, int, str, str]]:
    """Employer, exercise, award or line, and check that a planted fact must give."""
    places = fact.awards or (fact.line,)
    return {(fact.organisation, fact.year, place, code) for place in places for code in fact.checks}


def summary(findings: Iterable[Any]) -> tuple[list[Planted], set[tuple[Any, ...]]]:
    """The planted facts that were not found, and the findings that nothing planted explains."""
    found = {tuple(finding[:4]) for finding in findings}
    missed = [fact for fact in planted() if not expected_of(fact) <= found]
    explained = {finding for fact in planted() for finding in expected_of(fact)}
    return missed, found - explained
