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
_READ = re.compile(r"<(script|style|textarea|code|pre)\b.*?</\1>|>[^<]+", re.DOTALL)
"""What no one reads as prose, which stays; and the texts between tags."""


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
    """Middleware: the texts of a page get their spaces; its fields keep what was typed."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith(
            "text/html"
        ):
            response.content = _READ.sub(_spaced, response.content.decode()).encode()
        return response

    return middleware


def _spaced(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("<") else set_spaces(found[0])
