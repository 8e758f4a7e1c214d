"""The doubtful values on which the dossiers of a year rest."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from backoffice.engine.sheet import FigureUse
from grants.freshness import is_stale
from reports.dossier import Dossier

MOST_FIGURES = 8
_DOUBTFUL = ("forecast", "to_confirm")


@dataclass
class Doubtful:
    """A value that some dossiers rest on and that is not sure: why, and which dossiers."""

    use: FigureUse
    reasons: tuple[str, ...]
    references: list[str] = field(default_factory=list)


def doubtful_figures(dossiers: Sequence[Dossier], day: date) -> tuple[Doubtful, ...]:
    """The doubtful values of these dossiers, those that most dossiers rest on first.

    A term of a letter is no reference value: the dossier itself says what it lacks.
    """
    found: dict[tuple[str, date], Doubtful] = {}
    for dossier in dossiers:
        for use in dossier.figures:
            reasons = _reasons(use, day)
            if reasons:
                one = found.setdefault((use.code, use.since), Doubtful(use, reasons))
                if dossier.cover.reference not in one.references:
                    one.references.append(dossier.cover.reference)
    return tuple(
        sorted(found.values(), key=lambda one: (-len(one.references), one.use.code, one.use.since))
    )


def _reasons(use: FigureUse, day: date) -> tuple[str, ...]:
    if use.verified is None:
        return ()
    stale = ("stale",) if is_stale(use.code, use.verified, day) else ()
    return ((use.status,) if use.status in _DOUBTFUL else ()) + stale
