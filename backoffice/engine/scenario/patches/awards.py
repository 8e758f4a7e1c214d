"""Patches on awards: another amount, another index, an end."""

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from backoffice.engine import money
from backoffice.engine.claims.inputs import HEADS
from backoffice.engine.money import Cents
from backoffice.engine.periods import Ints, month_index
from backoffice.engine.phrases import Phrase
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.award_years import AwardYears, Flags, HeadRules
from backoffice.engine.scenario.patch import AWARDS, Patch, Refused, Touches, listed

_MONTHS, _CENTS = 12, 100
UNBOUNDED = 10**13
"""Cents a year that no cost reaches: what an uncapped award grants."""
SETTING = frozenset({"granted", "stop", "uncapped"})
"""Values that say what an award grants, whatever it granted."""
_FLAGS = ("stop", "uncapped")
_ENVELOPES = ("open", "closed")


def award_patch(facts: Facts, patch: Patch) -> tuple[Facts, Touches]:
    """Change what one award grants, or all those of a scheme (`scheme:CODE`, `*` for every one).

    Values, one of: `granted` EUR a year; `factor` on the amount; `add` EUR a year; `indexed_by` a
    yearly rate that counts again each January after the first, or an index regime whose events
    count as they come, or with `every` only each so many months from the day on, `late` months
    after; `stop` true. What `add` adds moves with the events of an index `regime`, if it names
    one. `head` keeps what is added for one head, above its maximum too. `least` is EUR a year
    (x `fte`) that each award is brought up to, under an `envelope` that is "open", or "closed": the
    others then give what it takes, in proportion of what they have above it; `uncapped` true: no
    amount bounds what is admissible. In the year of the day the amount changes for the whole months
    from then on, in proportion; an unknown amount stays unknown unless `granted` gives it.

    Raises:
        Refused: no such award or regime, no year left, not exactly one value, or too small an
            envelope.
    """
    rows = award_targets(facts, patch.target)
    name = patch.one_of("granted", "factor", "add", "indexed_by", "stop", "least", "uncapped")
    if "regime" in patch.values and name != "add":
        raise Refused(
            Phrase("« regime » ne va qu'avec « add » : écrivez « indexed_by » pour le reste.")
        )
    years = facts.years
    late = rows & (years.year >= patch.since.year)
    if not late.any():
        raise Refused(
            Phrase(
                "« %(target)s » n'a plus d'exercice à partir du %(day)s : avancez le jour.",
                target=patch.target,
                day=f"{patch.since:%d/%m/%Y}",
            )
        )
    part = months_after(years.year, patch)
    granted = (
        _shared_out(facts, patch, late) if name == "least" else _granted(facts, patch, name, part)
    )
    changed = replace(years, granted=np.where(late, granted, years.granted))
    if name in SETTING:
        free = np.minimum(years.free_months, _MONTHS - part)
        changed = replace(changed, free_months=np.where(late, free, years.free_months))
    if "head" in patch.values:
        changed = replace(changed, heads=_reserved(years, patch, changed.granted))
    return replace(facts, years=changed), AWARDS


def award_targets(facts: Facts, target: str) -> Flags:
    """The award-years that a target names: a reference, `BCE/reference`, `scheme:CODE`, `*`.

    Raises:
        Refused: nothing has this name.
    """
    names = facts.names
    owners = [names.employers[employer] for employer in names.award_employers]
    rows = list(zip(names.awards, names.award_schemes, owners, strict=True))
    if target == "*":
        chosen = list(range(len(rows)))
    elif target.startswith("scheme:"):
        code = target.removeprefix("scheme:")
        chosen = [k for k, (_, scheme, _) in enumerate(rows) if scheme == code]
    else:
        chosen = [k for k, (one, _, owner) in enumerate(rows) if target in (one, f"{owner}/{one}")]
    if not chosen:
        raise Refused(
            Phrase(
                "aucune subvention « %(target)s » ; celles d'ici : %(awards)s ; ou « scheme: » et "
                "un régime (%(schemes)s), ou « * » pour toutes.",
                target=target,
                awards=listed(names.awards),
                schemes=listed(names.award_schemes),
            ),
            telling=True,
        )
    return np.isin(facts.years.award, chosen)


