import json
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from backoffice.engine import money
from reports import dossier as contract
from reports.documents.json_file import AMOUNTS, COUNTS, HOURS_FIELDS, render_json
from reports.documents.words import marks
from tests.reports.documents.dossiers import cover, dossier, unknown


def read(made: contract.Dossier) -> Any:
    return json.loads(render_json(made))


def test_amounts_are_texts_that_give_back_the_cents() -> None:
    made = dossier()
    found = read(made)
    for name in ("granted", "presented", "admissible", "payable", "own_funds", "balance"):
        assert money.cents(found["amounts"][name]) == getattr(made.amounts, name)
    for line, kept in zip(found["staff"], made.staff, strict=True):
        assert money.cents(line["gross"]) == kept.gross
        assert money.cents(line["payable"]) == kept.payable
    assert [money.cents(one["amount"]) for one in found["receipts"]] == [
        line.amount for line in made.receipts
    ]


@pytest.mark.parametrize("demo", [True, False])
def test_invented_data_say_so_in_the_words_of_the_other_files(demo: bool) -> None:  # noqa: FBT001
    made = dossier(cover=cover(demo=demo))
    said = read(made)["marks"]
    assert said == " \u2013 ".join(marks(made.cover))
    assert ("DEMO \u2014 DONNÉES INVENTÉES, SANS VALEUR" in said) is demo


def test_days_are_iso_months_too_and_rates_exact() -> None:
    found = read(dossier())
    assert found["cover"]["as_of"] == "2025-03-17"
    assert found["staff"][0]["month"] == "2024-01"
    assert (found["staff"][0]["hours"], found["staff"][0]["full_time"]) == ("25.00", "38.00")
    assert found["staff"][0]["fte"] == "25/38"
    assert [line["share"] for line in found["invoices"][3:5]] == ["1", "1/3"]


def test_what_is_unknown_is_null_and_never_zero() -> None:
    found = read(unknown(dossier()))
    assert found["amounts"]["granted"] is None
    assert found["amounts"]["balance"] is None
    assert found["staff"][0]["payable"] is None
    assert found["figures"][0]["decided"] is None


def test_labels_are_kept_in_both_languages() -> None:
    found = read(dossier())
    assert found["heads"][0]["label"] == {"fr": "Frais de personnel", "nl": "Personeelskosten"}
    assert found["invoices"][0]["category"]["nl"] == "Huur en lasten"


def test_the_explanation_holds_every_column_row_by_row() -> None:
    made = dossier(staff=5)
    found = read(made)["sheets"]["staff"]
    assert [column["name"] for column in found["columns"]] == [
        column.name for column in made.staff_sheet.columns
    ]
    places = {column["name"]: place for place, column in enumerate(found["columns"])}
    for row, line in enumerate(made.staff):
        assert found["rows"][row][places["fte"]] == "25/38"
        assert money.cents(found["rows"][row][places["gross"]]) == line.gross


def test_each_row_names_the_figure_that_it_used() -> None:
    found = read(dossier(staff=4))["sheets"]["staff"]
    column = next(one for one in found["columns"] if one["name"] == "ceiling")
    codes = [
        None if place is None else found["figures"][place]["code"]
        for place in column["figure_by_row"]
    ]
    assert codes == [None, "demo.ceiling", "index.coefficient", None]


def test_the_explanation_of_an_invoice_says_its_head_and_its_day() -> None:
    found = read(dossier(invoices=4))["sheets"]["invoices"]
    assert found["rows"][0][:2] == ["running", "2024-01-25"]
    assert found["rows"][3][0] == "training"


def test_the_same_dossier_gives_the_same_bytes_ending_with_a_newline() -> None:
    assert render_json(dossier()) == render_json(dossier())
    assert render_json(dossier()).endswith(b"}\n")


def test_a_text_that_is_not_ascii_stays_readable() -> None:
    made = dossier(cover=cover(organisation="L'Étoile « du Nord »"))
    assert "L'Étoile « du Nord »".encode() in render_json(made)


def test_every_whole_number_of_the_contract_has_a_known_unit() -> None:
    known = AMOUNTS | HOURS_FIELDS | COUNTS | {"month"}
    classes = [one for one in vars(contract).values() if is_dataclass(one)]
    numbers = {
        field.name
        for one in classes
        if one.__module__ == contract.__name__
        for field in fields(one)
        if "int" in str(field.type)
    }
    assert numbers
    assert numbers <= known


def test_a_number_of_unknown_unit_is_refused_rather_than_guessed() -> None:
    odd: Any = {"fr": "x", "surprise": 5}
    with pytest.raises(TypeError, match="surprise"):
        render_json(dossier(cover=cover(funder=odd)))


def test_the_values_of_the_helpers_are_exact() -> None:
    made = dossier()
    assert made.staff[0].fte == Fraction(25, 38)
    assert made.cover.as_of == date(2025, 3, 17)
    assert sum(line.payable or 0 for line in (*made.staff, *made.invoices)) == made.amounts.payable
