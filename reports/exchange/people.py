"""Rows that name a person: the name of the workbook goes to the identity, never to the row."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from backoffice.federation.identities.named import keep_identities
from backoffice.federation.models import Organisation
from invoices.models import Nature
from reports.exchange.columns import Value
from reports.exchange.resources import SheetResource

_SAYS_WHO = ("firm", "identity", "nature")
"""What a name or a nature of a supplier or a customer changes in its row."""
_HELD_BY_IDENTITY = frozenset({"name", "person", "national_number"})


class NamedResource(SheetResource):
    """Stores the identities that its rows gain or rename, just before the rows themselves."""

    class Meta:
        abstract = True

    def stored(self, organisation: Organisation, year: int) -> QuerySet[Any]:
        """The stored rows, each with its identity."""
        return super().stored(organisation, year).select_related("identity")

    def held_in(self, code: str) -> tuple[str, ...]:
        """The name is held by the identity, of which the row has the link."""
        return ("identity",) if code in _HELD_BY_IDENTITY else super().held_in(code)

    def skip_row(
        self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """As for any row, but a number may change behind the same mask; no change says a name."""
        has_number = "national_number" in self.fields
        before = self._before.get("national_number") if has_number else None
        skipped = super().skip_row(instance, original, row, import_validation_errors)
        identity = instance.known_identity
        if not (skipped and has_number and identity is not None and identity.is_changed):
            return skipped
        self._changed.add("national_number")
        self.note_change(row, "national_number", before, identity.masked_number)
        return False

    def note_change(self, row: Mapping[str, Value], code: str, before: Value, after: Value) -> None:
        """A report is kept: it says that a name changed, never from what nor to what."""
        if code == self.model.named_as:
            former = self._former_pseudonym
            before, after = former if before else None, _("autre nom") if after else None
        super().note_change(row, code, before, after)

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:  # noqa: FBT001
        """Remember which identity a stored row had."""
        super().after_init_instance(instance, new, row, **kwargs)
        known = None if new else instance.known_identity
        self._former_pseudonym = known.pseudonym if known else None

    def bulk_create(self, *args: Any, **options: Any) -> None:
        """Store the new rows."""
        keep_identities(self.create_instances)
        super().bulk_create(*args, **options)

    def bulk_update(self, *args: Any, **options: Any) -> None:
        """Store the changed rows."""
        keep_identities(self.update_instances)
        super().bulk_update(*args, **options)


class PartnerResource(NamedResource):
    """Suppliers and customers: the name goes where their nature says."""

    class Meta(SheetResource.Meta):  # the library reads those of a class and of its parent alone
        abstract = True

    def held_in(self, code: str) -> tuple[str, ...]:
        """A name and a nature are held together."""
        if code in (self.model.named_as, "nature"):
            return _SAYS_WHO
        return super().held_in(code)

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Put the values of a row on an instance, then the name where it belongs."""
        said = instance.nature
        super().import_instance(instance, row, **kwargs)
        instance.nature = instance.nature or said
        instance.settle()

    def note_change(self, row: Mapping[str, Value], code: str, before: Value, after: Value) -> None:
        """A firm is no person: the report says its name and its number, and of a person neither."""
        if not (row.get("nature") == Nature.PERSON or self._former_pseudonym):
            SheetResource.note_change(self, row, code, before, after)
            return
        if code == "enterprise_number":
            before, after = self._former_pseudonym if before else None, after and _("autre numéro")
        super().note_change(row, code, before, after)
