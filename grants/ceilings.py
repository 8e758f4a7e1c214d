"""Which amount per FTE an award follows: the figure of its fund, chamber, category and region."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from backoffice.engine.figures import Figure, FigureValue, Source
from backoffice.engine.sheet import labels
from backoffice.figures.places import each, within
from grants.scheme_parts import refuse
from grants.terms import TERMS

CHOOSERS = ("fund", "chamber", "job_category", "region")
"""The terms that choose a ceiling, in the order in which they are told."""

_UNIT = "EUR/FTE/year"


@dataclass(frozen=True)
class Ceiling:
    """A published amount: the figure that holds it, and the terms of the awards that follow it.

    `terms` gives the values accepted for each chooser, in lower case; a chooser that is absent
    plays no part.
    """

    figure: str
    terms: Mapping[str, frozenset[str]]

    def fits(self, texts: Mapping[str, str]) -> bool:
        return all(_value(texts, code) in accepted for code, accepted in self.terms.items())


def ceilings_of(
    tables: Iterable[Mapping[str, Any]], figures: Iterable[Figure]
) -> tuple[Ceiling, ...]:
    """The `ceilings` of a scheme's file.

    Raises:
        ValueError: an unknown figure or term, no fund, or the same terms twice.
    """
    found = each("ceilings", tables, _ceiling)
    known = {figure.code.partition(".")[2] for figure in figures}
    for place, one in enumerate(found):
        with within("ceilings", place):
            refuse({one.figure} - known, _("plafond sans valeur"), "figure")
            refuse(set(one.terms) - set(CHOOSERS), _("terme inconnu"))
            if "fund" not in one.terms:
                raise ValueError(_("plafond sans fonds : %s") % one.figure)
            if any(_same(one, other) for other in found[:place]):
                raise ValueError(_("deux plafonds pour les mêmes termes : %s") % one.figure)
    return found


def ceiling_for(ceilings: Sequence[Ceiling], texts: Mapping[str, str]) -> str:
    """Short name of the figure: the published one that fits with the most terms.

    Where none fits, a name made of the terms: no figure has it, unless the letter gives it.
    """
    fits = [one for one in ceilings if one.fits(texts)]
    if fits:
        return max(fits, key=lambda one: len(one.terms)).figure
    values = [_value(texts, code) for code in CHOOSERS]
    return "_".join(["ceiling", *(value.replace(".", "_") for value in values if value)])


def unpublished(code: str, texts: Mapping[str, str], since: date) -> Figure:
    """The missing figure of terms for which nobody published an amount, told in words."""
    held = [(TERMS[one], texts[one].strip()) for one in CHOOSERS if _value(texts, one)]
    none = labels("sans fonds", "zonder fonds")
    fr = ", ".join(f"{term.fr.lower()} {text}" for term, text in held) or none["fr"]
    nl = ", ".join(f"{term.nl.lower()} {text}" for term, text in held) or none["nl"]
    label = labels(f"Plafond par ETP et par an, {fr}", f"Plafond per VTE en per jaar, {nl}")
    source = Source(mark("Aucun plafond publié pour ces termes : voir la lettre du fonds"))
    value = FigureValue(since, None, None, "", None, "missing", source)
    return Figure(code, label, _UNIT, (value,))


def _ceiling(table: Mapping[str, Any]) -> Ceiling:
    kept = dict(table)
    figure = kept.pop("figure")
    return Ceiling(
        figure,
        {
            code: frozenset(str(one).casefold() for one in (value if _many(value) else [value]))
            for code, value in kept.items()
        },
    )


def _many(value: object) -> bool:
    return isinstance(value, list)


def _value(texts: Mapping[str, str], code: str) -> str:
    return texts.get(code, "").strip().casefold()


def _same(one: Ceiling, other: Ceiling) -> bool:
    """Whether some award would follow both with the same number of terms."""
    return set(one.terms) == set(other.terms) and all(
        one.terms[code] & other.terms[code] for code in one.terms
    )
