"""The content of an application for a subsidy, complete: what its page and its files show.

Amounts are cents, None is unknown; days are dates; labels carry both languages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

Label = Mapping[str, str]


@dataclass(frozen=True)
class Place:
    """A seat or an antenna of the approved service."""

    kind: Label
    name: str
    address: str


@dataclass(frozen=True)
class Identity:
    """Who asks: the association, and the approved service when the application is for one."""

    organisation: str
    legal_form: str
    enterprise_number: str
    address: str
    iban: str
    representative: str
    service: str
    approval: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Asked:
    """What is asked of whom; `amount` None is fixed by the funder."""

    reference: str
    year: int
    funder: str
    scheme_code: str
    scheme: Label
    label: str
    amount: int | None
    state: str
    state_label: Label
    asked_on: date | None
    award: str


@dataclass(frozen=True)
class TeamLine:
    """People and FTE of one function and diploma: under contract, approved, requested.

    The three never stand for one another; `approved` and `requested` are None when unknown.
    """

    function: Label
    diploma: Label
    people: int
    under_contract: Fraction
    approved: Fraction | None
    requested: Fraction | None


@dataclass(frozen=True)
class Team:
    """The team beside an application, and the day on which each of its columns is read.

    `award` is the subsidy whose posts are requested, on `posts_on`; without it the request is
    unknown.
    """

    lines: tuple[TeamLine, ...]
    contracts_on: date
    frame_on: date
    frame_known: bool
    award: str
    posts_on: date | None


@dataclass(frozen=True)
class SubsidyLine:
    """A public subsidy of the year: held, expected (renewed, letter to come), asked or drafted.

    `own` marks the application itself; `requested` is what was asked, None when no application
    says it; `budgeted` is what the budget expects of it.
    """

    state: str
    state_label: Label
    funder: str
    scheme: Label
    reference: str
    label: str
    starts_on: date
    ends_on: date | None
    requested: int | None
    amount: int | None
    budgeted: int | None
    own: bool


@dataclass(frozen=True)
class BudgetRow:
    """One line of the budget; `source` is the award or the application that it expects."""

    nature: str
    account: str
    code: str
    label: str
    approval: str
    amount: int
    source: str


@dataclass(frozen=True)
class Budget:
    """The budget of the whole association for the year, by nature and account.

    `public` is the part of the income that awards and applications bring, `result` income less
    expenses: 0 when it is in balance. All are None as long as the budget is not filled in.
    """

    rows: tuple[BudgetRow, ...]
    expenses: int | None
    income: int | None
    public: int | None
    result: int | None


@dataclass(frozen=True)
class PublicTotal:
    """The sum of the known amounts of one state, and how many are unknown."""

    state: str
    state_label: Label
    count: int
    amount: int
    unknown: int


@dataclass(frozen=True)
class ApplicationFile:
    """One application with all that the funder asks to see beside it, as it stands on a day."""

    asked: Asked
    identity: Identity
    as_of: date
    demo: bool
    team: Team
    subsidies: tuple[SubsidyLine, ...]
    totals: tuple[PublicTotal, ...]
    budget: Budget
    remarks: tuple[str, ...]
