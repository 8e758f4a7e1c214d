"""Pay scales: the amounts of a page (by month, year or hour) and the base at 100 % behind them."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType

from backoffice.engine.figures import Figure, FigureValue, Source
from backoffice.engine.scales import Scale, ScaleColumn, Step

HERE = Path(__file__).parent
BASE_NOTE = "Montant / coefficient, ramené à l'année"
UNDER_18 = "under_18"

Row = dict[str, str]


def scale_figures() -> Iterator[Figure]:
    """Two figures a step: "scale.332.00.20-ADMIN.gradue.0" as printed, and its ".base" at 100 %."""
    labels = _labels()
    for (scale, column, seniority), rows in _steps():
        code = f"scale.{scale}.{column}.{seniority}"
        label = {
            language: f"{labels[scale, column][f'scale_{language}']}, "
            f"{labels[scale, column][f'column_{language}']}, {_years(seniority, language)}"
            for language in ("fr", "nl")
        }
        yield Figure(code, label, rows[0]["unit"], tuple(_printed(row) for row in rows))
        bases = tuple(_base(row) for row in rows if row["base_status"])
        if bases:
            percent = {language: f"{text} (100 %)" for language, text in label.items()}
            yield Figure(f"{code}.base", percent, "EUR/year", bases)


@cache
def pay_scales() -> Mapping[str, Scale]:
    """Scales by code, as printed on the last page read; amounts in the unit of the page."""
    labels = _labels()
    columns: dict[str, list[ScaleColumn]] = {}
    for (scale, column), group in groupby(_steps(), key=lambda item: item[0][:2]):
        about = labels[scale, column]
        steps = tuple(
            Step(int(key[2]), _exact(rows[-1]["value"]), _exact(rows[-1]["base"]))
            for key, rows in group
            if key[2] != UNDER_18
        )
        label = {"fr": about["column_fr"], "nl": about["column_nl"]}
        rank = int(about["rank"]) if about["rank"] else None
        columns.setdefault(scale, []).append(ScaleColumn(column, label, rank, steps))
    return MappingProxyType({code: Scale(code, tuple(found)) for code, found in columns.items()})


def _printed(row: Row) -> FigureValue:
    coefficient = f"Coefficient {row['coefficient']}" if row["coefficient"] else ""
    return FigureValue(
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        value=_exact(row["value"]),
        text=row["value"],
        decided=None,
        status=row["status"],
        source=Source(row["source"]),
        note=" ; ".join(part for part in (coefficient, row["note"]) if part),
    )


def _base(row: Row) -> FigureValue:
    return FigureValue(
        since=date.fromisoformat(row["since"]),
        until=None,
        value=_exact(row["base"]),
        text=row["base"],
        decided=None,
        status=row["base_status"],
        source=Source(row["source"]),
        note=f"{BASE_NOTE} ({row['coefficient']})",
        origin="derived",
    )


def _steps() -> Iterator[tuple[tuple[str, str, str], list[Row]]]:
    """Rows grouped by (scale, column, seniority), by rising date."""
    key = itemgetter("scale", "column", "seniority")
    for group, rows in groupby(_read("pay_scales.csv"), key=key):
        yield group, list(rows)


def _labels() -> dict[tuple[str, str], Row]:
    return {(row["scale"], row["column"]): row for row in _read("pay_scale_columns.csv")}


def _read(name: str) -> list[Row]:
    with (HERE / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _exact(written: str) -> Fraction | None:
    return Fraction(written) if written else None


def _years(seniority: str, language: str) -> str:
    if seniority == UNDER_18:
        return {"fr": "moins de 18 ans", "nl": "jonger dan 18 jaar"}[language]
    return f"{seniority} {'an' if language == 'fr' else 'jaar'}" + (
        "s" if language == "fr" and int(seniority) > 1 else ""
    )
