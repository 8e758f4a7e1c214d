"""Numbers as people type them, in French, Dutch or English habits."""

import re

_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d*)?", re.ASCII)


def point_decimal(text: str) -> str:
    """The number with a point before its decimals and nothing between its thousands.

    Points group thousands where a comma follows them ("1.234,56") or where they are several
    ("1.234.567"). A single point stays the mark of decimals: "1.234" is not twelve hundred, and
    who reads an amount refuses its third decimal.
    """
    compact = "".join(text.split())
    number = re.match(r"[-\d.,]*", compact, re.ASCII)
    bare = number.group() if number else ""
    if _GROUPED.fullmatch(bare) and ("," in bare or bare.count(".") > 1):
        compact = compact.replace(bare, bare.replace(".", ""), 1)
    return compact.replace(",", ".")
