"""The page of vacant posts: each with its clock, and the volume of employment by year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.engine.claims.inputs import Known
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.fte import FteYear
from backoffice.engine.volume import VolumeYear, volume_year, yearly_volume
from backoffice.federation.models import Organisation
from reports.pages.standing import CLOSE_DAYS, State
from reports.snapshots import YearFacts, year_facts
from reports.vacancies import VacantPost, vacant_posts
from reports.volumes import vge_rule, working_times
from staffing.snapshots import whole_years

_SHOWN_YEARS = 6


@dataclass(frozen=True)
class Row:
    """One vacant part of a post, in words."""

    post: VacantPost
    state: State
    days_left: int | None
    words: str
    worker: str


@dataclass(frozen=True)
class VolumeRow:
    """One year, for each award whose decision gives a reference: what its volume is judged against.

    `award` is empty where no decision gives one.
    """

    year: int
    award: str
    volume: Fraction
    judged: VolumeYear | None
    state: State
    is_current: bool


@dataclass(frozen=True)
class VacanciesPage:
    """What the template prints; `yearly` is None as soon as one amount is not known."""

    rows: tuple[Row, ...]
    fte: Fraction
    yearly: int | None
    late: int
    volumes: tuple[VolumeRow, ...]


def vacancies_page(organisation: Organisation, day: date) -> VacanciesPage:
    """The vacancies of a day, the most urgent first, and the years whose pay is whole."""
    facts = year_facts(organisation, day.year, day)
    names = {worker.number: worker.name for worker in facts.staff.workers}
    found = [one for one in vacant_posts(facts) if one.is_vacant_on(day)]
    found.sort(key=lambda one: (one.last_day or date.max, one.vacancy.days.start))
    amounts = [one.yearly for one in found]
    return VacanciesPage(
        rows=tuple(_row(one, day, names) for one in found),
        fte=sum((one.vacancy.fte for one in found), Fraction(0)),
        yearly=None if None in amounts else sum(one for one in amounts if one is not None),
        late=sum((one.days_left(day) or 0) < 0 for one in found),
        volumes=tuple(_volumes(facts, whole_years(organisation))),
    )


def _row(one: VacantPost, day: date, names: dict[str, str]) -> Row:
    left = one.days_left(day)
    numbers = [number for number in one.former.split(", ") if number]
    worker = ", ".join(f"{number} · {names[number]}" for number in numbers)
    return Row(one, _state(left), left, _days(left), worker)


def _days(left: int | None) -> str:
    if left is None:
        return ""
    if left < 0:
        return ngettext("dépassé de %s jour", "dépassé de %s jours", -left) % -left
    if left == 0:
        return _("dernier jour")
    return ngettext("reste %s jour", "restent %s jours", left) % left


def _state(left: int | None) -> State:
    if left is None:
        return State("draft", _("délai inconnu"))
    if left < 0:
        return State("error", _("délai dépassé"))
    return (
        State("warning", _("à pourvoir"))
        if left <= CLOSE_DAYS
        else State("done", _("dans le délai"))
    )


def _volumes(facts: YearFacts, whole: frozenset[int]) -> Iterator[VolumeRow]:
    """The last years, newest first; the year under way counts on the contracts as they are."""
    years = sorted({one for one in whole if one < facts.year} | {facts.year}, reverse=True)
    for year in years[:_SHOWN_YEARS]:
        volume = yearly_volume(working_times(facts.staff.contracts), year)
        for award, judged in list(_judged(facts, year, volume)) or [("", None)]:
            state = _judgement(award, judged)
            yield VolumeRow(year, award, volume.value, judged, state, year == facts.year)


def _judged(
    facts: YearFacts, year: int, volume: FteYear
) -> Iterator[tuple[str, VolumeYear | None]]:
    """The year against the reference of each award that has one."""
    day = date(year, 12, 31)
    for index, award in enumerate(facts.awards):
        known = facts.known[index]
        reference = known.use_if_any("vge_reference", day)
        if reference is not None:
            judged = _by_rule(known, volume_of=(year, volume), reference=FteYear(reference[0]))
            yield award.row.reference, judged


def _by_rule(
    known: Known, *, volume_of: tuple[int, FteYear], reference: FteYear
) -> VolumeYear | None:
    year, volume = volume_of
    try:
        return volume_year(year, volume, reference, vge_rule(known, date(year, 12, 31)))
    except FigureNotDefined:
        return None


def _judgement(award: str, judged: VolumeYear | None) -> State:
    if judged is None:
        return State("draft", _("tolérance inconnue") if award else _("aucune référence"))
    if judged.is_missed:
        return State("error", _("sous le minimum"))
    if judged.fall.value:
        return State("warning", _("dans la tolérance"))
    return State("done", _("référence atteinte"))
