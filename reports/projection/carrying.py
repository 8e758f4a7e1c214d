"""Years that no letter covers yet: amounts, rates and invoices of the last complete year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backoffice.engine.periods import Ints
from backoffice.engine.projection.facts import Note, with_rows
from backoffice.engine.scenario.award_years import UNKNOWN, AwardYears, Flags, Monthly, Parts
from reports.projection.awards import AwardRows, YearEntry

_MONTHS = 12


@dataclass(frozen=True)
class Carried:
    """The award-years with what was carried, 1 by row where something was, and what to tell."""

    years: AwardYears
    renewed: Ints
    notes: tuple[Note, ...]


def carried_years(years: AwardYears, awards: AwardRows, entries: Sequence[YearEntry]) -> Carried:
    """Unknown amounts of the years after the last complete one, as that one has them.

    The amount itself does not move: no regime says how a grant is indexed unless a term does.
    """
    base = _base_rows(years, awards)
    renewed = np.array([int(one.renewed) for one in entries], dtype=np.int64)
    has = base >= 0
    from_row = np.where(has, base, 0)
    unknown = has & (years.granted < 0) & (years.granted[from_row] >= 0)
    granted = np.where(unknown, years.granted[from_row], years.granted)
    heads = years.heads
    lacking = has[:, None] & (heads.kind == UNKNOWN)
    columns = {
        name: np.where(lacking, getattr(heads, name)[from_row], getattr(heads, name))
        for name in ("kind", "cents", "numerator", "denominator")
    }
    bases = np.where(has & years.scale_bound, years.bases[from_row], years.bases)
    found = replace(
        years,
        granted=granted,
        amount=_carried(years.amount, from_row, has),
        rate=_carried(years.rate, from_row, has),
        capped={item: _carried(one, from_row, has) for item, one in years.capped.items()},
        heads=replace(heads, **columns),
        bases=bases,
    )
    marks = np.maximum(renewed, unknown.astype(np.int64))
    notes = [
        *_once("grant_carried", awards, years, unknown),
        *_once("renewed", awards, years, renewed == 1),
        *_once("grant_unknown", awards, years, granted < 0),
    ]
    return Carried(found, marks, tuple(notes))


def carried_parts(parts: Parts, years: AwardYears, awards: AwardRows) -> tuple[Parts, Ints]:
    """The invoices, with those of the last complete year again in each later year of the award."""
    base = _base_rows(years, awards)
    later = np.flatnonzero((base >= 0) & (base != np.arange(len(base))))
    found, repeated = parts, [np.zeros(len(parts), dtype=np.int64)]
    for row in later.tolist():
        mine = np.flatnonzero(parts.year == base[row])
        if len(mine):
            moved = (int(years.year[row]) - int(years.year[base[row]])) * _MONTHS
            columns = {
                "year": np.full(len(mine), row, dtype=np.int64),
                "head": parts.head[mine],
                "amount": parts.amount[mine],
                "admitted": parts.admitted[mine],
                "month": parts.month[mine] + moved,
            }
            found = with_rows(found, columns)
            repeated.append(np.ones(len(mine), dtype=np.int64))
    return found, np.concatenate(repeated)


def _base_rows(years: AwardYears, awards: AwardRows) -> Ints:
    """For each later award-year, the one of the last complete year of pay; -1 where there is none.

    An award that follows another one may stand on what that one granted.
    """
    complete = np.array(awards.base, dtype=np.int64)[years.employer]
    at = {
        int(award): row for row, award in enumerate(years.award) if years.year[row] == complete[row]
    }
    found = np.full(len(years), -1, dtype=np.int64)
    for row in np.flatnonzero(years.year > complete).tolist():
        award = awards.rows[int(years.award[row])]
        chain = [pk for pk in (award.pk, awards.former.get(award.pk)) if pk]
        known = [at[place] for pk in chain if (place := awards.place.get(pk, -1)) in at]
        found[row] = known[0] if known else -1
    return found


def _carried(figure: Monthly, base: Ints, has: Flags) -> Monthly:
    """Unknown months take the last known month of the base year."""
    last = np.where(figure.denominator[base, -1] > 0, 1, 0)[:, None]
    unknown = has[:, None] & (figure.denominator == 0) & (last == 1)
    return Monthly(
        np.where(unknown, figure.numerator[base, -1][:, None], figure.numerator),
        np.where(unknown, figure.denominator[base, -1][:, None], figure.denominator),
    )


def _once(code: str, awards: AwardRows, years: AwardYears, rows: Flags) -> list[Note]:
    """One note for each award among these rows."""
    seen = sorted({int(award) for award in years.award[np.flatnonzero(rows)]})
    return [Note(code, awards.rows[award].reference) for award in seen]
