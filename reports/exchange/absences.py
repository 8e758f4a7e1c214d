"""Stored rows of the year that the workbook no longer has: found, named, and removed on request."""

from collections.abc import Mapping, Set
from datetime import date

from reports.exchange.columns import Sheet
from reports.exchange.exporter import keys_of_year
from reports.exchange.known import Key
from reports.exchange.lines import shown
from reports.exchange.outcome import Absence
from reports.exchange.pay import PAY_ITEMS
from reports.exchange.resources import SheetResource
from reports.exchange.rules.facts import Facts
from reports.exchange.sheets import SHEETS

KEPT = "organisation"
"""The sheet whose row is never removed: the employer itself."""


def absent_keys(facts: Facts) -> dict[str, frozenset[Key]]:
    """Sheet code -> natural keys stored for the year of the cover and not in the workbook.

    References must be settled first, so that a key written in another case is not missed.
    """
    year = facts.reading.cover.year
    if year is None:
        return {}
    return {
        sheet: frozenset(keys) - facts.written_keys(sheet)
        for sheet, keys in keys_of_year(facts.resources, year).items()
        if sheet != KEPT and not facts.says_nothing_of(sheet)
    }


def absences(absent: Mapping[str, Set[Key]]) -> list[Absence]:
    """The absent rows as people read them, in the order of the workbook."""
    return [
        absence(sheet, key)
        for sheet in SHEETS
        for key in sorted(absent.get(sheet.code, ()), key=lambda one: tuple(map(str, one)))
    ]


def absence(sheet: Sheet, key: Key) -> Absence:
    """One absent row: who, the month of pay, and the rest of its key; never a person's name."""
    values = dict(zip(sheet.key, key, strict=True))
    who = str(values.pop(sheet.who, "") or "")
    month = values.pop("month", None)
    return Absence(
        sheet=sheet.title,
        who=who,
        month=f"{month:%Y-%m}" if isinstance(month, date) else "",
        detail=" ".join(shown(sheet.column(code), value) for code, value in values.items()),
    )


def remove(absent: Mapping[str, Set[Key]], by_sheet: Mapping[str, SheetResource]) -> None:
    """Delete the absent rows, those that depend on others first; items go with their month.

    Raises:
        django.db.models.RestrictedError: something else still needs one of them.
    """
    for code, resource in reversed(list(by_sheet.items())):
        keys = absent.get(code, frozenset())
        if code == PAY_ITEMS.code:
            months = absent.get("pay", frozenset())
            keys = frozenset(key for key in resource.rows if key[:2] in months)
        if keys:
            known = resource.known
            ids = [row.pk for key in keys if (row := known.get(code, key)) is not None]
            resource.model.objects.filter(pk__in=ids).delete()
