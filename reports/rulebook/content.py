"""What a page of the rule book holds: sections of rules, tables and values, in two languages.

A text is {"fr": ..., "nl": ...}; what nobody found says so and whom to ask, and is never left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.utils.translation import override

from backoffice.engine.sheet import labels
from backoffice.web.templatetags.labels import cited

Text = Mapping[str, str]
STATUSES: Mapping[str, Text] = MappingProxyType(
    {
        "confirmed": labels("confirmé", "bevestigd"),
        "to_confirm": labels("à confirmer", "te bevestigen"),
        "forecast": labels("prévision", "vooruitzicht"),
        "missing": labels("manquant", "ontbreekt"),
        "repealed": labels("abrogé", "opgeheven"),
    }
)
TALLIES: Mapping[str, tuple[Text, Text]] = MappingProxyType(
    {
        "confirmed": (
            labels("valeur confirmée", "bevestigde waarde"),
            labels("valeurs confirmées", "bevestigde waarden"),
        ),
        "to_confirm": (labels("à confirmer", "te bevestigen"),) * 2,
        "forecast": (
            labels("prévision", "vooruitzicht"),
            labels("prévisions", "vooruitzichten"),
        ),
        "missing": (labels("manquante", "ontbrekend"), labels("manquantes", "ontbrekend")),
        "repealed": (labels("abrogée", "opgeheven"), labels("abrogées", "opgeheven")),
    }
)
"""How values of each status are counted: one, several."""
NOTHING: Text = labels("\u2013", "\u2013")


def told(text: str) -> Text:
    """A source, an article or a note of the data, in both languages."""
    with override("nl"):
        return labels(text, cited(text))


def same(words: str) -> Text:
    """A text that is the same in both languages: a code or a number."""
    return labels(words, words)


@dataclass(frozen=True)
class Cell:
    """One cell of a table; `status` makes it a badge.

    It may lead to an anchor of the page (`target`) or to the page of another scheme (`page`).
    """

    text: Text
    status: str = ""
    target: str = ""
    page: str = ""
    number: bool = False


@dataclass(frozen=True)
class Table:
    """A table under its title: heads, then rows whose first cell names the row.

    `anchors` are one per row, empty where nothing leads to the row.
    """

    code: str
    title: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    anchors: tuple[str, ...] = ()

    @property
    def columns(self) -> list[tuple[Text, str, str]]:
        """Each head, how its cells are aligned (n or text), and how wide they are."""
        kinds = ["n" if cell.number else "text" for cell in self.rows[0]]
        wide = {"Statut": "state", "Source": "told"}
        return [
            (head, kind, wide.get(head["fr"], ""))
            for head, kind in zip(self.heads, kinds, strict=True)
        ]

    @property
    def lines(self) -> list[tuple[str, list[tuple[Text, Cell]]]]:
        """Each row with its anchor, each cell with its head."""
        anchors = self.anchors or ("",) * len(self.rows)
        rows = [list(zip(self.heads, row, strict=True)) for row in self.rows]
        return list(zip(anchors, rows, strict=True))


@dataclass(frozen=True)
class Rule:
    """One rule in words; `said` is its status in words.

    `figures` are the anchors and the labels of the values it rests on.
    """

    text: Text
    article: Text | None
    source: Text
    status: str
    verified: date
    said: Text
    period: Text | None
    figures: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class ValueRow:
    """One value of a figure, as published; `text` says so when it is not known.

    `said` is its status in words.
    """

    text: Text
    said: Text
    since: date
    until: date | None
    decided: date | None
    status: str
    source: Text
    article: Text | None
    note: Text | None
    verified: date | None


@dataclass(frozen=True)
class ValueBlock:
    """A figure with all its values, the oldest first."""

    code: str
    label: Text
    unit: Text
    rows: tuple[ValueRow, ...]


@dataclass(frozen=True)
class Section:
    """One section; `gap` says that the scheme does not speak of it yet."""

    code: str
    title: Text
    rules: tuple[Rule, ...] = ()
    tables: tuple[Table, ...] = ()
    values: tuple[ValueBlock, ...] = ()
    gap: Text | None = None


@dataclass(frozen=True)
class SchemePage:
    """Everything that the product knows of one scheme."""

    code: str
    label: Text
    funder: Text
    authority: Text
    summary: Text
    verified: date
    sections: tuple[Section, ...]
    counts: Mapping[str, int]

    @property
    def tally(self) -> list[tuple[str, Text, int]]:
        """Number of values of each status, with its words."""
        return [
            (status, TALLIES[status][count > 1], count) for status, count in self.counts.items()
        ]

    @property
    def gaps(self) -> int:
        """Number of sections that the scheme does not speak of yet."""
        return sum(section.gap is not None for section in self.sections)


@dataclass(frozen=True)
class Matrix:
    """What each scheme does with each cost item: columns are schemes, rows are items."""

    schemes: tuple[tuple[str, Text], ...]
    rows: tuple[tuple[Text, tuple[tuple[str, Cell], ...]], ...]
