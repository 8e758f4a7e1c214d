"""Acts on consents: a service gives one, withdraws it, and every look under it is noted."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.engine.periods import add_months
from backoffice.federation.access import consents_used
from backoffice.federation.audit import because
from backoffice.federation.models import Consent, ConsentUse, Organisation

LONGEST = 12
"""Months that a consent may last."""


class ConsentRefused(ValueError):
    """The consent is not given or not withdrawn; `field` says where, the message why."""

    def __init__(self, message: str, field: str | None = None) -> None:
        self.field = field
        super().__init__(message)


@transaction.atomic
def give_consent(
    *, organisation: Organisation, purpose: str, days: tuple[date, date], by: User
) -> Consent:
    """Let the federation's finance officer see the rows of a service, both days included.

    Raises:
        ConsentRefused: it begins in the past, ends before it begins, or lasts more than a year.
    """
    first, last = days
    if first < timezone.localdate():
        raise ConsentRefused(
            _("Un accès ne se donne pas pour le passé : choisissez aujourd'hui ou plus tard."),
            "starts_on",
        )
    if last < first:
        raise ConsentRefused(_("La date de fin précède la date de début."), "ends_on")
    if last >= add_months(first, LONGEST):
        raise ConsentRefused(
            _("Un accès dure douze mois au plus : choisissez une fin avant le %(day)s.")
            % {"day": f"{add_months(first, LONGEST):%d/%m/%Y}"},
            "ends_on",
        )
    consent = Consent(
        organisation=organisation,
        purpose=purpose,
        starts_on=first,
        ends_on=last,
        given_by=by,
    )
    with because(purpose):
        consent.save()
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User) -> None:
    """End a consent at once.

    Raises:
        ConsentRefused: it has ended already.
    """
    row = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    if row.withdrawn_at is not None or row.ends_on < timezone.localdate():
        raise ConsentRefused(_("Cet accès a déjà pris fin."))
    row.withdrawn_by, row.withdrawn_at = by, timezone.now()
    with because(_("Retrait de l'accès donné à la fédération")):
        row.save()


def note_looks(*, user: User, organisations: Iterable[Organisation | int], page: str) -> None:
    """Note that somebody opened a page under the consents of organisations; once a day."""
    day = timezone.localdate()
    for consent in consents_used(user, organisations):
        ConsentUse.objects.get_or_create(consent=consent, user=user, day=day, page=page[:60])
