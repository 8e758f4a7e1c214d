"""Texts searched and sorted without case or accents, alike in Python, SQLite and PostgreSQL.

SQLite knows neither case nor accents outside ASCII, and PostgreSQL only with an extension that a
host may not offer: one table of letters does for all three.
"""

import re
import unicodedata
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func

_COMBINING = "".join(chr(code) for code in range(0x300, 0x370))


def _letters() -> dict[str, str]:
    """Accented Latin letters and the apostrophe of typographers, with the plain sign of each."""
    found = {"\u2019": "'", "Œ": "œ", "Æ": "æ"}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            found[chr(code)] = base.lower()
    return found


_PLAIN = _letters()
_FROM, _TO = "".join(_PLAIN), "".join(_PLAIN.values())
_SIGNS = re.compile(f"[{_FROM}{_COMBINING}]")


def fold(text: str | None) -> str | None:
    """The text without capitals nor accents; no text stays none."""
    if text is None or text.isascii():
        return text and text.lower()
    return _SIGNS.sub(lambda found: _PLAIN.get(found[0], ""), text).lower()


class Fold(Func):
    """`fold` of a column, as an expression of a query."""

    function = "FOLD"
    arity = 1
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        """Written with functions that every PostgreSQL has."""
        sql, params = compiler.compile(self.source_expressions[0])
        return f"LOWER(TRANSLATE({sql}, %s, %s))", (*params, _FROM + _COMBINING, _TO)


def teach(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Give a new SQLite connection the function `FOLD`."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("FOLD", 1, fold, deterministic=True)
