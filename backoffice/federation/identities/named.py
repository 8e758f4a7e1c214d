"""Rows that are about a person: they show a name and hold a link to the identity that has it."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Max, QuerySet

from backoffice.federation.audit import AuditedManager, AuditedQuerySet
from backoffice.federation.models import Identity, Organisation

_TAKEN = ("name", "national_number", "national_number_hash")


class Named:
    """What a model gains whose `identity` is a person; `named_as` is the property with the name.

    A new name makes an identity, or renames it, when the row is saved.
    """

    named_as: ClassVar[str]
    identity: Any
    organisation: Any

    def save(self, *args: Any, **options: Any) -> None:
        keep_identities([self])
        super().save(*args, **options)  # type: ignore[misc]

    @property
    def known_identity(self) -> Identity | None:
        """The identity of the row, stored or not yet."""
        field = type(self).identity.field
        if getattr(self, field.attname) is None and not field.is_cached(self):
            return None
        found: Identity | None = self.identity
        return found


@transaction.atomic
def keep_identities(rows: Iterable[Named]) -> None:
    """Store the identities that rows have gained or changed, before the rows themselves."""
    gained: dict[int, list[Named]] = {}
    changed: dict[int, Identity] = {}
    for row in rows:
        identity = row.known_identity
        if identity is None:
            continue
        if identity.pk is None:
            gained.setdefault(row.organisation.pk, []).append(row)
        elif identity.is_changed:
            changed[identity.pk] = identity
    for waiting in gained.values():
        _store(waiting[0].organisation, waiting)
    if changed:
        Identity.objects.bulk_update(changed.values(), _TAKEN)
        for identity in changed.values():
            identity.is_changed = False


def is_renamed(identity: Identity, name: str) -> bool:
    """Whether a new name on a row renames its person, rather than names another one.

    One row alone is about that person, and nobody else of the organisation has the new name.
    """
    others = Identity.objects.filter(
        organisation=identity.organisation_id, kind=identity.kind, erased_at__isnull=True, name=name
    )
    alone = sum(link.related_model.objects.filter(identity=identity).count() for link in _links())
    return alone == 1 and not others.exists()


def _links() -> Sequence[Any]:
    """The tables whose rows are about a person, as relations of an identity."""
    related = Identity._meta.related_objects  # noqa: SLF001 - Django's public Meta
    return [one for one in related if issubclass(one.related_model, Named)]


def unused(organisation: Organisation) -> QuerySet[Identity]:
    """The identities of an organisation that no row is about any more."""
    return Identity.objects.filter(
        organisation=organisation, **{f"{link.name}__isnull": True for link in _links()}
    )


def forget_unused(organisation: Organisation) -> int:
    """Delete them: a name that serves nothing is not kept."""
    found = list(unused(organisation).values_list("pk", flat=True))
    Identity.objects.filter(pk__in=found).delete()
    return len(found)


def _store(organisation: Organisation, rows: Sequence[Named]) -> None:
    """Number the new identities; a person outside the payroll of the same name is the same."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    mine = Identity.objects.filter(organisation=organisation)
    known = {
        one.name: one for one in mine.filter(kind=Identity.Kind.OUTSIDE, erased_at__isnull=True)
    }
    last: int = mine.aggregate(last=Max("number"))["last"] or 0
    made: list[Identity] = []
    for row in rows:
        identity: Identity = row.identity
        if identity.kind == Identity.Kind.OUTSIDE:
            identity = known.setdefault(identity.name, identity)
        if identity.pk is None and identity not in made:
            identity.organisation, identity.number = organisation, last + len(made) + 1
            made.append(identity)
        row.identity = identity
    Identity.objects.bulk_create(made)
    for row in rows:
        row.identity = row.identity  # the key that it has by now


class NamedManager(AuditedManager[Any]):
    """Rows with their identity, read in the same query."""

    def get_queryset(self) -> AuditedQuerySet[Any]:
        return super().get_queryset().select_related("identity")

    def update_or_create(self, *args: Any, **options: Any) -> Any:
        """Without the identity: PostgreSQL locks no joined row that may be missing."""
        return super().get_queryset().update_or_create(*args, **options)
