"""What a person reads on a page."""

import re
from html import unescape

from django.http import HttpResponse


def markup(response: HttpResponse) -> str:
    """The page with plain spaces and apostrophes."""
    plain = unescape(response.content.decode()).replace("\u202f", " ").replace("\xa0", " ")
    return " ".join(plain.split())


def words(response: HttpResponse) -> str:
    """The same without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", markup(response)).split())
