"""The list of an employer-year's awards: one row each, and totals that admit what is unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backoffice.web.words import Spoken
from reports.dossier import Dossier
from reports.pages.standing import Due, State, balance_words, late_instalments, next_due, state_of
from reports.workflow.selectors import Standing

_TOTALLED = Spoken(
    {
        "granted": "Accordé",
        "presented": "Présenté",
        "admissible": "Admissible",
        "payable": "Payable",
        "own_funds": "Fonds propres",
        "advances": "Avances reçues",
        "balance": "Solde",
    }
)


@dataclass(frozen=True)
class AwardRow:
    """One award in the list."""

    dossier: Dossier
    state: State
    due: Due | None
    balance_words: str
    late: int


@dataclass(frozen=True)
class Total:
    """A sum in cents of what is known, and how many awards are not in it; None: nothing is known.

    `signed` sums add both signs, so that a partial one is no lower bound.
    """

    label: str
    amount: int | None
    unknown: int
    signed: bool


@dataclass(frozen=True)
class Listing:
    """The rows by reference, a total per column, and what is overdue in cents."""

    rows: tuple[AwardRow, ...]
    totals: tuple[Total, ...]
    late_count: int
    late_amount: int


def listing(dossiers: Sequence[Dossier], states: Mapping[tuple[str, int], Standing]) -> Listing:
    """Lay out the dossiers of a year.

    Args:
        dossiers: one per award.
        states: of the justifications that somebody has moved, by reference and year.
    """
    late = [line for dossier in dossiers for line in late_instalments(dossier)]
    return Listing(
        rows=tuple(
            _row(dossier, states.get((dossier.cover.reference, dossier.cover.year)))
            for dossier in dossiers
        ),
        totals=tuple(_total(dossiers, name) for name in _TOTALLED),
        late_count=len(late),
        late_amount=sum(line.expected - line.received for line in late),
    )


def _row(dossier: Dossier, standing: Standing | None) -> AwardRow:
    return AwardRow(
        dossier=dossier,
        state=state_of(dossier, standing),
        due=next_due(dossier),
        balance_words=balance_words(dossier.amounts.balance),
        late=len(late_instalments(dossier)),
    )


def _total(dossiers: Sequence[Dossier], name: str) -> Total:
    values = [getattr(dossier.amounts, name) for dossier in dossiers]
    known = [value for value in values if value is not None]
    amount = sum(known) if known else None
    return Total(_TOTALLED[name], amount, len(values) - len(known), signed=name == "balance")
