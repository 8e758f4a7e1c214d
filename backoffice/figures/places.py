"""Where a fault of a data file stands: its file and its line, looked for only once it is refused.

A reader says with `within` and `each` which keys lead to what it reads. The TOML parser of the
standard library keeps no position: the line is the end of the shortest beginning of the file that
already holds the entry, so that the parser itself is the judge
(backoffice/decisions/0029-lines-and-freshness.md).
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from backoffice.engine.figures import InvalidFigure

T = TypeVar("T")
_ERRORS = (KeyError, TypeError, ValueError)
_AT_LINE = re.compile(r"(.*) \(at line (\d+).*\)")
_UNKNOWN = re.compile(r".* got an unexpected keyword argument '(\w+)'")
_ABSENT = re.compile(r".* missing \d+ required positional arguments?: (.*)")


class FigureFileError(ValueError):
    """A figures file that cannot be trusted; the message names the file, the line and the entry."""


class Fault(ValueError):
    """What an entry says wrong; `at` are the keys and places that lead to it in its TOML file.

    `line` is (file name, line) where the entry stands in a table of its own, a CSV file.
    """

    def __init__(self, words: str, *at: str | int, line: tuple[str, int] | None = None) -> None:
        super().__init__(words)
        self.at, self.line = at, line


@contextmanager
def within(*at: str | int) -> Iterator[None]:
    """Whatever is wrong inside is wrong at this place of the file."""
    try:
        yield
    except _ERRORS as error:
        inner = getattr(error, "at", ())
        raise Fault(_words(error), *at, *inner, line=getattr(error, "line", None)) from error


@contextmanager
def on_line(path: Path, line: int) -> Iterator[None]:
    """Whatever is wrong inside is wrong on this line of a CSV file."""
    try:
        yield
    except _ERRORS as error:
        inner = getattr(error, "line", None)
        raise Fault(_words(error), line=inner or (path.name, line)) from error


@contextmanager
def on_lines(path: Path, lines: Sequence[int]) -> Iterator[None]:
    """A value of the figure made inside is wrong on its own line of a CSV file."""
    try:
        yield
    except InvalidFigure as error:
        if error.at[:1] != ("values",):
            raise
        raise Fault(str(error), line=(path.name, lines[int(error.at[1])])) from error


@contextmanager
def refused_as(kind: type[ValueError], path: Path) -> Iterator[None]:
    """Whatever is wrong inside refuses the file, by its name and line.

    Raises:
        kind: the first fault.
    """
    try:
        yield
    except kind:
        raise
    except _ERRORS as error:
        raise kind(_told(path, error)) from error


def each(
    name: str, tables: Iterable[Mapping[str, Any]], read: Callable[[Mapping[str, Any]], T]
) -> tuple[T, ...]:
    """What `read` makes of each table of a list, a fault being told by its place in the list."""
    found = []
    for place, table in enumerate(tables):
        with within(name, place):
            found.append(read(table))
    return tuple(found)


def line_of(text: str, at: Sequence[str | int]) -> int:
    """The line on which an entry of a TOML text ends: the header of a table, or the line of a key.

    An entry that is absent stands where its table begins.
    """
    lines = text.splitlines()

    def held(count: int, depth: int) -> bool:
        """Whether the first lines hold the entry, but for the last ones that do not parse alone."""
        for kept in range(count, -1, -1):
            with suppress(tomllib.TOMLDecodeError):
                return _reaches(tomllib.loads("\n".join(lines[:kept])), at[:depth])
        return False

    depth = next(depth for depth in range(len(at), -1, -1) if held(len(lines), depth))
    return max(bisect_left(range(len(lines)), x=True, key=lambda count: held(count, depth)), 1)


def _reaches(found: Any, at: Sequence[str | int]) -> bool:
    try:
        for step in at:
            found = found[step]
    except (LookupError, TypeError):
        return False
    return True


def _told(path: Path, error: Exception) -> str:
    words = _words(error)
    if isinstance(error, Fault) and error.line:
        name, line = error.line
        return f"{name}, ligne {line} : {words}"
    if isinstance(error, tomllib.TOMLDecodeError) and (parsed := _AT_LINE.fullmatch(words)):
        return f"{path.name}, ligne {parsed[2]} : ce n'est pas du TOML ({parsed[1]})"
    at = getattr(error, "at", ())
    entry = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in at)
    line = line_of(path.read_text(encoding="utf-8"), at)
    return f"{path.name}, ligne {line}, {entry.lstrip('.') or 'fichier'} : {words}"


def _words(error: Exception) -> str:
    """What is wrong, for an entry that Python itself could not read too."""
    text = str(error)
    if isinstance(error, KeyError):
        return f"{error.args[0]} manque"
    if isinstance(error, TypeError) and (found := _UNKNOWN.fullmatch(text)):
        return f"clé inconnue : {found[1]}"
    if isinstance(error, TypeError) and (found := _ABSENT.fullmatch(text)):
        return f"{found[1].replace(chr(39), '')} manque"
    return text
