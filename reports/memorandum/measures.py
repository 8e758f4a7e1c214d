"""The measures of a memorandum, from their file: labels, exact definitions, units and terms."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from backoffice.engine.sheet import labels

FTE, EUR, DAYS, COUNT = "FTE-year", "EUR", "days", "count"
LEVELS = ("norm", "approved", "target", "funded", "paid", "present")
GAPS = (
    ("norm", "approved"),
    ("approved", "funded"),
    ("target", "approved"),
    ("target", "funded"),
    ("funded", "paid"),
    ("paid", "present"),
)
FTE_COLUMNS = (*LEVELS, *(f"{left}_{right}" for left, right in GAPS))
_GAP = labels(
    "Écart entre les deux, pour les seuls services et fonctions où les deux sont connus.",
    "Verschil tussen beide, enkel voor de diensten en functies waar beide gekend zijn.",
)


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes:
        terms: signs and base measures of `observed`; their values are FTE-years, cents or counts.
        source: the rows or figures that it is read from.
        day: "reference", the last day of the year, or "situation", the day of the statement.
    """

    code: str
    label: Mapping[str, str]
    definition: Mapping[str, str]
    unit: str
    terms: tuple[tuple[int, str], ...]
    source: str
    day: str = "reference"


@cache
def measures() -> Mapping[str, Measure]:
    """Every measure by code: those of the file, then the gaps."""
    with (Path(__file__).parent / "measures.toml").open("rb") as file:
        found = {code: _measure(code, table) for code, table in tomllib.load(file).items()}
    found.update({one.code: one for one in _gaps(found)})
    return MappingProxyType(found)


def _measure(code: str, table: dict[str, Any]) -> Measure:
    terms = tuple((-1 if one.startswith("-") else 1, one.lstrip("-")) for one in table["terms"])
    return Measure(code, terms=terms, **{key: table[key] for key in table.keys() - {"terms"}})


def _gaps(known: Mapping[str, Measure]) -> Iterator[Measure]:
    for left, right in GAPS:
        one, other = known[left], known[right]
        yield Measure(
            f"{left}_{right}",
            labels(_words(one, other, "fr"), _words(one, other, "nl")),
            _GAP,
            FTE,
            (*one.terms, *((-sign, base) for sign, base in other.terms)),
            f"{one.source} ; {other.source}",
        )


def _words(one: Measure, other: Measure, language: str) -> str:
    return f"{one.label[language]} \u2212 {other.label[language].lower()}"
