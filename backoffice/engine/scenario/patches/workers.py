"""Patches on a worker: other hours, another scale, an end, an absence."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np

from backoffice.engine.periods import Ints, month_index, month_start
from backoffice.engine.phrases import Phrase
from backoffice.engine.projection.facts import Contracts, Facts, Leaves, taken, with_rows
from backoffice.engine.scenario.patch import PAY, Patch, Refused, Touches, listed

_HUNDREDTHS = 100


def worker_patch(facts: Facts, patch: Patch) -> tuple[Facts, Touches]:
    """Change the contract of one worker (`NUMBER` or `BCE/NUMBER`) from a day on.

    The month of the day counts by days.

    Values, one of: `hours` a week; `share` of the present hours; `of_full_time`
    the part of a full time that all contracts of a day make together; `scale` with `column`; `end`
    true (the day is the first without contract); `leave` the first day back, unpaid until then.
    Months with real pay do not move.

    Raises:
        Refused: no such worker, several of that number, no contract on that day, or an unknown
            scale.
    """
    worker = worker_of(facts, patch.target)
    name = patch.one_of("hours", "share", "of_full_time", "scale", "end", "leave")
    _projected(facts, worker, patch)
    if name == "leave":
        return replace(facts, leaves=_away(facts, worker, patch)), PAY
    day = patch.since.toordinal()
    lines = facts.contracts
    mine = np.flatnonzero((lines.worker == worker) & (lines.stop > day))
    if not len(mine):
        raise Refused(
            Phrase(
                "« %(worker)s » n'a pas de contrat à partir du %(day)s : avancez le jour.",
                worker=patch.target,
                day=f"{patch.since:%d/%m/%Y}",
            )
        )
    kept = replace(lines, stop=_cut(lines.worker, lines.stop, worker, day))
    if name == "end":
        return replace(facts, contracts=kept), PAY
    late = taken(lines, mine)
    late = replace(late, start=np.maximum(late.start, day))
    if name == "scale":
        late = replace(late, scale=np.full(len(mine), _scale(facts, patch), dtype=np.int64))
    else:
        late = replace(late, hours=_hours(late, patch, name))
    columns = {one: getattr(late, one) for one in late.__dataclass_fields__}
    return replace(facts, contracts=with_rows(kept, columns)), PAY


def worker_of(facts: Facts, target: str) -> int:
    """The place of the worker that a target names.

    Raises:
        Refused: there is none, or several of that number.
    """
    names = facts.names
    owners = [names.employers[one] for one in facts.worker_employer.tolist()]
    found = [
        place
        for place, (number, owner) in enumerate(zip(names.workers, owners, strict=True))
        if target in (number, f"{owner}/{number}")
    ]
    if not found:
        raise Refused(
            Phrase(
                "aucun travailleur « %(worker)s » ; ceux d'ici : %(known)s.",
                worker=target,
                known=listed(names.workers),
            )
        )
    if len(found) > 1:
        raise Refused(
            Phrase(
                "%(count)s travailleurs portent le numéro « %(worker)s » : écrivez le numéro "
                "d'entreprise devant, comme %(owner)s/%(worker)s.",
                count=len(found),
                worker=target,
                owner=owners[found[0]],
            )
        )
    return found[0]


def _projected(facts: Facts, worker: int, patch: Patch) -> None:
    known = int(facts.known_until[facts.worker_employer[worker]])
    if month_index(patch.since) < known:
        raise Refused(
            Phrase(
                "la paie est connue jusqu'au mois d'avant le %(day)s : choisissez un jour à "
                "partir de là.",
                day=f"{month_start(known):%d/%m/%Y}",
            )
        )


def _cut(owner: Ints, stop: Ints, worker: int, day: int) -> Ints:
    return np.where((owner == worker) & (stop > day), day, stop)


def _hours(late: Contracts, patch: Patch, name: str) -> Ints:
    value = patch.number_of(name) or Fraction(0)
    now, full_time = late.hours, late.full_time
    if name == "hours":
        wanted = np.full(len(now), int(value * _HUNDREDTHS), dtype=np.int64)
    elif name == "of_full_time":
        wanted = _parts_of_full_time(late, value)
    else:
        wanted = now * value.numerator // value.denominator
    if not ((wanted > 0) & (wanted <= full_time)).all():
        raise Refused(
            Phrase(
                "les heures de « %(worker)s » restent au-dessus de 0 et jusqu'au temps plein "
                "(%(hours)s h par semaine).",
                worker=patch.target,
                hours=int(full_time.max()) // _HUNDREDTHS,
            )
        )
    return wanted


def _parts_of_full_time(late: Contracts, value: Fraction) -> Ints:
    """Hundredths of hours of each contract, in proportion of those of its first day together."""
    parts = list(map(Fraction, late.hours.tolist(), late.full_time.tolist()))
    wanted = []
    for first, part, full_time in zip(late.start, parts, late.full_time.tolist(), strict=True):
        together = np.flatnonzero((late.start <= first) & (first < late.stop))
        whole = sum((parts[one] for one in together), Fraction(0))
        wanted.append(int(value * full_time * part / whole) if whole else 0)
    return np.array(wanted, dtype=np.int64)


def _scale(facts: Facts, patch: Patch) -> int:
    wanted = patch.text_of("scale"), patch.text_of("column")
    if wanted not in facts.names.scales:
        known = listed(f"{scale} {column}" for scale, column in facts.names.scales)
        raise Refused(
            Phrase(
                "le barème « %(scale)s » n'est pas connu ici ; ceux d'ici : %(known)s.",
                scale=" ".join(wanted).strip(),
                known=known,
            )
        )
    return facts.names.scales.index(wanted)


def _away(facts: Facts, worker: int, patch: Patch) -> Leaves:
    until = patch.values["leave"]
    if not isinstance(until, date) or until <= patch.since:
        raise Refused(
            Phrase("« leave » est le jour du retour : choisissez-le après celui du départ.")
        )
    row = {
        "worker": np.array([worker], dtype=np.int64),
        "start": np.array([patch.since.toordinal()], dtype=np.int64),
        "stop": np.array([until.toordinal()], dtype=np.int64),
    }
    return with_rows(facts.leaves, row)
