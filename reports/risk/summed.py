"""The risk of recovery over the services that take part, as sums by funder, small cells hidden.

The cells are protected all together, as those of the memorandum are (decision 0012): what is
granted is what would be payable and what would be lost, so nothing shown gives back what is hidden.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backoffice.engine.periods import end_of_month
from backoffice.federation.models import Organisation
from reports.memorandum.disclosure import Cell, Line, Rule, hidden_cells
from reports.risk.seen import Look, look_at
from staffing.models import PayMonth

PAYABLE, LOST, GRANTED = "payable", "lost", "granted"
_ALL = ""
Atom = tuple[int, str, str]
"""An employer, a funder, and what is counted: `PAYABLE` or `LOST`."""


@dataclass(frozen=True)
class FunderRisk:
    """What a funder grants to all in a year, what would be payable and lost; None is hidden.

    `funder` is empty for all of them together; amounts in cents.
    """

    funder: str
    granted: int | None
    payable: int | None
    lost: int | None


@dataclass(frozen=True)
class SummedRisk:
    """What the page shows.

    Attributes:
        year: looked at from `seen_on`, the end of the last month of pay.
        rows: by funder, then all.
        is_partial: an award whose amount is not known is left out.
    """

    year: int
    seen_on: date
    rows: tuple[FunderRisk, ...]
    is_partial: bool


def summed_risk(organisations: Sequence[Organisation], as_of: date) -> SummedRisk | None:
    """The last year with pay, seen from its last month; None where nobody has pay."""
    paid = PayMonth.objects.filter(worker__organisation__in=organisations, month__lte=as_of)
    last = paid.order_by("-month").values_list("month", flat=True).first()
    if last is None:
        return None
    look = look_at(organisations, last.year, last.month, as_of)
    values, is_partial = _values(look)
    return SummedRisk(last.year, end_of_month(last), tuple(rows_of(values)), is_partial)


def rows_of(values: Mapping[Atom, int]) -> Iterator[FunderRisk]:
    """The rows of what each employer brings, hidden where they would single one out."""
    funders = sorted({funder for _employer, funder, _what in values})
    cells = [one for funder in (*funders, _ALL) for one in _cells(values, funder)]
    lines = [
        Line(_key(_ALL, what), tuple(_key(funder, what) for funder in funders))
        for what in (PAYABLE, LOST, GRANTED)
    ]
    rule = Rule[Atom](lambda atom: atom[0], lambda atom: abs(values[atom]))
    primary, more = hidden_cells(cells, lines, rule)
    hidden = primary | more
    told = {
        one.key: None if one.key in hidden else sum(values[atom] for atom in one.atoms)
        for one in cells
    }
    for funder in (*funders, _ALL):
        amounts = (told[_key(funder, what)] for what in (GRANTED, PAYABLE, LOST))
        yield FunderRisk(funder, *amounts)


def _values(look: Look) -> tuple[dict[Atom, int], bool]:
    """What each award-year whose amounts are known brings; whether another is left out."""
    facts, funding = look.run.facts, look.run.funding
    found: dict[Atom, int] = defaultdict(int)
    is_partial = False
    for row in look.rows:
        granted, payable = int(funding.granted[row]), int(funding.payable[row])
        if granted < 0 or payable < 0:
            is_partial = True
            continue
        funder = facts.names.funders[facts.names.award_schemes[int(facts.years.award[row])]]
        employer = int(facts.years.employer[row])
        found[employer, funder, PAYABLE] += payable
        found[employer, funder, LOST] += granted - payable
    return dict(found), is_partial


def _cells(values: Mapping[Atom, int], funder: str) -> Iterator[Cell[Atom]]:
    """Three cells of a funder, or of all, which are hidden together."""
    for what in (PAYABLE, LOST, GRANTED):
        atoms = {
            atom: 1
            for atom in sorted(values)
            if funder in (_ALL, atom[1]) and what in (GRANTED, atom[2])
        }
        yield Cell(_key(funder, what), atoms, funder or "*")


def _key(funder: str, what: str) -> str:
    return f"{funder}/{what}"
