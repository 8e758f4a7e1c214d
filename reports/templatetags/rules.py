"""The rule book in markup: a text in two languages, and a cell of one of its tables.

A page in Dutch says the Dutch alone; one in French, and every paper, has both.
"""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from backoffice.web.templatetags.labels import said
from reports.rulebook.content import Cell, Text
from reports.templatetags.dossier import tone

register = template.Library()


@register.filter
def both(text: Text) -> SafeString:
    """A text in French, then in Dutch below it where the two differ."""
    return format_html("{}{}", said(text), _dutch(text))


@register.filter
def beside(text: Text) -> SafeString:
    """A text in French, then in Dutch on the same line where the two differ."""
    if _alone(text):
        return format_html("{}", said(text))
    return format_html('{} / <span lang="nl">{}</span>', text["fr"], text["nl"])


@register.filter
def badge(text: Text, status: str) -> SafeString:
    """A status or a tone of a stack as a badge."""
    look = status if status.startswith("stack_") else f"{status} {tone(status)}"
    return format_html('<span class="badge {}">{}</span>{}', look, said(text), _dutch(text))


@register.filter
def shown(cell: Cell, where: str) -> SafeString:
    """A cell on the site ("site"), in a page of a folder ("file") or on paper ("paper").

    Dutch stands beside a link, never inside it: paper would lose its language there.
    """
    if cell.status:
        return badge(cell.text, cell.status)
    address = f"#{cell.target}" if cell.target else _address(cell.page, where)
    if not address:
        return both(cell.text)
    return format_html('<a href="{}">{}</a>{}', address, said(cell.text), _dutch(cell.text))


def _address(page: str, where: str) -> str:
    if not page or where == "paper":
        return ""
    return reverse("rule", args=[page]) if where == "site" else f"{page}.html"


def _dutch(text: Text) -> SafeString:
    if _alone(text):
        return SafeString("")
    return format_html('<br><span lang="nl">{}</span>', text["nl"])


def _alone(text: Text) -> bool:
    """Whether one language says it all: a Dutch reader, or the same words in both."""
    return said(text) == text["nl"]


@register.simple_tag
def two(french: str, dutch: str) -> SafeString:
    """Fixed words, as `both` shows those of the data."""
    return both({"fr": french, "nl": dutch})


@register.simple_tag
def one(french: str, dutch: str) -> str:
    """Fixed words in the language of the page: for what is read aloud."""
    return said({"fr": french, "nl": dutch})
