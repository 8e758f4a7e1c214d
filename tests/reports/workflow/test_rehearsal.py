"""A rehearsal of an inspection: the same seed draws the same lines, and each has its chance."""

import io
from collections import Counter

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.workflow.rehearsal import draw, rehearse
from tests.factories import EvidenceLinkFactory
from tests.reports.views.reading import fetched
from tests.reports.workflow.conftest import Desk
from tests.reports.workflow.life import life
from tests.reports.workflow.test_page import text_of

STRATA = st.lists(st.sampled_from(["worker W01", "worker W02", "head running"]), max_size=80)


@given(STRATA, st.integers(20, 40), st.text(max_size=8))
def test_a_draw_is_replayed_by_its_seed_and_takes_the_part_asked(
    strata: list[str], percent: int, seed: str
) -> None:
    found = draw(strata, percent, seed)
    assert found == draw(strata, percent, seed)
    assert len(found) == len(set(found)) == -(-len(strata) * percent // 100)


@given(STRATA, st.integers(20, 40), st.text(max_size=8))
def test_each_stratum_has_its_part_to_a_line(strata: list[str], percent: int, seed: str) -> None:
    found = draw(strata, percent, seed)
    drawn = Counter(strata[place] for place in found)
    for stratum, size in Counter(strata).items():
        exact = size * len(found) / len(strata)
        assert exact - 1 < drawn[stratum] < exact + 1


def test_every_line_has_its_chance_small_strata_too() -> None:
    strata = ["worker W01"] * 12 + ["worker W02"] * 12 + ["head training"]
    seen = Counter(place for seed in range(400) for place in draw(strata, 20, str(seed)))
    assert set(seen) == set(range(25))
    assert 40 <= seen[24] <= 120
    assert draw([], 20, "x") == []


@pytest.mark.django_db
def test_a_line_says_what_is_asked_what_is_there_and_which_text_asks_it() -> None:
    one = life("cocom_facultative", granted="5000.00")
    one.place.invoice(one.award, share=(1, 2), evidence="", payment_reference="EXT-7")
    found = rehearse(one.place.dossier(one.award), 40, "7")
    assert (found.population, len(found.lines)) == (2, 1)
    every = {
        line.who: {asked.words: asked.reference for asked in line.asked}
        for seed in range(20)
        for line in rehearse(one.place.dossier(one.award), 40, str(seed)).lines
    }
    (piece,) = set(every) - {"W01"}
    assert every[piece] == {
        "Facture originale": "",
        "Preuve de paiement": "EXT-7",
        "Clé de ventilation": "50\u202f%",
    }
    assert every["W01"]["Preuve de paiement du salaire"] is None
    assert "Compte individuel du mois" in every["W01"]


@pytest.mark.django_db
def test_the_page_draws_once_and_its_address_replays_it(desk: Desk) -> None:
    assert "Tirer les lignes" in text_of(desk.get("repetition/"))
    answer = desk.get("repetition/", pourcentage="25")
    assert answer.status_code == 302
    assert "graine=" in answer.url
    first, again = desk.finance.get(answer.url), desk.finance.get(answer.url)
    assert first.context["found"] == again.context["found"]
    assert "1 ligne tirée sur 1" in text_of(first)
    assert "à préparer" in text_of(first)


@pytest.mark.django_db
def test_a_file_joined_to_a_contract_is_there_to_open(desk: Desk) -> None:
    link = EvidenceLinkFactory(
        award=None,
        contract_line=desk.life.place.contract,
        file__organisation=desk.life.place.organisation,
    )
    shown = text_of(desk.get("repetition/", pourcentage="25", graine="a"))
    assert f'<a href="/fichiers/{link.file_id}/" download>{link.file.name}</a>' in shown


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"pourcentage": "300"}, "40 % au plus"),
        ({"pourcentage": "dix"}, "nombre entier"),
        ({"pourcentage": "25", "graine": "../etc"}, "lettres et des chiffres"),
    ],
)
def test_a_wrong_part_or_seed_is_said_beside_it(desk: Desk, query: dict, said: str) -> None:
    answer = desk.get("repetition/", **query)
    assert answer.status_code == 422
    assert said in text_of(answer)
    file = desk.finance.post(f"{desk.page}repetition/classeur/", query_params=query)
    assert file.headers["Location"].startswith(f"{desk.page}repetition/?")


@pytest.mark.django_db
def test_the_workbook_has_a_row_for_each_document_and_a_column_to_tick(desk: Desk) -> None:
    query = {"au": "2025-03-01", "pourcentage": "25", "graine": "abc"}
    answer = fetched(desk.finance, f"{desk.page}repetition/classeur/", query)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heads = next(row for row in rows if row[0] == "Ligne")
    assert heads[-1] == "Vu"
    asked = [row[4] for row in rows if row[0] == "W01"]
    assert asked[0] == "Contrat de travail et avenants"
    assert any("code abc" in str(cell) for row in rows for cell in row)
