"""The figures of a written memorandum as its page shows them, read from its own file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import eur, spaced
from reports.memorandum.words import FEW, STATES


@dataclass(frozen=True)
class Shown:
    """One figure: what it says, whether it is known, and what it covers when not everything."""

    words: str
    is_known: bool
    covers: str


@dataclass(frozen=True)
class ShownTable:
    """One table: its title, the heads of its columns, its rows with their figures."""

    code: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, Shown], ...]], ...]


def tables_of(path: Path) -> tuple[ShownTable, ...]:
    """The tables of a memorandum, from its JSON: what is masked there is masked here."""
    document = json.loads(path.read_text(encoding="utf-8"))
    figures = {one["id"]: one for one in document["figures"]}
    return tuple(_table(table, figures) for table in document["tables"])


def _table(table: Mapping[str, Any], figures: Mapping[str, Any]) -> ShownTable:
    columns = [(head["code"], said(head["label"])) for head in table["columns"]]
    return ShownTable(
        table["code"],
        said(table["title"]),
        tuple(words for _code, words in columns),
        tuple(
            (
                said(row["label"]),
                tuple(
                    (words, _shown(figures[f"{table['code']}.{row['code']}.{code}"]))
                    for code, words in columns
                ),
            )
            for row in table["rows"]
        ),
    )


def _shown(figure: Mapping[str, Any]) -> Shown:
    if figure["state"] != "known":
        return Shown(said(STATES[figure["state"]]), is_known=False, covers="")
    scope, known = (_count(figure["scope"][name]) for name in ("services", "known"))
    covers = _("%(known)s services sur %(scope)s") % {"known": known, "scope": scope}
    return Shown(_value(figure), is_known=True, covers=covers if known != scope else "")


def _count(text: str) -> str:
    return said(FEW) if text == FEW["fr"] else text


def _value(figure: Mapping[str, Any]) -> str:
    text = str(figure["value"])
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return eur(number) if figure["unit"] == "EUR" else spaced(text)