def months_after(year: Ints, patch: Patch) -> Ints:
    """Whole months of each year from the day of the patch on, 0 to 12."""
    return np.asarray(np.clip((year + 1) * _MONTHS - patch.month, 0, _MONTHS), dtype=np.int64)


def _granted(facts: Facts, patch: Patch, name: str, part: Ints) -> Cents:
    """What each award-year grants with the patch; -1 stays unknown."""
    old, year = facts.years.granted, facts.years.year
    known = np.maximum(old, 0)
    if name == "indexed_by":
        return np.where(old < 0, -1, _indexed(facts, patch, known))
    if name == "add":
        return np.where(old < 0, -1, np.maximum(known + _added(facts, patch), 0))
    value = Fraction(0) if name in _FLAGS else patch.number_of(name) or Fraction(0)
    whole = np.zeros_like(old)
    if name == "uncapped":
        whole += UNBOUNDED
    elif name == "granted":
        whole += money.times_one(_CENTS, value)
    elif name == "factor":
        whole = money.times(known, value.numerator, value.denominator)
    mixed = known + money.times(whole - known, part, _MONTHS)
    sure = (old >= 0) | ((part == _MONTHS) & (name in SETTING))
    return np.where(sure & (year >= patch.since.year), np.maximum(mixed, 0), old)


def unbounded(years: AwardYears, rows: Flags, patch: Patch) -> AwardYears:
    """Some award-years without any amount that bounds them, for their months from the day on."""
    part = months_after(years.year, patch)
    known = np.maximum(years.granted, 0)
    mixed = known + money.times(UNBOUNDED - known, part, _MONTHS)
    sure = rows & ((years.granted >= 0) | (part == _MONTHS)) & (part > 0)
    return replace(years, granted=np.where(sure, mixed, years.granted))


def _reserved(years: AwardYears, patch: Patch, granted: Cents) -> HeadRules:
    """The heads once what a patch adds to the grants pays nothing else than its `head`."""
    word = patch.text_of("head")
    if word not in HEADS:
        raise Refused(
            Phrase(
                "« %(name)s » est l'un de ces mots : %(known)s ; et non « %(given)s ».",
                name="head",
                known=listed(HEADS),
                given=word,
            )
        )
    more = np.where(years.granted < 0, 0, granted - years.granted)
    if (more < 0).any():
        raise Refused(Phrase("« head » garde ce qui s'ajoute : choisissez un montant qui monte."))
    kept = years.heads.reserved.copy()
    kept[:, HEADS.index(word)] += more
    return replace(years.heads, reserved=kept)


def _added(facts: Facts, patch: Patch) -> Cents:
    """Cents that each award-year gets more: its months from the day on, at the index of each."""
    month = (patch.number_of("add") or Fraction(0)) * _CENTS / _MONTHS
    regime = patch.text_of("regime")
    moved = replace(patch, values=MappingProxyType({"indexed_by": regime}))
    result = np.zeros_like(facts.years.granted)
    for year in np.unique(facts.years.year).tolist():
        months = range(max(year * _MONTHS, patch.month), (year + 1) * _MONTHS)
        times = [index_factor(facts, moved, one) if regime else Fraction(1) for one in months]
        result[facts.years.year == year] = money.times_one(1, month * sum(times, Fraction(0)))
    return result


def _shared_out(facts: Facts, patch: Patch, late: Flags) -> Cents:
    """What each award-year grants once none of its year has less than the least."""
    envelope = patch.text_of("envelope")
    if envelope not in _ENVELOPES:
        raise Refused(
            Phrase(
                "« %(name)s » est l'un de ces mots : %(known)s ; et non « %(given)s ».",
                name="envelope",
                known=listed(_ENVELOPES),
                given=envelope,
            )
        )
    if (patch.since.month, patch.since.day) != (1, 1):
        raise Refused(Phrase("une enveloppe se partage par exercice : choisissez un 1er janvier."))
    least = patch.number_of("least") or Fraction(0)
    fte = patch.number_of("fte")
    floor = money.times_one(_CENTS, least * (1 if fte is None else fte))
    result = facts.years.granted.copy()
    for year in np.unique(facts.years.year[late]).tolist():
        rows = np.flatnonzero(late & (facts.years.year == year))
        result[rows] = _brought_up(result[rows], floor, (year, envelope))
    return result


