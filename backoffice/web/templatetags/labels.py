"""Words that the data carry in both languages."""

from collections.abc import Mapping

from django import template
from django.utils import translation
from django.utils.translation import get_language

register = template.Library()


def said(words: Mapping[str, str]) -> str:
    """The words in the language of whoever reads: {"fr": ..., "nl": ...}."""
    return words["nl" if (get_language() or "fr").startswith("nl") else "fr"]


register.filter("label", said)
label = said  # the same, by the name that templates know


def in_french(words: object) -> str:
    """A marked word in French, whoever reads: the French half of a mapping of both languages."""
    with translation.override("fr"):
        return str(words)
