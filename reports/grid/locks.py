"""Awards whose months can no longer change, because a justification of the year is frozen."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.federation.models import Organisation
from reports.models import Justification, JustificationFile, State

_OPEN = frozenset({State.DRAFT, State.READY, State.APPROVED})


def locks_of(organisation: Organisation, year: int) -> Mapping[int, str]:
    """By id of the award, which frozen version locks its year and what opens it; two queries.

    A justification that was unlocked, or that a correction in preparation replaces, locks nothing.
    """
    mine = {"award__organisation": organisation, "year": year}
    files = JustificationFile.objects.filter(**mine).exclude(state=State.CORRECTED)
    states = dict(files.order_by("pk").values_list("award_id", "state"))
    rows = Justification.objects.filter(**mine, withdrawn_at=None).order_by("version")
    return {
        row.award_id: _words(row, states.get(row.award_id))
        for row in rows.defer("document")
        if states.get(row.award_id) not in _OPEN
    }


def _words(row: Justification, state: str | None) -> str:
    found = {"version": row.version, "day": f"{timezone.localdate(row.frozen_at):%d/%m/%Y}"}
    if state in {None, State.FROZEN}:
        words = _(
            "Version %(version)d figée le %(day)s : ses mois changent après le déverrouillage de "
            "la justification."
        )
    else:
        words = _(
            "Version %(version)d figée le %(day)s, puis envoyée : ses mois changent dans une "
            "correction de la justification."
        )
    return words % found
