"""The note for the board: four pages, whatever it has to say, in both languages."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO

import pikepdf
import pytest
from django.template.loader import render_to_string
from django.utils import translation

from backoffice.federation.models import Organisation
from reports.board import note
from reports.board.pdf_file import PAGE, PAGES, context, render_pdf
from reports.board.reading import Reading, read_alone, read_summed
from reports.charts import Swing
from reports.scenarios.aggregates.view import aggregated_by
from reports.scenarios.assumed import Assumed
from reports.scenarios.comparing import Baseline, Scope, compare
from reports.scenarios.json_file import number
from reports.scenarios.scenario import Change, Scenario
from tests.engine.projection.made import FIRST_YEAR, made
from tests.reports.scenarios.beside import beside

LONG = "Un scénario au nom aussi long que ce qu'une fédération écrit d'habitude dans ses demandes"


def base_of(base: Baseline, *names: str) -> Baseline:
    organisations = tuple(Organisation(name=name, is_demo=True) for name in names)
    return replace(base, scope=Scope(organisations, "*", names[0]))


def scenario(changes: int, name: str) -> Scenario:
    since = date(FIRST_YEAR + 1, 1, 1)
    listed = [
        Change(number, "award", "*", since, {"factor": Fraction(9, 10)})
        for number in range(1, changes + 1)
    ]
    return Scenario(
        name, tuple(listed), description={"fr": LONG, "nl": LONG}, source={"fr": LONG, "nl": LONG}
    )


def comparison(base: Baseline, changes: int = 1, scenarios: int = 1) -> Reading:
    return read_alone(compare(base, [scenario(changes, f"{LONG} {k}") for k in range(scenarios)]))


SHORT = comparison(base_of(beside(), "Un"), changes=0)
WIDE = comparison(
    base_of(beside(made(workers=4, employers=3, years=5).facts), "Un"), changes=60, scenarios=6
)
MANY = base_of(beside(made(workers=2, employers=12).facts), "Un", "Deux")
SUMMED = read_summed(MANY, [aggregated_by(MANY, scenario(1, LONG))], "*")


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("found", [SHORT, WIDE, SUMMED], ids=["short", "wide", "summed"])
def test_the_note_has_four_pages(found: Reading, language: str) -> None:
    with translation.override(language), pikepdf.open(BytesIO(render_pdf(found))) as opened:
        assert len(opened.pages) == PAGES
        attached = list(opened.attachments)
    assert attached == ([] if found is SUMMED else ["scenario.json"])


def test_the_note_of_a_scenario_that_moves_nothing_has_four_pages_too(monkeypatch) -> None:
    moving = [Swing(f"Facteur {k}", -100_000, 200_000, "moins", "plus") for k in range(6)]
    monkeypatch.setattr(note, "swings", lambda *_asked, **_more: moving)
    with pikepdf.open(BytesIO(render_pdf(SHORT))) as opened:
        assert len(opened.pages) == PAGES


def test_the_note_of_several_names_no_award_and_no_worker() -> None:
    names = MANY.facts.names
    page = at_length(SUMMED, 12)
    assert not [name for name in (*names.awards, *names.workers) if f"{name} " in page]


def at_length(found: Reading, most: int) -> str:
    """The page with so many lines in each list."""
    return render_to_string(PAGE, context(found) | note.listed(found, note.Lengths(*[most] * 4)))


def test_the_shortest_note_says_how_much_is_to_be_read_and_where() -> None:
    page = at_length(WIDE, 0)
    assert "60 à lire sur la page du scénario et dans le fichier joint" in page
    assert "Rien ne change" not in page


def test_a_page_too_full_is_cut_without_cutting_the_others(monkeypatch) -> None:
    cut = []
    listed = note.listed
    monkeypatch.setattr(
        "reports.board.pdf_file.listed",
        lambda read, most: cut.append(most) or listed(read, most),
    )
    told = " ".join([LONG] * 12)
    wordy = replace(scenario(0, "a"), description={"fr": told, "nl": told})
    read = read_alone(compare(SHORT.base, [wordy, scenario(40, "b")]))
    first, *others = read.scenarios
    wide = replace(read, scenarios=(replace(first, faced=(told,) * 12), *others))
    monkeypatch.setattr("reports.board.pdf_file._STEPS", (12, 0))
    assert pages(render_pdf(wide)) == PAGES
    assert cut == [(12, 12, 12, 12), (0, 12, 12, 12)]


def pages(content: bytes) -> int:
    with pikepdf.open(BytesIO(content)) as opened:
        return len(opened.pages)


def test_an_amount_that_is_supposed_has_two_decimals() -> None:
    day = date(FIRST_YEAR, 1, 1)
    one = Assumed("fte_cost.master.0", Fraction(137_001, 2), day, "A", day, "s", "p")
    first, *others = SHORT.scenarios
    read = replace(SHORT, scenarios=(replace(first, used=(one,)), *others))
    [line] = note.listed(read, note.Lengths(1, 1, 1, 1))["assumptions"].shown
    assert line["value"].replace("\u202f", " ").replace("\xa0", " ") == "68 500,50 €"
    assert number(one.value) == "68500.50"


def test_what_is_left_out_is_counted() -> None:
    page = at_length(WIDE, 4)
    assert "et 56 autres sur la page du scénario" in page


def test_every_page_says_that_the_figures_are_invented() -> None:
    assert "DEMO : DONNÉES INVENTÉES" in context(SHORT)["marks"]


@pytest.mark.parametrize("most", [1, 12])
def test_the_rows_of_years_differ_in_weight_only_by_what_they_are(most: int) -> None:
    lines = note.listed(WIDE, note.Lengths(*[most] * 4))["by_year"]
    assert [one.quiet for one in lines] == [not one.strong for one in lines]
    assert "nth-child(even) { color" not in at_length(WIDE, most)
