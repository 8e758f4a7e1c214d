"""What a projection starts from: contracts, assignments, awards and real pay, all in columns.

Facts are never changed: each array is read-only, and a patch makes new facts beside the old ones.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

import numpy as np

from backoffice.engine.employer.projection import EmployerRates
from backoffice.engine.figures import Figures
from backoffice.engine.money import Cents
from backoffice.engine.payroll import PayMonths
from backoffice.engine.periods import Ints
from backoffice.engine.projection.index_grid import IndexGrid
from backoffice.engine.scenario.award_years import AwardYears, Parts, PostRows
from backoffice.engine.scenario.patch import Patch

STATUSES = ("confirmed", "to_confirm", "forecast", "assumption")
"""How sure an amount is, by rising doubt; columns hold the place in this list."""
CONFIRMED, TO_CONFIRM, FORECAST, ASSUMPTION = range(len(STATUSES))
NO_STEP = -1
Columns = TypeVar("Columns")


@dataclass(frozen=True)
class Names:
    """The words behind the indices of the columns.

    `approval_kinds` are the types of approval (CASG, CAP...), `approval_antennas` how many
    antennas each has. `workers` and `awards` are unique within their employer only; `awards` holds
    references and `award_labels`, `award_schemes`, `award_approvals` (-1: none) and
    `award_employers` go with them. `funders` names the authority of each scheme; `scales` is
    (scale, column).
    """

    employers: tuple[str, ...]
    approvals: tuple[str, ...]
    approval_employers: Ints
    approval_kinds: tuple[str, ...]
    approval_antennas: Ints
    workers: tuple[str, ...]
    awards: tuple[str, ...]
    award_labels: tuple[str, ...]
    award_schemes: tuple[str, ...]
    award_approvals: Ints
    award_employers: Ints
    funders: Mapping[str, str]
    functions: tuple[str, ...]
    diplomas: tuple[str, ...]
    scales: tuple[tuple[str, str], ...]
    committees: tuple[str, ...]


@dataclass(frozen=True)
class Contracts:
    """One row per contract line; days are ordinals, `stop` excluded, an open one is far away.

    `worker`, `employer`, `approval` (-1: none), `function`, `diploma`, `committee` and `regime`
    (in the index grid, -1 unknown) are indices; `hours` and `full_time` hundredths a week;
    `scale` an index in `Names.scales`; `since` the first month that begins with the seniority.
    """

    worker: Ints
    employer: Ints
    approval: Ints
    function: Ints
    diploma: Ints
    committee: Ints
    start: Ints
    stop: Ints
    hours: Ints
    full_time: Ints
    manual: Ints
    scale: Ints
    since: Ints
    regime: Ints

    def __len__(self) -> int:
        return len(self.worker)


@dataclass(frozen=True)
class Assignments:
    """A worker on a post for some hours a week (hundredths), from `start` to `stop` excluded."""

    worker: Ints
    post: Ints
    start: Ints
    stop: Ints
    hours: Ints

    def __len__(self) -> int:
        return len(self.worker)


@dataclass(frozen=True)
class Leaves:
    """Days on which a worker is not paid: known long absences, as ordinals, `stop` excluded."""

    worker: Ints
    start: Ints
    stop: Ints


@dataclass(frozen=True)
class Demands:
    """Posts that are asked and do not exist: they add to the frame, not to the contracts.

    `employer` and `approval` (-1: none) say whose; `function` and `diploma` are indices; `fte` is
    in ten-thousandths; `since` the first month; `month` cents a month of that FTE at `since`, -1
    where no assumption gives its cost; `regime` moves it (-1: none); `funder` an index in
    `funders`, the first of which is nobody; `patch` the number of the patch that asks.
    """

    employer: Ints
    approval: Ints
    function: Ints
    diploma: Ints
    fte: Ints
    since: Ints
    month: Cents
    regime: Ints
    funder: Ints
    patch: Ints
    funders: tuple[str, ...] = ("",)

    def __len__(self) -> int:
        return len(self.fte)


def no_demands() -> Demands:
    """No post is asked."""
    none = np.zeros(0, dtype=np.int64)
    return Demands(none, none, none, none, none, none, none, none, none, none)


@dataclass(frozen=True)
class Observed:
    """What each worker's last twelve known months cost, item by item.

    `amount` is item x worker x civil month in cents, `paid` worker x civil month: 1 where a month
    of pay is known, `hours` its weekly hours (hundredths). `full_month` is the last real gross
    brought to a full-time month (-1: none), the basis where the scale is unknown to us, and
    `full_since` its month index; `contract_month` is the same at the working time of the contract,
    `weekly` hours (hundredths) of `whole`. `allowance` says which rule gives the foyer or residence
    allowance (see `with_allowances`).
    """

    amount: Cents
    paid: Ints
    hours: Ints
    full_month: Cents
    contract_month: Cents
    full_since: Ints
    weekly: Ints
    whole: Ints
    allowance: Ints


@dataclass(frozen=True)
class ScaleTable:
    """Yearly base at 100 % in cents by scale, step and year since `first`; -1: unknown to us."""

    base: Cents
    status: Ints
    first: int


@dataclass(frozen=True)
class Note:
    """Something that a reader of the figures must know: a code, what it is about, how many.

    `workers` are the places of the workers concerned, where it is about some.
    """

    code: str
    subject: str = ""
    count: int = 0
    workers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All that a run needs, for one employer or many.

    Attributes:
        names: words behind the indices.
        first: month index of the first month; `stop` the one after the last; whole civil years.
        known_until: by employer, first month without real pay: from there months are projected.
        contracts, assignments, leaves: who works, for whom, on which post.
        posts: posts of all awards.
        years: award-years, renewals included; `renewed` 1 where the terms of a former year stand.
        parts: invoices on award-years; `repeated` 1 where those of a former year stand.
        real: real worker-months inside the horizon, `real_worker`'s employer by `worker_employer`.
        targeted: by award, 1 where its scheme takes the balance of the contributions (ACS).
        observed: the last known year of each worker.
        scales, index: what a scale is worth, and how it moves.
        figures: the registry; `law` gives the employer's rates from it by committee and year.
        notes: what reading has assumed.
        demands: posts that patches ask; `pay_dates` patches on the days of payment, for the
            treasury; `merged` (absorbed, into, first month) employers counted together.
    """

    names: Names
    first: int
    stop: int
    known_until: Ints
    contracts: Contracts
    assignments: Assignments
    leaves: Leaves
    posts: PostRows
    years: AwardYears
    renewed: Ints
    parts: Parts
    repeated: Ints
    real: PayMonths
    worker_employer: Ints
    targeted: Ints
    observed: Observed
    scales: ScaleTable
    index: IndexGrid
    figures: Figures
    law: Callable[[Figures, str, int], EmployerRates]
    notes: tuple[Note, ...] = field(default=())
    demands: Demands = field(default_factory=no_demands)
    pay_dates: tuple[Patch, ...] = ()
    merged: tuple[tuple[int, int, int], ...] = ()

    @property
    def months(self) -> range:
        """The months of the horizon."""
        return range(self.first, self.stop)


def frozen(columns: Columns) -> Columns:
    """The same columns, none of which can be written any more, however deep.

    The registry of figures holds no column, and is frozen by itself.
    """
    _freeze(columns)
    return columns


def _freeze(value: Any) -> None:
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, Figures):
        return
    elif isinstance(value, Mapping):
        for one in value.values():
            _freeze(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            _freeze(getattr(value, one.name))


def with_rows(columns: Columns, rows: Mapping[str, Ints]) -> Columns:
    """The same columns followed by other rows, each column given."""
    names = [one.name for one in fields(columns)]  # type: ignore[arg-type]
    joined = {name: np.concatenate([getattr(columns, name), rows[name]]) for name in names}
    return replace(columns, **joined)  # type: ignore[type-var]


def taken(columns: Columns, rows: Ints) -> Columns:
    """Some rows of columns, in the order given."""
    names = [one.name for one in fields(columns)]  # type: ignore[arg-type]
    return replace(columns, **{name: getattr(columns, name)[rows] for name in names})  # type: ignore[type-var]
