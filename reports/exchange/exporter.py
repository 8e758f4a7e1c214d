"""Takes the rows of one employer that touch one year out, as the workbook that brings them in."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from django.utils import translation
from django.utils.translation import gettext as _

from backoffice.engine.periods import Period, year_period
from backoffice.federation.models import Organisation
from reports.exchange.columns import Row, Value
from reports.exchange.known import Key, Known
from reports.exchange.pay import PAY_ITEMS
from reports.exchange.registry import resources
from reports.exchange.resources import SheetResource
from reports.exchange.rules.facts import days, meet
from reports.exchange.sheets import BY_CODE, SHEETS, target, target_key
from reports.exchange.writer import write_workbook

Rows = Mapping[Key, dict[str, Value]]


class NothingToExport(ValueError):
    """The employer has no data of the year; the message is for users."""


def export_workbook(organisation: Organisation, year: int, path: Path) -> None:
    """Write the workbook of one employer-year; importing it back changes nothing.

    A row is there when its own days touch the year, or when a row that is there names it. The
    documents of a worker are there with the worker, whatever their own days. An
    invoice is there in the year of its date, and in the years of an award that bears a share of
    it without covering its date; its shares go with it.

    Raises:
        FileNotWritten: the disk refused the file; what stood there before is intact.
        NothingToExport: the employer has no row of that year besides its own.
    """
    with translation.override("fr"):
        rows = rows_of_year(organisation, year)
        if not any(found for sheet, found in rows.items() if sheet != "organisation"):
            raise NothingToExport(
                _("Aucune donnée de %(year)d n'est enregistrée pour cet employeur.")
                % {"year": year}
            )
        write_workbook(
            rows,
            path,
            enterprise_number=organisation.enterprise_number,
            year=year,
            demo=organisation.is_demo,
        )


def rows_of_year(organisation: Organisation, year: int) -> dict[str, Sequence[Row]]:
    """The canonical rows of the workbook of one year, by sheet, in order of natural key."""
    by_sheet = resources(Known(organisation))
    for resource in by_sheet.values():
        resource.load(year)
    stored = _stored(by_sheet)
    return {
        sheet: [stored[sheet][key] for key in keys]
        for sheet, keys in _keys_of_year(stored, year).items()
    }


def keys_of_year(by_sheet: Mapping[str, SheetResource], year: int) -> dict[str, list[Key]]:
    """The natural keys of those rows, among the rows that loaded resources hold."""
    return _keys_of_year(_stored(by_sheet), year)


def _keys_of_year(stored: Mapping[str, Rows], year: int) -> dict[str, list[Key]]:
    wanted: dict[str, set[Key]] = {sheet.code: set() for sheet in SHEETS}
    wanted["invoices"] |= _invoices_of_other_years(stored, year)
    picked: dict[str, list[Key]] = {}
    for sheet in _naming_first():
        rows = stored[sheet]
        touches = _TOUCHES.get(sheet, _lasts)
        keys = [key for key, row in rows.items() if key in wanted[sheet] or touches(row, year)]
        if sheet in _FOLLOWS:
            keys = [key for key in rows if key[:1] in wanted[_FOLLOWS[sheet]]]
        if sheet == "awards":
            keys = _with_renewed(rows, keys)
        picked[sheet] = sorted(keys, key=_sortable)
        wanted[sheet] |= set(keys)
        _want_named(sheet, [rows[key] for key in picked[sheet]], wanted)
    return {sheet.code: picked[sheet.code] for sheet in SHEETS}


def _stored(by_sheet: Mapping[str, SheetResource]) -> dict[str, Rows]:
    stored: dict[str, Rows] = {code: resource.rows for code, resource in by_sheet.items()}
    stored["pay"] = {key: dict(row) for key, row in stored["pay"].items()}
    for (worker, month, item), row in stored.pop(PAY_ITEMS.code).items():
        stored["pay"][worker, month][str(item)] = row["amount"]
    return stored


def _naming_first() -> list[str]:
    """Sheets so that one comes before those that its rows name, or after the one it follows."""
    order = [sheet.code for sheet in reversed(SHEETS) if sheet.code not in _FOLLOWS]
    for sheet, leader in _FOLLOWS.items():
        order.insert(order.index(leader) + 1, sheet)
    return order


def _want_named(sheet: str, rows: Sequence[Row], wanted: Mapping[str, set[Key]]) -> None:
    for column in BY_CODE[sheet].columns:
        if column.refers:
            key = target_key(column)
            wanted[target(column).code].update(
                tuple(row[code] for code in key) for row in rows if row[column.code] is not None
            )


def _with_renewed(awards: Rows, keys: list[Key]) -> list[Key]:
    """Awards with those that they renew, and those that these renew, back to the first one."""
    found = dict.fromkeys(keys)
    waiting = list(found)
    while waiting:
        renewed = (awards[waiting.pop()]["renews"],)
        if renewed != (None,) and renewed not in found:
            found[renewed] = None
            waiting.append(renewed)
    return list(found)


def _invoices_of_other_years(stored: Mapping[str, Rows], year: int) -> set[Key]:
    """Invoices that an award of the year bears although they are not dated within the award."""
    wanted: set[Key] = set()
    for row in stored["ventilation"].values():
        invoice = (row["invoice"],)
        award = days(stored["awards"][row["award"],])
        issued = stored["invoices"][invoice]["issued_on"]
        of_the_year = award is not None and meet(award, year_period(year))
        if award and of_the_year and isinstance(issued, date) and not award.contains(issued):
            wanted.add(invoice)
    return wanted


def _lasts(row: Row, year: int) -> bool:
    period: Period | None = days(row)
    return period is not None and meet(period, year_period(year))


def _dated(*codes: str) -> Callable[[Row, int], bool]:
    def touches(row: Row, year: int) -> bool:
        values = (row[code] for code in codes)
        return any(
            value.year == year if isinstance(value, date) else value == year for value in values
        )

    return touches


def _opens(row: Row, year: int) -> bool:
    """A balance of 31 December, or of 1 January, opens the year that follows or begins."""
    on_day = row["on_day"]
    return isinstance(on_day, date) and (on_day + timedelta(days=1)).year == year


def _never(row: Row, year: int) -> bool:
    del row, year
    return False


_FOLLOWS = MappingProxyType({"ventilation": "invoices", "worker_documents": "workers"})
"""Sheets whose rows are there when the row that they name first is."""
_TOUCHES: Mapping[str, Callable[[Row, int], bool]] = MappingProxyType(
    {
        "organisation": lambda row, year: True,
        "amendments": _dated("decided_on", "effective_on"),
        "instalments": _dated("year", "due_on"),
        "receipts": _dated("year", "received_on"),
        "volumes": _dated("year"),
        "workers": _never,
        "worker_documents": _never,
        "pay": _dated("month"),
        "dmfa": _dated("quarter"),
        "suppliers": _never,
        "invoices": _dated("issued_on"),
        "ventilation": _never,
        "sales": _dated("issued_on"),
        "applications": _dated("year"),
        "budget": _dated("year"),
        "openings": _opens,
    }
)


def _sortable(key: Key) -> tuple[str, ...]:
    """Whole numbers in order of size, days in order, texts as they are."""
    return tuple(f"{part:09d}" if isinstance(part, int) else str(part) for part in key)
