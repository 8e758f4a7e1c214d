import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from backoffice.engine import money
from reports.documents.xlsx_file import render_xlsx
from reports.dossier import Dossier, EvidenceLine
from tests.reports.documents.dossiers import cover, dossier, unknown

OFFICE = shutil.which("soffice")
RISKY = ("=1+1", "+32 2 555", "-5 %", "@SUM(A1)", "\t=2", "=HYPERLINK(x)")


def opened(made: Dossier, *, values: bool = True) -> Workbook:
    return openpyxl.load_workbook(BytesIO(render_xlsx(made)), data_only=values)


def rows(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]


def table(book: Workbook, sheet: str, first_head: str) -> list[dict[str, Any]]:
    """The rows under the head that starts with a label, down to an empty row or a total."""
    found = rows(book, sheet)
    top = next(place for place, row in enumerate(found) if row[0] == first_head)
    lines = []
    for row in found[top + 1 :]:
        if row[0] in (None, "", "Total"):
            break
        lines.append(dict(zip(found[top], row, strict=True)))
    return lines


def cents(value: Any) -> int:
    return round(value * 100)


def test_the_sheets_are_those_of_a_justification_in_order() -> None:
    assert opened(dossier()).sheetnames == [
        *("Couverture", "Personnel", "Factures", "Récapitulatif", "Par mois", "Pièces"),
        *("Contrôles", "Explication", "Explication factures", "Valeurs"),
    ]


def test_people_outside_the_payroll_stand_on_a_sheet_of_their_own_and_in_the_staff_head() -> None:
    made = dossier(outside=2)
    book = opened(made)
    assert book.sheetnames[1:4] == ["Personnel", "Hors paie", "Factures"]
    named, unnamed = table(book, "Hors paie", "N°")
    assert (named["Personne"], named["Fonction"]) == ("DEMO Intérimaire 0", "Accueil")
    assert cents(named["Heures"]) == 750
    assert (unnamed["Personne"], unnamed["Heures"]) == ("inconnue", None)
    assert len(table(book, "Factures", "N°")) == 8
    staff = table(book, "Récapitulatif", "Rubrique")[0]
    assert cents(staff["Présenté (recalculé)"]) == made.heads[0].presented
    assert cents(staff["Payable (recalculé)"]) == made.heads[0].payable


def test_amounts_are_numbers_and_days_are_dates() -> None:
    made = dossier()
    staff = table(opened(made), "Personnel", "N°")
    assert [cents(line["Payable"]) for line in staff] == [line.payable for line in made.staff]
    assert staff[2]["Mois"].date() == date(2024, 3, 1)
    invoices = table(opened(made), "Factures", "N°")
    listed = {line["Pièce"]: cents(line["Total TVAC"]) for line in invoices}
    assert listed == {line.piece: line.total for line in made.invoices}
    assert {line["Date"].date() for line in invoices} == {x.issued_on for x in made.invoices}


def test_invoices_are_numbered_one_after_the_other_by_category_of_expense() -> None:
    made = dossier(outside=2)
    book = opened(made)
    outside, listed = table(book, "Hors paie", "N°"), table(book, "Factures", "N°")
    assert [line["N°"] for line in (*outside, *listed)] == list(range(1, 11))
    places = [(line["Rubrique"], line["Catégorie"]) for line in listed]
    assert len(set(places)) == sum(one != other for one, other in pairwise([None, *places]))
    days = [line["Date"] for line in listed if line["Catégorie"] == places[0][1]]
    assert days == sorted(days)


def test_totals_and_checks_are_readable_without_recalculation() -> None:
    made = dossier()
    heads = table(opened(made), "Récapitulatif", "Rubrique")
    assert [cents(line["Payable (recalculé)"]) for line in heads] == [h.payable for h in made.heads]
    assert [cents(line["Admissible (figé)"]) for line in heads] == [
        x.admissible for x in made.heads
    ]
    found = {line["Montant"]: line for line in table(opened(made), "Récapitulatif", "Montant")}
    assert cents(found["Solde (négatif : à rembourser)"]["Recalculé"]) == made.amounts.balance
    assert cents(found["Fonds propres"]["Recalculé"]) == made.amounts.own_funds
    assert {line["Contrôle"] for line in found.values()} == {"OK"}


def test_the_summary_is_made_of_live_formulas_over_the_line_sheets() -> None:
    heads = table(opened(dossier(), values=False), "Récapitulatif", "Rubrique")
    assert heads[0]["Présenté (recalculé)"].startswith("=ROUND(SUM(Personnel!")
    assert heads[2]["Payable (recalculé)"].startswith("=ROUND(SUMIFS(Factures!")
    assert heads[2]["Admissible (recalculé)"].startswith("=MIN(")


def test_a_frozen_total_that_its_lines_do_not_give_is_called_a_gap() -> None:
    made = dossier()
    wrong = replace(made, heads=(replace(made.heads[0], payable=1), *made.heads[1:]))
    heads = rows(opened(wrong), "Récapitulatif")
    line = next(row for row in heads if row[0] == "Frais de personnel")
    assert line[11] == "ÉCART"


def test_an_unknown_amount_is_said_and_never_zero() -> None:
    found = table(opened(unknown(dossier())), "Récapitulatif", "Montant")
    by_name = {line["Montant"]: line for line in found}
    assert by_name["Accordé"]["Recalculé"] == "inconnu"
    assert by_name["Solde (négatif : à rembourser)"]["Figé"] == "inconnu"
    assert table(opened(unknown(dossier())), "Personnel", "N°")[0]["Payable"] == "inconnu"


