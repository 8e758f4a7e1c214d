"""Patches that ask for posts: so many FTE for each service, each antenna or once."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from backoffice.engine import money
from backoffice.engine.periods import Ints
from backoffice.engine.phrases import Phrase
from backoffice.engine.projection.facts import Contracts, Demands, Facts
from backoffice.engine.scenario.award_years import Flags
from backoffice.engine.scenario.patch import NOTHING, Patch, Refused, Touches, listed

_CENTS, _MONTHS, _DEN_FTE = 100, 12, 10_000
_PER = ("service", "antenna", "employer")


def post_patch(facts: Facts, patch: Patch) -> tuple[Facts, Touches]:
    """Ask for posts from the first whole month after a day, or that begins with it.

    Target: a type of approval (CASG, CAP...), `BCE`, `BCE/approval`, or `*`. Values: `fte` for each
    `per` (service, antenna, employer; service by default), or `least`: the FTE of the function that
    each is brought up to, counting its contracts of that day and the posts that former patches
    ask from then or before; `function`; `diploma`; `cost`: EUR a
    year of one FTE, absent while no assumption gives it; `running`: EUR a year of running costs per
    FTE; `regime` that moves the cost; `funder` who is asked to pay, nobody by default.

    Raises:
        Refused: no such service, function, diploma or regime, or no FTE.
    """
    function = _place(facts.names.functions, patch, "function")
    diploma = _place(facts.names.diplomas, patch, "diploma")
    regime = _place(facts.index.regimes, patch, "regime")
    employer, approval, times = _asked_for(facts, patch)
    fte = _fte(facts, patch, (employer, approval, times), function)
    rows = np.flatnonzero(fte > 0)
    size = len(rows)
    funder = patch.text_of("funder")
    funders = facts.demands.funders
    funders = funders if funder in funders else (*funders, funder)
    columns = {
        "employer": employer[rows],
        "approval": approval[rows],
        "function": np.full(size, function, dtype=np.int64),
        "diploma": np.full(size, diploma, dtype=np.int64),
        "fte": fte[rows],
        "since": np.full(size, patch.month, dtype=np.int64),
        "month": _month(fte[rows], patch),
        "regime": np.full(size, regime, dtype=np.int64),
        "funder": np.full(size, funders.index(funder), dtype=np.int64),
        "patch": np.full(size, patch.number, dtype=np.int64),
    }
    joined = {
        name: np.concatenate([getattr(facts.demands, name), column])
        for name, column in columns.items()
    }
    return replace(facts, demands=Demands(**joined, funders=funders)), NOTHING


def _place(names: tuple[str, ...], patch: Patch, value: str) -> int:
    """The index of a word, -1 where it is not given."""
    word = patch.text_of(value)
    if not word:
        return -1
    if word not in names:
        raise Refused(
            Phrase(
                "« %(name)s » est l'un de ces mots : %(known)s ; et non « %(given)s ».",
                name=value,
                known=listed(names),
                given=word,
            )
        )
    return names.index(word)


def _asked_for(facts: Facts, patch: Patch) -> tuple[Ints, Ints, Ints]:
    """Employer and approval of each beneficiary, and how many times it is asked for."""
    names, per = facts.names, patch.text_of("per") or _PER[0]
    if per not in _PER:
        raise Refused(
            Phrase(
                "« %(name)s » est l'un de ces mots : %(known)s ; et non « %(given)s ».",
                name="per",
                known=listed(_PER),
                given=per,
            )
        )
    if per == "employer" and patch.target in names.employers:
        return _once(int(_owners(facts, patch)[names.employers.index(patch.target)]))
    chosen = [
        place for place in range(len(names.approvals)) if patch.target in _words(facts, place)
    ]
    if not chosen:
        raise Refused(
            Phrase(
                "aucun service « %(target)s » ; ceux d'ici : types %(kinds)s, employeurs "
                "%(employers)s, ou « * » pour tous.",
                target=patch.target,
                kinds=listed(names.approval_kinds),
                employers=listed(names.employers),
            ),
            telling=True,
        )
    approval = np.array(chosen, dtype=np.int64)
    employer = names.approval_employers[approval]
    times = np.ones(len(approval), dtype=np.int64)
    if per == "antenna":
        times = names.approval_antennas[approval]
    if per == "employer":
        employer, first = np.unique(_owners(facts, patch)[employer], return_index=True)
        approval, times = np.full(len(first), -1, dtype=np.int64), times[first]
    return employer, approval, times


def _owners(facts: Facts, patch: Patch) -> Ints:
    """By employer, the one that it counts with on the day, once mergers have absorbed it."""
    owners = np.arange(len(facts.names.employers))
    for absorbed, into, month in facts.merged:
        if month <= patch.month:
            owners[owners == absorbed] = into
    return owners


def _once(employer: int) -> tuple[Ints, Ints, Ints]:
    """One employer, whatever approvals it has."""
    whose, service, times = np.array([[employer], [-1], [1]], dtype=np.int64)
    return whose, service, times


def _words(facts: Facts, place: int) -> tuple[str, ...]:
    """The targets that name a service."""
    names = facts.names
    owner = names.employers[int(names.approval_employers[place])]
    return "*", names.approval_kinds[place], owner, f"{owner}/{names.approvals[place]}"


def _fte(facts: Facts, patch: Patch, asked: tuple[Ints, Ints, Ints], function: int) -> Ints:
    """Ten-thousandths of FTE asked for each beneficiary, rounded once, half up."""
    name = patch.one_of("fte", "least")
    value = patch.number_of(name) or Fraction(0)
    if value * _DEN_FTE < 1:
        raise Refused(Phrase("« %(name)s » est d'au moins 0,0001 ETP.", name=name))
    employer, approval, times = asked
    if name == "fte":
        return times * money.times_one(_DEN_FTE, value)
    held = [
        _at_work(facts, patch, one, function) + _asked_before(facts, patch, one, function)
        for one in zip(employer.tolist(), approval.tolist(), strict=True)
    ]
    lacking = [
        money.times_one(_DEN_FTE, max(count * value - part, Fraction(0)))
        for count, part in zip(times.tolist(), held, strict=True)
    ]
    return np.array(lacking, dtype=np.int64)


def _at_work(facts: Facts, patch: Patch, whose: tuple[int, int], function: int) -> Fraction:
    """FTE of the contracts of the day: a part of full time each, not rounded."""
    lines, day = facts.contracts, patch.since.toordinal()
    here = (
        _of(lines, whose, function, _owners(facts, patch))
        & (lines.start <= day)
        & (lines.stop > day)
    )
    parts = zip(lines.hours[here].tolist(), lines.full_time[here].tolist(), strict=True)
    return sum((Fraction(part, whole) for part, whole in parts), Fraction(0))


def _asked_before(facts: Facts, patch: Patch, whose: tuple[int, int], function: int) -> Fraction:
    """FTE that former patches ask: no post is asked twice."""
    rows = facts.demands
    here = _of(rows, whose, function, _owners(facts, patch)) & (rows.since <= patch.month)
    return Fraction(int(rows.fte[here].sum()), _DEN_FTE)


def _of(rows: Contracts | Demands, whose: tuple[int, int], function: int, owners: Ints) -> Flags:
    """The rows of an employer, of one of its services (-1: all), of a function (-1: any)."""
    employer, service = whose
    mine = rows.approval == service if service >= 0 else owners[rows.employer] == employer
    here = mine & ((rows.employer == employer) | (service < 0))
    return np.asarray(here & ((function < 0) | (rows.function == function)), dtype=np.bool_)


def _month(fte: Ints, patch: Patch) -> Ints:
    """Cents a month of each demand, -1 where nothing tells what one FTE costs."""
    cost = patch.number_of("cost")
    if cost is None:
        return np.full(len(fte), -1, dtype=np.int64)
    year = (cost + (patch.number_of("running") or 0)) * _CENTS
    return money.times(fte, year.numerator, year.denominator * _DEN_FTE * _MONTHS)
