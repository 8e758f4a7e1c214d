"""What a comparison shows otherwise than it was asked, in sentences: years, scenarios left out."""

from collections.abc import Iterator

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.board.lens import Lens
from reports.board.shelf import taken
from reports.scenarios.comparing import MOST_SCENARIOS


def corrections(asked: QueryDict, lens: Lens) -> Iterator[str]:
    """Each value of the address that does not count as it is written."""
    first, last = asked.get("de", "").strip(), asked.get("a", "").strip()
    shown = {"first": lens.horizon.first, "last": lens.horizon.last}
    for written in (first, last):
        if written and not _is_year(written):
            yield _("« %(written)s » n'est pas une année.") % {"written": written[:20]}
    if _is_year(first) and int(first) != lens.horizon.first:
        yield _("La projection commence ici en %(first)s.") % shown
    if _is_year(last) and int(last) < int(first if _is_year(first) else lens.horizon.first):
        yield _("L'année de fin précède l'année de début.")
    elif _is_year(last) and int(last) > lens.horizon.last:
        yield _("La projection va au plus jusqu'en %(last)s.") % shown
    left = len(taken(lens.offered, asked.getlist("s"))) - MOST_SCENARIOS
    if left > 0:
        yield ngettext(
            "Au plus six scénarios : le dernier est laissé.",
            "Au plus six scénarios : les %(n)s derniers sont laissés.",
            left,
        ) % {"n": left}


def _is_year(written: str) -> bool:
    return written.isdecimal() and len(written) == 4  # noqa: PLR2004
