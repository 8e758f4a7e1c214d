"""Reads the days and months of the workbook, as people and spreadsheets write them."""

import re
from datetime import date, datetime, timedelta

from backoffice.engine.periods import MONTHS_OF_A_QUARTER
from backoffice.web.sentences import gettext as _
from reports.exchange.columns import LAST_DAY, Column
from reports.exchange.numbers import decimal_of, outside
from reports.exchange.raw import BadCell, Raw

DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_QUARTER = re.compile(r"(\d{4})[ /-]?[TQK]([1-4])|[TQK]([1-4])[ /-](\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"(?:(\d{4})-(\d{1,2})|(\d{1,2})/(\d{4}))")
_SERIAL_EPOCH = date(1899, 12, 30)


def read_day(column: Column, raw: Raw) -> date:
    """A day within the bounds of its column.

    Raises:
        BadCell: not a day, or before the first or after the last one accepted.
    """
    found = day_of(raw)
    if not column.earliest <= found <= LAST_DAY:
        raise outside(column)
    return found


def day_of(raw: Raw) -> date:
    """The day of a cell: a date, its serial number, 31/03/2024 or 2024-03-31.

    Raises:
        BadCell: not a day of the calendar.
    """
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        if isinstance(raw, str):
            written = raw.strip()
            if match := DAY_FIRST.fullmatch(written):
                return date(int(match[3]), int(match[2]), int(match[1]))
            return date.fromisoformat(written[:10] if "00:00" in written else written)
        number = decimal_of(raw)
        if number is not None and number == int(number):
            return _SERIAL_EPOCH + timedelta(days=int(number))
    except (ValueError, OverflowError):
        pass
    raise BadCell(
        "not_a_day",
        _("Cette cellule n'est pas une date."),
        _("Écrivez la date comme 31/03/2024 ou 2024-03-31."),
    )


def read_month(column: Column, raw: Raw) -> date:
    """The first day of the month of a cell: 2024-03, 03/2024 or any day of the month.

    Raises:
        BadCell: not a month, or outside the bounds of its column.
    """
    match = _MONTH.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if match:
        year, month = int(match[1] or match[4]), int(match[2] or match[3])
        raw = f"{year:04d}-{month:02d}-01"
    try:
        return read_day(column, raw).replace(day=1)
    except BadCell as error:
        if error.code != "not_a_day":
            raise
        raise BadCell(
            "not_a_month",
            _("Cette cellule n'est pas un mois."),
            _("Écrivez le mois comme 2024-03."),
        ) from error


def read_quarter(column: Column, raw: Raw) -> date:
    """The first day of the quarter of a cell: 2024-T1, T1 2024, Q and K as well as T.

    Raises:
        BadCell: not a quarter, or outside the bounds of its column.
    """
    match = _QUARTER.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if match is None:
        raise BadCell(
            "not_a_quarter",
            _("Cette cellule n'est pas un trimestre."),
            _("Écrivez le trimestre comme 2024-T1."),
        )
    year, quarter = int(match[1] or match[4]), int(match[2] or match[3])
    if not column.earliest.year <= year <= LAST_DAY.year:
        raise outside(column)
    return date(year, MONTHS_OF_A_QUARTER * (quarter - 1) + 1, 1)
