"""A memorandum, complete and frozen: every figure with what it says, rests on and hides.

The documents (json, xlsx, pdf) are renderings of it. What is hidden has no value in it at all.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from backoffice.engine import money
from backoffice.engine.sheet import FigureUse
from reports.memorandum.disclosure import FEWEST
from reports.memorandum.measures import DAYS, FTE, Measure
from reports.memorandum.tables import Head, Label

State = Literal["known", "unknown", "hidden", "none"]
DECIMALS = 4


@dataclass(frozen=True)
class Entry:
    """One published figure.

    Attributes:
        key: its id, stable from one year to the next: table, row and column.
        state: known; unknown (nobody in scope knows it); hidden (it would single someone out);
            none (the measure concerns no service there, or
            so few that bring nothing that there is nothing to show).
        value: FTE-years and days as decimals rounded once, cents or counts; None unless known.
        scope: services that the measure concerns; `known` those whose number is known. None: fewer
            than four, which other rows may tell all the same.
        status: confirmed, or how sure the figures are that it rests on.
        compared: the functions that a gap covers, where one of its sides covers more; several
            when its services differ, an empty one for those where all are compared.
    """

    key: str
    measure: Measure
    state: State
    value: Fraction | None
    scope: int | None
    known: int | None
    status: str
    compared: tuple[tuple[str, ...], ...] = ()

    @property
    def coverage(self) -> Fraction | None:
        """The part of the services in scope that is known; None where the counts are not said."""
        return Fraction(self.known, self.scope) if self.scope and self.known is not None else None

    @property
    def text(self) -> str | None:
        """The value as exact text: EUR with two decimals, FTE and days with at most four."""
        if self.value is None:
            return None
        if self.measure.unit in {FTE, DAYS}:
            return decimals(self.value)
        return money.text(int(self.value)) if self.measure.unit == "EUR" else str(int(self.value))


@dataclass(frozen=True)
class Grid:
    """One table of published figures."""

    code: str
    title: Label
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    entries: Mapping[tuple[str, str], Entry]


@dataclass(frozen=True)
class Rules:
    """What the figures were computed with.

    Attributes:
        figures: the values that hold for everybody, as they were relied on.
        unlisted: how many other values were: terms of awards and steps of pay scales, which say
            what one service receives or whom it employs. They are nowhere in a memorandum.
        schemes: SHA-256 of the file of each scheme.
        digest: SHA-256 of the product's version, of every value used and of the schemes.
    """

    product: str
    figures: tuple[FigureUse, ...]
    unlisted: int
    schemes: Mapping[str, str]
    digest: str

    @classmethod
    def of(
        cls,
        product: str,
        uses: Collection[FigureUse],
        general: Collection[FigureUse],
        schemes: Mapping[str, str],
    ) -> "Rules":
        """The rules of figures that rely on `uses`, of which only those in `general` are listed."""
        used = sorted((use.code, use.since.isoformat(), use.text, use.status) for use in uses)
        said = [product, used, sorted(schemes.items())]
        digest = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
        listed = sorted(
            (use for use in uses if use in general), key=lambda use: (use.code, use.since)
        )
        return cls(product, tuple(listed), len(uses) - len(listed), schemes, digest)


@dataclass(frozen=True)
class Memorandum:
    """The figures of a year as they stood on `as_of`; frames are those of `reference_on`.

    `services` counts the approvals of each sector, `service_count` the services that hold them.
    """

    year: int
    as_of: date
    reference_on: date
    demo: bool
    services: Mapping[str, int]
    service_count: int
    rules: Rules
    grids: tuple[Grid, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for grid in self.grids for entry in grid.entries.values())

    @property
    def digest(self) -> str:
        """SHA-256 of every figure with its rules: it names the whole set."""
        said = [
            [one.key, one.state, one.text, one.scope, one.known, one.status] for one in self.entries
        ]
        head = [self.year, self.as_of.isoformat(), self.demo, self.rules.digest]
        return hashlib.sha256(json.dumps([head, said]).encode()).hexdigest()

    def said_services(self) -> Mapping[str, int | None]:
        """Number of approvals by sector: approvals are public decisions."""
        return dict(self.services)

    def counts(self) -> Mapping[State, int]:
        """How many figures are known, unknown, hidden and without object."""
        states = [entry.state for entry in self.entries]
        return {state: states.count(state) for state in ("known", "unknown", "hidden", "none")}


def rounded(value: Fraction) -> Fraction:
    """An FTE or a number of days as it is published: rounded once, half up, to four decimals."""
    scale = 10**DECIMALS
    return Fraction(money.round_ratio(value.numerator * scale, value.denominator), scale)


def decimals(value: Fraction) -> str:
    """A value with at most four decimals as text, at least two of them: "12.50"."""
    scaled = int(rounded(value) * 10**DECIMALS)
    whole, rest = divmod(abs(scaled), 10**DECIMALS)
    kept = f"{rest:0{DECIMALS}d}".rstrip("0").ljust(2, "0")
    return f"{'-' if scaled < 0 else ''}{whole}.{kept}"


def said_count(count: int) -> int | None:
    """A number of services; from one to three is "fewer than four", and no more is said."""
    return None if 0 < count < FEWEST else count
