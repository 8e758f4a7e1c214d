"""A list as a workbook: every row found, with a live total of its amounts."""

from datetime import date
from typing import Any

from backoffice.engine import money
from reports.documents.list_file import imprint_of, rows_file
from reports.documents.workbook.book import Column as FileColumn
from reports.records.listing import Selection, every_row, head_of, organisation_column, words_of
from reports.records.record import Column

_LONGEST_NAME = 31
_KINDS = {"share": "text", "count": "count"}


def list_file(chosen: Selection, day: date) -> bytes:
    """The rows found, the same bytes for the same rows."""
    record, form = chosen.record, chosen.form
    label = str(record.label)
    imprint = imprint_of(label, chosen.asked.organisations, form.asked("annee"), day)
    columns = [column for column in record.columns if column.filed]
    columns.insert(1, organisation_column(record))
    filed = [_filed(column) for column in columns]
    return rows_file(label[:_LONGEST_NAME], filed, list(every_row(chosen)), imprint)


def file_name(chosen: Selection) -> str:
    """The name of the file, which holds no personal data."""
    return f"{chosen.record.address}.xlsx"


def _filed(column: Column) -> FileColumn[Any]:
    """A column of the page as a column of the file."""
    kind = _KINDS.get(column.kind, column.kind)
    total = column.kind == "money"
    return FileColumn(head_of(column), kind, column.width, _value(column), total=total)


def _value(column: Column) -> Any:
    """What a cell holds: amounts without their currency, shares in words."""
    if column.kind == "share":
        return lambda row: words_of("share", column.get(row))
    if column.kind == "money":
        return lambda row: _amount(column.get(row))
    if column.kind in {"text", "code"}:
        return lambda row: str(column.get(row))
    return column.get


def _amount(value: Any) -> Any:
    if value is None or not isinstance(value, int):
        return None if value is None else value.amount
    return money.euros(value)
