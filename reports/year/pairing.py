"""Which application and which award of a year stand for the same money: it is listed once.

An application names the award that it became. As long as nobody has linked them, an award answers
an application of its scheme, its approval and its year.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from backoffice.engine import money
from grants.models import Application
from reports.dossier import Dossier

ASKED = (Application.State.ASKED, Application.State.DRAFT, Application.State.GRANTED)
"""The states in which an application stands for money."""


@dataclass(frozen=True)
class Pairs:
    """References of awards and the application of each: `application` by award.

    `again` awards have no amount yet: the application stands for them. `answered` awards have one,
    and nobody has linked them: they stand for the application. `linked` are named by it.
    `requested` is what was asked for an award, in cents; absent when no application says it.
    """

    again: Mapping[str, str]
    answered: Mapping[str, str]
    linked: frozenset[str]
    requested: Mapping[str, int]


def paired(applications: Iterable[Application], dossiers: Sequence[Dossier], as_of: date) -> Pairs:
    """Pair the applications and the awards of a year as they are known on a day."""
    asked = [one for one in applications if one.state in ASKED]
    waiting: dict[tuple[str, str], list[Application]] = {}
    for one in asked:
        if one.award is None and one.scheme:
            approval = str(one.approval) if one.approval else ""
            waiting.setdefault((one.scheme, approval), []).append(one)
    again, answered = dict[str, str](), dict[str, str]()
    for dossier in sorted(dossiers, key=lambda one: not is_unknown(one, as_of)):
        cover = dossier.cover
        unknown = is_unknown(dossier, as_of)
        rows = waiting.get((cover.scheme, cover.approval), [])
        found = next((one for one in rows if unknown or _may_answer(dossier, one)), None)
        if found is not None:
            rows.remove(found)
            (again if unknown else answered)[cover.reference] = found.reference
    held = {dossier.cover.reference for dossier in dossiers}
    linked = {one.reference: one.award.reference for one in asked if one.award}
    became = {one: award for one, award in linked.items() if award in held}
    became |= {application: award for award, application in answered.items()}
    requested: dict[str, int] = {}
    for one in asked:
        if one.reference in became and one.amount is not None:
            award = became[one.reference]
            requested[award] = requested.get(award, 0) + money.cents(one.amount.amount)
    return Pairs(
        MappingProxyType(again),
        MappingProxyType(answered),
        frozenset(one for one, award in linked.items() if award in held),
        MappingProxyType(requested),
    )


def is_expected(dossier: Dossier, as_of: date) -> bool:
    """Whether the letter of an award has not come on a day."""
    letter_on = dossier.cover.letter_on
    return letter_on is None or letter_on > as_of


def is_unknown(dossier: Dossier, as_of: date) -> bool:
    """Whether no letter tells the amount of an award on a day."""
    return is_expected(dossier, as_of) or dossier.amounts.granted is None


def _may_answer(dossier: Dossier, asked: Application) -> bool:
    """Whether an award of that very year, by a letter that came after, can be what was asked."""
    cover = dossier.cover
    if cover.starts_on.year != asked.year or cover.letter_on is None:
        return False
    return asked.asked_on is None or asked.asked_on <= cover.letter_on
