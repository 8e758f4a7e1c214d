"""The rows of the demonstration employer's workbook, one year at a time: pure and repeatable."""

from collections.abc import Mapping, Sequence

from reports.demo.awards import AWARDS, award_row
from reports.demo.contracts import contract_rows, worker_rows
from reports.demo.faults import PLANTED, PlantedFault
from reports.demo.organisation import APPROVALS, DEMO_ENTERPRISE_NUMBER, ORGANISATION, SITES
from reports.demo.pay import pay_rows
from reports.demo.posts import assignment_rows, post_rows
from reports.demo.purchases import invoice_rows, used_suppliers, ventilation_rows
from reports.demo.receipts import instalment_rows, receipt_rows
from reports.demo.rows import YEARS, NotADemoYear, Row, touches
from reports.demo.terms import amendment_rows, term_rows

__all__ = ["DEMO_ENTERPRISE_NUMBER", "PLANTED", "YEARS", "PlantedFault", "demo_rows"]


def demo_rows(year: int) -> Mapping[str, Sequence[Row]]:
    """Every sheet of one employer-year, by canonical sheet code; the same at each call.

    Rows keep their real dates beyond the year; an award of another year appears when money of it
    moved in this one.

    Raises:
        NotADemoYear: the year is not one of `YEARS`.
    """
    if year not in YEARS:
        years = ", ".join(str(each) for each in YEARS)
        raise NotADemoYear(f"L'employeur de démonstration n'existe qu'en {years}, pas en {year}.")
    instalments, receipts = instalment_rows(year), receipt_rows(year)
    moved = {row["award"] for row in (*instalments, *receipts)}
    awards = [
        award.reference
        for award in AWARDS
        if touches(year, award.starts_on, award.ends_on) or award.reference in moved
    ]
    return {
        "organisation": [ORGANISATION],
        "approvals": APPROVALS,
        "sites": SITES,
        "awards": [award_row(reference) for reference in awards],
        "amendments": amendment_rows(awards),
        "terms": term_rows(year),
        "posts": post_rows(year),
        "instalments": instalments,
        "receipts": receipts,
        "workers": worker_rows(year),
        "contract_lines": contract_rows(year),
        "pay": pay_rows(year),
        "assignments": assignment_rows(year),
        "suppliers": used_suppliers(year),
        "invoices": invoice_rows(year),
        "ventilation": ventilation_rows(year),
    }
