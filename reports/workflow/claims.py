"""Costs that a justification shares, against the rules, with one that has already left."""

from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import Award
from reports.dossier import Dossier
from reports.radar.content import Finding
from reports.radar.search import radar
from reports.radar.words import claimant_text
from reports.workflow.steps import MoveRefused


class ClaimedElsewhere(MoveRefused):
    """Another dossier claims a cost of this one; the message names whose it is."""


def claimed_elsewhere(award: Award, dossier: Dossier) -> tuple[Finding, ...]:
    """The forbidden overlaps of a justification with versions of other dossiers that were frozen.

    Looked at today, so that a version of a later day than this statement counts too.
    """
    me = (award.reference, dossier.cover.year)
    day = max(timezone.localdate(), dossier.cover.as_of)
    found = radar(award.organisation, dossier.cover.year, day)
    return tuple(finding for finding in found.of("forbidden") if _mine_and_gone(finding, me))


def _mine_and_gone(finding: Finding, me: tuple[str, int]) -> bool:
    claimants = [claimant for claimant, _amount in finding.claims]
    mine = any((one.reference, one.year) == me for one in claimants)
    gone = any((one.reference, one.year) != me and one.version for one in claimants)
    return mine and gone


def refuse_claimed_elsewhere(award: Award, dossier: Dossier) -> None:
    """Refuse to freeze a cost that another frozen or sent dossier claims.

    Raises:
        ClaimedElsewhere: there is one; the message names the first, and counts the others.
    """
    found = claimed_elsewhere(award, dossier)
    if not found:
        return
    first, me = found[0], (award.reference, dossier.cover.year)
    others = [
        claimant_text(claimant, dossier.cover.year)
        for claimant, _amount in first.claims
        if (claimant.reference, claimant.year) != me
    ]
    raise ClaimedElsewhere(
        _(
            "Un coût de cette justification est déjà demandé ailleurs : %(who)s %(month)s "
            "(%(others)s). Voyez les cumuls : %(count)d à retirer avant de figer."
        )
        % {
            "who": first.who,
            "month": first.month,
            "others": ", ".join(others),
            "count": len(found),
        }
    )
