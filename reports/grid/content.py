"""What the grid shows: workers, their rows by award, twelve months, totals."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.core.paginator import Page


@dataclass(frozen=True)
class Cell:
    """A month of a worker on a post.

    `percent` and `hours` are the same content in two units, empty for none. `state` is "",
    "allowed", "suspicious", "forbidden", "sent" (a version that has left asks for the month
    already), "locked" (a frozen justification) or "outside" (no contract, post or award on any of
    its days); `detail` says it in words. `notes` counts the
    decisions kept on it.
    """

    month: int
    number: int
    percent: str
    hours: str
    state: str
    detail: str
    notes: int = 0

    @property
    def editable(self) -> bool:
        return self.state not in {"locked", "outside"}


@dataclass(frozen=True)
class Free:
    """What a worker's month leaves; `state` is "free", "full", "over" or "outside"."""

    month: int
    state: str
    percent: str
    hours: str
    fte: Fraction
    detail: str


@dataclass(frozen=True)
class Row:
    """A worker on a post, month by month."""

    worker: int
    post: int
    reference: str
    label: str
    post_code: str
    cells: tuple[Cell, ...]

    @property
    def key(self) -> str:
        return f"{self.worker}:{self.post}"


@dataclass(frozen=True)
class Block:
    """A worker: what is left of each month, then one row per award; `version` of the year read."""

    worker: int
    number: str
    name: str
    version: str
    free: tuple[Free, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class AwardTotal:
    """An award in cents, None = unknown; `moved` is what a draft adds to what is presented.

    `left` is what of the amount granted nothing claims yet; `above` what is presented and not
    paid, with `reached` the ceilings that do it, in words. `crowded` are the posts held beyond
    their FTE.
    """

    reference: str
    scheme: Mapping[str, str]
    granted: int | None
    presented: int
    payable: int | None
    left: int | None
    above: int | None
    reached: tuple[str, ...]
    crowded: tuple[str, ...]
    moved: int = 0


@dataclass(frozen=True)
class Choice:
    """A worker, or a post that a worker may be put on."""

    pk: int
    words: str


@dataclass(frozen=True)
class Grid:
    """A year of an organisation: the workers of one page, the totals of everyone.

    `workers` and `posts` are all those that a form may name.
    """

    year: int
    months: tuple[int, ...]
    page: Page[int]
    blocks: tuple[Block, ...]
    totals: tuple[AwardTotal, ...]
    workers: tuple[Choice, ...]
    posts: tuple[Choice, ...]
