"""The team of an application: under contract, approved and requested, never one for the other.

Requested are the posts of the award that the application names, else of the award that it
continues: the newest one of its scheme and approval. Without either the request is unknown.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import TypeVar

from django.db.models import Q, QuerySet

from backoffice.federation.models import ApprovedPosition
from backoffice.federation.vocabulary import Diploma, Function
from backoffice.web.templatetags.labels import in_french
from grants.models import Application, Award, Post
from reports.lines import function_label
from reports.year.content import Label, Team, TeamLine
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
Dated = TypeVar("Dated", ApprovedPosition, ContractLine, Post)


def team_of(row: Application, contracts_on: date) -> Team:
    """The team by function and diploma, in a constant number of queries.

    Args:
        row: the application, with its approval (None: the whole employer) and its award.
        contracts_on: the day on which contracts are counted, and letters are known.
    """
    people, present = dict[Key, set[int]](), dict[Key, Fraction]()
    for line in _contracts(row, contracts_on):
        key = (line.function, line.diploma)
        people.setdefault(key, set()).add(line.worker_id)
        present[key] = present.get(key, Fraction(0)) + Fraction(line.weekly_hours) / Fraction(
            line.full_time_hours
        )
    frame_on = date(row.year, 1, 1)
    approved = _sums(_positions(row, frame_on))
    award = row.award or _continued(row, contracts_on)
    posts_on = _last_day(award, row.year) if award else None
    requested = _sums(_in_force(award.posts.all(), posts_on)) if award and posts_on else {}
    lines = tuple(
        TeamLine(
            function=function_label(key[0]),
            diploma=_diploma(key[1]),
            people=len(people.get(key, ())),
            under_contract=present.get(key, Fraction(0)),
            approved=approved.get(key, Fraction(0)) if approved else None,
            requested=requested.get(key, Fraction(0)) if requested else None,
        )
        for key in sorted({*present, *approved, *requested}, key=_place)
    )
    return Team(
        lines=lines,
        contracts_on=contracts_on,
        frame_on=frame_on,
        frame_known=bool(approved),
        award=award.reference if award and requested else "",
        posts_on=posts_on if requested else None,
    )


def _sums(rows: Iterable[ApprovedPosition | Post]) -> dict[Key, Fraction]:
    found: dict[Key, Fraction] = {}
    for row in rows:
        key = (row.function, row.diploma)
        found[key] = found.get(key, Fraction(0)) + Fraction(row.fte)
    return found


def _continued(row: Application, known_on: date) -> Award | None:
    """The award of its scheme and approval with posts, of the newest year; None among several."""
    if not row.scheme:
        return None
    awards = list(
        Award.objects.filter(
            Q(letter_on__isnull=True) | Q(letter_on__lte=known_on),
            Q(ends_on__isnull=True) | Q(ends_on__year__gte=row.year - 1),
            organisation=row.organisation_id,
            approval=row.approval_id,
            scheme=row.scheme,
            starts_on__year__lte=row.year,
            posts__isnull=False,
        )
        .distinct()
        .order_by("-starts_on", "reference")
    )
    newest = [one for one in awards if one.starts_on.year == awards[0].starts_on.year]
    return newest[0] if len(newest) == 1 else None


def _last_day(award: Award, year: int) -> date:
    """The last day of an award, or of the year if it goes on: its posts stand again from there."""
    whole = date(year, 12, 31)
    return whole if award.ends_on is None else min(award.ends_on, whole)


def _in_force(rows: QuerySet[Dated], on: date) -> QuerySet[Dated]:
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


def _contracts(row: Application, on: date) -> list[ContractLine]:
    """The contract lines in force; a replacement counts nobody twice who is away: both are paid."""
    rows = _in_force(ContractLine.objects.filter(worker__organisation=row.organisation_id), on)
    own = rows if row.approval is None else rows.filter(approval=row.approval)
    return list(own.order_by("worker__number", "starts_on"))


def _positions(row: Application, on: date) -> list[ApprovedPosition]:
    rows = _in_force(
        ApprovedPosition.objects.filter(approval__organisation=row.organisation_id), on
    )
    own = rows if row.approval is None else rows.filter(approval=row.approval)
    return list(own.order_by("approval__code", "code"))


def _place(key: Key) -> tuple[int, int]:
    diplomas = [*Diploma.values, ""]
    return Function.values.index(key[0]), diplomas.index(key[1])


def _diploma(code: str) -> Label:
    return {
        "fr": in_french(Diploma(code).label) if code else "sans exigence",
        "nl": _DIPLOMAS_NL[code],
    }
