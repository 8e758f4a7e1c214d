"""Texts compared as people do: without regard to case, accents, spaces or kind of apostrophe."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from reports.exchange.choices import choices

_IGNORED = re.compile(r"[\s\u00a0\u202f\u2009\u200b]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text without spaces, accents or capitals."""
    plain = unicodedata.normalize("NFKD", _IGNORED.sub("", text).replace("\u2019", "'"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


@cache
def folded_choices(name: str) -> Mapping[str, str]:
    """Folded code or label -> code, for one closed list; a code wins over a label."""
    entries = choices(name)
    found = {fold(label): code for code, label in entries.items()}
    return MappingProxyType(found | {fold(code): code for code in entries})
