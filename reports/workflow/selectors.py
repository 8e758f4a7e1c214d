"""Where the justifications of an organisation are: by state, and what they still lack."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from backoffice.federation.models import Organisation
from backoffice.federation.roles import SERVICE_RIGHTS, Role
from grants.models import Award
from reports.dossier import Dossier
from reports.freezing import open_checks
from reports.models import FrozenFile, Justification, JustificationFile, State
from reports.workflow.moves import MOVES, NEXT, TONES, WAY, next_words
from reports.workflow.sending import Balance, balances_of

ENDED = (State.CLOSED, State.RECOVERED, State.CORRECTED)


@dataclass(frozen=True)
class Standing:
    """The state of one award's justification; `version` is the frozen one, None before.

    `prepared_by` is the key of who said that it was ready: somebody else approves it. `left` is
    what the decision leaves, in cents: to come, or negative to give back; None before, or unknown.
    """

    state: str
    label: str
    tone: str
    number: int
    version: int | None
    prepared_by: int | None = None
    left: int | None = None

    @property
    def is_frozen(self) -> bool:
        """Whether its content can no longer lack anything."""
        return self.version is not None

    @property
    def next_words(self) -> str:
        """What is next; empty at an end."""
        return next_words(self.state, self.left)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that may make the next move, in words."""
        if self.state not in NEXT:
            return ()
        right = MOVES[NEXT[self.state]].right
        return tuple(str(Role(one).label) for one, held in SERVICE_RIGHTS.items() if right in held)

    def waits_for(self, reader: "Reader") -> bool:
        """Whether the next move is that person's."""
        following = NEXT.get(self.state)
        if following is None or MOVES[following].right not in reader.rights:
            return False
        return following != "approve" or self.prepared_by != reader.user


@dataclass(frozen=True)
class Reader:
    """Who looks: the key of the account, and the rights over the organisation looked at."""

    user: int
    rights: frozenset[str]


@dataclass(frozen=True)
class OpenDossier:
    """A justification that has not ended, with what keeps it from going on.

    Nothing is counted once it is frozen: what was sent no longer changes. `mine` says that its next
    move is the reader's.
    """

    dossier: Dossier
    standing: Standing
    errors: int
    warnings: int
    missing: int
    mine: bool

    @property
    def next_words(self) -> str:
        """What is next, told to the reader when it is theirs."""
        if self.mine and self.standing.state == State.READY:
            return _("l'approuver")
        return self.standing.next_words


def standings(
    organisation: Organisation, years: Iterable[int]
) -> Mapping[tuple[str, int], Standing]:
    """The state of every justification that someone has moved, by reference and year.

    One query, and two more where something is decided.
    """
    rows = JustificationFile.objects.filter(award__organisation=organisation, year__in=list(years))
    rows = rows.exclude(state=State.CORRECTED).select_related("award", "justification")
    found = list(rows.defer("content", "justification__document"))
    left = balances_of([row for row in found if row.state == State.DECIDED])
    return {(row.award.reference, row.year): _standing(row, left.get(row.pk)) for row in found}


def _standing(row: JustificationFile, balance: Balance | None) -> Standing:
    version = row.justification.version if row.justification else None
    standing = standing_of(row.state, row.number, version, row.prepared_by_id)
    return replace(standing, left=balance.left if balance else None)


def standing_of(
    state: str, number: int = 1, version: int | None = None, prepared_by: int | None = None
) -> Standing:
    """A state in words."""
    return Standing(state, str(State(state).label), TONES[state], number, version, prepared_by)


def open_dossiers(
    dossiers: Iterable[Dossier], found: Mapping[tuple[str, int], Standing], reader: Reader
) -> tuple[OpenDossier, ...]:
    """The justifications that have not ended, those that wait for the reader first.

    Then by state, those that lack most first; one that nobody has moved is in preparation.

    Args:
        dossiers: as they stand on the day looked from.
        found: their states, as `standings` gives them.
        reader: who looks.
    """
    draft = standing_of(State.DRAFT)
    whole = [(one, found.get((one.cover.reference, one.cover.year), draft)) for one in dossiers]
    rows = [_open(one, standing, reader) for one, standing in whole if standing.state not in ENDED]
    return tuple(sorted(rows, key=_place))


def _open(dossier: Dossier, standing: Standing, reader: Reader) -> OpenDossier:
    levels = [] if standing.is_frozen else [check.level for check in open_checks(dossier)]
    papers = () if standing.is_frozen else dossier.evidence
    return OpenDossier(
        dossier=dossier,
        standing=standing,
        errors=levels.count("error"),
        warnings=levels.count("warning"),
        missing=sum(not line.reference for line in papers),
        mine=standing.waits_for(reader),
    )


def _place(row: OpenDossier) -> tuple[object, ...]:
    """A draft waits for its finance officer as all others do: only what moved comes first."""
    state = row.standing.state
    pressing = row.mine and state != State.DRAFT
    lacks = (-row.errors, -row.warnings, -row.missing)
    return (not pressing, WAY.index(state), *lacks, row.dossier.cover.reference)


def frozen_rows(award: Award, year: int) -> list[Justification]:
    """The frozen versions of an exercise, newest first, each with its kept files: two queries."""
    files = Prefetch("files", FrozenFile.objects.order_by("extension"), to_attr="kept")
    rows = Justification.objects.filter(award=award, year=year).defer("document")
    return list(rows.prefetch_related(files).order_by("-version"))
