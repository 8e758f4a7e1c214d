"""What is planted in the demonstration federation, read from the one file that lists it all."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "truth.toml"

DOUBLE_CLAIM = "double_claim"
CLAIM_AFTER_END = "claim_after_end"
MISSING_EVIDENCE = "missing_evidence"
STALE_FIGURE = "stale_figure"
ROUNDING = "rounding"
LEAP_START = "leap_start"
RETROACTIVE_INDEX = "retroactive_index"
AMENDED_AWARD = "amended_award"
SHARED_WORKER = "shared_worker"
NOT_ENCODED = "not_encoded"
MISSING_DIPLOMA = "missing_diploma"
MISSING_AMENDMENT = "missing_amendment"
UNPROVEN_SENIORITY = "unproven_seniority"
UNSENT_DOCUMENT = "unsent_document"
MISSING_QBIS = "missing_qbis"
WRONG_QBIS = "wrong_qbis"
LOW_VOLUME = "low_volume"
LABELS = {
    DOUBLE_CLAIM: "Factures demandées deux fois",
    CLAIM_AFTER_END: "Affectations après la fin d'un contrat",
    MISSING_EVIDENCE: "Factures sans pièce justificative",
    MISSING_DIPLOMA: "Diplômes absents du dossier d'un travailleur, par exercice",
    MISSING_QBIS: "Heures financées (Qbis) absentes d'une DmfA",
    WRONG_QBIS: "Heures financées (Qbis) fausses dans une DmfA",
    MISSING_AMENDMENT: "Changements de contrat sans avenant, par exercice",
    UNPROVEN_SENIORITY: "Anciennetés qu'aucune attestation ne prouve, par exercice",
    UNSENT_DOCUMENT: "Documents pas encore transmis, par exercice",
    LOW_VOLUME: "Missions sous leur volume minimum",
    STALE_FIGURE: "Valeurs annuelles non décidées pour l'exercice",
    RETROACTIVE_INDEX: "Indexations décidées après leur premier jour",
    AMENDED_AWARD: "Subventions modifiées par un avenant",
    SHARED_WORKER: "Travailleurs partagés entre deux agréments, par exercice",
    NOT_ENCODED: "Achats comptabilisés et jamais encodés, par exercice",
}
"""The kinds that a check or the tie-out must find, as the demonstration prints them."""
FAULTS = (DOUBLE_CLAIM, CLAIM_AFTER_END, MISSING_EVIDENCE, MISSING_DIPLOMA, MISSING_QBIS)
"""What a check must refuse at level error; the other kinds are only told."""


@dataclass(frozen=True)
class Planted:
    """One planted fact: its kind, the employer, the exercise and the rows that carry it.

    `checks` are the codes of the checks that must find it; none for a trap that must leave no
    trace. `worker`, `pieces` (in the order of `awards`), `day` and `value` (EUR or a rate, as the
    letter or the invoice writes it) are empty where the kind does not need them. `line` is the line
    of the tie-out, instead of awards.
    """

    kind: str
    checks: tuple[str, ...]
    organisation: str
    year: int
    awards: tuple[str, ...]
    words: str
    worker: str = ""
    pieces: tuple[str, ...] = ()
    day: str = ""
    value: str = ""
    line: str = ""

    @property
    def where(self) -> tuple[str, ...]:
        """Whom the checks name: the pieces, the worker, or else the awards."""
        return self.pieces or ((self.worker,) if self.worker else self.awards)


@cache
def planted() -> tuple[Planted, ...]:
    """Everything, in the order of the file."""
    with FILE.open("rb") as file:
        table = tomllib.load(file)
    return tuple(fact for row in table["planted"] for fact in _facts(row))


def _facts(row: dict[str, Any]) -> Iterator[Planted]:
    """One fact per exercise of a row."""
    years = row["year"] if isinstance(row["year"], list) else [row["year"]]
    rest: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    for year in years:
        awards = tuple(award.format(year=year) for award in row["awards"])
        facts: dict[str, Any] = rest | {"year": year, "awards": awards}
        yield Planted(**facts)


@cache
def planted_at(organisation: str) -> tuple[Planted, ...]:
    """What is planted at one employer."""
    return tuple(fact for fact in planted() if fact.organisation == organisation)
