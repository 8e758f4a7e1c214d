"""The page of the radar: totals by word, workers by month, and the findings with their rule."""

from collections.abc import Iterable
from dataclasses import dataclass

from backoffice.web.templatetags.labels import said
from grants.stacking import TONE_WORDS, TONES
from reports.documents.words import STATUSES
from reports.pages.stacking import SHORT
from reports.radar.content import Claimant, Finding, Radar
from reports.radar.words import AMOUNTS, KINDS, claimant_text

MONTHS = 12
_STAFF = ("month", "hours")


@dataclass(frozen=True)
class Word:
    """One of the three words with its count and euros, in words of their own."""

    tone: str
    words: str
    count: int
    amount: int
    amount_words: str
    unknown: int


@dataclass(frozen=True)
class Group:
    """The findings of one worker or piece between the same awards, under the same rule.

    `claims` are (award in words, cents); an amount that is unknown in one month is unknown in all.
    """

    anchor: str
    tone: str
    words: str
    kind: str
    who: str
    name: str
    others: tuple[str, ...]
    months: tuple[int, ...]
    claims: tuple[tuple[str, int | None], ...]
    hours: tuple[int, ...]
    amount: int | None
    cost: int | None
    article: str
    status: str


@dataclass(frozen=True)
class MatrixCell:
    """A month of a worker: the strictest word, short, and where its line is; empty without one."""

    tone: str = ""
    word: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class MatrixRow:
    """A worker with twelve months."""

    worker: str
    name: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class RadarPage:
    """What the template prints."""

    radar: Radar
    words: tuple[Word, ...]
    months: tuple[int, ...]
    matrix: tuple[MatrixRow, ...]
    staff: tuple[Group, ...]
    pieces: tuple[Group, ...]


def page_of(radar: Radar) -> RadarPage:
    """Lay out a radar for the screen."""
    staff = _groups(radar, [one for one in radar.findings if one.kind in _STAFF])
    months = tuple(radar.year * MONTHS + month for month in range(MONTHS))
    return RadarPage(
        radar=radar,
        words=tuple(
            Word(
                total.tone,
                said(TONE_WORDS[total.tone]),
                total.count,
                total.amount,
                AMOUNTS[total.tone],
                total.unknown,
            )
            for total in radar.totals
        ),
        months=months,
        matrix=tuple(_matrix(staff, months)),
        staff=staff,
        pieces=_groups(radar, [one for one in radar.findings if one.kind not in _STAFF]),
    )


def _groups(radar: Radar, findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Months of one worker between the same awards are one line; each piece is its own."""
    found: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        awards = tuple(claimant for claimant, _amount in finding.claims)
        month = None if finding.kind in _STAFF else finding.month
        key = finding.tone, finding.kind, finding.who, awards, finding.article, month
        found.setdefault(key, []).append(finding)
    return tuple(_group(radar, mine) for mine in found.values())


def _group(radar: Radar, findings: list[Finding]) -> Group:
    first = findings[0]
    sums: dict[Claimant, int | None] = {}
    for finding in findings:
        for claimant, amount in finding.claims:
            sums[claimant] = _plus(sums.get(claimant, 0), amount)
    return Group(
        anchor=f"cumul-{radar.findings.index(first) + 1}",
        tone=first.tone,
        words=said(TONE_WORDS[first.tone]),
        kind=KINDS[first.kind],
        who=first.who,
        name=radar.names.get(first.who, ""),
        others=first.others,
        months=tuple(sorted(finding.month for finding in findings)),
        claims=tuple((claimant_text(one, radar.year), sums[one]) for one in sums),
        hours=tuple(sorted({one.hours for one in findings if one.hours is not None})),
        amount=_sum(finding.amount for finding in findings),
        cost=_sum(finding.cost for finding in findings),
        article=first.article,
        status=STATUSES[first.status],
    )


def _plus(before: int | None, amount: int | None) -> int | None:
    return None if before is None or amount is None else before + amount


def _sum(amounts: Iterable[int | None]) -> int | None:
    """The sum; None as soon as one of them is unknown."""
    total: int | None = 0
    for amount in amounts:
        total = _plus(total, amount)
    return total


def _matrix(groups: tuple[Group, ...], months: tuple[int, ...]) -> Iterable[MatrixRow]:
    """The workers of whom something was found, with the strictest word of each month."""
    workers = dict.fromkeys((group.who, group.name) for group in groups)
    for who, name in sorted(workers):
        mine = [group for group in groups if group.who == who]
        yield MatrixRow(who, name, tuple(_cell(mine, month) for month in months))


def _cell(groups: list[Group], month: int) -> MatrixCell:
    found = [group for group in groups if month in group.months]
    if not found:
        return MatrixCell()
    worst = max(found, key=lambda group: TONES.index(group.tone))
    return MatrixCell(worst.tone, SHORT[worst.tone], worst.anchor)