def _brought_up(old: Cents, floor: int, of: tuple[int, str]) -> Cents:
    """The amounts of a year, none below a floor; a closed envelope keeps their sum."""
    year, envelope = of
    if envelope == "open":
        return np.where(old < 0, -1, np.maximum(old, floor))
    rest = int(old.sum()) - floor * len(old)
    if (old < 0).any():
        raise Refused(
            Phrase(
                "un montant de %(year)s n'est pas connu : l'enveloppe ne peut être partagée. "
                "Encodez-le, ou ouvrez l'enveloppe.",
                year=year,
            ),
            telling=True,
        )
    if rest < 0 and len(old) == 1:
        raise Refused(
            Phrase(
                "il manque %(rest)s EUR au minimum de %(floor)s EUR en %(year)s et personne "
                "d'autre ici ne peut les donner : regardez tous les bénéficiaires, ou ouvrez "
                "l'enveloppe.",
                rest=money.text(-rest),
                floor=money.text(floor),
                year=year,
            ),
            telling=True,
        )
    if rest < 0:
        raise Refused(
            Phrase(
                "l'enveloppe de %(year)s est trop petite de %(rest)s EUR pour le minimum de "
                "%(floor)s EUR à chacun : ouvrez-la ou baissez le minimum.",
                year=year,
                rest=money.text(-rest),
                floor=money.text(floor),
            ),
            telling=True,
        )
    above = [max(one - floor, 0) for one in old.tolist()]
    return floor + np.array(money.allocate(rest, above) if rest else above, dtype=np.int64)


def _indexed(facts: Facts, patch: Patch, old: Cents) -> Cents:
    """The amount moved by a yearly rate, or month by month by the events of a regime."""
    result = old.copy()
    for year in np.unique(facts.years.year[facts.years.year >= patch.since.year]).tolist():
        factor = year_factor(facts, patch, year)
        rows = np.flatnonzero(facts.years.year == year)
        result[rows] = money.times(old[rows], factor.numerator, factor.denominator)
    return result


def year_factor(facts: Facts, patch: Patch, year: int) -> Fraction:
    """What the amount of a year is multiplied by: the mean of its months."""
    months = range(year * _MONTHS, (year + 1) * _MONTHS)
    return sum((index_factor(facts, patch, month) for month in months), Fraction(0)) / _MONTHS


def index_factor(facts: Facts, patch: Patch, month: int) -> Fraction:
    """What `indexed_by` multiplies a month by: a yearly rate each January, or a regime's events.

    With `every` and `late`, what it was in the last month of adaptation, so many months before.

    Raises:
        Refused: no such regime, or no whole number of months.
    """
    regime = patch.values["indexed_by"]
    every, late = _whole(patch, "every", 1), _whole(patch, "late", 0)
    month = patch.month + (month - patch.month) // every * every - late
    if not isinstance(regime, str):
        rate = patch.number_of("indexed_by") or Fraction(0)
        return Fraction((1 + rate) ** max(month // _MONTHS - patch.since.year, 0))
    if regime not in facts.index.regimes:
        raise Refused(
            Phrase(
                "aucun régime d'index « %(regime)s » ici ; ceux d'ici : %(known)s.",
                regime=regime,
                known=listed(facts.index.regimes),
            )
        )
    factor = Fraction(1)
    for event in facts.index.moves[facts.index.regimes.index(regime)]:
        if patch.month <= month_index(event.effective) <= month:
            factor *= 1 + event.rate
    return factor


def _whole(patch: Patch, name: str, least: int) -> int:
    """A whole number of months, `least` where it is not given."""
    value = patch.number_of(name)
    if value is not None and (value.denominator != 1 or value < least):
        raise Refused(
            Phrase(
                "« %(name)s » est un nombre entier de mois, à partir de %(least)s.",
                name=name,
                least=least,
            )
        )
    return least if value is None else int(value)
