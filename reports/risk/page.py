"""The page of the risk of recovery: each award of a year seen from a month, and what would help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from backoffice.engine.periods import end_of_month, month_index, month_start
from backoffice.engine.risk.band import Band, Miss, band_of
from backoffice.federation.models import Organisation
from grants.agenda import PIECES, Exercise, exercises_of
from grants.scheme import schemes
from reports.models import State
from reports.projection.notes import sentences
from reports.risk.helping import Help, Spare, Words, helps_for, spare_invoices, words_of
from reports.risk.seen import Look, closed_years, look_at, misses_of, months_of_pay
from reports.workflow.selectors import Standing, standings


@dataclass(frozen=True)
class Risk:
    """One award of the year; amounts in cents, None where unknown.

    Attributes:
        granted, projected: what the letter gives, what would be payable.
        band: where it lies if the projection is no more wrong than in closed years.
        ends_on: last day of the exercise; `pieces_on` the day of its pieces, None unknown.
        days_left: from the month looked from to the end of the exercise, 0 once it is over.
        standing: where its justification is, None while nobody moved it.
        helps: what would bring money, the best first; none once it has been sent.
    """

    reference: str
    scheme: Mapping[str, str]
    granted: int | None
    projected: int | None
    band: Band | None
    ends_on: date
    pieces_on: date | None
    days_left: int
    standing: Standing | None
    helps: tuple[Help, ...]

    @property
    def lost(self) -> int | None:
        """Cents of the grant that would not be justified, None where unknown."""
        if self.granted is None or self.projected is None:
            return None
        return self.granted - self.projected

    @property
    def most(self) -> int | None:
        """The same with the low end of the band."""
        return None if self.band is None or self.granted is None else self.granted - self.band.low

    @property
    def least(self) -> int | None:
        """The same with its high end."""
        return None if self.band is None or self.granted is None else self.granted - self.band.high


@dataclass(frozen=True)
class RiskPage:
    """What the template shows.

    Attributes:
        year, month: what is looked at, and from which month of pay.
        years, months: what can be asked.
        seen_on: the last day of that month.
        risks: the largest first, those that are unknown before all.
        closed: the closed years that the band rests on.
        lost: cents of all that is known; `unknown` how many awards are not.
    """

    year: int
    month: int
    years: tuple[int, ...]
    months: tuple[int, ...]
    seen_on: date
    risks: tuple[Risk, ...]
    closed: tuple[int, ...]
    notes: tuple[str, ...]

    @property
    def lost(self) -> int:
        return sum(one.lost for one in self.risks if one.lost is not None)

    @property
    def most(self) -> int:
        """The same if every award came out at the low end of its band."""
        return sum(one.most for one in self.risks if one.most is not None)

    @property
    def least(self) -> int:
        """The same if every award came out at the high end of its band."""
        return sum(one.least for one in self.risks if one.least is not None)

    @property
    def unknown(self) -> int:
        return sum(one.lost is None for one in self.risks)


class NoPayThatYear(LookupError):
    """No pay is known of the year asked; the message says of which there is."""


def page_of(
    organisation: Organisation, year: int | None, month: int | None, as_of: date
) -> RiskPage | None:
    """The page of a year seen from one of its months; None where no pay is known.

    Args:
        organisation: the one looked at.
        year: the one asked, None for the last with pay.
        month: 1 to 12, of known pay; else the last one.
        as_of: decisions taken after this day are not seen.

    Raises:
        NoPayThatYear: the organisation knows pay, but none of the year asked.
    """
    known = [day for day in months_of_pay(organisation) if day <= as_of]
    if not known:
        return None
    years = sorted({day.year for day in known}, reverse=True)
    if year is not None and year not in years:
        raise NoPayThatYear(
            _("Aucune paie en %(year)s : choisissez une année où il y en a, %(known)s.")
            % {"year": year, "known": ", ".join(map(str, years))}
        )
    year = year or years[0]
    months = tuple(day.month for day in known if day.year == year)
    month = month if month in months else months[-1]
    look = look_at([organisation], year, month, as_of)
    closed = closed_years(known, year)
    misses = misses_of([organisation], closed, month, as_of)
    facts = look.run.facts
    return RiskPage(
        year=year,
        month=month,
        years=tuple(years),
        months=months,
        seen_on=end_of_month(date(year, month, 1)),
        risks=tuple(_risks(organisation, look, misses, as_of)),
        closed=tuple(closed),
        notes=tuple(sentences(facts.names, look.run.notes)),
    )


def _risks(
    organisation: Organisation, look: Look, misses: Sequence[Miss], as_of: date
) -> list[Risk]:
    exercises = {
        (one.award.reference, one.year): one
        for found in exercises_of([organisation], as_of)
        for one in found
    }
    moved = standings(organisation, [look.year])
    words = words_of(organisation, look.year, as_of)
    spare = spare_invoices(organisation, look.year)
    shown = [_risk(look, row, misses, (exercises, moved, words, spare)) for row in look.rows]
    return sorted(shown, key=lambda one: (one.lost is not None, -(one.lost or 0), one.reference))


def _risk(
    look: Look,
    row: int,
    misses: Sequence[Miss],
    read: tuple[
        Mapping[tuple[str, int], Exercise], Mapping[tuple[str, int], Standing], Words, Spare
    ],
) -> Risk:
    exercises, moved, words, spare = read
    facts, funding = look.run.facts, look.run.funding
    award = facts.years.award[row]
    reference = facts.names.awards[award]
    granted, projected = int(funding.granted[row]), int(funding.payable[row])
    known = granted >= 0 and projected >= 0
    ends_on = date.fromordinal(int(facts.years.stop[row]) - 1)
    standing = moved.get((reference, look.year))
    open_still = standing is None or standing.state in {State.DRAFT, State.READY}
    in_danger = known and granted > projected and open_still
    helps = helps_for(look, row, words, spare) if in_danger else []
    seen_on = end_of_month(date(look.year, look.month, 1))
    pieces_on = _pieces(exercises.get((reference, look.year)))
    return Risk(
        reference=reference,
        scheme=schemes()[facts.names.award_schemes[award]].label,
        granted=granted if granted >= 0 else None,
        projected=projected if projected >= 0 else None,
        band=band_of(projected, granted, misses) if known else None,
        ends_on=ends_on,
        pieces_on=pieces_on,
        days_left=max((ends_on - seen_on).days, 0),
        standing=standing,
        helps=tuple(_in_time(one, seen_on, pieces_on) for one in helps),
    )


def _in_time(help_: Help, seen_on: date, pieces_on: date | None) -> Help:
    """A move of months to come is made before the first of them; the rest, before the pieces."""
    if help_.first > month_index(seen_on):
        return replace(help_, act_by=month_start(help_.first) - timedelta(days=1))
    return replace(help_, act_by=pieces_on)


def _pieces(exercise: Exercise | None) -> date | None:
    """The last day on which pieces are asked for an exercise."""
    if exercise is None:
        return None
    days = [due.due_on for due in exercise.dues if due.kind == PIECES and due.due_on]
    return max(days, default=None)
