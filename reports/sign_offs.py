"""A named person accepts one warning of a justification."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from grants.models import Award
from reports.dossier import Dossier
from reports.models import SignOff


class NotToSign(ValueError):
    """The dossier has no such warning to accept; the message says why."""


@transaction.atomic
def sign_off(
    *, award: Award, dossier: Dossier, subject: str, by: tuple[str, str], on: date
) -> SignOff:
    """Accept one warning, once.

    Args:
        award: the award of the dossier, locked while it is signed.
        dossier: the justification as the person saw it.
        subject: what is accepted: the subject of the warning.
        by: the name of who accepts, and the reason.
        on: the day of the acceptance.

    Raises:
        NotToSign: no warning of that subject, or someone has already accepted it.
    """
    Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
    found = [check for check in dossier.checks if check.subject == subject]
    if not any(check.level == "warning" for check in found):
        raise NotToSign(_("Ce point n'est pas à accepter dans cette justification."))
    name, reason = by
    row, created = SignOff.objects.get_or_create(
        award=award,
        year=dossier.cover.year,
        subject=subject,
        defaults={"signed_by": name, "reason": reason, "signed_on": on},
    )
    if not created:
        raise NotToSign(_("Ce point a déjà été accepté par %s.") % row.signed_by)
    return row
