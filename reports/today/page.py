"""The page of the day of one organisation, and one line for each when there are several."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from backoffice.federation.models import Organisation
from grants.agenda import exercises_of, items_of
from reports.justifications import year_dossiers, years_of
from reports.today.doubtful import MOST_FIGURES, Doubtful, doubtful_figures
from reports.today.urgent import LatePayment, Urgent, late_payments, urgent
from reports.workflow.selectors import OpenDossier, Reader, open_dossiers, standings


@dataclass(frozen=True)
class ServiceLine:
    """One organisation of several: what is late, what comes, what has not been paid in cents."""

    organisation: Organisation
    urgent: Urgent
    late_payments: tuple[LatePayment, ...]

    @property
    def late_amount(self) -> int:
        return sum(one.left for one in self.late_payments)


@dataclass(frozen=True)
class Today(ServiceLine):
    """The page of one organisation; `year` is the exercise of the dossiers, None without data.

    `ended` counts those of the year that nothing is left to do for.
    """

    year: int | None
    years: tuple[int, ...]
    dossiers: tuple[OpenDossier, ...]
    ended: int
    figures: tuple[Doubtful, ...]
    hidden_figures: int

    @property
    def blocked(self) -> int:
        """How many dossiers an error blocks."""
        return sum(bool(one.errors) for one in self.dossiers)


def service_lines(organisations: Sequence[Organisation], today: date) -> list[ServiceLine]:
    """One line for each organisation, the most urgent first; queries do not grow with them."""
    return sorted(_lines(organisations, today), key=_urgency)


def _urgency(line: ServiceLine) -> tuple[int, date, int]:
    """What is late first, then what comes soonest, then what has not been paid; else by name."""
    coming = line.urgent.next
    day = coming.item.due.due_on if coming else None
    return -len(line.urgent.late), day or date.max, -line.late_amount


def _lines(organisations: Sequence[Organisation], today: date) -> Iterator[ServiceLine]:
    employers = exercises_of(organisations, today)
    found = {exercises[0].award.organisation_id: exercises for exercises in employers if exercises}
    for organisation in organisations:
        exercises = found.get(organisation.pk, [])
        yield ServiceLine(
            organisation=organisation,
            urgent=urgent(items_of([exercises], today), today),
            late_payments=late_payments(exercises, today),
        )


def today_page(organisation: Organisation, asked: int | None, today: date, reader: Reader) -> Today:
    """What the day asks of one organisation.

    Args:
        organisation: the one looked at.
        asked: the exercise of the dossiers; by default the one that is being justified: last
            year's when it has data, else the newest.
        today: the day looked from.
        reader: who looks.
    """
    years = tuple(years_of(organisation))
    year = asked if asked in years else _justified(years, today)
    dossiers = () if year is None else year_dossiers(organisation, year, today)
    states = {} if year is None else standings(organisation, [year])
    rows = open_dossiers(dossiers, states, reader)
    figures = doubtful_figures(dossiers, today)
    [line] = _lines([organisation], today)
    return Today(
        organisation=organisation,
        urgent=line.urgent,
        late_payments=line.late_payments,
        year=year,
        years=years,
        dossiers=rows,
        ended=len(dossiers) - len(rows),
        figures=figures[:MOST_FIGURES],
        hidden_figures=max(len(figures) - MOST_FIGURES, 0),
    )


def _justified(years: Sequence[int], today: date) -> int | None:
    if today.year - 1 in years:
        return today.year - 1
    return years[0] if years else None
