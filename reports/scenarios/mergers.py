"""What a merger changes in the rights of two employers, as far as our rules tell it."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from django.utils.translation import gettext as _

from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.periods import month_start
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.totals import Totals
from backoffice.web.templatetags.money import fte, share

_MONTHS, _DEN_FTE = 12, 10_000
_APE = "ape"


def merger_notes(facts: Facts, totals: Totals) -> tuple[str, ...]:
    """Sentences on each merger: thresholds by size, frames by approval, and what no text gives."""
    return tuple(
        sentence
        for pair in facts.merged
        for sentence in (*_volume(facts, totals, pair), *_frames(facts, pair), _not_known())
    )


def _volume(facts: Facts, totals: Totals, pair: tuple[int, int, int]) -> Iterator[str]:
    """The tolerance of APE on the volume of employment is wider for a small employer.

    Source: ape.vge_tolerance, ape.vge_tolerance_small, ape.vge_small_up_to.
    """
    names, day = facts.names, month_start(pair[2])
    held = zip(names.award_schemes, names.award_employers.tolist(), strict=True)
    if not any(scheme == _APE and owner in pair[:2] for scheme, owner in held):
        return
    try:
        most, wide, narrow = (
            facts.figures.on(f"{_APE}.{code}", day).exact
            for code in ("vge_small_up_to", "vge_tolerance_small", "vge_tolerance")
        )
    except FigureNotDefined as error:
        yield str(error)
        return
    sizes = [_size(totals, one, pair[2]) for one in pair[:2]]
    text = _(
        "Fusion et APE : la tolérance sur le volume d'emploi (%(wide)s jusqu'à %(most)s ETP, "
        "%(narrow)s au-delà) ne change pas ; ensemble ils comptent %(all)s ETP."
    )
    if min(sizes) <= most < sum(sizes):
        text = _(
            "Fusion et APE : un employeur de %(most)s ETP au plus peut s'écarter de %(wide)s de "
            "son volume d'emploi ; ensemble ils comptent %(all)s ETP, et la tolérance tombe à "
            "%(narrow)s."
        )
    yield text % {
        "wide": share(wide),
        "narrow": share(narrow),
        "most": fte(most),
        "all": fte(sum(sizes)),
    }


def _size(totals: Totals, employer: int, month: int) -> Fraction:
    """Mean FTE over the twelve months from the merger on, fewer where the years end before."""
    units = np.flatnonzero(totals.unit_employer == employer)
    months = totals.fte[units, month - totals.first : month - totals.first + _MONTHS]
    return Fraction(int(months.sum()), _DEN_FTE * max(months.shape[1], 1))


def _frames(facts: Facts, pair: tuple[int, int, int]) -> Iterator[str]:
    """Frames and lump sums belong to the approval: two of one type may become one."""
    names = facts.names
    mine, theirs = (
        {
            kind
            for kind, owner in zip(
                names.approval_kinds, names.approval_employers.tolist(), strict=True
            )
            if owner == employer
        }
        for employer in pair[:2]
    )
    if alike := sorted(mine & theirs):
        yield _(
            "Fusion de deux services %(kinds)s : cadre minimum, forfaits et postes tiennent à "
            "chaque agrément et à chaque lettre. Ils sont comptés deux fois, tant que les deux "
            "agréments restent ; avec un seul, il n'y aurait plus qu'un cadre et qu'un forfait."
        ) % {"kinds": ", ".join(alike)}
    else:
        yield _(
            "Fusion : les agréments sont de types différents ; cadre minimum, forfaits et postes "
            "tiennent à chacun et ne changent pas."
        )


def _not_known() -> str:
    return _(
        "Fusion : ne sont pas connus, et ne sont donc pas comptés, l'accord de chaque pouvoir à "
        "garder les deux agréments, ce que deviennent les subventions à l'emploi accordées à "
        "l'employeur absorbé, l'ancienneté reprise et les coûts de la fusion elle-même."
    )
