"""The claim of each month: everything once, sums exact, unknown told."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.engine.periods import month_index
from reports.dossier import Dossier
from reports.months import months_of, year_of
from tests.reports.documents.dossiers import dossier, unknown


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 30), st.integers(1, 12), st.integers(0, 3))
def test_the_months_sum_to_what_is_presented_and_payable_to_the_cent(
    staff: int, invoices: int, outside: int
) -> None:
    made = dossier(staff, invoices, outside)
    lines = months_of(made)
    assert sum(line.presented for line in lines) == year_of(made).presented
    assert sum(line.payable or 0 for line in lines) == year_of(made).payable
    assert sum(line.fte for line in lines) == year_of(made).fte
    assert year_of(made).presented == made.amounts.presented
    assert year_of(made).payable == made.amounts.payable


def test_each_month_and_head_stands_once_in_order() -> None:
    places = [(line.month, line.head) for line in months_of(dossier(24, 12, 2))]
    assert len(set(places)) == len(places)
    assert [month for month, _head in places] == sorted(month for month, _head in places)


def test_an_invoice_counts_in_the_month_of_its_day_and_has_no_worker() -> None:
    made = dossier(0, 3)
    dated = replace(made.invoices[0], issued_on=date(2024, 2, 29))
    lines = months_of(replace(made, invoices=(dated,)))
    (line,) = lines
    assert line.month == month_index(date(2024, 2, 1))
    assert (line.workers, line.hours, line.presented) == (0, 0, dated.presented)


def two_halves() -> Dossier:
    """One worker whose contract changes on 16 March: 38 hours for 15 days, 19 for 16."""
    made = dossier(1, 0)
    month = month_index(date(2024, 3, 1))
    first = replace(made.staff[0], month=month, days=15, hours=3800)
    return replace(made, staff=(first, replace(first, days=16, hours=1900)))


def test_hours_are_the_mean_over_the_days_of_the_month_and_a_worker_counts_once() -> None:
    (line,) = months_of(two_halves())
    assert line.workers == 1
    assert line.hours == 2819  # (15 x 38 + 16 x 19) / 31 = 28.19 hours
    assert year_of(two_halves()).hours is None


def test_what_is_unknown_of_a_line_is_unknown_of_its_month() -> None:
    lines = months_of(unknown(dossier(6, 2)))
    assert {line.payable for line in lines} == {None}
    assert all(line.presented > 0 for line in lines)
