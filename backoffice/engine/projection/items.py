"""The cost items of projected months: by figure where there is one, else as in the last known year.

What neither a figure nor the last known year gives is not counted: the month is marked incomplete.
"""

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from backoffice.engine import money
from backoffice.engine.employer.contributions import ContributionRates, Rate
from backoffice.engine.employer.premiums import double_holiday
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, month_ordinals
from backoffice.engine.projection.annual import ANNUAL, annual_premium
from backoffice.engine.projection.facts import ASSUMPTION, STATUSES, TO_CONFIRM, Facts, Note
from backoffice.engine.projection.planned import Planned
from backoffice.engine.projection.residence import ITEM as RESIDENCE
from backoffice.engine.projection.residence import OTHER, RULED, residence_pay
from backoffice.engine.scenario.award_years import Flags

RATED = ("accident_insurance", "group_insurance")
ONCE = ("severance",)
COMPUTED = ("gross", "double_holiday", "exit_holiday", "employer_onss", "onss_reduction")
EARNS_HOLIDAYS = ("gross", "residence")
"""Pay that earns holidays; holiday pay itself and the premiums do not."""
EXIT_RATE = "employer.holiday_provision_employees"
_MONTHS, _JUNE = 12, 5


def projected_items(
    facts: Facts, planned: Planned
) -> tuple[dict[str, Cents], Ints, tuple[Note, ...]]:
    """Cents by cost item, 1 where a part is unknown, and what was assumed.

    `planned.status` is raised where an item of the last known year stands in.
    """
    missing: dict[str, FigureNotDefined] = {}
    costs = {item: np.zeros(len(planned), dtype=np.int64) for item in facts.years.items}
    seen = np.asarray(facts.observed.paid[planned.worker].any(axis=1), dtype=np.bool_)
    for item in set(facts.years.items) - {*COMPUTED, *ONCE, *ANNUAL, RESIDENCE}:
        costs[item] = _of_last_year(facts, planned, item)
        planned.status[costs[item] != 0] = ASSUMPTION
    if RESIDENCE in costs:
        costs[RESIDENCE] = residence_pay(facts, planned, _of_last_year(facts, planned, RESIDENCE))
        ruled = facts.observed.allowance[planned.worker] >= RULED
        doubt = np.where(ruled, TO_CONFIRM, np.where(costs[RESIDENCE] != 0, ASSUMPTION, 0))
        np.maximum(planned.status, doubt, out=planned.status)
    last = np.flatnonzero(planned.last)
    untold = np.zeros(len(planned), dtype=np.bool_)
    for item in set(facts.years.items) & {*ANNUAL}:
        costs[item][last], unknown = annual_premium(facts, planned, item, missing)
        untold[last] |= unknown
        planned.status[costs[item] != 0] = ASSUMPTION
    costs["gross"] = planned.gross
    costs["double_holiday"] = _holiday(facts, planned, missing)
    if "exit_holiday" in costs:
        costs["exit_holiday"] = _exit_holiday(facts, planned, costs, missing)
    subject = planned.gross + sum(costs[one] for one in ("residence", "year_end") if one in costs)
    due, left = _contributions(facts, planned, np.asarray(subject), missing)
    reduction = _of_last_year(facts, planned, "onss_reduction")
    planned.status[reduction != 0] = ASSUMPTION
    costs["employer_onss"] = due
    costs["onss_reduction"] = np.where(left >= 0, left - due, reduction)
    lacking = ~seen | untold
    incomplete = np.maximum(planned.unknown, lacking.astype(np.int64))
    found = *_notes(facts, planned, costs, lacking), *_missing(missing)
    return costs, incomplete, found


def _of_last_year(facts: Facts, planned: Planned, item: str) -> Cents:
    """An item as the last known year had it, moved by pay, working time and months served."""
    if item not in facts.years.items:
        return np.zeros(len(planned), dtype=np.int64)
    year = facts.observed.amount[facts.years.items.index(item)]
    if item in RATED:
        gross = facts.observed.amount[facts.years.items.index("gross")].sum(axis=1)[planned.worker]
        whole = year.sum(axis=1)[planned.worker]
        return money.times(planned.gross, np.where(gross > 0, whole, 0), np.maximum(gross, 1))
    return _flat(facts, planned, year)


