"""Words that the data carry in both languages."""

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def label(words: Mapping[str, str]) -> str:
    """The words in the language of the page: {"fr": ..., "nl": ...}."""
    return words["nl" if (get_language() or "fr").startswith("nl") else "fr"]
