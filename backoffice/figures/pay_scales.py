"""Pay scales: the amounts of a page (by month, year or hour) and the base at 100 % behind them."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType

from django.utils.translation import gettext_noop as mark

from backoffice.engine.figures import Figure, FigureValue, Source
from backoffice.engine.scales import Scale, ScaleColumn, Step
from backoffice.figures.places import FigureFileError, on_line, on_lines, refused_as
from backoffice.figures.reading import csv_rows, exact, written_day

HERE = Path(__file__).parent
SCALES, COLUMNS = HERE / "pay_scales.csv", HERE / "pay_scale_columns.csv"
PRINTED_NOTE = mark("Base x coefficient")
BASE_NOTE = mark("Montant / coefficient, ramené à l'année")
UNDER_18 = "under_18"

Row = dict[str, str]
"""A row of a file, with its own place under "line"."""


def scale_figures() -> Iterator[Figure]:
    """Two figures a step: "scale.332.00.20-ADMIN.gradue.0" as printed, and its ".base" at 100 %."""
    labels = _labels()
    with refused_as(FigureFileError, SCALES):
        for key, rows in _steps():
            yield from _figures_of_step(key, rows, labels)


def _figures_of_step(
    key: tuple[str, str, str], rows: list[Row], labels: Mapping[tuple[str, str], Row]
) -> Iterator[Figure]:
    scale, column, seniority = key
    lines = [int(row["line"]) for row in rows]
    with on_line(SCALES, lines[0]), on_lines(SCALES, lines):
        about = labels[scale, column]
        label = {
            language: f"{about[f'scale_{language}']}, {about[f'column_{language}']}, "
            f"{_years(seniority, language)}"
            for language in ("fr", "nl")
        }
        code = f"scale.{scale}.{column}.{seniority}"
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
    parts = (PRINTED_NOTE, row["coefficient"].replace(".", ",")) if row["coefficient"] else ()
    with on_line(SCALES, int(row["line"])):
        return FigureValue(
            since=written_day(row["since"]),
            until=written_day(row["until"]) if row["until"] else None,
            value=_exact(row["value"]),
            text=row["value"],
            decided=None,
            status=row["status"],
            source=_source(row),
            note=" ; ".join(part for part in (*parts, row["note"]) if part),
        )


def _base(row: Row) -> FigureValue:
    with on_line(SCALES, int(row["line"])):
        return FigureValue(
            since=written_day(row["since"]),
            until=None,
            value=_exact(row["base"]),
            text=row["base"],
            decided=None,
            status=row["base_status"],
            source=_source(row),
            note=f"{BASE_NOTE} ; {row['coefficient'].replace('.', ',')}",
            origin="derived",
        )


def _source(row: Row) -> Source:
    return Source(row["source"], None, written_day(row["verified"]))


def _steps() -> Iterator[tuple[tuple[str, str, str], list[Row]]]:
    """Rows grouped by (scale, column, seniority), by rising date."""
    key = itemgetter("scale", "column", "seniority")
    for group, rows in groupby(_read(SCALES), key=key):
        yield group, list(rows)


def _labels() -> dict[tuple[str, str], Row]:
    return {(row["scale"], row["column"]): row for row in _read(COLUMNS)}


def _read(path: Path) -> list[Row]:
    return [{**row, "line": str(line)} for line, row in csv_rows(path)]


def _exact(written: str) -> Fraction | None:
    return exact(written)[0] if written else None


def _years(seniority: str, language: str) -> str:
    if seniority == UNDER_18:
        return {"fr": "moins de 18 ans", "nl": "jonger dan 18 jaar"}[language]
    return f"{seniority} {'an' if language == 'fr' else 'jaar'}" + (
        "s" if language == "fr" and int(seniority) > 1 else ""
    )
