"""The rows of the workbook of a drawn employer, one year at a time: pure and repeatable."""

from collections.abc import Mapping, Sequence

from reports.demo.careers import Worker, contract_rows, worker_rows
from reports.demo.federation.awards import award_rows
from reports.demo.federation.books import asked, opening_rows, sale_rows
from reports.demo.federation.frame import (
    approval_rows,
    organisation_row,
    position_rows,
    site_rows,
)
from reports.demo.federation.funding import assignment_rows, post_rows
from reports.demo.federation.payments import instalment_rows, receipt_rows
from reports.demo.federation.plan import Employer
from reports.demo.federation.purchases import journal_of
from reports.demo.federation.staff import workers
from reports.demo.federation.terms import amendment_rows, term_rows
from reports.demo.federation.volumes import volume_rows
from reports.demo.files import dmfa_rows, document_rows
from reports.demo.journal_rows import invoice_rows, used_suppliers, ventilation_rows
from reports.demo.pay import pay_rows
from reports.demo.plans import application_rows, budget_rows
from reports.demo.rows import YEARS, Row


def drawn_rows(employer: Employer, year: int) -> Mapping[str, Sequence[Row]]:
    """Every sheet of one year of an employer, by canonical sheet code."""
    people, journal = workers(employer), journal_of(employer)
    instalments, receipts = instalment_rows(employer, year), receipt_rows(employer, year)
    moved = {row["award"] for row in (*instalments, *receipts)}
    awards = award_rows(employer, year, moved)
    pay, invoices = pay_rows(people, year), invoice_rows(journal, year)
    assignments = assignment_rows(employer, year)
    next_year = asked(employer) if year == YEARS[-1] else ()
    return {
        "organisation": [organisation_row(employer)],
        "approvals": approval_rows(employer),
        "positions": position_rows(employer),
        "sites": site_rows(employer),
        "volumes": volume_rows(employer, year),
        "awards": awards,
        "amendments": amendment_rows(employer, [row["reference"] for row in awards]),
        "terms": term_rows(employer, year),
        "posts": post_rows(employer, year),
        "instalments": instalments,
        "receipts": receipts,
        "workers": worker_rows(people, year),
        "contract_lines": contract_rows(people, year),
        "worker_documents": _documents(employer, people, year),
        "pay": pay,
        "dmfa": dmfa_rows(awards, assignments, year, employer.planted),
        "assignments": assignments,
        "suppliers": used_suppliers(journal, year),
        "invoices": invoices,
        "ventilation": ventilation_rows(journal, year),
        "sales": sale_rows(employer, year),
        "applications": application_rows(next_year),
        "budget": budget_rows(next_year, pay, invoices) if next_year else [],
        "openings": opening_rows(employer, year),
    }


def _documents(employer: Employer, people: Sequence[Worker], year: int) -> Sequence[Row]:
    """The files of the workers where a scheme asks for them: where there is a CASG."""
    if all(service.code != "CASG" for service in employer.services):
        return []
    return document_rows(people, year, employer.planted)
