"""The catalogues of the other languages: written from the sources, compiled for the site.

The sources are in French, so the French catalogue holds only the sentences that count, as they are:
a zero is singular in French, and a sentence without catalogue makes it plural.
`python -m backoffice.texts` compiles what has changed, `python -m backoffice.texts update` first
brings the catalogues up to date with the sources: a new sentence comes without translation, one
that is gone goes.

A sentence is marked by a function of gettext (`mark` is `gettext_noop`) or is a `Phrase` of the
engine. Four places need no mark, as what prints them translates: the values of `Spoken`, the head
of a `Column` of our workbooks, the heads given to `page.heads`, and constants named `..._HEADS`;
among them, one with " / " already says both languages.
"""

import ast
import csv
import io
import os
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "backoffice" / "locale"
ROOMS = ("backoffice", "grants", "staffing", "invoices", "reports")
DATA = ("backoffice/figures", "grants", "reports/scenarios/library")
TEXT_COLUMNS = ("source", "note", "article")
BETWEEN = " ; "
WIDTH = 100
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "mark": None,
    "Phrase": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def catalogues() -> list[Path]:
    """The catalogues kept in the repository, one per language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    """A catalogue as it is written."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue, sorted, with the files that say each sentence and no line number."""
    with path.open("wb") as file:
        write_po(
            file,
            catalogue,
            width=WIDTH,
            sort_output=True,
            include_lineno=False,
            ignore_obsolete=True,
        )


def compile_changed() -> None:
    """Compile each catalogue that is younger than what was compiled from it; all or nothing."""
    for path in catalogues():
        made = path.with_suffix(".mo")
        if made.exists() and made.stat().st_mtime_ns > path.stat().st_mtime_ns:
            continue
        draft = made.with_suffix(f".{os.getpid()}.part")
        with draft.open("wb") as file:
            write_mo(file, read(path))
        draft.replace(made)


def sources() -> Iterator[Path]:
    """The files that speak to people: code and templates."""
    yield from sorted((ROOT / "templates").rglob("*.html"))
    for room in ROOMS:
        for pattern in ("*.py", "*.html"):
            for path in sorted((ROOT / room).rglob(pattern)):
                if "migrations" not in path.parts:
                    yield path


def extract() -> Catalog:
    """Every sentence marked for translation, with the files that say it."""
    found = Catalog(charset="utf-8")
    for path in sources():
        name = str(path.relative_to(ROOT))
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            # What is left of a template has no meaning as lines of Python: no indentation.
            text = "\n".join(line.lstrip() for line in templatize(text, origin=name).splitlines())
        for _line, function, words, _comments in extract_python(
            io.BytesIO(text.encode()), _KEYWORDS, (), {"encoding": "utf-8"}
        ):
            _add(found, str(function), words, name)
        if path.suffix == ".py" and "memorandum" not in path.parts:
            for sentence in printed(text):
                found.add(sentence, locations=[(name, 0)])
    for path in data_files():
        for sentence in told(path):
            found.add(sentence, locations=[(str(path.relative_to(ROOT)), 0)])
    return found


def data_files() -> Iterator[Path]:
    """The files of figures, schemes and scenarios, whose texts people read."""
    for room in DATA:
        for pattern in ("*.toml", "*.csv"):
            yield from sorted((ROOT / room).rglob(pattern))


def told(path: Path) -> Iterator[str]:
    """The texts of a data file that are in French alone, part by part; a single word is a code."""
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            rows = csv.DictReader(file)
            whole = {row.get(column) or "" for row in rows for column in TEXT_COLUMNS}
        else:
            whole = set(_alone(tomllib.loads(file.read())))
    yield from sorted({part for text in whole for part in text.split(BETWEEN) if " " in part})


def _alone(value: object) -> Iterator[str]:
    """The texts of a TOML table, but those that stand there in both languages."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _alone(one)
    elif isinstance(value, dict):
        both = {"fr", "nl"} if {"fr", "nl"} <= value.keys() else set()
        for key in value.keys() - both:
            yield from _alone(value[key])


def printed(source: str) -> Iterator[str]:
    """The sentences of a module that need no mark."""
    workbook = "documents.workbook.book import" in source
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and _is_heads(node.targets):
            yield from _french(node.value)
        elif isinstance(node, ast.Call):
            yield from _printed_by(node, workbook=workbook)


def _is_heads(targets: list[ast.expr]) -> bool:
    return any(isinstance(one, ast.Name) and one.id.endswith("_HEADS") for one in targets)


def _printed_by(call: ast.Call, *, workbook: bool) -> Iterator[str]:
    name = ast.unparse(call.func)
    if name == "Spoken" and isinstance(call.args[0], ast.Dict):
        for value in call.args[0].values:
            yield from _texts(value)
    elif workbook and (name == "Column" or name.endswith(".heads")):
        yield from _french(call.args[0])


def _texts(node: ast.expr) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value:
            yield one.value


def _french(node: ast.expr) -> Iterator[str]:
    """The heads in French alone: " / " stands between both languages."""
    return (text for text in _texts(node) if " / " not in text)


def _add(found: Catalog, function: str, words: object, name: str) -> None:
    parts = words if isinstance(words, tuple) else (words,)
    wanted = _KEYWORDS[function]
    context = None
    if wanted is not None and isinstance(wanted[0], tuple):
        context, parts = parts[0], parts[1:]
    if wanted is None or len(wanted) - (context is not None) == 1:
        identity = parts[0]
    else:
        identity = tuple(parts[:2])
    if identity:
        found.add(identity, locations=[(name, 0)], context=context)


def counting(template: Catalog) -> Catalog:
    """The sentences that count, in French as they are written."""
    found = Catalog(
        locale="fr",
        charset="utf-8",
        project="backoffice",
        creation_date=_NEVER,
        revision_date=_NEVER,
        fuzzy=False,
    )
    found.msgid_bugs_address = found.last_translator = found.header_comment = ""
    for one in template:
        if one.pluralizable:
            found.add(one.id, one.id, locations=one.locations, context=one.context)
    return found


def update() -> None:
    """Bring every catalogue up to date with the sources, keeping its translations."""
    template = extract()
    for path in catalogues():
        kept = read(path)
        if path.parts[-3] == "fr":
            write(path, counting(template))
            continue
        kept.update(template, no_fuzzy_matching=True, update_creation_date=False)
        kept.obsolete.clear()
        kept.msgid_bugs_address = kept.last_translator = ""
        write(path, kept)


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    compile_changed()
