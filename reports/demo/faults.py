"""The three faults planted in the demonstration, for the checks to find and the output to show."""

from dataclasses import dataclass

from reports.demo.awards import cocof, cocom
from reports.demo.invoices import (
    DOUBLE_CLAIM_YEAR,
    MISSING_EVIDENCE_YEAR,
    twice_entered,
    without_evidence,
)
from reports.demo.posts import LEAVER, LEFT_IN, LEFT_OPEN

DOUBLE_CLAIM = "double_claim"
CLAIM_AFTER_END = "claim_after_end"
MISSING_EVIDENCE = "missing_evidence"


@dataclass(frozen=True)
class PlantedFault:
    """One fault: kind, exercise, the awards and the keys of the rows that carry it, in words.

    `where` holds piece numbers, or the number of a worker; `check` is the code of the check that
    must find it, at level error.
    """

    kind: str
    check: str
    year: int
    awards: tuple[str, ...]
    where: tuple[str, ...]
    words: str


def _planted() -> tuple[PlantedFault, ...]:
    first, second = twice_entered()
    return (
        PlantedFault(
            DOUBLE_CLAIM,
            "invoice_claimed_twice",
            DOUBLE_CLAIM_YEAR,
            (cocof(DOUBLE_CLAIM_YEAR), cocom(DOUBLE_CLAIM_YEAR)),
            (first.piece, second.piece),
            f"La même facture {first.number} est encodée deux fois et imputée à deux pouvoirs "
            "subsidiants.",
        ),
        PlantedFault(
            CLAIM_AFTER_END,
            "assignment_outside_contract",
            LEFT_IN,
            (LEFT_OPEN,),
            (LEAVER,),
            f"L'affectation de {LEAVER} court encore après la fin de son contrat.",
        ),
        PlantedFault(
            MISSING_EVIDENCE,
            "invoice_without_evidence",
            MISSING_EVIDENCE_YEAR,
            (cocof(MISSING_EVIDENCE_YEAR),),
            (without_evidence().piece,),
            "Une facture imputée n'a pas de pièce justificative.",
        ),
    )


PLANTED: tuple[PlantedFault, ...] = _planted()
