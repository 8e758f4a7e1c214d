"""What the radar finds at an organisation in a year: cells, who claims them, hours, euros, rule."""

from collections.abc import Mapping
from dataclasses import dataclass

from grants.stacking import TONES


@dataclass(frozen=True)
class Claimant:
    """An award for an exercise, as it is computed today or as it left the house.

    `version` is the frozen version that was sent, None for the computation of today.
    """

    reference: str
    year: int
    version: int | None
    scheme: str


@dataclass(frozen=True)
class Finding:
    """One cell that several claims share, in one of the three words.

    `kind` is "month" (a worker-month claimed above its cost), "hours" (hours that carry two
    awards), "piece" (an invoice claimed above its amount) or "number" (two pieces that may be one).
    `who` is a worker number or a piece, `others` the other pieces. `claims` are cents of each
    claimant, None where its amount is unknown. `hours` is the shared weekly time in hundredths.
    `amount` is what must leave (forbidden) or is at stake, `cost` the cell's own, in cents.
    """

    kind: str
    tone: str
    who: str
    month: int
    claims: tuple[tuple[Claimant, int | None], ...]
    amount: int | None
    cost: int | None
    article: str
    status: str
    others: tuple[str, ...] = ()
    hours: int | None = None

    @property
    def sent(self) -> bool:
        """Whether one of the claims has left the house."""
        return any(claimant.version is not None for claimant, _amount in self.claims)


@dataclass(frozen=True)
class ToneTotal:
    """How many findings bear a word, their cents, and of how many the euros are unknown."""

    tone: str
    count: int
    amount: int
    unknown: int


@dataclass(frozen=True)
class Radar:
    """Everything found at an organisation in a year.

    `names` are the workers by number; `unknown` the awards whose payable amount is not known, and
    that claim no euro yet; `cells` and `pieces` say how much was looked at; `split` how many
    pieces several awards share without any euro twice.
    """

    organisation: str
    enterprise_number: str
    demo: bool
    year: int
    findings: tuple[Finding, ...]
    names: Mapping[str, str]
    unknown: tuple[str, ...]
    cells: int
    pieces: int
    split: int

    def of(self, tone: str) -> tuple[Finding, ...]:
        """The findings that bear a word."""
        return tuple(finding for finding in self.findings if finding.tone == tone)

    @property
    def totals(self) -> tuple[ToneTotal, ...]:
        """By word, the strictest first."""
        return tuple(total_of(tone, self.of(tone)) for tone in reversed(TONES))


def total_of(tone: str, findings: tuple[Finding, ...]) -> ToneTotal:
    """The count and the euros of findings of one word."""
    known = [finding.amount for finding in findings if finding.amount is not None]
    return ToneTotal(tone, len(findings), sum(known), len(findings) - len(known))
