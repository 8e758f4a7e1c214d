"""Sentences that are kept and read later, by people of either language."""

import copy
from collections.abc import Callable, Mapping
from typing import Any, Self

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

CODES = tuple(code for code, _name in settings.LANGUAGES)


class Sentence(str):
    """A text in the language of the moment, that can be said in another one: see `in_each`.

    It goes through `%` and `+` and an exception; what fills its blanks stays as it was, unless it
    is a sentence too.
    """

    __slots__ = ("say",)
    say: Callable[[], str]

    def __new__(cls, say: Callable[[], str]) -> Self:
        made = super().__new__(cls, say())
        made.say = say
        return made

    def __str__(self) -> str:
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> Self:
        return self

    def __mod__(self, values: Any) -> "Sentence":
        kept = _settled(values)
        return Sentence(lambda: self.say() % _spoken(kept))

    def __add__(self, more: str) -> "Sentence":
        return Sentence(lambda: self.say() + _spoken(more))

    def __radd__(self, before: str) -> "Sentence":
        return Sentence(lambda: before + self.say())


def gettext(words: str) -> Sentence:
    """As the function of Django, but the sentence can be said again in another language."""
    return Sentence(lambda: translation.gettext(words))


def in_each(kept: Any) -> Any:
    """Plain values to store: each sentence becomes its words by language."""
    if isinstance(kept, Sentence):
        return {code: _in(code, kept) for code in CODES}
    if isinstance(kept, Mapping):
        return {key: in_each(one) for key, one in kept.items()}
    if isinstance(kept, list | tuple):
        return [in_each(one) for one in kept]
    return copy.copy(kept)


def read(stored: Any) -> Any:
    """What `in_each` stored, in the language of whoever reads; a plain text stays as it is."""
    if isinstance(stored, Mapping):
        if set(stored) == set(CODES):
            return stored[(translation.get_language() or CODES[0])[:2]]
        return {key: read(one) for key, one in stored.items()}
    if isinstance(stored, list):
        return [read(one) for one in stored]
    return stored


def _in(code: str, sentence: Sentence) -> str:
    with translation.override(code):
        return str.__str__(sentence.say())


def _settled(value: Any) -> Any:
    """Words that depend on the language are fixed: a workbook says its own in French."""
    if isinstance(value, Mapping):
        return {key: _settled(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_settled(one) for one in value)
    return str(value) if isinstance(value, Promise) else value


def _spoken(value: Any) -> Any:
    """What fills a sentence, in the language of the moment."""
    if isinstance(value, Sentence):
        return value.say()
    if isinstance(value, Mapping):
        return {key: _spoken(one) for key, one in value.items()}
    return tuple(_spoken(one) for one in value) if isinstance(value, tuple) else value
