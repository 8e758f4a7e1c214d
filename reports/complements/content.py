"""A justification that was sent, beside the same award and exercise as computed today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from backoffice.web.templatetags.labels import said


@dataclass(frozen=True)
class Difference:
    """The payable amount of one month and head, as sent and as computed today, in cents."""

    month: int
    head: str
    sent: int
    now: int

    @property
    def amount(self) -> int:
        """To claim when positive, to give back when negative."""
        return self.now - self.sent


@dataclass(frozen=True)
class Cause:
    """A value that the amounts of today rest on and those that were sent do not.

    `old` is the value that stood for the same days, None when there was none; `late` says that it
    was decided after the statement that was sent.
    """

    code: str
    label: Mapping[str, str]
    unit: str
    since: date
    old: str | None
    new: str
    decided: date | None
    late: bool
    status: str
    source: str


@dataclass(frozen=True)
class Changed:
    """How many worker-months and invoices came, went, or are presented for another amount."""

    added: int = 0
    removed: int = 0
    changed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True)
class Complement:
    """What the version that was sent and the computation of today differ by, in cents.

    `payable` is that of today, None when it is not known: then `lines` is empty and `missing` says
    why. `lines` hold the months and heads that differ, in order; they sum to `amount`.
    """

    organisation: str
    enterprise_number: str
    demo: bool
    funder: Mapping[str, str]
    reference: str
    label: str
    year: int
    version: int
    sent_as_of: date
    frozen_on: date
    as_of: date
    sent: int | None
    payable: int | None
    missing: tuple[str, ...]
    lines: tuple[Difference, ...]
    causes: tuple[Cause, ...]
    staff: Changed
    invoices: Changed

    @property
    def amount(self) -> int | None:
        """To claim when positive, to give back when negative; None while it is not known."""
        if self.payable is None or self.sent is None:
            return None
        return self.payable - self.sent

    @property
    def differs(self) -> bool:
        """Whether there is something to claim, to give back, or to find out."""
        return self.amount != 0


@dataclass(frozen=True)
class MonthSum:
    """The complements of one funder in one month, in cents by head, and together."""

    funder: str
    month: int
    heads: Mapping[str, int]
    total: int


def months_of(complements: tuple[Complement, ...]) -> tuple[MonthSum, ...]:
    """Complements by funder and month; those whose amount is unknown are not in it."""
    found: dict[tuple[str, int], dict[str, int]] = {}
    for one in complements:
        for line in one.lines:
            heads = found.setdefault((said(one.funder), line.month), {})
            heads[line.head] = heads.get(line.head, 0) + line.amount
    return tuple(
        MonthSum(funder, month, heads, sum(heads.values()))
        for (funder, month), heads in sorted(found.items())
    )
