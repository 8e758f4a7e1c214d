"""The spaces of the two languages: narrow and unbreakable before the signs that ask for one."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from backoffice.web.templatetags.money import NARROW

_FRENCH, _DUTCH = (re.compile(f" ([{signs}])") for signs in (":;?!»%€", "»%€"))
_FREE = re.compile(r"(?<=\S) ([:;?!])(?=\s|$)")
"""A sign that French holds apart and Dutch does not."""
_SAID = re.compile(
    r"""\s(?:aria-label|title|placeholder|alt|data-label)=(?:"[^"]*"|'[^']*')""", re.DOTALL
)
"""What a tag shows or reads aloud; its other attributes, a value first of all, stay."""
_READ = re.compile(
    rf"<(script|style|textarea|code|pre)\b.*?</\1>|>[^<]+|{_SAID.pattern}", re.DOTALL
)
"""What no one reads as prose, of which the tag alone is set; the texts between tags; and those."""


def set_spaces(text: str) -> str:
    """A text with the narrow no-break spaces of its language.

    French has one before its double signs and inside its quotation marks; Dutch only before a
    percentage, a euro and inside French quotation marks.
    """
    dutch = (get_language() or "").startswith("nl")
    text = _FREE.sub(r"\1", text) if dutch else text
    signs = _DUTCH if dutch else _FRENCH
    return signs.sub(rf"{NARROW}\1", text).replace("« ", f"«{NARROW}")


def spaces_of_the_language(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: what a page shows or reads aloud gets its spaces; fields keep what was typed."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith(
            "text/html"
        ):
            response.content = _READ.sub(_spaced, response.content.decode()).encode()
        return response

    return middleware


def _spaced(found: re.Match[str]) -> str:
    if found[0].startswith(">"):
        return set_spaces(found[0])
    if found[0].startswith("<"):
        tag, end, inside = found[0].partition(">")
        return _SAID.sub(_said, tag) + end + inside
    return _said(found)


def _said(found: re.Match[str]) -> str:
    name, _equals, value = found[0].partition("=")
    return f"{name}={value[0]}{set_spaces(value[1:-1])}{value[-1]}"
