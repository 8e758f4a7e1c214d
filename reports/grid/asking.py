"""What a page of the grid sends: edits, the state that it had read, and why; nothing is trusted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from reports.grid.cell_text import HOURS, PERCENT
from reports.grid.drafting import Edit

MOST_EDITS = 6_000
MOST_REASON = 250
_MONTHS = range(1, 13)
_SHORT = 200
CellKey = tuple[int, int, int]
"""Worker, post and month (1 to 12)."""


class NotReadable(ValueError):
    """The request is not one that a page of ours sends."""


@dataclass(frozen=True)
class Asked:
    """`versions` and `known` (hours of each cell as shown) are those that the page had read."""

    edits: tuple[Edit, ...]
    versions: Mapping[int, str] = field(default_factory=dict)
    known: Mapping[CellKey, str] = field(default_factory=dict)
    reason: str = ""


def asked_in(request: HttpRequest) -> Asked:
    """Read a request; the last edit of a cell wins.

    Raises:
        NotReadable: not the JSON of the page, or too much of it.
    """
    try:
        sent = json.loads(request.body)
        edits = [_edit(one) for one in sent["edits"]]
        versions = {int(key): str(value) for key, value in sent.get("versions", {}).items()}
        known = {cell_key(key): _text(value) for key, value in sent.get("known", {}).items()}
        reason = " ".join(str(sent.get("reason", "")).split())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotReadable(_("Cette demande ne vient pas de la grille : rechargez la page.")) from (
            error
        )
    if len(edits) > MOST_EDITS:
        raise NotReadable(
            _("Trop de cases changées à la fois (%d au plus) : enregistrez en deux fois.")
            % MOST_EDITS
        )
    last = {(*edit.key, edit.number): edit for edit in edits}
    return Asked(tuple(last.values()), versions, known, reason)


def cell_key(text: str) -> CellKey:
    """The cell that "worker:post:month" names.

    Raises:
        ValueError: it names none.
    """
    worker, post, number = (int(part) for part in text.split(":"))
    if number not in _MONTHS:
        raise ValueError(text)
    return worker, post, number


def _edit(sent: Any) -> Edit:
    key, text, unit = sent
    worker, post, number = cell_key(key)
    if unit not in {PERCENT, HOURS}:
        raise ValueError(unit)
    return Edit(worker, post, number, _text(text), unit)


def _text(sent: Any) -> str:
    """A text of a cell; what is too long for one is cut, and refused as such."""
    if not isinstance(sent, str):
        raise TypeError(type(sent).__name__)
    return sent[:_SHORT]
