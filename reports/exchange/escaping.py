"""Texts that a spreadsheet would take for a formula, made harmless and read back identical."""

import re

_RISKY = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def escape(text: str) -> str:
    """The text with an apostrophe in front when a spreadsheet could run it."""
    return f"'{text}" if _RISKY.match(text) else text


def unescape(text: str) -> str:
    """The text that `escape` was given; any other text is returned as it is."""
    return text[1:] if _ESCAPED.match(text) else text
