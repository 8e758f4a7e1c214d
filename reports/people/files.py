"""What is held on a person as files to give her: JSON, and a workbook of one sheet a table."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from djmoney.money import Money

from backoffice.federation.models import Identity
from reports.documents.workbook.book import Bound, Column, Imprint
from reports.people.held import HeldTable

_LONGEST_SHEET = 31
_WIDTH = 18
_KINDS: Mapping[type, str] = MappingProxyType({date: "day", Money: "money", Decimal: "hours"})
"""How the cells of a column are written, by what all of them hold."""


def json_file(identity: Identity, tables: Sequence[HeldTable], on: date) -> bytes:
    """The tables as UTF-8 JSON; amounts and hours are texts, days ISO, what is unknown null."""
    document = {
        "format": "person",
        "format_version": 1,
        "organisation": identity.organisation.enterprise_number,
        "pseudonym": identity.pseudonym,
        "as_of": on.isoformat(),
        "tables": [
            {
                "title": table.title,
                "columns": table.columns,
                "rows": [[_plain(value) for value in row] for row in table.rows],
            }
            for table in tables
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def xlsx_file(identity: Identity, tables: Sequence[HeldTable], on: date) -> bytes:
    """The same tables as a workbook."""
    subject = _("Données d'une personne")
    book = Bound(
        Imprint(
            title=subject,
            organisation=identity.organisation.name,
            subject=subject,
            year=_("toutes les années"),
            as_of=on,
            marks=_("Données personnelles : à remettre à la personne seule"),
        )
    )
    for number, table in enumerate(tables, start=1):
        columns = [_column(place, name, table) for place, name in enumerate(table.columns)]
        page = book.sheet(f"{number} {table.title}"[:_LONGEST_SHEET], [_WIDTH] * len(columns))
        page.titles(table.title)
        page.listing(columns, table.rows, _("Rien n'est conservé ici."))
    return book.close()


def _column(place: int, name: str, table: HeldTable) -> Column[Any]:
    values = [row[place] for row in table.rows if row[place] is not None]
    for of, kind in _KINDS.items():
        if values and all(isinstance(value, of) for value in values):
            return Column(name, kind, _WIDTH, lambda row: _typed(row[place]))
    return Column(name, "text", _WIDTH, lambda row: _shown(row[place]))


def _typed(value: Any) -> Any:
    """A day or a number as such; nothing stays blank."""
    if value is None:
        return ""
    return value.amount if isinstance(value, Money) else value


def _shown(value: Any) -> str:
    return "" if value is None else str(_plain(value))


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        value = value.amount
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value
