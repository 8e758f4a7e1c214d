"""French and Dutch, whole: every sentence marked, translated with its own term, and shown."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from django.utils.translation import ngettext, override

from backoffice import texts
from backoffice.web.templatetags.labels import cited
from grants.general_law import references
from grants.scheme import general_figures, schemes

ROOT = Path(__file__).resolve().parent.parent
DUTCH = next(path for path in texts.catalogues() if path.parts[-3] == "nl")
CATALOGUE = texts.read(DUTCH)
CITING = {"source", "title", "article", "note", "end_source", "ends_on_move", "approval_months"}
PLACE = re.compile(r"%(?:\(\w+\))?[sdr]|%%")
TERMS = list(csv.DictReader((texts.LOCALE / "terms.csv").read_text(encoding="utf-8").splitlines()))


@cache
def sources() -> Catalog:
    """What the sources say: read where it is asked, not by each process that collects tests."""
    return texts.extract()


def messages() -> list[Message]:
    return [message for message in CATALOGUE if message.id]


def forms(message: Message) -> tuple[list[str], list[str]]:
    """The French and the Dutch of a message, singular then plural."""
    french, dutch = message.id, message.string
    pair = (french, dutch) if message.pluralizable else ((french,), (dutch,))
    return [str(one) for one in pair[0]], [str(one) for one in pair[1]]


def key_of(message: Message) -> tuple[str | None, object]:
    return message.context, message.id


def test_every_sentence_of_the_sources_is_in_the_catalogue() -> None:
    held = {key_of(message) for message in messages()}
    assert [message.id for message in sources() if message.id and key_of(message) not in held] == []


def test_no_entry_outlives_its_sentence() -> None:
    said = {key_of(message) for message in sources()}
    assert [message.id for message in messages() if key_of(message) not in said] == []
    assert list(CATALOGUE.obsolete.values()) == []


def test_every_sentence_has_its_dutch() -> None:
    missing = [message.id for message in messages() if not all(forms(message)[1])]
    assert missing == []


def test_the_french_catalogue_holds_the_sentences_that_count_as_they_are() -> None:
    path = next(path for path in texts.catalogues() if path.parts[-3] == "fr")
    held = {key_of(one): one.string for one in texts.read(path) if one.id}
    assert held == {key_of(one): one.id for one in sources() if one.pluralizable}


def test_a_zero_is_singular_in_french_and_plural_in_dutch() -> None:
    said = {}
    for language in ("fr", "nl"):
        with override(language):
            said[language] = [
                ngettext("%d case enregistrée.", "%d cases enregistrées.", n) % n for n in (0, 1, 2)
            ]
    assert said == {
        "fr": ["0 case enregistrée.", "1 case enregistrée.", "2 cases enregistrées."],
        "nl": ["0 vakjes opgeslagen.", "1 vakje opgeslagen.", "2 vakjes opgeslagen."],
    }


def test_no_translation_is_a_guess() -> None:
    assert [message.id for message in messages() if message.fuzzy] == []


def test_a_translation_keeps_the_values_of_its_sentence() -> None:
    odd = []
    for message in messages():
        french, dutch = forms(message)
        for one in dutch:
            values = Counter(PLACE.findall(one))
            if values not in [Counter(PLACE.findall(each)) for each in french]:
                odd.append(message.id)
    assert odd == []


def test_a_translation_keeps_the_spaces_around_its_sentence() -> None:
    def ends(text: str) -> tuple[bool, bool]:
        return text[:1] == " ", text[-1:] == " "

    odd = []
    for message in messages():
        french, dutch = forms(message)
        # French sets off its double signs with a space: "; " answers " ; ".
        signs = re.compile(r"^ (?=[;:])")
        pairs = zip(french, dutch, strict=True)
        odd += [one for one, other in pairs if ends(signs.sub("", one)) != ends(other)]
    assert odd == []


# The data --------------------------------------------------------------------------------------


def texts_of(value: object, name: str = "") -> Iterator[str]:
    """What a scheme, a figure or a law cites or notes, however deep it stands."""
    if is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name), field.name)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from texts_of(one, str(key))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts_of(one, name)
    elif isinstance(value, str) and name in CITING:
        yield value


def test_what_schemes_figures_and_laws_cite_is_in_the_catalogue() -> None:
    known = general_figures()
    read = {
        text
        for one in (*schemes().values(), *references(), *(known[code] for code in known))
        for text in texts_of(one)
    }
    parts = {part for text in read for part in text.split(texts.BETWEEN) if " " in part}
    assert len(parts) > 500
    assert sorted(parts - {message.id for message in messages()}) == []


def test_a_citation_is_said_part_by_part_and_what_someone_typed_stays() -> None:
    with override("nl"):
        assert cited("Loi du 16 mai 2003, art. 11 ; lettre de Mme X ; Texte lu en partie") == (
            "Wet van 16 mei 2003, art. 11; lettre de Mme X; Tekst gedeeltelijk gelezen"
        )
        assert cited("") == ""


# The term base -------------------------------------------------------------------------------


def test_a_term_of_the_base_has_one_row_and_a_source() -> None:
    french = [row["fr"] for row in TERMS]
    assert [word for word, count in Counter(french).items() if count > 1] == []
    assert [row["fr"] for row in TERMS if not (row["nl"] and row["source"])] == []


def dutch_of(row: dict[str, str]) -> re.Pattern[str]:
    """What the Dutch must hold: one of the forms of the term, alone or in a compound."""
    stems = [*row["nl"].split(" | "), *filter(None, row["stems"].split(" | "))]
    return re.compile("|".join(map(re.escape, stems)), re.IGNORECASE)


@pytest.mark.parametrize("row", TERMS, ids=[row["fr"] for row in TERMS])
def test_a_term_is_translated_as_the_base_says(row: dict[str, str]) -> None:
    whole = re.compile(rf"(?<![\w'-]){re.escape(row['fr'])}s?(?![\w-])", re.IGNORECASE)
    wanted, free = dutch_of(row), set(filter(None, row["except"].split(" | ")))
    odd = []
    for message in messages():
        for french, dutch in zip(*forms(message), strict=True):
            # Between quotes stand names of the workbook: its sheets and columns are in French.
            bare = re.sub("«[^»]*»", "", french)
            if whole.search(bare) and not wanted.search(dutch) and french not in free:
                odd.append((french, dutch))
    assert odd == []


AVOIDED = [word for row in TERMS for word in (row["avoid"] or "").split(" | ") if word]
PROSE = [path for path in texts.data_files() if path.suffix == ".toml"]


@pytest.mark.parametrize("word", AVOIDED)
def test_a_word_that_the_base_replaced_is_on_no_screen(word: str) -> None:
    whole = re.compile(rf"(?<![\w'-]){re.escape(word)}", re.IGNORECASE)
    said = [one for message in messages() for form in forms(message) for one in form]
    said += [line for path in PROSE for line in path.read_text(encoding="utf-8").splitlines()]
    # The names of others: an application of the Community, what a form of theirs says.
    said = [re.sub("«[^»]*»|SUBside", "", one) for one in said]
    assert [one for one in said if whole.search(one)] == []


def test_thousands_are_grouped_with_points_in_dutch() -> None:
    spaced = re.compile(r"(?<![\d./])\d{1,3} \d{3}(?!\d)")
    said = [dutch for message in messages() for dutch in forms(message)[1]]
    for path in PROSE:
        said += re.findall(r'\bnl = "([^"]*)"', path.read_text(encoding="utf-8"))
    assert [one for one in said if spaced.search(one)] == []
