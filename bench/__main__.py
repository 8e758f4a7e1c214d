"""`python -m bench`: every measure once, one table at the end."""

import argparse
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.database import own_data
from bench.table import Row, write
from bench.timing import fresh

MEASURES = (
    *("engine", "scenario", "optimum", "peers", "funders", "exchange", "justifications"),
    *("federation", "memorandum", "documents", "restore", "lists", "grid"),
)
ON_BOTH = ("federation", "lists")
"""What PostgreSQL measures too."""


def rows_of(name: str, *, quick: bool) -> Iterator[Row]:
    """The rows of one measure, taken in a fresh process."""
    sys.stderr.write(f"{name} ...\n")
    for row in fresh(f"bench.{name}:measure", quick=quick):
        yield Row(**row)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked and print the table; DATABASE_URL adds PostgreSQL."""
    parser = argparse.ArgumentParser(prog="bench", description="Medians, spreads, alternatives.")
    parser.add_argument(
        "--only", choices=MEASURES, action="append", help="one measure (repeatable)"
    )
    parser.add_argument("--quick", action="store_true", help="smaller sizes and fewer runs")
    asked = parser.parse_args(arguments)
    names = asked.only or MEASURES
    postgres = os.environ.get("DATABASE_URL", "")
    with own_data():
        load = os.getloadavg()[0]
        rows = [row for name in names for row in rows_of(name, quick=asked.quick)]
        if postgres.startswith("postgres"):
            os.environ["DATABASE_URL"] = postgres
            again = [name for name in ON_BOTH if name in names]
            rows += [row for name in again for row in rows_of(name, quick=asked.quick)]
    write(rows)
    sys.stdout.write(
        f"\n{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {_memory()}, "
        f"Python {platform.python_version()}, SQLite; load {load:.1f} before, "
        f"{os.getloadavg()[0]:.1f} after. Ratio: the "
        "alternative's time over ours. No time is asserted.\n"
    )


def _memory() -> str:
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    return f"{int(lines[0].split()[1]) / 1024 / 1024:.0f} GiB"


if __name__ == "__main__":
    main()
