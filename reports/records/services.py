"""Saving a view of a list, and forgetting it."""

from django.db import transaction

from reports.records.saved import SavedView


@transaction.atomic
def save_view(*, view: SavedView) -> SavedView:
    """Store a view under its name, instead of the user's former one of that name.

    A new default takes the place of the former one.
    """
    mine = SavedView.objects.select_for_update().filter(
        user=view.user, organisation=view.organisation, record=view.record
    )
    former = mine.filter(name=view.name).first()
    if former is not None:
        view.pk = former.pk
    if view.is_default:
        for other in mine.filter(is_default=True).exclude(pk=view.pk):
            other.is_default = False
            other.save()
    view.save()
    return view


@transaction.atomic
def drop_view(*, view: SavedView) -> None:
    """Forget a view."""
    view.delete()
