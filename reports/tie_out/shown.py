"""What the page and the paper of a tie-out show, in its order and words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from backoffice.web.words import Spoken
from reports.documents.words import STATUSES as FIGURE_STATUSES
from reports.documents.words import figure_text
from reports.reliance import reliance
from reports.tie_out.classes import RECEIVABLE, REPAYABLE
from reports.tie_out.content import Entry, Line, Receivable, TieOut
from reports.tie_out.words import (
    BASES,
    KINDS,
    METHOD,
    STATUSES,
    TONES,
    analytical_text,
    state_text,
    verdict,
    worker_text,
)

MOST_SHOWN = 500
PARTS = Spoken(
    {
        "synthese": "Synthèse",
        "ecarts": "Explications des écarts",
        "dossiers": "Dossiers derrière chaque charge",
        "subsides": "Subventions à recevoir et à rembourser",
        "pecules": "Provision pour pécules de vacances",
        "methode": "Méthode",
    }
)


@dataclass(frozen=True)
class Row:
    """One line with its words; `key` names it in an address."""

    line: Line
    code: str
    state: str
    tone: str
    key: str


@dataclass(frozen=True)
class ClassRows:
    """One class: its lines and their total."""

    total: Row
    rows: tuple[Row, ...]


def shown(found: TieOut) -> dict[str, Any]:
    """The context of both."""
    rows = tuple(_row(line) for line in found.lines)
    balances = tuple(_row(line, _("tous")) for line in found.balances)
    return {
        "found": found,
        "marks": _("DEMO \u2014 DONNÉES INVENTÉES, SANS VALEUR") if found.demo else "",
        "paper": "demo" if found.demo else "",
        "parts": tuple(PARTS.items()),
        "verdict": verdict(found),
        "classes": [_class(total, rows) for total in found.totals],
        "balances": balances,
        "explained": [row for row in (*rows, *balances) if row.line.reasons or row.line.hints],
        "carried": [row for row in rows if row.line.shares],
        "receivables": [
            (line, analytical_text(line.analytical), BASES[line.basis], state_text(line))
            for line in found.receivables
        ],
        "due": _total(found.balances, RECEIVABLE.code),
        "back": _total(found.balances, REPAYABLE.code),
        "holiday": found.holiday,
        "workers": [
            (line, worker_text(line), analytical_text(line.analytical))
            for line in found.holiday.lines
        ],
        "reliance": reliance(found.holiday.figures, found.as_of),
        "figures": [
            (figure_text(use), FIGURE_STATUSES.get(use.status, use.status), use)
            for use in found.holiday.figures
        ],
        "method": [_(sentence) for sentence in METHOD],
        "unknown": _unknown(found.receivables),
    }


@dataclass(frozen=True)
class Detail:
    """The entries behind one line."""

    row: Row
    entries: tuple[tuple[Entry, str], ...]
    hidden: int


def entries_of(found: TieOut, key: str | None) -> Detail | None:
    """The line that a key names with its first entries; None when there is no such line."""
    for line in found.lines:
        row = _row(line)
        if row.key == key:
            mine = [
                (one, KINDS[one.kind])
                for one in found.entries
                if (one.group, one.analytical) == (line.group.code, line.analytical)
            ]
            return Detail(row, tuple(mine[:MOST_SHOWN]), max(len(mine) - MOST_SHOWN, 0))
    return None


def _row(line: Line, code: str = "") -> Row:
    words = code or analytical_text(line.analytical)
    key = f"{line.group.code}:{line.analytical}"
    return Row(line, words, STATUSES[line.status], TONES[line.status], key)


def _class(total: Line, rows: Iterable[Row]) -> ClassRows:
    mine = tuple(row for row in rows if row.line.group.code == total.group.code)
    return ClassRows(_row(total, _("tous")), mine)


def _total(lines: Iterable[Line], code: str) -> int | None:
    return next((line.product for line in lines if line.group.code == code), None)


def _unknown(lines: Iterable[Receivable]) -> int:
    """How many awards have an unknown balance."""
    return sum(line.balance is None for line in lines)
