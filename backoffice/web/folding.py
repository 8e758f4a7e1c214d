"""Texts searched and sorted without case or accents, alike in Python, SQLite and PostgreSQL.

SQLite knows neither case nor accents outside ASCII, and PostgreSQL only with an extension that a
host may not offer: taking the letters apart does for all three. A table of every accented letter
took PostgreSQL twenty times as long.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, CharField, Expression, Func, Value

_MARKED = "\u0300-\u036f"
"""The accents that a letter is taken apart into."""
_SIGNS = {"\u2019": "'", "Œ": "œ", "Æ": "æ", "Ø": "ø"}
"""The apostrophe of typographers, and capitals that no accent makes."""
_MARKS = re.compile(f"[{_MARKED}]+")
_TABLE = str.maketrans(_SIGNS)
_PATTERN = str.maketrans({sign: f"\\{sign}" for sign in "\\%_"})


def fold(text: str | None) -> str | None:
    """The text without capitals nor accents; no text stays none."""
    if text is None or text.isascii():
        return text and text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFD", text)).translate(_TABLE).lower()


class Fold(Func):
    """`fold` of a column, as an expression of a query."""

    function = "FOLD"
    arity = 1
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        """Written with functions that every PostgreSQL has."""
        sql, params = compiler.compile(self.source_expressions[0])
        bare = f"REGEXP_REPLACE(NORMALIZE({sql}, NFD), %s, '', 'g')"
        signs = ("".join(_SIGNS), "".join(_SIGNS.values()))
        return f"LOWER(TRANSLATE({bare}, %s, %s))", (*params, f"[{_MARKED}]+", *signs)


class Holds(Func):
    """Whether a text holds every one of some folded words; the text is folded once for all."""

    function = "HOLDS"
    output_field = BooleanField()

    def __init__(self, text: Expression, words: Sequence[str]) -> None:
        super().__init__(text, *(Value(word) for word in words))
        self.words = words

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        """One comparison with all the words: a function called twice runs twice."""
        sql, params = compiler.compile(Fold(self.source_expressions[0]))
        patterns = [f"%{word.translate(_PATTERN)}%" for word in self.words]
        return f"{sql} LIKE ALL (%s::text[])", (*params, patterns)


def holds(text: str | None, *words: str) -> bool:
    """`Holds` for SQLite."""
    folded = fold(text) or ""
    return all(word in folded for word in words)


def teach(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Give a new SQLite connection the functions `FOLD` and `HOLDS`."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("FOLD", 1, fold, deterministic=True)
        connection.connection.create_function("HOLDS", -1, holds, deterministic=True)
