"""A dossier month by month and head by head: the claim of each month, and sums that are exact.

A staff line counts in the month that was paid, an invoice in the month of its date. What is
admissible is before the maximum of a head, which bears on the whole exercise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from backoffice.engine import money
from backoffice.engine.periods import days_in_month, month_index
from reports.documents.sums import known_sum
from reports.dossier import Dossier, InvoiceLine, StaffLine
from reports.lines import HEAD_LABELS


@dataclass(frozen=True)
class MonthLine:
    """One head in one month, in cents; None = unknown.

    `month` is an index, None for the whole exercise. `workers` are on the payroll, `fte` is their
    paid FTE-month, `hours` the mean of their weekly hours together over the days of the month, in
    hundredths; a whole exercise has none.
    """

    month: int | None
    head: str
    label: Mapping[str, str]
    workers: int
    hours: int | None
    fte: Fraction
    presented: int
    admissible: int | None
    payable: int | None


def months_of(dossier: Dossier) -> tuple[MonthLine, ...]:
    """The heads of each month in which something is put on the award, in order."""
    staff: dict[tuple[int, str], list[StaffLine]] = {}
    invoices: dict[tuple[int, str], list[InvoiceLine]] = {}
    for line in dossier.staff:
        staff.setdefault((line.month, "staff"), []).append(line)
    for invoice in dossier.invoices:
        key = month_index(invoice.issued_on), invoice.head
        invoices.setdefault(key, []).append(invoice)
    places = sorted({*staff, *invoices}, key=lambda key: (key[0], tuple(HEAD_LABELS).index(key[1])))
    return tuple(
        _line(month, head, staff.get((month, head), ()), invoices.get((month, head), ()))
        for month, head in places
    )


def year_of(dossier: Dossier) -> MonthLine:
    """Everything that is put on the award, as the sum of its months."""
    return _line(None, "", dossier.staff, dossier.invoices)


def _line(
    month: int | None, head: str, staff: Sequence[StaffLine], invoices: Sequence[InvoiceLine]
) -> MonthLine:
    both: tuple[StaffLine | InvoiceLine, ...] = (*staff, *invoices)
    return MonthLine(
        month=month,
        head=head,
        label=HEAD_LABELS.get(head, {}),
        workers=len({line.worker for line in staff}),
        hours=None if month is None else _hours(staff, month),
        fte=sum((line.fte for line in staff), Fraction(0)),
        presented=sum(line.presented for line in both),
        admissible=known_sum(line.admissible for line in both),
        payable=known_sum(line.payable for line in both),
    )


def _hours(staff: Sequence[StaffLine], month: int) -> int:
    return money.round_ratio(sum(line.hours * line.days for line in staff), days_in_month(month))
