"""The team of an application: who is under contract on a day, and the frame that is asked for."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from django.db.models import Q

from backoffice.federation.models import Approval, ApprovedPosition, Organisation
from backoffice.federation.vocabulary import Diploma, Function
from reports.lines import function_label
from reports.year.content import Label, TeamLine
from staffing.models import ContractLine

_DIPLOMAS_NL: Mapping[str, str] = MappingProxyType(
    {
        "master": "Master",
        "bachelor": "Bachelor",
        "cess": "Hoger secundair onderwijs",
        "other": "Ander",
        "": "zonder vereiste",
    }
)
Key = tuple[str, str]


def team_of(
    organisation: Organisation, approval: Approval | None, present_on: date, asked_on: date
) -> tuple[tuple[TeamLine, ...], bool]:
    """The team by function and diploma, and whether a frame is known; two queries.

    Args:
        organisation: the employer.
        approval: the service, or None for the whole employer.
        present_on: the day on which contracts are counted.
        asked_on: the day on which the positions of the frame are counted.
    """
    people, present = dict[Key, set[int]](), dict[Key, Fraction]()
    for line in _contracts(organisation, approval, present_on):
        key = (line.function, line.diploma)
        people.setdefault(key, set()).add(line.worker_id)
        present[key] = present.get(key, Fraction(0)) + Fraction(line.weekly_hours) / Fraction(
            line.full_time_hours
        )
    asked: dict[Key, Fraction] = {}
    for position in _positions(organisation, approval, asked_on):
        key = (position.function, position.diploma)
        asked[key] = asked.get(key, Fraction(0)) + Fraction(position.fte)
    keys = sorted({*present, *asked}, key=_place)
    known = bool(asked)
    lines = tuple(
        TeamLine(
            function=function_label(key[0]),
            diploma=_diploma(key[1]),
            people=len(people.get(key, ())),
            present=present.get(key, Fraction(0)),
            asked=asked.get(key, Fraction(0)) if known else None,
        )
        for key in keys
    )
    return lines, known


def _contracts(
    organisation: Organisation, approval: Approval | None, on: date
) -> list[ContractLine]:
    """The contract lines in force; a replacement counts nobody twice who is away: both are paid."""
    rows = ContractLine.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        worker__organisation=organisation,
        starts_on__lte=on,
    )
    own = rows if approval is None else rows.filter(approval=approval)
    return list(own.order_by("worker__number", "starts_on"))


def _positions(
    organisation: Organisation, approval: Approval | None, on: date
) -> list[ApprovedPosition]:
    rows = ApprovedPosition.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        approval__organisation=organisation,
        starts_on__lte=on,
    )
    own = rows if approval is None else rows.filter(approval=approval)
    return list(own.order_by("approval__code", "code"))


def _place(key: Key) -> tuple[int, int]:
    diplomas = [*Diploma.values, ""]
    return Function.values.index(key[0]), diplomas.index(key[1])


def _diploma(code: str) -> Label:
    french = str(Diploma(code).label) if code else "sans exigence"
    return {"fr": french, "nl": _DIPLOMAS_NL[code]}
