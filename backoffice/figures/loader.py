"""Reads the figures from their files, and refuses at load what no reader could trust.

A TOML table is a figure when it has `values`, or a `series` naming a CSV file beside it with the
same columns; `lasts_months` ends each value after so many months; `copies = 19` makes it nineteen
figures with the same values, numbered "_01" to "_19". Its code is the file's name and
the table's: index.toml, table `step`, "index.step". Values are exact: decimals are read as
decimals, fractions are written "2/37". Each says in `verified` on which day someone last compared
it with its source.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from backoffice.engine.figures import Figure, Figures, FigureValue, InvalidFigure, Source
from backoffice.figures.pay_scales import scale_figures
from backoffice.figures.places import (
    Fault,
    FigureFileError,
    each,
    on_line,
    on_lines,
    refused_as,
    within,
)
from backoffice.figures.reading import csv_rows, day_of, exact, read_toml, written_day

HERE = Path(__file__).parent
NO_VALUE = ("missing", "repealed")
_TABLE_KEYS = {"label", "unit", "values", "series", "lasts_months"}
_MOST_COPIES = 99
_VALUE_KEYS = {
    *("since", "until", "value", "decided", "status", "origin", "source", "note", "article"),
}


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
    """The figures of one TOML file: its own tables, or those under `[figures]`.

    Raises:
        FigureFileError: the first entry that breaks a rule, with its line.
    """
    with refused_as(FigureFileError, path):
        tables = read_toml(path)
        yield from figures_from_table(path.stem, tables, path)
        with within("figures"):
            yield from figures_from_table(path.stem, tables.get("figures", {}), path)


def figures_from_table(prefix: str, table: Mapping[str, Any], path: Path) -> Iterator[Figure]:
    """The figures among the tables of `table`, coded `prefix`.name; other tables are left alone.

    Args:
        prefix: first part of the codes.
        table: TOML tables by name, as `read_toml` gives them.
        path: their file; `series` files stand beside it.

    Raises:
        Fault: a figure that breaks a rule, and where it stands in `table`.
    """
    for name, entry in table.items():
        if isinstance(entry, Mapping) and ({"values", "series"} & entry.keys()):
            with within(name):
                for code, one in _copies(name, entry):
                    yield _figure(f"{prefix}.{code}", one, path, name)


def _copies(name: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The table itself, or its numbered copies."""
    if "copies" not in entry:
        yield name, entry
        return
    one = dict(entry)
    count = one.pop("copies")
    if type(count) is not int or not 1 <= count <= _MOST_COPIES:
        raise Fault(f"« {count} » n'est pas un nombre de copies (1 à {_MOST_COPIES})", "copies")
    for number in range(1, count + 1):
        label = {language: f"{words} {number}" for language, words in one["label"].items()}
        yield f"{name}_{number:02d}", {**one, "label": label}


def _figure(code: str, entry: Mapping[str, Any], path: Path, name: str) -> Figure:
    _only(entry, _TABLE_KEYS)
    label = entry["label"]
    if set(label) != {"fr", "nl"} or not all(label.values()):
        raise Fault("le libellé doit exister en fr et en nl", "label")
    if "series" in entry:
        return _from_series(code, entry, path.parent / entry["series"], name)
    return _assembled(code, entry, each("values", entry["values"], figure_value))


def _from_series(code: str, entry: Mapping[str, Any], path: Path, name: str) -> Figure:
    """A figure whose values are the rows of a CSV file, those of its name if it holds several."""
    lines: list[int] = []
    values: list[FigureValue] = []
    for line, row in csv_rows(path):
        if row.get("figure", name) == name:
            with on_line(path, line):
                values.append(figure_value(_from_csv(row)))
            lines.append(line)
    with on_lines(path, lines):
        return _assembled(code, entry, values)


def _assembled(code: str, entry: Mapping[str, Any], values: Sequence[FigureValue]) -> Figure:
    if not values:
        raise InvalidFigure("aucune valeur")
    for place, (left, right) in enumerate(pairwise(values), start=1):
        if left.since == right.since and not (left.decided and right.decided):
            words = f"deux valeurs commencent le {left.since}"
            raise InvalidFigure(words, "values", place, "since")
    return Figure(
        code, dict(entry["label"]), entry["unit"], tuple(values), entry.get("lasts_months")
    )


def _from_csv(row: Mapping[str, str]) -> dict[str, Any]:
    """A CSV row in the shape of a TOML table: blanks absent, columns of other readers dropped."""
    kept: dict[str, Any] = {key: row[key] for key in _VALUE_KEYS & row.keys() if row[key]}
    for key in {"since", "until", "decided"} & kept.keys():
        kept[key] = kept[key] if kept[key] == "unknown" else written_day(kept[key])
    url = {"url": row["url"]} if row.get("url") else {}
    kept["source"] = {"title": row["source"], **url, "verified": written_day(row["verified"])}
    return kept


def figure_value(row: Mapping[str, Any]) -> FigureValue:
    """One value from its table: days as dates, the value as a decimal, an integer or a text.

    Raises:
        Fault: a day, a value or a source that breaks a rule.
        InvalidFigure: a status, an origin, or a value that its status forbids.
        KeyError: a key is absent.
    """
    _only(row, _VALUE_KEYS)
    status = row["status"]
    if status in NO_VALUE and "value" in row:
        raise Fault(f"une valeur « {status} » ne porte pas de nombre", "value")
    with within("value"):
        value, text = exact(row["value"]) if status not in NO_VALUE else (None, "")
    return FigureValue(
        since=day_of(row, "since"),
        until=day_of(row, "until") if "until" in row else None,
        value=value,
        text=text,
        decided=None if row["decided"] == "unknown" else day_of(row, "decided"),
        status=status,
        source=_source(row["source"]),
        note=row.get("note", ""),
        article=row.get("article", ""),
        origin=row.get("origin", "published"),
    )


def _source(table: object) -> Source:
    if not isinstance(table, Mapping) or not table.get("title"):
        raise Fault("la source manque", "source")
    with within("source"):
        _only(table, {"title", "url", "verified"})
        return Source(table["title"], table.get("url"), day_of(table, "verified"))


def _only(table: Mapping[str, Any], known: set[str]) -> None:
    for unknown in sorted(table.keys() - known):
        raise Fault(f"clé inconnue : {unknown}", unknown)
