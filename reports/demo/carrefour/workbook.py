"""The rows of the first employer's workbook, one year at a time: pure and repeatable."""

from collections.abc import Mapping, Sequence

from reports.demo.careers import contract_rows, worker_rows
from reports.demo.carrefour.awards import AWARDS, award_row
from reports.demo.carrefour.books import asked, position_rows, sale_rows
from reports.demo.carrefour.contracts import WORKERS
from reports.demo.carrefour.organisation import APPROVALS, ORGANISATION, PLANTED, SITES
from reports.demo.carrefour.posts import assignment_rows, post_rows
from reports.demo.carrefour.receipts import instalment_rows, receipt_rows
from reports.demo.carrefour.spending import PURCHASES, WORDS
from reports.demo.carrefour.terms import amendment_rows, term_rows
from reports.demo.files import dmfa_rows, document_rows
from reports.demo.journal import Journal
from reports.demo.journal_rows import invoice_rows, used_suppliers, ventilation_rows
from reports.demo.pay import pay_rows
from reports.demo.plans import application_rows, budget_rows
from reports.demo.rows import YEARS, Row, touches

JOURNAL = Journal(
    seed=20_260_101,
    purchases=PURCHASES,
    awards={"organic": "COCOF-{year}", "optional": "COCOM-{year}", "saspp": "SASPP-{year}"},
    key_words=WORDS,
    planted=PLANTED,
)


def carrefour_rows(year: int) -> Mapping[str, Sequence[Row]]:
    """Every sheet of one year of the employer, by canonical sheet code.

    Rows keep their real dates beyond the year; an award of another year appears when money of it
    moved in this one, or when one of this year renews it.
    """
    instalments, receipts = instalment_rows(year), receipt_rows(year)
    moved = {row["award"] for row in (*instalments, *receipts)}
    wanted = [
        award
        for award in AWARDS
        if touches(year, award.starts_on, award.ends_on) or award.reference in moved
    ]
    renewed = {award.renews for award in wanted}
    awards = [award.reference for award in AWARDS if award in wanted or award.reference in renewed]
    award_rows = [award_row(reference) for reference in awards]
    assignments = assignment_rows(year)
    pay, invoices = pay_rows(WORKERS, year), invoice_rows(JOURNAL, year)
    next_year = asked() if year == YEARS[-1] else ()
    return {
        "organisation": [ORGANISATION],
        "approvals": APPROVALS,
        "positions": position_rows(year),
        "sites": SITES,
        "volumes": [],
        "awards": award_rows,
        "amendments": amendment_rows(awards),
        "terms": term_rows(year),
        "posts": post_rows(year),
        "instalments": instalments,
        "receipts": receipts,
        "workers": worker_rows(WORKERS, year),
        "contract_lines": contract_rows(WORKERS, year),
        "worker_documents": document_rows(WORKERS, year, PLANTED),
        "pay": pay,
        "dmfa": dmfa_rows(award_rows, assignments, year, PLANTED),
        "assignments": assignments,
        "suppliers": used_suppliers(JOURNAL, year),
        "invoices": invoices,
        "ventilation": ventilation_rows(JOURNAL, year),
        "sales": sale_rows(year),
        "applications": application_rows(next_year),
        "budget": budget_rows(next_year, pay, invoices) if next_year else [],
    }
