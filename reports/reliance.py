"""What a result rests on that is not sure: to confirm, forecast, missing, or verified long ago.

Every document and page that used a doubtful value says so, with the list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.engine.sheet import FigureUse
from grants.freshness import is_stale

REASONS = ("missing", "forecast", "to_confirm", "stale")


@dataclass(frozen=True)
class Reliance:
    """The doubtful values of a result, by reason; a value may have two."""

    values: Mapping[str, tuple[str, ...]]

    @property
    def counts(self) -> dict[str, int]:
        """Number of values by reason, zeros included."""
        return {reason: len(self.values[reason]) for reason in REASONS}

    @property
    def badges(self) -> list[tuple[str, str]]:
        """Each reason that some value has, and the number of those values in words."""
        return [(reason, _counted(reason, count)) for reason, count in self.counts.items() if count]

    @property
    def sentence(self) -> str:
        """One sentence, or an empty text when every value is sure."""
        if not self.badges:
            return ""
        words = ", ".join(words for _reason, words in self.badges)
        return _("Valeurs de référence à surveiller : %(words)s.") % {"words": words}


def reliance(uses: Iterable[FigureUse], day: date, missing: Iterable[str] = ()) -> Reliance:
    """The doubtful ones among the values used, and the codes of those that could not be.

    A value without a day of verification is a term of a letter, which is its own source.
    """
    found: dict[str, list[str]] = {reason: [] for reason in REASONS}
    found["missing"] += sorted(set(missing))
    for use in uses:
        name = f"{use.code}@{use.since.isoformat()}"
        if use.status in ("forecast", "to_confirm"):
            found[use.status].append(name)
        if use.verified is not None and is_stale(use.code, use.verified, day):
            found["stale"].append(name)
    return Reliance(MappingProxyType({reason: tuple(names) for reason, names in found.items()}))


def as_json(found: Reliance) -> dict[str, object]:
    """The counts by reason and the values by reason, as code@first day."""
    return {"counts": found.counts, "values": {key: list(one) for key, one in found.values.items()}}


def _counted(reason: str, count: int) -> str:
    words = {
        "missing": ngettext("%(n)s manquante", "%(n)s manquantes", count),
        "forecast": ngettext("%(n)s prévision", "%(n)s prévisions", count),
        "to_confirm": ngettext("%(n)s à confirmer", "%(n)s à confirmer", count),
        "stale": ngettext("%(n)s à revérifier", "%(n)s à revérifier", count),
    }
    return words[reason] % {"n": count}
