"""The terms of the invented letters, with the planted late, missing and amended decisions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from backoffice.engine.money import times_one
from reports.demo.careers import SCALE
from reports.demo.federation.amounts import (
    APE_2025,
    CEILINGS,
    FLAT_AMOUNTS,
    LIQUIDATION_RATE,
    PREMIUM_RATE,
    PREMIUMS,
    base_amount,
    granted_text,
    invoice_cost,
    units,
)
from reports.demo.federation.awards import Granted, granted_awards
from reports.demo.federation.plan import Employer
from reports.demo.rows import YEARS, Row, row_touches
from reports.demo.truth import AMENDED_AWARD, RETROACTIVE_INDEX, STALE_FIGURE, Planted

_YEARLY = {"maribel": "ceiling", "acs": "premium"}
"""The term that the funder of an award without end decides again for each exercise."""
_RUNNING_MAX = Fraction(95, 100)


@dataclass(frozen=True)
class _Decision:
    """When and by which letter a value was decided, and the days for which it holds."""

    decided_on: date
    letter: str
    starts_on: date
    ends_on: date | None


def term_rows(employer: Employer, year: int) -> Sequence[Row]:
    """Terms in force on a day of the year."""
    return [row for row in _all_terms(employer) if row_touches(year, row)]


def amendment_rows(employer: Employer, references: Sequence[object]) -> Sequence[Row]:
    """The amendments of some awards."""
    return [
        {
            "award": fact.awards[0],
            "number": 1,
            "letter_reference": _amendment_letter(fact),
            "decided_on": date.fromisoformat(fact.day),
            "effective_on": date(fact.year, 1, 1),
            "reason": "DEMO montant relevé avec effet rétroactif",
        }
        for fact in employer.planted
        if fact.kind == AMENDED_AWARD and fact.awards[0] in references
    ]


def _amendment_letter(fact: Planted) -> str:
    return f"LETTRE-DEMO-{fact.awards[0]}-AVENANT-1"


@cache
def _all_terms(employer: Employer) -> tuple[Row, ...]:
    return (
        *(row for award in granted_awards(employer) for row in _terms(employer, award)),
        *(row for fact in employer.planted for row in _planted(employer, fact)),
    )


def _terms(employer: Employer, award: Granted) -> Iterator[Row]:
    first = _Decision(award.letter_on, award.letter, award.starts_on, award.ends_on)
    for code, value in _letter(employer, award).items():
        yield _row(award, code, value, first)
    if award.year is None:
        yield from _yearly_decisions(employer, award)


def _letter(employer: Employer, award: Granted) -> Mapping[str, str]:
    """What the letter of an award says, by term."""
    scheme, fund = award.scheme, award.service.kind.joint_committee
    if scheme == "maribel":
        return {"fund": fund}
    if scheme == "acs":
        return {"premium_rate": PREMIUM_RATE}
    if scheme == "ape":
        return {"base_amount": base_amount(employer, award)}
    year = award.exercises()[0]
    if scheme in FLAT_AMOUNTS:
        return {
            "flat_amount": FLAT_AMOUNTS[scheme][year],
            "units": _number(units(award)),
            "liquidation_rate": LIQUIDATION_RATE,
        }
    return {"granted": granted_text(employer, award), **_grant_conditions(employer, award, year)}


def _number(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def _grant_conditions(employer: Employer, award: Granted, year: int) -> Mapping[str, str]:
    if award.scheme == "cocof_casg":
        maximum = times_one(invoice_cost(employer, award, year), _RUNNING_MAX) // 100
        return {
            "training_rate": "2.5 %",
            "running_max": f"{maximum}.00",
            "scales": SCALE,
            "index_regime": "public",
        }
    if award.scheme.endswith("_facultative"):
        return {"justify_by": f"{year + 1}-03-31", "paid_in_period": "oui"}
    return {"index_regime": "public"}


def _yearly_decisions(employer: Employer, award: Granted) -> Iterator[Row]:
    """What the funder of an award without end decides for each exercise, in December before it."""
    if award.scheme == "ape":
        decision = _decision(award, 2025, date(2025, 12, 31))
        late = _fact(employer, RETROACTIVE_INDEX, award, 2025)
        yield _row(award, "index_rate", APE_2025 if late is None else "3.1 %", decision)
        yield _row(award, "exceptional_rate", "0 %", decision)
        return
    values = PREMIUMS if award.scheme == "acs" else CEILINGS[award.service.kind.joint_committee]
    for year in YEARS:
        if _fact(employer, STALE_FIGURE, award, year):
            continue
        runs_on = _fact(employer, STALE_FIGURE, award, year + 1)
        decision = _decision(award, year, date(year + 1 if runs_on else year, 12, 31))
        yield _row(award, _YEARLY[award.scheme], values[year], decision)


def _decision(award: Granted, year: int, ends_on: date) -> _Decision:
    letter = f"{award.letter}-{year}"
    return _Decision(date(year - 1, 12, 20), letter, date(year, 1, 1), ends_on)


def _fact(employer: Employer, kind: str, award: Granted, year: int) -> Planted | None:
    for fact in employer.planted:
        if (fact.kind, fact.year) == (kind, year) and award.reference in fact.awards:
            return fact
    return None


def _planted(employer: Employer, fact: Planted) -> Iterator[Row]:
    """The second decision on a value: an amendment, or an index decided after its first day."""
    if fact.kind not in {AMENDED_AWARD, RETROACTIVE_INDEX}:
        return
    award = next(one for one in granted_awards(employer) if one.reference == fact.awards[0])
    letter = f"{award.letter}-{fact.year}-BIS"
    code = "index_rate" if award.scheme == "ape" else _YEARLY.get(award.scheme, "granted")
    if fact.kind == AMENDED_AWARD:
        letter = _amendment_letter(fact)
    days = date(fact.year, 1, 1), date(fact.year, 12, 31)
    yield _row(award, code, fact.value, _Decision(date.fromisoformat(fact.day), letter, *days))


def _row(award: Granted, code: str, value: str, decision: _Decision) -> Row:
    return {
        "award": award.reference,
        "code": code,
        "value": value,
        "starts_on": decision.starts_on,
        "ends_on": decision.ends_on,
        "decided_on": decision.decided_on,
        "letter_reference": decision.letter,
        "status": "confirmed",
    }
