"""The words of a dossier on screen."""

from datetime import date

import pytest
from django.utils.translation import override

from backoffice.engine.sheet import FigureUse
from backoffice.web.templatetags.money import months
from reports.templatetags.dossier import folded, stack_words, status_words, tone, value_words


def use(text: str, unit: str) -> FigureUse:
    label = {"fr": "Valeur", "nl": "Waarde"}
    return FigureUse("a.b", label, unit, date(2024, 1, 1), text, None, "confirmed", "Lettre")


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("30430.05", "EUR/year", "30\u202f430,05\u202f€/an"),
        ("50000", "EUR", "50\u202f000,00\u202f€"),
        ("0.43075", "EUR/km", "0,43075\u202f€/km"),
        ("50 000 EUR", "EUR", "50 000 EUR\u202f€"),
        ("0.0699", "ratio", "6,99\u202f%"),
        ("0", "ratio", "0\u202f%"),
        ("2.0399", "ratio", "2,0399"),
        ("2/37", "ratio", "2/37"),
        ("98 %", "ratio", "98 %"),
        ("2.5", "FTE", "2,5\u202fETP"),
        ("3", "count", "3"),
    ],
)
def test_a_value_is_written_as_french_writes_it(text, unit, shown):
    assert value_words(use(text, unit)) == shown


def test_the_three_kinds_of_stack_are_three_words():
    codes = ("stack_forbidden", "stack_suspicious", "stack_allowed")
    assert [stack_words(code) for code in codes] == [
        "cumul interdit",
        "cumul suspect",
        "cumul autorisé",
    ]
    assert stack_words("instalment_late") == ""


@pytest.mark.parametrize(
    ("status", "words", "shade"),
    [
        ("confirmed", "confirmé", "done"),
        ("to_confirm", "à confirmer", "warning"),
        ("forecast", "prévision", "error"),
        ("missing", "manquant", "error"),
        ("repealed", "abrogé", "draft"),
    ],
)
def test_a_status_has_a_word_and_a_tone(status, words, shade):
    assert (status_words(status), tone(status)) == (words, shade)


def test_an_amount_in_dutch_has_its_currency_as_every_amount_there_has():
    with override("nl"):
        assert value_words(use("22246.15", "EUR/year")) == "22.246,15\u00a0EUR/jaar"


def test_the_months_of_a_finding_are_written_as_people_write_them():
    assert months("2025-01 … 2025-12") == "01/2025 \u2013 12/2025"
    assert months("2025-03") == "03/2025"
    assert months("") == ""


@pytest.mark.parametrize("colon", [" : ", ": "])
def test_a_finding_with_many_values_folds_them_between_what_it_says(colon):
    steps = [f"Barème, {years} ans{colon}{years}000,00 €" for years in (9, 10, 13, 14)]
    found = folded(f"Non confirmé{colon}{' ; '.join(steps)}. Source{colon}la page du fonds.")
    assert (found.head, found.values) == ("Non confirmé", tuple(steps))
    assert found.tail == f"Source{colon}la page du fonds."
    assert folded(f"Non confirmé{colon}{' ; '.join(steps[:3])}. Source{colon}la page.") is None
