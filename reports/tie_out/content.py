"""The content of a tie-out, complete and frozen: what the page and every file show.

Amounts are cents, None = unknown; no query and no arithmetic beyond the differences of a line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from backoffice.engine.sheet import FigureUse
from reports.tie_out.classes import AccountClass

OK, EXPLAINED, GAP, UNKNOWN = "ok", "explained", "difference", "unknown"


@dataclass(frozen=True)
class Entry:
    """One line of the product: part of an invoice, pay of a worker-month, award, sale.

    `kind` is invoice, pay, award or sale; `key` a piece, a worker's number, a reference or a
    number; `dossier` the reference of the award that carries it, empty for none.
    """

    group: str
    analytical: str
    account: str
    kind: str
    key: str
    label: str
    day: date
    dossier: str
    amount: int | None


@dataclass(frozen=True)
class Booked:
    """What the accounts hold on one account of a class, in the sign of the class.

    What stood there a year before is a line of its own, taken off, where the class compares the
    movement of the year.
    """

    group: str
    analytical: str
    account: str
    label: str
    amount: int


@dataclass(frozen=True)
class Reason:
    """An amount that accounts and product do not see alike; positive when the accounts hold it."""

    label: str
    amount: int


@dataclass(frozen=True)
class Share:
    """What one dossier presents and is paid of the costs of a line."""

    reference: str
    label: str
    presented: int
    payable: int | None


@dataclass(frozen=True)
class Line:
    """One class for one analytical account: the accounts, the product, and why they differ.

    `reasons` account for the difference; `hints` are leads that do not add up to what is left.
    """

    group: AccountClass
    analytical: str
    name: str
    accounts: int | None
    product: int | None
    reasons: tuple[Reason, ...] = ()
    hints: tuple[Reason, ...] = ()
    shares: tuple[Share, ...] = ()

    @property
    def difference(self) -> int | None:
        """Accounts less product."""
        if self.accounts is None or self.product is None:
            return None
        return self.accounts - self.product

    @property
    def explained(self) -> int:
        return sum(reason.amount for reason in self.reasons)

    @property
    def unexplained(self) -> int | None:
        """What stays to be found."""
        return None if self.difference is None else self.difference - self.explained

    @property
    def status(self) -> str:
        if self.unexplained is None:
            return UNKNOWN
        if self.unexplained:
            return GAP
        return EXPLAINED if self.reasons else OK

    @property
    def own_funds(self) -> int | None:
        """What no dossier pays of the costs; unknown while one of them is."""
        paid = [share.payable for share in self.shares]
        if self.product is None or None in paid:
            return None
        return self.product - sum(amount for amount in paid if amount is not None)


@dataclass(frozen=True)
class Receivable:
    """What one award still owes (or is owed) for one exercise on the closing day.

    `basis` says what `earned` is: payable, granted, opening (a balance taken on),
    opening_without_award (one that names no award or no exercise: counted, to correct) or unknown.
    `gap` is granted less payable, where both are known and the basis is payable.
    """

    reference: str
    label: str
    analytical: str
    year: int | None
    basis: str
    earned: int | None
    received: int
    gap: int = 0

    @property
    def balance(self) -> int | None:
        """Positive: to receive; negative: to give back."""
        return None if self.earned is None else self.earned - self.received


@dataclass(frozen=True)
class HolidayLine:
    """What one worker has earned of holiday pay; `provision` is None when a figure is missing.

    `to_confirm`: a manual worker who left during the year, counted by our reading of the rule.
    `day_pay` and `day_charges` are what one day off costs, for an employee.
    """

    worker: str
    name: str
    manual: bool
    to_confirm: bool
    analytical: str
    gross: int
    base: int | None
    provision: int | None
    day_pay: int | None
    day_charges: int | None


@dataclass(frozen=True)
class Holiday:
    """The provision on the closing day, the one of the year before, and the figures used.

    A total that was taken on as an opening balance has no lines; `missing` says what an unknown
    one lacks.
    """

    lines: tuple[HolidayLine, ...]
    total: int | None
    source: str
    previous: int | None
    previous_source: str
    figures: tuple[FigureUse, ...]
    missing: str = ""


@dataclass(frozen=True)
class TieOut:
    """The accounts of one year of one organisation against its dossiers.

    `sha256` is the digest of the balance, empty when none was imported. `lines` come by class then
    analytical account, with their `totals`; `balances` are the lines of the balance sheet.
    `booked` and `entries` are the rows behind the two sides, `names` the approvals by analytical
    account.
    """

    organisation: str
    enterprise_number: str
    demo: bool
    year: int
    closing: date
    as_of: date
    sha256: str
    lines: tuple[Line, ...]
    totals: tuple[Line, ...]
    balances: tuple[Line, ...]
    booked: tuple[Booked, ...]
    entries: tuple[Entry, ...]
    receivables: tuple[Receivable, ...]
    holiday: Holiday
    names: Mapping[str, str]

    @property
    def open_lines(self) -> tuple[Line, ...]:
        """What is not settled: a difference without a reason."""
        return tuple(one for one in (*self.lines, *self.balances) if one.status == GAP)

    @property
    def unknown_lines(self) -> tuple[Line, ...]:
        """What cannot be compared: a figure is missing on one side."""
        return tuple(one for one in (*self.lines, *self.balances) if one.status == UNKNOWN)