def _flat(facts: Facts, planned: Planned, year: Cents) -> Cents:
    """The amount of the same civil month x hours paid now / hours then; else the mean month."""
    worker, place = planned.worker, planned.month % _MONTHS
    paid, hours = facts.observed.paid, facts.observed.hours
    count = paid.sum(axis=1)
    known = paid[worker, place] == 1
    mean = money.times(year.sum(axis=1), 1, np.maximum(count, 1))
    usual = hours.sum(axis=1) // np.maximum(count, 1)
    amount = np.where(known, year[worker, place], mean[worker])
    then = np.where(known, hours[worker, place], usual[worker]) * planned.length
    return money.times(amount, np.where(then > 0, planned.paid, 0), np.maximum(then, 1))


def _holiday(facts: Facts, planned: Planned, missing: dict[str, FigureNotDefined]) -> Cents:
    """Double holiday pay of employees, in June, whatever absence that month has.

    The reason of an absence is not known: its months are counted as assimilated.
    """
    result = np.zeros(len(planned), dtype=np.int64)
    june = (planned.month % _MONTHS == _JUNE) & (planned.manual == 0)
    for year in np.unique(planned.month[june] // _MONTHS).tolist():
        rows = np.flatnonzero(june & (planned.month // _MONTHS == year))
        try:
            rate = facts.law(facts.figures, "", year).holiday(_JUNE)
        except FigureNotDefined as error:
            missing[error.code] = error
            continue
        result[rows] = double_holiday(
            planned.contract_month[rows], planned.served_before[rows], rate
        )
        _doubt(planned, rows, rate)
    return result


def _exit_holiday(
    facts: Facts,
    planned: Planned,
    costs: Mapping[str, Cents],
    missing: dict[str, FigureNotDefined],
) -> Cents:
    """Holiday pay of employees in their last month, contributions of the employer included.

    What their pay of the year has earned, at the rate at which it is provided for; before June, the
    double pay that the year before has earned too. Days of that year not yet taken are not known.

    Source: employer.holiday_provision_employees, employer.double_holiday.
    """
    result = np.zeros(len(planned), dtype=np.int64)
    leaving = np.flatnonzero(_leaving(facts, planned) & (planned.manual == 0))
    earned = _earned(facts, planned, costs)
    for month in np.unique(planned.month[leaving]).tolist():
        rows, year = leaving[planned.month[leaving] == month], month // _MONTHS
        try:
            holiday = facts.law(facts.figures, "", year).holiday(month % _MONTHS)
            rate = facts.figures[EXIT_RATE], facts.figures.on(EXIT_RATE, date(year, 12, 31))
        except FigureNotDefined as error:
            missing[error.code] = error
            continue
        early = np.where(planned.month[rows] % _MONTHS < _JUNE, planned.served_before[rows], 0)
        former = double_holiday(planned.contract_month[rows], early, holiday)
        result[rows] = _part(earned[rows], rate) + former
        _doubt(planned, rows, rate)
        planned.status[rows] = np.maximum(planned.status[rows], TO_CONFIRM)
    return result


def _leaving(facts: Facts, planned: Planned) -> Flags:
    """The month in which the last contract of a worker ends: who comes back later has not left."""
    last = last_days(facts)[planned.worker]
    return np.asarray(
        (last > month_ordinals(planned.month)) & (last <= month_ordinals(planned.month + 1)),
        dtype=np.bool_,
    )


def last_days(facts: Facts) -> Ints:
    """By worker, the ordinal of the first day after every contract; 0 without any."""
    last = np.zeros(len(facts.names.workers), dtype=np.int64)
    np.maximum.at(last, facts.contracts.worker, facts.contracts.stop)
    return last


def _earned(facts: Facts, planned: Planned, costs: Mapping[str, Cents]) -> Cents:
    """Pay of the whole year of each row, real and projected, that earns holidays."""
    real, first, years = facts.real, facts.first // _MONTHS, len(facts.months) // _MONTHS
    past = real.month < facts.known_until[facts.worker_employer[real.worker]]
    kept = np.flatnonzero(past & (real.month >= facts.first))
    found = np.zeros((len(facts.names.workers), years), dtype=np.int64)
    for item in EARNS_HOLIDAYS:
        if item in costs:
            np.add.at(found, (planned.worker, planned.month // _MONTHS - first), costs[item])
        if item in real.costs:
            at = real.worker[kept], real.month[kept] // _MONTHS - first
            np.add.at(found, at, real.costs[item][kept])
    return np.asarray(found[planned.worker, planned.month // _MONTHS - first], dtype=np.int64)


def _contributions(
    facts: Facts, planned: Planned, subject: Cents, missing: dict[str, FigureNotDefined]
) -> tuple[Cents, Cents]:
    """Contributions before reductions, and what is left of them on targeted posts (-1: elsewhere).

    Each month bears those on its own pay, at the rates of its first day: the quarter is their sum.
    A law moves them with a quarter; a scenario may ask for any month.
    """
    due = np.zeros(len(planned), dtype=np.int64)
    left = np.full(len(planned), -1, dtype=np.int64)
    for rates, first, after in _spells(facts, np.unique(planned.month).tolist(), missing):
        rows = np.flatnonzero((planned.month >= first) & (planned.month < after))
        manual = rates.manual_base[1].exact
        top = np.where(planned.manual[rows] == 1, manual.numerator, 1)
        bottom = np.where(planned.manual[rows] == 1, manual.denominator, 1)
        base = money.times(subject[rows], top, bottom)
        due[rows] = _part(base, rates.contributions)
        _doubt(planned, rows, rates.contributions)
        if rates.remaining is not None:
            targeted = planned.targeted[rows] == 1
            left[rows] = np.where(targeted, _part(base, rates.remaining), -1)
    return due, left


def _spells(
    facts: Facts, months: list[int], missing: dict[str, FigureNotDefined]
) -> list[tuple[ContributionRates, int, int]]:
    """The rates of contributions, each with its first month and the one after its last."""
    found: list[tuple[ContributionRates, int, int]] = []
    for month in months:
        try:
            rates = facts.law(facts.figures, "", month // _MONTHS).contributions(month % _MONTHS)
        except FigureNotDefined as error:
            missing[error.code] = error
            continue
        if found and found[-1][0] == rates and found[-1][2] == month:
            found[-1] = rates, found[-1][1], month + 1
        else:
            found.append((rates, month, month + 1))
    return found


def _part(amounts: Cents, rate: Rate) -> Cents:
    exact = rate[1].exact
    return money.times(amounts, exact.numerator, exact.denominator)


def _doubt(planned: Planned, rows: Ints, rate: Rate) -> None:
    status = rate[1].status
    place = STATUSES.index(status) if status in STATUSES else ASSUMPTION
    planned.status[rows] = np.maximum(planned.status[rows], place)


def _notes(
    facts: Facts, planned: Planned, costs: Mapping[str, Cents], lacking: Flags
) -> Iterator[Note]:
    def borne(*items: str) -> Flags:
        found = np.zeros(len(planned), dtype=np.bool_)
        for item in items:
            found |= costs.get(item, planned.gross * 0) != 0
        return found

    rule = facts.observed.allowance[planned.worker]
    about = {
        "pay_unknown": planned.unknown == 1,
        "pay_observed": planned.observed == 1,
        "pay_off_scale": planned.apart == 1,
        "items_unknown": lacking,
        "premiums_carried": borne(*ANNUAL),
        "residence_by_rule": rule >= RULED,
        "residence_kept": borne(RESIDENCE) & (rule == OTHER),
        "exit_holiday": borne("exit_holiday"),
    }
    for code, rows in about.items():
        workers = tuple(np.unique(planned.worker[rows]).tolist())
        if workers:
            yield Note(code, count=len(workers), workers=workers)


def _missing(missing: Mapping[str, FigureNotDefined]) -> list[Note]:
    return [Note("figure_missing", error.message) for error in missing.values()]
