"""Sentences of the engine, which speaks French and knows no catalogue of another language."""

from collections.abc import Mapping
from typing import Self


class Phrase(str):
    """A French sentence that keeps its words and its blanks apart, for who says it in Dutch.

    Attributes:
        words: the sentence with named blanks, as in the catalogues: `%(day)s`.
        values: what fills them: a text, another phrase, or words by language (fr, nl).
    """

    __slots__ = ("values", "words")
    words: str
    values: Mapping[str, object]

    def __new__(cls, words: str, **values: object) -> Self:
        phrase = super().__new__(cls, words % {name: _french(one) for name, one in values.items()})
        phrase.words, phrase.values = words, values
        return phrase

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        return (self.words,), dict(self.values)


def _french(value: object) -> object:
    return value["fr"] if isinstance(value, Mapping) else value
