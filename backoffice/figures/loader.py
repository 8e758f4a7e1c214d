"""Reads the figures from their files, and refuses at load what no reader could trust.

A TOML table is a figure when it has `values`, or a `series` naming a CSV file beside it with the
same columns; `lasts_months` ends each value after so many months. Its code is the file's name and
the table's: index.toml, table `step`, "index.step". Values are exact: decimals are read as
decimals, fractions are written "2/37".
"""

import csv
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from backoffice.engine.figures import Figure, Figures, FigureValue, InvalidFigure, Source
from backoffice.figures.pay_scales import scale_figures

HERE = Path(__file__).parent
NO_VALUE = ("missing", "repealed")
_NUMBER = re.compile(r"-?\d+(\.\d+)?(/[1-9]\d*)?", re.ASCII)
_TABLE_KEYS = {"label", "unit", "values", "series", "lasts_months"}
_VALUE_KEYS = {
    *("since", "until", "value", "decided", "status", "origin", "source", "note", "article"),
}


class FigureFileError(ValueError):
    """A figures file that cannot be trusted; the message names the file and the entry."""


def load(extra_dirs: Iterable[Path] = ()) -> Figures:
    """Every general figure, and those of the TOML files of other folders; read once.

    Raises:
        FigureFileError: the first entry that breaks a rule, with its file and place.
    """
    return _load(tuple(extra_dirs))


@cache
def _load(extra_dirs: tuple[Path, ...]) -> Figures:
    found: dict[str, Figure] = {}
    for folder in (HERE, *extra_dirs):
        for path in sorted(folder.glob("*.toml")):
            for figure in figures_of_file(path):
                if figure.code in found:
                    raise FigureFileError(f"{path.name} : le code {figure.code} existe déjà.")
                found[figure.code] = figure
    return Figures((*found.values(), *scale_figures()))


def figures_of_file(path: Path) -> Iterator[Figure]:
    """The figures of one TOML file: its own tables, or those under `[figures]`."""
    try:
        with path.open("rb") as file:
            tables = tomllib.load(file, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise FigureFileError(f"{path.name} : {error}") from error
    for level in (tables, tables.get("figures", {})):
        yield from figures_from_table(path.stem, level, path)


def figures_from_table(prefix: str, table: Mapping[str, Any], path: Path) -> Iterator[Figure]:
    """The figures among the tables of `table`, coded `prefix`.name; other tables are left alone.

    Args:
        prefix: first part of the codes.
        table: TOML tables by name, read with `parse_float=Decimal`.
        path: their file; `series` files stand beside it, and errors name it.

    Raises:
        FigureFileError: a figure that breaks a rule.
    """
    for name, entry in table.items():
        if isinstance(entry, Mapping) and ({"values", "series"} & entry.keys()):
            place = f"{path.name}, table {name}"
            try:
                yield _figure(f"{prefix}.{name}", entry, path, name)
            except FigureFileError:
                raise
            except (InvalidFigure, KeyError, TypeError, ValueError) as error:
                raise FigureFileError(f"{place} : {_words(error)}") from error


def _figure(code: str, entry: Mapping[str, Any], path: Path, name: str) -> Figure:
    _only(entry, _TABLE_KEYS)
    label = entry["label"]
    if set(label) != {"fr", "nl"} or not all(label.values()):
        raise InvalidFigure("le libellé doit exister en fr et en nl")
    if "series" in entry:
        values = tuple(_series(path.parent / entry["series"], name))
    else:
        values = tuple(_checked(row, f"{path.name}, table {name}") for row in entry["values"])
    if not values:
        raise InvalidFigure("aucune valeur")
    for left, right in pairwise(values):
        if left.since == right.since and not (left.decided and right.decided):
            raise InvalidFigure(f"deux valeurs commencent le {left.since}")
    return Figure(code, dict(label), entry["unit"], values, entry.get("lasts_months"))


def _series(path: Path, name: str) -> Iterator[FigureValue]:
    """The rows of a CSV file; where it has a column `figure`, only those of this figure."""
    with path.open(newline="", encoding="utf-8") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if row.get("figure", name) == name:
                yield _checked(row, f"{path.name}, ligne {line}", _from_csv)


def _from_csv(row: Mapping[str, str]) -> dict[str, Any]:
    """A CSV row in the shape of a TOML table: blanks absent, columns of other readers dropped."""
    kept: dict[str, Any] = {key: row[key] for key in _VALUE_KEYS & row.keys() if row[key]}
    for key in {"since", "until", "decided"} & kept.keys():
        kept[key] = kept[key] if kept[key] == "unknown" else _written_day(kept[key])
    url, verified = row.get("url"), row.get("verified")
    kept["source"] = {
        "title": row["source"],
        **({"url": url} if url else {}),
        **({"verified": _written_day(verified)} if verified else {}),
    }
    return kept


def _checked(
    row: Mapping[str, Any], place: str, shape: Callable[[Any], Mapping[str, Any]] = dict
) -> FigureValue:
    since = row.get("since", "?")
    try:
        return figure_value(shape(row))
    except (InvalidFigure, KeyError, TypeError, ValueError) as error:
        raise FigureFileError(f"{place}, valeur du {since} : {_words(error)}") from error


def figure_value(row: Mapping[str, Any]) -> FigureValue:
    """One value from its table: days as dates, the value as a decimal, an integer or a text.

    Raises:
        InvalidFigure: a key, a day, a value, a status or a source that breaks a rule.
    """
    _only(row, _VALUE_KEYS)
    status = row["status"]
    value, text = exact(row["value"]) if status not in NO_VALUE else (None, "")
    if status in NO_VALUE and "value" in row:
        raise InvalidFigure(f"une valeur « {status} » ne porte pas de nombre")
    until, decided = row.get("until"), row["decided"]
    return FigureValue(
        since=_day(row["since"]),
        until=None if until is None else _day(until),
        value=value,
        text=text,
        decided=None if decided == "unknown" else _day(decided),
        status=status,
        source=_source(row["source"]),
        note=row.get("note", ""),
        article=row.get("article", ""),
        origin=row.get("origin", "published"),
    )


def exact(written: object) -> tuple[Fraction, str]:
    """A number of a file as an exact fraction, with its text as published.

    Raises:
        InvalidFigure: a float, an infinity, a comma, or anything but a number.
    """
    if isinstance(written, bool) or not isinstance(written, (int, str, Decimal)):
        raise InvalidFigure(f"{written!r} n'est pas un nombre exact")
    text = f"{written:f}" if isinstance(written, Decimal) else str(written)
    if not _NUMBER.fullmatch(text):
        raise InvalidFigure(f"« {text} » n'est pas un nombre exact")
    whole, _, part = text.partition("/")
    return (Fraction(whole) / int(part or 1), text)


def _source(table: object) -> Source:
    if not isinstance(table, Mapping) or not table.get("title"):
        raise InvalidFigure("la source manque")
    _only(table, {"title", "url", "verified"})
    verified = table.get("verified")
    return Source(table["title"], table.get("url"), None if verified is None else _day(verified))


def _day(written: object) -> date:
    if not isinstance(written, date) or isinstance(written, datetime):
        raise InvalidFigure(f"« {written} » n'est pas un jour")
    return written


def _written_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidFigure(f"« {text} » n'est pas un jour") from error


def _only(table: Mapping[str, Any], known: set[str]) -> None:
    if unknown := table.keys() - known:
        raise InvalidFigure(f"clé inconnue : {', '.join(sorted(unknown))}")


def _words(error: Exception) -> str:
    return f"{error} manque" if isinstance(error, KeyError) else str(error)
