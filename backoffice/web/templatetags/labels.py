"""Words that the data carry in both languages."""

from collections.abc import Mapping

from django import template
from django.utils import translation
from django.utils.translation import get_language, gettext

register = template.Library()


def said(words: Mapping[str, str]) -> str:
    """The words in the language of whoever reads: {"fr": ..., "nl": ...}."""
    return words["nl" if (get_language() or "fr").startswith("nl") else "fr"]


register.filter("label", said)
label = said  # the same, by the name that templates know


@register.filter
def cited(text: str) -> str:
    """A source, an article or a note of the data in the language of whoever reads.

    The catalogues hold each part between " ; "; what someone typed stays as it is.
    """
    parts = [gettext(part) if part else part for part in text.split(" ; ")]
    return gettext(" ; ").join(parts)


def in_french(words: object) -> str:
    """A marked word in French, whoever reads: the French half of a mapping of both languages."""
    with translation.override("fr"):
        return str(words)
