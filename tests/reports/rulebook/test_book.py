"""The rule book says all that the packs say, in two languages, and says what it does not know."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from backoffice.engine.claims.shapes import SHAPES
from backoffice.engine.figures import STATUSES, UNITS
from backoffice.engine.sheet import labels
from backoffice.figures.vocabulary import cost_items, outside_payroll
from grants.pack import SECTIONS
from grants.scheme import OPTIONS, Scheme, general_figures, schemes
from grants.year_rules import EFFECTS, YearRule, year_rules
from reports.rulebook import words
from reports.rulebook.book import matrix, page_of, pages
from reports.rulebook.content import STATUSES as STATUS_WORDS
from reports.rulebook.content import TALLIES, SchemePage, Section
from reports.rulebook.days import bounds, when

EVERY = pytest.mark.parametrize("scheme", schemes().values(), ids=lambda scheme: scheme.code)


def section(page: SchemePage, code: str) -> Section:
    return next(one for one in page.sections if one.code == code)


def table(page: SchemePage, section_code: str, code: str) -> list[list[str]]:
    """The French text of each row of a table."""
    (found,) = [one for one in section(page, section_code).tables if one.code == code]
    return [[cell.text["fr"] for cell in row] for row in found.rows]


@EVERY
def test_a_page_has_every_section_then_the_stacks_and_the_values(scheme: Scheme) -> None:
    page = page_of(scheme, general_figures())
    assert [one.code for one in page.sections] == [*SECTIONS, "stacking", "values"]
    for one in page.sections:
        assert one.rules or one.tables or one.values or one.gap


@EVERY
def test_every_value_of_a_scheme_is_shown_with_its_day_status_source_and_verification(
    scheme: Scheme,
) -> None:
    shown = {
        one.code: one.rows for one in section(page_of(scheme, general_figures()), "values").values
    }
    for figure in scheme.figures:
        told = [
            (row.since, row.status, row.source["fr"], row.verified) for row in shown[figure.code]
        ]
        assert told == [
            (value.since, value.status, value.source.title, value.source.verified)
            for value in general_figures()[figure.code].values
        ]
        assert all(row.verified for row in shown[figure.code])


@EVERY
def test_every_text_of_a_page_is_in_two_languages(scheme: Scheme) -> None:
    page = page_of(scheme, general_figures())
    for one in page.sections:
        texts = [one.title, *(rule.text for rule in one.rules)]
        texts += [head for found in one.tables for head in found.heads]
        texts += [cell.text for found in one.tables for row in found.rows for cell in row]
        texts += [block.label for block in one.values]
        assert [text for text in texts if not text["fr"] or not text["nl"]] == []


@EVERY
def test_every_link_of_a_page_leads_to_a_place_of_the_page(scheme: Scheme) -> None:
    page = page_of(scheme, general_figures())
    places = {f"valeur-{block.code}" for one in page.sections for block in one.values}
    for one in page.sections:
        wanted = {target for rule in one.rules for target, _ in rule.figures}
        wanted |= {c.target for found in one.tables for row in found.rows for c in row if c.target}
        assert wanted <= places


def test_a_scheme_that_says_nothing_yet_says_so_and_whom_to_ask() -> None:
    silent = replace(schemes()["wallonia_saspp"], rules=())
    page = page_of(silent, general_figures())
    assert page.gaps == len(SECTIONS)
    gap = section(page, "indexation").gap
    assert gap is not None
    assert gap["fr"] == "Non encore décrit. À demander à : Région wallonne (SPW Action sociale)."
    assert gap["nl"].startswith("Nog niet beschreven.")


def test_a_value_that_nobody_knows_is_said_unknown_and_never_zero() -> None:
    page = page_of(schemes()["wallonia_saspp"], general_figures())
    (block,) = [
        one for one in section(page, "values").values if one.code == "wallonia_saspp.flat_amount"
    ]
    assert block.rows[0].text == labels("inconnue", "onbekend")
    assert block.rows[0].source == labels(
        "CRWASS art. 68/1-68/9 : montant non trouvé", "CRWASS art. 68/1-68/9: bedrag niet gevonden"
    )


def test_the_costs_of_a_page_are_those_of_the_matrix() -> None:
    found = matrix()
    assert len(found.rows) == len(cost_items()) + len(outside_payroll())
    for place, (code, _label) in enumerate(found.schemes):
        page = page_of(schemes()[code], general_figures())
        column = [cells[place][1].text["fr"] for _, cells in found.rows]
        assert [row[1] for row in table(page, "costs", "elements")] == column


def test_a_page_tells_the_heads_the_days_and_the_frame_of_a_centre() -> None:
    page = page_of(schemes()["cocof_casg"], general_figures())
    assert ["Formation", "maximum : formation : part des frais de personnel admis"] in table(
        page, "costs", "rubriques"
    )
    first = table(page, "instalments", "tranches")[0]
    assert first[:4] == [
        "1re avance",
        "15 février de l'exercice",
        "25 %",
        "jusqu'à l'exercice 2023",
    ]
    frame = table(page, "frame", "etp")
    assert ["Fonction sociale", "minimum", "\u2013", "01/01/2025", "3", "confirmé"] in [
        row[:6] for row in frame
    ]


def test_a_reading_of_the_law_is_named_in_words_in_the_frame() -> None:
    scheme = schemes()["cocof_casg"]
    shown = [row[2] for row in table(page_of(scheme, general_figures()), "frame", "etp")]
    assert "nouveau texte dès le 1er janvier 2024" in shown
    assert set(shown) <= {"\u2013", *(one.fr for one in scheme.readings)}


def test_a_scheme_that_ends_says_when_how_surely_and_what_follows() -> None:
    rows = table(page_of(schemes()["ape"], general_figures()), "life", "etapes")
    assert rows[1][:2] == ["Dernier jour", "31/12/2026"]
    assert rows[2][:2] == ["Ce qui suit", schemes()["wallonia_after_ape"].label["fr"]]


def test_every_scheme_stands_once_in_the_book() -> None:
    assert [page.code for page in pages(general_figures())] == list(schemes())


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (words.SHAPES, SHAPES),
        (words.OPTIONS, OPTIONS),
        (words.EFFECTS, EFFECTS),
        (STATUS_WORDS, STATUSES),
        (TALLIES, STATUSES),
    ],
)
def test_every_code_of_the_packs_has_its_words(told, known) -> None:
    assert set(told) == set(known)


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_every_unit_has_its_words(unit: str) -> None:
    assert words.unit(unit)["nl"]


def rule(**keys: object) -> YearRule:
    table = {"kind": "x", "label": labels("x", "x"), "source": "x", "status": "confirmed", **keys}
    return next(year_rules(table))


@pytest.mark.parametrize(
    ("keys", "fr", "nl"),
    [
        ({"day": "04-15"}, "15 avril de l'année suivante", "15 april van het volgende jaar"),
        ({"day": "01-01", "years": 0}, "1er janvier de l'exercice", "1 januari van het boekjaar"),
        (
            {"day": "03-31", "years": 2},
            "31 mars de la 2e année suivante",
            "31 maart van het 2e volgende jaar",
        ),
        (
            {"day": "*-25", "years": 0, "business_day_after": True},
            "premier jour ouvrable après le 25 janvier de l'exercice",
            "eerste werkdag na 25 januari van het boekjaar",
        ),
        (
            {"after": "semester_1", "months": 2, "end_of_month": True},
            "2 mois après le 30 juin, en fin de mois",
            "2 maanden na 30 juni, op het einde van de maand",
        ),
        (
            {"after": "end", "months": 3},
            "3 mois après la fin de la subvention",
            "3 maanden na het einde van de subsidie",
        ),
        ({"after": "notified_on"}, "la notification", "de kennisgeving"),
        (
            {"after": "justify_by", "days": 1},
            "1 jour après « Justification avant le » (lettre)",
            "1 dag na “Verantwoording vóór” (brief)",
        ),
    ],
)
def test_a_day_is_said_in_words(keys: dict[str, object], fr: str, nl: str) -> None:
    assert when(rule(**keys)) == {"fr": fr, "nl": nl}


@pytest.mark.parametrize(
    ("keys", "fr"),
    [
        ({}, "tous"),
        ({"first": 2024}, "à partir de l'exercice 2024"),
        ({"first": 2024, "last": 2024, "reading": "late"}, "exercice 2024, lecture « late »"),
        ({"first": 2020, "last": 2023}, "exercices 2020 à 2023"),
        ({"fund": "332", "up_to": 6000}, "fonds 332, jusqu'à 6\u202f000,00\u202f€"),
        ({"above": 6000}, "au-dessus de 6\u202f000,00\u202f€"),
    ],
)
def test_the_exercises_and_amounts_of_a_day_are_said_in_words(
    keys: dict[str, object], fr: str
) -> None:
    assert bounds(rule(day="04-15", **keys))["fr"] == fr


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(1, 4), "25 %"),
        (Fraction(825, 1000), "82,5 %"),
        (Fraction(1, 12), "1/12"),
        (Fraction(1), "100 %"),
    ],
)
def test_a_share_is_a_percentage_or_an_exact_fraction(share: Fraction, text: str) -> None:
    assert words.percent(share) == text


def test_the_days_between_which_a_rule_holds_are_said() -> None:
    assert words.span(None, None) is None
    assert words.span(date(2024, 1, 1), None)["fr"] == "depuis le 01/01/2024"
    assert words.span(None, date(2025, 1, 1))["nl"] == "tot 01/01/2025 exclusief"
    assert words.span(date(2024, 1, 1), date(2025, 1, 1))["fr"] == (
        "du 01/01/2024 au 01/01/2025 exclu"
    )
