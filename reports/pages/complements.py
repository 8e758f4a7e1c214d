"""The page of the complements: what to claim and give back, by award, then by funder and month."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.complements.content import Complement, MonthSum, months_of
from reports.complements.words import (
    CauseWords,
    amount_words,
    cause_words,
    changed_words,
)
from reports.documents.words import HEADS


@dataclass(frozen=True)
class AwardRow:
    """One version that was sent and differs, with its reasons in words."""

    complement: Complement
    words: str
    causes: tuple[CauseWords, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True)
class FunderMonths:
    """The months of one funder, each with its cents by head of the page, and their sum."""

    funder: str
    months: tuple[tuple[MonthSum, tuple[int, ...]], ...]
    total: int


@dataclass(frozen=True)
class ComplementsPage:
    """What the template prints, in cents: to claim, to give back (negative), and what is open."""

    to_claim: int
    to_give_back: int
    unknown: int
    same: int
    rows: tuple[AwardRow, ...]
    heads: tuple[str, ...]
    funders: tuple[FunderMonths, ...]


def page_of(found: Sequence[Complement]) -> ComplementsPage:
    """Lay out the complements of an organisation; what does not differ is only counted."""
    different = tuple(one for one in found if one.differs)
    known = [one.amount for one in different if one.amount is not None]
    months = months_of(different)
    heads = tuple(head for head in HEADS if any(head in one.heads for one in months))
    return ComplementsPage(
        to_claim=sum(amount for amount in known if amount > 0),
        to_give_back=sum(amount for amount in known if amount < 0),
        unknown=len(different) - len(known),
        same=len(found) - len(different),
        rows=tuple(_row(one) for one in different),
        heads=tuple(HEADS[head] for head in heads),
        funders=tuple(
            _funder(funder, tuple(mine), heads)
            for funder, mine in groupby(months, key=lambda one: one.funder)
        ),
    )


def _row(found: Complement) -> AwardRow:
    return AwardRow(
        complement=found,
        words=amount_words(found.amount),
        causes=tuple(cause_words(cause) for cause in found.causes),
        changed=tuple(changed_words(found)),
    )


def _funder(funder: str, months: tuple[MonthSum, ...], heads: tuple[str, ...]) -> FunderMonths:
    rows = tuple((one, tuple(one.heads.get(head, 0) for head in heads)) for one in months)
    return FunderMonths(funder, rows, sum(one.total for one in months))
