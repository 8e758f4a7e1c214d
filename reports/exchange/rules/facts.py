"""What the rules look at: the rows of the workbook, over those that are already stored."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date

from backoffice.engine.periods import Period
from reports.exchange.columns import Value
from reports.exchange.known import Key, Known, key_of
from reports.exchange.lines import Line, Reading
from reports.exchange.resources import SheetResource
from reports.exchange.sheets import BY_CODE


@dataclass(frozen=True)
class Fact:
    """One row as it would stand after the import; `line` is None when only stored.

    `removable` tells a stored row of the year that the workbook no longer has.
    """

    values: Mapping[str, Value]
    line: Line | None
    removable: bool = False


@dataclass(frozen=True)
class Facts:
    """A workbook, and the stored rows of the employer, as instances and as canonical rows.

    `absent` are the stored rows of the year that the workbook no longer has, by sheet; when
    `removing`, the rules look at the state in which they are gone.
    """

    reading: Reading
    known: Known
    resources: Mapping[str, SheetResource]
    absent: Mapping[str, Set[Key]] = field(default_factory=dict)
    removing: bool = False

    def lines(self, sheet: str) -> list[Line]:
        """The rows of one sheet of the workbook."""
        return self.reading.lines.get(sheet, [])

    def says_nothing_of(self, sheet: str) -> bool:
        """Whether the workbook is of a version that did not have this sheet."""
        return bool(self.reading.unsaid.get(sheet, set()).intersection(BY_CODE[sheet].key))

    def keys(self, sheet: str) -> set[Key]:
        """Every natural key that exists after the import, stored or in the workbook."""
        return self.written_keys(sheet) | (set(self.known.keys(sheet)) - self.gone(sheet))

    def gone(self, sheet: str) -> Set[Key]:
        """The natural keys of the stored rows that the import removes."""
        return self.absent.get(sheet, frozenset()) if self.removing else frozenset()

    def written_keys(self, sheet: str) -> set[Key]:
        """The natural keys of the workbook alone."""
        return {key_of(BY_CODE[sheet], line.values) for line in self.lines(sheet)}

    def merged(self, sheet: str) -> Iterator[Fact]:
        """The rows of the workbook, then the stored ones that it does not repeat."""
        for line in self.lines(sheet):
            yield Fact(line.values, line)
        left_out = self.written_keys(sheet) | self.gone(sheet)
        absent = self.absent.get(sheet, frozenset())
        for key, row in self.resources[sheet].rows.items():
            if key not in left_out:
                yield Fact(row, None, key in absent)


def days(values: Mapping[str, Value]) -> Period | None:
    """The period of a row; None when its days could not be read or are in the wrong order."""
    first, last = values.get("starts_on"), values.get("ends_on")
    if not isinstance(first, date) or "ends_on" not in values:
        return None
    if isinstance(last, date):
        return Period.inclusive(first, last) if first <= last else None
    return Period.inclusive(first, None)


def meet(one: Period, other: Period) -> bool:
    """Whether two periods have a day in common."""
    return not one.overlap(other).is_empty
