"""The content of one justification, complete and frozen: what every document and page shows.

A dossier holds no query and no arithmetic: amounts are cents (None = unknown), hours hundredths,
days are dates. The documents (xlsx, pdf, json) and the page are renderings of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.sheet import FigureUse, Sheet
from grants.year_rules import FUNDERS_DUTIES
from reports.reliance import Reliance, reliance


@dataclass(frozen=True)
class Cover:
    """Who declares what to whom: the declaration of claim.

    The days of the letter are None while it has not come.
    """

    organisation: str
    enterprise_number: str
    address: str
    iban: str
    signatory: str
    approval: str
    analytical_account: str
    funder: Mapping[str, str]
    scheme: str
    scheme_label: Mapping[str, str]
    reference: str
    label: str
    letter_reference: str
    letter_on: date | None
    notified_on: date | None
    starts_on: date
    ends_on: date | None
    year: int
    exercise_starts_on: date
    exercise_ends_on: date
    as_of: date
    final: bool
    version: int
    demo: bool


@dataclass(frozen=True)
class Amounts:
    """The amounts of the award for the exercise, in cents; None = unknown.

    `advances` is what was received up to the day of the statement, `balance` = payable - advances
    (negative: to give back), `recovery` its opposite when negative, else 0. `own_funds` = presented
    - payable - `topped_up`, the part that other awards pay on the same hours.
    """

    granted: int | None
    theoretical: int | None
    presented: int
    income: int
    admissible: int | None
    payable: int | None
    topped_up: int
    own_funds: int | None
    advances: int
    balance: int | None
    recovery: int | None
    grant_rule: str


@dataclass(frozen=True)
class Detail:
    """An amount beside those of the award, in cents: a part of what is granted, or a gap.

    None = unknown.
    """

    name: str
    label: Mapping[str, str]
    amount: int | None
    rule: str


@dataclass(frozen=True)
class HeadLine:
    """One head of the summary; `admitted` is before the maximum, None where none applies."""

    name: str
    label: Mapping[str, str]
    presented: int
    admitted: int
    maximum: int | None
    admissible: int
    payable: int | None
    rule: str


@dataclass(frozen=True)
class StaffLine:
    """One worker-month (or part of it) put on the award; `row` is its row in the sheet."""

    row: int
    worker: str
    name: str
    post: str
    function: Mapping[str, str]
    month: int
    days: int
    hours: int
    full_time: int
    fte: Fraction
    gross: int
    charges: int
    benefits: int
    deducted: int
    presented: int
    admissible: int | None
    payable: int | None
    pay_evidence: str
    contract_evidence: str


@dataclass(frozen=True)
class InvoiceLine:
    """One invoice, or the share of it put on the award; `others` names the other awards on it.

    An invoice of head "staff" is for someone who is not on the payroll: `person`, `function` and
    `hours` (hundredths) say who, None or empty when that is not known.
    """

    row: int
    piece: str
    issued_on: date
    supplier: str
    supplier_number: str
    number: str
    description: str
    category: Mapping[str, str]
    head: str
    total: int
    share: Fraction
    presented: int
    admissible: int | None
    payable: int | None
    paid_on: date | None
    payment_reference: str
    evidence: str
    others: tuple[str, ...]
    person: str = ""
    function: Mapping[str, str] | None = None
    hours: int | None = None


@dataclass(frozen=True)
class InstalmentLine:
    """An expected payment and what came: `late_days` counts to the receipt or to the statement."""

    number: int
    kind: str
    due_on: date
    expected: int
    received: int
    received_on: date | None
    late_days: int


@dataclass(frozen=True)
class ReceiptLine:
    """Money received (or given back, negative) for the exercise."""

    reference: str
    received_on: date
    amount: int
    instalment: int | None


@dataclass(frozen=True)
class Check:
    """One finding. `level` is error (blocks a final), warning (signed off) or info.

    `subject` identifies it for a sign-off; `who` is a worker number, a piece or a reference.
    `signed_account` is the account behind the name, empty when it signed at the command line.
    `rule` is the check that found it, for a link to the rule book: no part of what is frozen.
    """

    code: str
    level: str
    subject: str
    who: str
    month: str
    message: str
    todo: str
    article: str = ""
    amount: int | None = None
    signed_by: str = ""
    signed_account: str = ""
    rule: str = field(default="", compare=False, metadata={"frozen": False})


@dataclass(frozen=True)
class EvidenceLine:
    """One document that the dossier rests on; `reference` is empty when it is missing.

    The days are those of a document of a worker's file, None elsewhere or where not known.
    """

    kind: str
    who: str
    about: str
    reference: str
    dated_on: date | None = None
    valid_until: date | None = None
    transmitted_on: date | None = None


@dataclass(frozen=True)
class DeadlineLine:
    """Something due for the exercise; `state` is open, done or waived."""

    due_on: date
    kind: str
    label: Mapping[str, str]
    consequence: Mapping[str, str] | None
    source: str
    status: str
    state: str = "open"


@dataclass(frozen=True)
class Dossier:
    """One justification: an award for an exercise, as it stands on a day."""

    cover: Cover
    amounts: Amounts
    heads: tuple[HeadLine, ...]
    staff: tuple[StaffLine, ...]
    invoices: tuple[InvoiceLine, ...]
    instalments: tuple[InstalmentLine, ...]
    receipts: tuple[ReceiptLine, ...]
    checks: tuple[Check, ...]
    evidence: tuple[EvidenceLine, ...]
    documents: tuple[Mapping[str, Any], ...]
    deadlines: tuple[DeadlineLine, ...]
    figures: tuple[FigureUse, ...]
    staff_sheet: Sheet
    invoice_sheet: Sheet
    details: tuple[Detail, ...] = ()
    grant_sheet: Sheet | None = None

    @property
    def reliance(self) -> Reliance:
        """The doubtful values that it rests on, those that are missing included."""
        missing = (
            check.subject.removeprefix("term:")
            for check in self.checks
            if check.code == "terms_missing"
        )
        return reliance(self.figures, self.cover.as_of, missing)

    @property
    def inventory(self) -> tuple[InvoiceLine, ...]:
        """The invoices by head and category of expense, then by day: the order of their numbers."""
        return tuple(
            sorted(
                self.invoices,
                key=lambda line: (
                    HEADS.index(line.head),
                    line.category["fr"],
                    line.issued_on,
                    line.piece,
                ),
            )
        )

    @property
    def numbers(self) -> Mapping[str, int]:
        """The running number of each piece in the inventory, from 1."""
        pieces = dict.fromkeys(line.piece for line in self.inventory)
        return {piece: number for number, piece in enumerate(pieces, start=1)}

    @property
    def outside_payroll(self) -> tuple[InvoiceLine, ...]:
        """The invoices for people who are not on the payroll: they count as staff costs."""
        return tuple(line for line in self.inventory if line.head == "staff")

    @property
    def purchases(self) -> tuple[InvoiceLine, ...]:
        """The invoices of the other heads."""
        return tuple(line for line in self.inventory if line.head != "staff")

    @property
    def errors(self) -> tuple[Check, ...]:
        """What blocks a final justification."""
        return tuple(check for check in self.checks if check.level == "error")

    @property
    def own_deadlines(self) -> tuple[DeadlineLine, ...]:
        """What the employer must do by a day; a balance or a result is the funder's to send."""
        return tuple(line for line in self.deadlines if line.kind not in FUNDERS_DUTIES)

    @property
    def next_deadline(self) -> DeadlineLine | None:
        """The employer's first open deadline not before the day of the statement."""
        coming = [
            line
            for line in self.own_deadlines
            if line.due_on >= self.cover.as_of and line.state == "open"
        ]
        return min(coming, key=lambda line: line.due_on, default=None)
