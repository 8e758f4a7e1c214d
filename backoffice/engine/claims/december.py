"""The December index of a multi-year grant: health index of December over that of the first year.

The two Decembers are read in one base. A published month is never converted; the link of Statbel
between two bases is a figure of its own, used once somebody has filled it in.
"""

from datetime import date
from fractions import Fraction

from backoffice.engine.claims.inputs import Known
from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.phrases import Phrase
from backoffice.engine.sheet import FigureUse

OLD_BASE, NEW_BASE, LINK = "index.health_2013", "index.health_2025", "index.health_link_2025"
BASES = (OLD_BASE, NEW_BASE)


def december_ratio(
    known: Known, first_year: int, year: int
) -> tuple[Fraction, tuple[FigureUse, ...]]:
    """Health index of December before `year`, over that of December before `first_year`.

    Args:
        known: the figures as they were known on a day.
        first_year: the year of the amount that is indexed.
        year: the exercise, not before `first_year`; in the first year the ratio is 1.

    Returns:
        The exact ratio, never rounded, and the indices it rests on.

    Raises:
        FigureNotDefined: the two months are not known in one base, and no link between the bases.
    """
    if year == first_year:
        return Fraction(1), ()
    now, then = date(year - 1, 12, 1), date(first_year - 1, 12, 1)
    for base in BASES:
        above, below = known.use_if_any(base, now), known.use_if_any(base, then)
        if above and below:
            return above[0] / below[0], (above[1], below[1])
    above, below = known.use_if_any(NEW_BASE, now), known.use_if_any(OLD_BASE, then)
    link = known.use_if_any(LINK, now)
    if above and below and link:
        return above[0] * link[0] / below[0], (above[1], link[1], below[1])
    raise _not_in_one_base(known, now, then)


def _not_in_one_base(known: Known, now: date, then: date) -> FigureNotDefined:
    """Which month to fill in: the one that is not published, or the link between two bases."""
    published = any(known.use_if_any(base, now) for base in BASES)
    advice = (
        Phrase(
            "ne convertissez aucun mois publié ; encodez le coefficient officiel de Statbel "
            "(%(code)s)",
            code=LINK,
        )
        if published
        else Phrase("encodez l'indice de %(month)s dès sa publication", month=f"{now:%m/%Y}")
    )
    return FigureNotDefined(
        LINK if published else OLD_BASE,
        now,
        "missing",
        Phrase(
            "Les indices santé de %(then)s et %(now)s ne sont pas connus dans une même base : "
            "%(advice)s, dans l'administration (« Valeurs de référence »), ou encodez le montant "
            "accordé par la lettre pour l'exercice.",
            then=f"{then:%m/%Y}",
            now=f"{now:%m/%Y}",
            advice=advice,
        ),
    )
