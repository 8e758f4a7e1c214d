"""A named person accepts warnings of a justification."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.federation.audit import because
from grants.models import Award
from reports.dossier import Dossier
from reports.models import SignOff


class NotToSign(ValueError):
    """The dossier has no such warning to accept; the message says why."""


@dataclass(frozen=True)
class Signature:
    """Who accepts, and why; `user` is the account on the site, None at the command line."""

    name: str
    reason: str
    user: User | None = None


@transaction.atomic
def sign_off(*, award: Award, dossier: Dossier, subject: str, by: Signature, on: date) -> SignOff:
    """Accept one warning, once.

    Args:
        award: the award of the dossier, locked while it is signed.
        dossier: the justification as the person saw it.
        subject: what is accepted: the subject of the warning.
        by: who accepts, and why.
        on: the day of the acceptance.

    Raises:
        NotToSign: no warning of that subject, or someone has already accepted it.
    """
    Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
    if not any(c.level == "warning" and c.subject == subject for c in dossier.checks):
        raise NotToSign(_("Un point coché n'est pas à accepter dans cette justification."))
    with because(by.reason):
        row, created = SignOff.objects.get_or_create(
            award=award,
            year=dossier.cover.year,
            subject=subject,
            defaults={
                "signed_by": by.name,
                "user": by.user,
                "reason": by.reason,
                "signed_on": on,
            },
        )
    if not created:
        raise NotToSign(_("Un point coché a déjà été accepté par %s.") % row.signed_by)
    return row


@transaction.atomic
def sign_off_all(
    *, award: Award, dossier: Dossier, subjects: Sequence[str], by: Signature, on: date
) -> list[SignOff]:
    """Accept several warnings with the same name and reason, all of them or none.

    Raises:
        NotToSign: for any of them, as `sign_off`.
    """
    return [
        sign_off(award=award, dossier=dossier, subject=subject, by=by, on=on)
        for subject in dict.fromkeys(subjects)
    ]
