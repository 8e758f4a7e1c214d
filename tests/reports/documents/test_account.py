"""What some funders ask for besides: the declaration on honour, and the recapitulative account."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import openpyxl
import pytest
from django.template.loader import render_to_string

from backoffice.engine.sheet import EUR, Column, Sheet, labels
from backoffice.web.templatetags.money import amount
from grants.scheme import schemes
from reports.documents.account import account_of
from reports.documents.honour import honours
from reports.documents.paper import shown
from reports.documents.pdf_file import APOSTROPHE, PAGE, typeset
from reports.documents.xlsx_file import render_xlsx
from reports.dossier import Dossier
from tests.reports.documents.dossiers import dossier, unknown

WALLOON = ("wallonia_css", "wallonia_ili", "wallonia_saspp")
ASKED = tuple(
    {"kind": kind, "fr": kind, "nl": kind} for kind in ("claim", "honour", "recapitulative")
)


def asked(**changes: Any) -> Dossier:
    return dossier(8, 6, 1, documents=ASKED, **changes)


def html(made: Dossier) -> str:
    return typeset(render_to_string(PAGE, shown(made)))


def sheets(made: Dossier) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(render_xlsx(made)), data_only=True)


def year_end(made: Dossier) -> Dossier:
    """The same with a premium of 100.01 on each line, within the other benefits."""
    values = np.full(len(made.staff), 10_001)
    column = Column("year_end", labels("Prime", "Premie"), EUR, values, aside=True)
    return replace(made, staff_sheet=Sheet((*made.staff_sheet.columns, column)))


@pytest.mark.parametrize("code", WALLOON)
def test_the_walloon_schemes_ask_for_both_besides_the_declaration_of_claim(code: str) -> None:
    kinds = {document["kind"] for document in schemes()[code].documents}
    assert {"claim", "honour", "recapitulative", "activity_report"} <= kinds


def test_a_scheme_that_does_not_ask_for_them_has_neither() -> None:
    made = dossier(4, 2)
    assert honours(made) == ()
    assert account_of(made) is None
    assert 'id="honneur"' not in html(made)
    assert "Sur l'honneur" not in sheets(made).sheetnames


def test_the_account_gathers_every_line_once_and_sums_to_what_is_payable() -> None:
    made = asked()
    account = account_of(made)
    assert account is not None
    staff = sum(line.sums.payable or 0 for line in account.workers)
    costs = sum(line.sums.payable or 0 for line in account.categories)
    assert staff == account.staff.sums.payable
    assert costs == account.invoices.payable
    assert staff + costs == made.amounts.payable
    assert account.staff.sums.presented + account.invoices.presented == made.amounts.presented
    places = [(line.head["fr"], line.category["fr"]) for line in account.categories]
    assert len(set(places)) == len(places)


def test_the_year_end_premium_stands_apart_and_within_the_cost_of_its_worker() -> None:
    made = year_end(asked())
    account = account_of(made)
    assert account is not None
    assert account.staff.year_end == 10_001 * len(made.staff)
    assert sum(line.year_end for line in account.workers) == account.staff.year_end
    assert account_of(asked()).staff.year_end == 0  # type: ignore[union-attr]


def test_the_paper_holds_both_with_their_place_in_the_contents_and_in_both_languages() -> None:
    page = html(asked())
    for words in (
        f"Déclaration sur l{APOSTROPHE}honneur",
        "Verklaring op erewoord",
        "Décompte récapitulatif",
    ):
        assert f">{words}</h2>" in page
    assert '<a href="#honneur">' in page
    assert '<a href="#decompte">' in page
    assert 'lang="nl"' in page
    assert str(amount(asked().amounts.payable)) in page


def test_what_is_declared_names_the_subsidy_and_its_days_the_same_in_both_languages() -> None:
    french_text, dutch_text = honours(asked())
    for one in (french_text, dutch_text):
        assert "ESSAI-2024" in one.opening
        assert "31/12/2024" in one.opening
    assert len(french_text.statements) == len(dutch_text.statements) == 4


def test_the_workbook_holds_both_with_totals() -> None:
    made = year_end(asked())
    book = sheets(made)
    order = [name for name in book.sheetnames if "honneur" in name or "Décompte" in name]
    assert order == ["Sur l'honneur", "Décompte personnel", "Décompte frais"]
    assert book.sheetnames.index("Sur l'honneur") == 1
    totals = list(book["Décompte personnel"].iter_rows(values_only=True))[-1]
    assert totals[0] == "Total"
    assert round(totals[7] * 100) == 10_001 * len(made.staff)


def test_an_unknown_payable_is_said_in_the_account_and_never_zero() -> None:
    made = unknown(asked())
    assert account_of(made).staff.sums.payable is None  # type: ignore[union-attr]
    assert "inconnu" in html(made).partition('id="decompte"')[2].partition("</section>")[0]
