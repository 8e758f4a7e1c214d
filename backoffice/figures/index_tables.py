"""The index tables of the engine, built from the figures (those that users filled in included)."""

import csv
from fractions import Fraction
from pathlib import Path

from backoffice.engine.figures import Figures
from backoffice.engine.index_series import ANNUAL, IndexTables, Pivot
from backoffice.engine.periods import parse_month

HERE = Path(__file__).parent
BASE_2013, BASE_2025 = "2013=100", "2025=100"
REBASED = "2026-01"  # first month whose official index is in base 2025
LAGS = ("private_m1", "private_m2", "public", "benefits")


def index_tables(figures: Figures) -> IndexTables:
    """What the engine needs to replay the index.

    Args:
        figures: a registry that holds the codes "index.*".

    Raises:
        FigureNotDefined: one of these codes is unknown.
    """
    wages, benefits = figures["index.cap_wages"], figures["index.cap_benefits"]
    return IndexTables(
        health={BASE_2013: figures["index.health_2013"], BASE_2025: figures["index.health_2025"]},
        smoothed={
            BASE_2013: figures["index.smoothed_2013"],
            BASE_2025: figures["index.smoothed_2025"],
        },
        bases=((0, BASE_2013), (parse_month(REBASED), BASE_2025)),
        factor=figures["index.smoothing_factor"],
        block=figures["index.smoothing_block"],
        step=figures["index.step"],
        pivots=_pivots(),
        lags={regime: figures[f"index.lag_{regime}"] for regime in LAGS},
        caps={regime: benefits if regime == "benefits" else wages for regime in (*LAGS, ANNUAL)},
        cap_limit=figures["index.cap_limit"],
        annual=figures["index.cp200"],
    )


def _pivots() -> tuple[Pivot, ...]:
    with (HERE / "index_pivot.csv").open(newline="", encoding="utf-8") as file:
        return tuple(
            Pivot(
                n=int(row["n"]),
                value=Fraction(row["value"]),
                base=row["base"],
                crossed=parse_month(row["crossed"]) if row["crossed"] else None,
                status=row["status"],
            )
            for row in csv.DictReader(file)
        )
