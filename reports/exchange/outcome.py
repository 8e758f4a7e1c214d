"""What an import did or would do: counts by sheet, changes row by row, problems."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from import_export.results import RowResult

from reports.exchange.choices import choices
from reports.exchange.columns import Column, Kind, Sheet, Value
from reports.exchange.known import Key
from reports.exchange.lines import shown
from reports.exchange.problems import Problem


@dataclass(frozen=True)
class Change:
    """One value of one stored row that differs; texts as people write them, "" for nothing."""

    sheet: str
    who: str
    month: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Absence:
    """One stored row of the year that the workbook no longer has; `detail` ends its key."""

    sheet: str
    who: str
    month: str
    detail: str


@dataclass(frozen=True)
class Example:
    """One new row: who, the month of pay, and what it says, as people write it."""

    sheet: str
    who: str
    month: str
    said: str


@dataclass(frozen=True)
class Count:
    """Rows of one sheet, by what happens to them."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True)
class ImportReport:
    """The outcome of one import.

    `applied` is True once the rows are stored: never with a blocking problem or on a dry run.
    `counts` is by sheet title, in the order of the workbook; empty when a problem blocks.
    `examples` are the first new rows of each sheet, on a dry run alone: they hold names, as the
    workbook does, and go when it goes. `absent` are the stored rows of the year that the workbook
    no longer has, empty when the workbook could not be read whole; they are removed only when
    `remove_absent`.
    """

    enterprise_number: str = ""
    year: int | None = None
    counts: Mapping[str, Count] = field(default_factory=dict)
    changes: Sequence[Change] = ()
    examples: Sequence[Example] = ()
    problems: Sequence[Problem] = ()
    absent: Sequence[Absence] = ()
    remove_absent: bool = False
    applied: bool = False
    dry_run: bool = False

    @property
    def blocked(self) -> bool:
        """Whether at least one problem forbids the import."""
        return any(problem.blocking for problem in self.problems)

    @property
    def nothing_changed(self) -> bool:
        """The workbook says exactly what is already stored, and nothing is to be removed."""
        if self.blocked or (self.remove_absent and self.absent):
            return False
        return not any(c.created or c.updated for c in self.counts.values())

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the screen and the command."""
        return {
            "enterprise_number": self.enterprise_number,
            "year": self.year,
            "applied": self.applied,
            "dry_run": self.dry_run,
            "nothing_changed": self.nothing_changed,
            "blocked": self.blocked,
            "counts": {title: asdict(count) for title, count in self.counts.items()},
            "changes": [asdict(change) for change in self.changes],
            "examples": [asdict(example) for example in self.examples],
            "absent": [asdict(absence) for absence in self.absent],
            "remove_absent": self.remove_absent,
            "problems": [problem.as_json() for problem in self.problems],
        }


def count(outcomes: Iterable[Mapping[Key, str]]) -> Count:
    """The rows of one sheet, which may be stored in several models: a change in one counts once."""
    kinds: dict[Key, set[str]] = {}
    for outcome in outcomes:
        for key, kind in outcome.items():
            kinds.setdefault(key, set()).add(kind)
    created = updated = 0
    first = next(iter(outcomes), {})
    for key, found in kinds.items():
        if first.get(key) == RowResult.IMPORT_TYPE_NEW:
            created += 1
        elif found != {RowResult.IMPORT_TYPE_SKIP}:
            updated += 1
    return Count(created, updated, len(kinds) - created - updated)


def example(sheet: Sheet, row: Mapping[str, Value]) -> Example:
    """A new row in a few words; a national number is in `row` as its mask already."""
    month = row.get("month")
    said = [
        f"{column.header} : {display(column, row[column.code])}"
        for column in sheet.columns
        if column.code not in (sheet.who, "month") and row.get(column.code) not in (None, "")
    ]
    return Example(
        sheet=sheet.title,
        who=str(row.get(sheet.who) or ""),
        month=f"{month:%Y-%m}" if isinstance(month, date) else "",
        said=" ; ".join(said),
    )


def display(column: Column, value: Value) -> str:
    """A value of a change, as people read it."""
    if column.kind is Kind.CHOICE and isinstance(value, str):
        return choices(column.choices).get(value, value)
    return value if isinstance(value, str) else shown(column, value)
