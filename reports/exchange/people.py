"""Rows that name a person: the name of the workbook goes to the identity, never to the row."""

from typing import Any

from django.db.models import QuerySet

from backoffice.federation.identities.named import keep_identities
from backoffice.federation.models import Organisation
from reports.exchange.resources import SheetResource


class NamedResource(SheetResource):
    """Stores the identities that its rows gain or rename, just before the rows themselves."""

    class Meta:
        abstract = True

    def stored(self, organisation: Organisation, year: int) -> QuerySet[Any]:
        """The stored rows, each with its identity."""
        return super().stored(organisation, year).select_related("identity")

    def held_in(self, code: str) -> tuple[str, ...]:
        """The name is held by the identity, of which the row has the link."""
        return ("identity",) if code == self.model.named_as else super().held_in(code)

    def bulk_create(self, *args: Any, **options: Any) -> None:
        """Store the new rows."""
        keep_identities(self.create_instances)
        super().bulk_create(*args, **options)

    def bulk_update(self, *args: Any, **options: Any) -> None:
        """Store the changed rows."""
        keep_identities(self.update_instances)
        super().bulk_update(*args, **options)