@pytest.mark.parametrize("text", RISKY)
def test_a_text_that_a_spreadsheet_could_run_stays_a_text(text: str) -> None:
    made = dossier()
    line = replace(made.invoices[0], supplier=text, description=text, evidence=text)
    risky = replace(made, invoices=(line, *made.invoices[1:]), cover=cover(organisation=text))
    book = opened(risky, values=False)
    found = next(row for row in book["Factures"].iter_rows() if row[1].value == "A2024-001")
    assert {found[3].value, found[6].value, found[16].value} == {f"'{text}"}
    assert {cell.data_type for cell in (found[3], found[6], found[16])} == {"s"}
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert not any(cell.data_type == "f" and text[1:] in str(cell.value) for cell in row)


def test_a_document_of_a_workers_file_stands_with_its_days() -> None:
    made = dossier()
    paper = EvidenceLine(
        "seniority", "W77", "", "ATT-1", date(2021, 12, 31), None, date(2024, 4, 10)
    )
    evidence = table(opened(replace(made, evidence=(paper,))), "Pièces", "Type")
    assert [list(line.values()) for line in evidence] == [
        [
            *("Attestation d'ancienneté", "W77", "", "ATT-1"),
            *(datetime(2021, 12, 31), None, datetime(2024, 4, 10), "présente"),  # noqa: DTZ001
        ]
    ]


def test_missing_evidence_is_marked() -> None:
    evidence = table(opened(dossier()), "Pièces", "Type")
    missing = [line for line in evidence if line["État"] == "MANQUANTE"]
    assert [(line["Type"], line["Concerne"]) for line in missing] == [("Facture", "A2024-010")]


def test_the_explanation_shows_each_column_with_its_rule_and_the_figure_of_each_row() -> None:
    made = dossier(staff=6)
    found = rows(opened(made), "Explication")
    top = next(place for place, row in enumerate(found) if row[0] == "N°")
    head, names, _units, rules = found[top : top + 4]
    assert names[3:] == ("hours", "fte", "gross", "presented", "ceiling", "", *names[-2:])
    assert rules[head.index("Présenté")] == "coût éligible \u2212 déjà payé"
    lines = found[top + 6 :]
    assert [line[8] for line in lines] == ["", "V1", "V2", "", "V1", "V2"]
    assert [cents(line[head.index("Brut")]) for line in lines] == [x.gross for x in made.staff]
    values = {line["Code"]: line["Valeur"] for line in table(opened(made), "Valeurs", "N°")}
    assert list(values) == ["demo.ceiling", "index.coefficient"]
    assert all(isinstance(value, int | float) for value in values.values())


def test_every_sheet_prints_on_landscape_a4_with_its_page_number_and_its_marks() -> None:
    for sheet in opened(dossier()).worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert "&P / &N" in sheet.oddFooter.right.text or "P] / &[" in sheet.oddFooter.right.text
        assert "DEMO" in sheet.oddHeader.left.text
        assert "PROJET" in sheet.oddHeader.left.text


def test_a_final_version_of_a_real_employer_bears_no_mark_of_a_draft() -> None:
    book = opened(dossier(cover=cover(final=True, version=2, demo=False)))
    assert "VERSION DÉFINITIVE N° 2" in book["Personnel"].oddHeader.left.text
    texts = [str(cell) for sheet in book.sheetnames for row in rows(book, sheet) for cell in row]
    assert not [text for text in texts if "PROJET" in text]


def test_a_dossier_without_any_line_is_written_too() -> None:
    empty = dossier(staff=12, invoices=0)
    none = replace(empty, invoices=(), receipts=(), instalments=(), checks=(), evidence=())
    assert "Aucune facture" in str(rows(opened(none), "Factures"))
    assert "Rien n'a été reçu" in str(rows(opened(none), "Récapitulatif"))


def test_the_same_dossier_gives_the_same_bytes() -> None:
    assert render_xlsx(dossier()) == render_xlsx(dossier())


def test_a_label_longer_than_a_cell_may_hold_is_cut_rather_than_lost() -> None:
    made = dossier()
    line = replace(made.invoices[0], description="x" * 40_000)
    book = opened(replace(made, invoices=(line, *made.invoices[1:])))
    labels = [row["Libellé"] for row in table(book, "Factures", "N°")]
    assert max(map(len, labels)) == 32_767


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_that_recalculates_finds_every_frozen_value(tmp_path: Path) -> None:
    cases = {"full": dossier(), "staff-only": dossier(12, 0), "unknown": unknown(dossier())}
    cases["outside"] = dossier(outside=3)
    for name, made in cases.items():
        # Saved by openpyxl, formulas have no value left: what is read back was computed.
        opened(made, values=False).save(tmp_path / f"{name}.xlsx")
    out = tmp_path / "out"
    subprocess.run(  # noqa: S603
        [
            str(OFFICE),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "xlsx", "--outdir", str(out)),
            *(str(tmp_path / f"{name}.xlsx") for name in cases),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    for name, made in cases.items():
        written, computed = (
            opened(made),
            openpyxl.load_workbook(out / f"{name}.xlsx", data_only=True),
        )
        formulas = opened(made, values=False)
        compared = 0
        for sheet in formulas.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        expected = written[sheet.title][cell.coordinate].value
                        live = computed[sheet.title][cell.coordinate].value
                        where = f"{name} {sheet.title}!{cell.coordinate} {cell.value}"
                        assert _same(expected, live), f"{where}: {live} instead of {expected}"
                        compared += 1
        assert compared > 10


def _same(expected: Any, live: Any) -> bool:
    if isinstance(expected, str) or expected is None:
        return bool(expected == live)
    return money.cents(f"{expected:.2f}") == money.cents(f"{live:.2f}")
