"""The table that a run prints: one row per measure, with its target and its alternative."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from bench.timing import Timing, shown

HEADERS = (
    "measure",
    "median",
    "fastest to slowest",
    "target",
    "alternative in the same run",
    "ratio",
    "memory",
)


@dataclass(frozen=True)
class Row:
    """One line: seconds of ours and of the alternative; `note` replaces what is no time."""

    name: str
    median: float | None = None
    spread: str = ""
    target: str = ""
    alternative: str = ""
    other: float | None = None
    memory: str = ""
    note: str = ""

    @classmethod
    def of(cls, name: str, timing: Timing, **rest: Any) -> Self:
        """A row from a timing."""
        return cls(name, timing.middle, timing.spread, **rest)

    def cells(self) -> tuple[str, ...]:
        """The texts of the row, under `HEADERS`."""
        other = f"{self.alternative}: {shown(self.other)}" if self.other else self.alternative
        ratio = f"{self.other / self.median:.1f} x" if self.other and self.median else ""
        return (
            self.name,
            self.note or shown(self.median),
            self.spread,
            self.target,
            other,
            ratio,
            self.memory,
        )


def write(rows: Iterable[Row]) -> None:
    """Print the table."""
    lines = [HEADERS, *(row.cells() for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADERS))]
    sys.stdout.write("\n")
    for place, line in enumerate(lines):
        sys.stdout.write(_line(line, widths))
        if not place:
            sys.stdout.write(_line(["-" * width for width in widths], widths))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    text = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"{text.rstrip()}\n"
