"""Where the justifications of an organisation are: by state, and what they still lack."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from backoffice.federation.models import Organisation
from grants.models import Award
from reports.dossier import Dossier
from reports.freezing import open_checks
from reports.justifications import year_dossiers
from reports.models import FrozenFile, Justification, JustificationFile, State
from reports.workflow.moves import MOVES, NEXT, TONES

ENDED = (State.CLOSED, State.RECOVERED, State.CORRECTED)


@dataclass(frozen=True)
class Standing:
    """The state of one award's justification; `version` is the frozen one, None before."""

    state: str
    label: str
    tone: str
    number: int
    version: int | None

    @property
    def next_words(self) -> str:
        """The button of the next move; empty at an end."""
        return str(MOVES[NEXT[self.state]].says) if self.state in NEXT else ""


@dataclass(frozen=True)
class OpenDossier:
    """A justification that has not ended, with what keeps it from going on."""

    reference: str
    label: str
    year: int
    standing: Standing
    errors: int
    warnings: int
    missing_documents: int
    payable: int | None


def standings(
    organisation: Organisation, years: Iterable[int]
) -> Mapping[tuple[str, int], Standing]:
    """The state of every justification that someone has moved, by reference and year; one query."""
    rows = JustificationFile.objects.filter(award__organisation=organisation, year__in=list(years))
    rows = rows.exclude(state=State.CORRECTED).select_related("award", "justification")
    return {
        (row.award.reference, row.year): standing_of(row.state, row.number, row.justification)
        for row in rows.defer("content", "justification__document")
    }


def standing_of(state: str, number: int = 1, version: Justification | None = None) -> Standing:
    """A state in words."""
    return Standing(
        state=state,
        label=str(State(state).label),
        tone=TONES[state],
        number=number,
        version=version.version if version else None,
    )


def open_dossiers(organisation: Organisation, day: date) -> tuple[OpenDossier, ...]:
    """The justifications of last year and this one that have not ended, and what each lacks.

    The number of queries does not depend on the number of rows.
    """
    years = (day.year - 1, day.year)
    found = standings(organisation, years)
    draft = standing_of(State.DRAFT)
    dossiers = [one for year in years for one in year_dossiers(organisation, year, day)]
    whole = [(one, found.get((one.cover.reference, one.cover.year), draft)) for one in dossiers]
    return tuple(_open(one, standing) for one, standing in whole if standing.state not in ENDED)


def _open(dossier: Dossier, standing: Standing) -> OpenDossier:
    levels = [check.level for check in open_checks(dossier)]
    return OpenDossier(
        reference=dossier.cover.reference,
        label=dossier.cover.label,
        year=dossier.cover.year,
        standing=standing,
        errors=levels.count("error"),
        warnings=levels.count("warning"),
        missing_documents=sum(not line.reference for line in dossier.evidence),
        payable=dossier.amounts.payable,
    )


def frozen_rows(award: Award, year: int) -> list[Justification]:
    """The frozen versions of an exercise, newest first, each with its kept files: two queries."""
    files = Prefetch("files", FrozenFile.objects.order_by("extension"), to_attr="kept")
    rows = Justification.objects.filter(award=award, year=year).defer("document")
    return list(rows.prefetch_related(files).order_by("-version"))
