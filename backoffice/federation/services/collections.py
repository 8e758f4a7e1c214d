"""Acts on collections: the federation opens and closes one, a service takes part or withdraws."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.federation.models import Collection, Organisation, Participation


class CollectionRefused(ValueError):
    """The act on a collection is refused; `field` says where, the message why and what to do."""

    def __init__(self, message: str, field: str | None = None) -> None:
        self.field = field
        super().__init__(message)


@transaction.atomic
def open_collection(
    *, year: int, title: str, days: tuple[date, date], by: User | None
) -> Collection:
    """Gather the figures of a year from the services that agree between two days, included.

    Raises:
        CollectionRefused: the year has one, or the days are not in order.
    """
    first, last = days
    if last < first:
        raise CollectionRefused(_("La date de fin précède la date de début."), "closes_on")
    if Collection.objects.filter(year=year).exists():
        raise CollectionRefused(
            _("Une collecte existe déjà pour %(year)d : prolongez-la plutôt.") % {"year": year},
            "year",
        )
    collection = Collection(year=year, title=title, opens_on=first, closes_on=last, opened_by=by)
    collection.save()
    return collection


@transaction.atomic
def close_on(*, collection: Collection, day: date) -> None:
    """Move the last day on which services may agree: nearer to close it, further to reopen it.

    Raises:
        CollectionRefused: the day precedes the first one.
    """
    row = Collection.objects.select_for_update(of=("self",)).get(pk=collection.pk)
    if day < row.opens_on:
        raise CollectionRefused(_("La date de fin précède la date de début."), "closes_on")
    row.closes_on = day
    row.save()


@transaction.atomic
def take_part(
    *, collection: Collection, organisation: Organisation, by: User | None
) -> Participation:
    """Agree that the figures of a service enter the aggregates of a collection.

    Raises:
        CollectionRefused: it is closed today, or the service takes part already.
    """
    row = Collection.objects.select_for_update(of=("self",)).get(pk=collection.pk)
    if not row.is_open(timezone.localdate()):
        raise CollectionRefused(
            _("Cette collecte n'est pas ouverte : demandez à la fédération de la rouvrir.")
        )
    running = row.participations.filter(organisation=organisation, withdrawn_at__isnull=True)
    if running.exists():
        raise CollectionRefused(_("Ce service participe déjà à cette collecte."))
    agreed = Participation(collection=row, organisation=organisation, agreed_by=by)
    agreed.save()
    return agreed


@transaction.atomic
def stop_taking_part(*, collection: Collection, organisation: Organisation, by: User) -> None:
    """Withdraw a service from a collection, open or not; what was published stays.

    Raises:
        CollectionRefused: it does not take part.
    """
    running = Participation.objects.select_for_update(of=("self",)).filter(
        collection=collection, organisation=organisation, withdrawn_at__isnull=True
    )
    row = running.first()
    if row is None:
        raise CollectionRefused(_("Ce service ne participe pas à cette collecte."))
    row.withdrawn_by, row.withdrawn_at = by, timezone.now()
    row.save()
