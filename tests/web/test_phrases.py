"""Sentences of the engine, said in the language of whoever reads."""

import pickle
from datetime import date

import pytest
from django.utils.translation import override

from backoffice.engine.figures import Figure, FigureNotDefined
from backoffice.engine.phrases import Phrase
from backoffice.web.words import phrased


def missing() -> FigureNotDefined:
    figure = Figure("x.y", {"fr": "Prime", "nl": "Premie"}, "EUR", ())
    with pytest.raises(FigureNotDefined) as raised:
        figure.on(date(2025, 1, 1))
    return raised.value


def test_a_figure_that_is_not_there_says_so_in_both_languages() -> None:
    message = missing().message
    assert str(message).startswith("x.y n'a pas de valeur au 2025-01-01 : elle est vide.")
    with override("nl"):
        assert phrased(message).startswith("x.y heeft geen waarde op 2025-01-01: ze is leeg.")
    with override("fr"):
        assert phrased(message) == message


def test_words_by_language_fill_a_blank_in_that_of_the_reader() -> None:
    phrase = Phrase(
        "%(label)s (%(code)s) : valeur inconnue au %(day)s. Remplissez-la dans "
        "l'administration (« Valeurs de référence ») ou dans les termes de l'octroi.",
        label={"fr": "Prime", "nl": "Premie"},
        code="x.y",
        day=date(2025, 1, 1),
    )
    assert phrase.startswith("Prime (x.y)")
    with override("nl"):
        assert phrased(phrase).startswith("Premie (x.y): onbekende waarde")
    assert pickle.loads(pickle.dumps(phrase)).values == phrase.values  # noqa: S301 - our own


def test_a_text_that_is_no_phrase_is_left_as_it_is() -> None:
    with override("nl"):
        assert phrased("elle est vide") == "elle est vide"
