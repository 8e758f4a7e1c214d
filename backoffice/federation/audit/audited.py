"""The base of every model whose changes are written in the audit trail.

Whatever the way (a service, the admin, an import, a cascade), a row is written by its queryset's
`_insert`, `_update` or `update`, or announced by `pre_delete`: each is recorded here, in the same
transaction.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Never, Self, TypeVar

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.constants import OnConflict
from django.db.models.deletion import Collector
from django.db.models.signals import pre_delete

from backoffice.federation.audit.columns import Column, columns_of
from backoffice.federation.audit.owners import CHUNK, leads_to_organisation, link_of
from backoffice.federation.audit.recording import (
    gathering,
    note_changed,
    note_created,
    note_deleted,
)

M = TypeVar("M", bound=models.Model)
Picture = Mapping[int, Sequence[Any]]


class AuditedQuerySet(models.QuerySet[M]):
    """Rows whose every write is recorded, with what they said before and say after."""

    _is_covered = False

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._is_covered = self._is_covered
        return clone

    def update(self, **values: Any) -> int:
        """Change all the rows, as Django does, and record each one that differs."""
        if self._is_covered or self.query.is_sliced or self.query.combinator:
            return super().update(**values)
        columns = _columns(self.model, values)
        changed = 0
        with gathering(self.db):
            keys = list(self.order_by().values_list("pk", flat=True))
            for start in range(0, len(keys), CHUNK):
                chunk = keys[start : start + CHUNK]
                before = self._picture(chunk, columns, lock=True)
                changed += models.QuerySet.update(self.filter(pk__in=chunk), **values)
                self._note(before, columns)
        self._result_cache = None
        return changed

    def bulk_update(
        self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        """Change many rows, each in its way, and record each one that differs."""
        rows, names = list(objs), list(fields)
        covered = self._clone()
        covered._is_covered = True  # noqa: SLF001 - of the same class
        columns = _columns(self.model, names)
        keys = [row.pk for row in rows]
        with gathering(self.db):
            before: dict[int, Sequence[Any]] = {}
            for start in range(0, len(keys), CHUNK):
                before |= self._picture(keys[start : start + CHUNK], columns, lock=True)
            changed = models.QuerySet.bulk_update(covered, rows, names, batch_size)
            self._note(before, columns)
        return changed

    def _update(self, values: Sequence[tuple[Any, ...]]) -> int:
        """The way of `save`: the queryset holds one key."""
        columns = _columns(self.model, [field.name for field, _model, _value in values])
        with gathering(self.db):
            before = _read(self.select_for_update(), columns)
            changed: int = super()._update(values)  # type: ignore[misc]
            self._note(before, columns)
        return changed

    def _insert(self, objs: Sequence[M], fields: Any, **options: Any) -> Any:
        """The way of every insertion; `options` are Django's own."""
        using = options.get("using") or self.db
        with gathering(using):
            returned = super()._insert(objs, fields, **options)  # type: ignore[misc]
            keys = _inserted(self.model, options.get("returning_fields"), returned)
            if options.get("on_conflict") is OnConflict.IGNORE or _is_computed(objs):
                note_created(self.model, self._stored(keys), using)
            else:
                note_created(self.model, list(zip(keys, objs, strict=True)), using)
        return returned

    def _batched_insert(
        self, objs: Sequence[M], fields: Any, batch_size: int | None, **options: Any
    ) -> Any:
        """The way of `bulk_create`; of rows that may be there already, ask which ones were not.

        Raises:
            NotImplementedError: with `update_conflicts`, which says nothing of what was before.
        """
        if options.get("on_conflict") is OnConflict.UPDATE:
            raise NotImplementedError("an audited row is created or changed, not one or the other")
        if options.get("on_conflict") is not OnConflict.IGNORE:
            with gathering(self.db):
                return super()._batched_insert(objs, fields, batch_size, **options)  # type: ignore[misc]
        key = [self.model._meta.pk]  # noqa: SLF001 - Django's public Meta
        size = batch_size or max(CHUNK // max(len(fields), 1), 1)
        with gathering(self.db):
            for start in range(0, len(objs), size):
                chunk = objs[start : start + size]
                self._insert(chunk, fields, using=self.db, returning_fields=key, **options)
        return []

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete all the rows and what goes with them, and record each one.

        Raises:
            TypeError: of a slice, as Django does.
        """
        if self.query.is_sliced or self.query.combinator or self.query.distinct:
            return super().delete()
        rows = self.order_by().select_related(None)
        collector = _Announced(using=self.db, origin=self)
        with gathering(self.db):
            collector.collect(list(rows))
            deleted = collector.delete()
        self._result_cache = None
        return deleted

    def _raw_delete(self, using: Any) -> Never:
        raise NotImplementedError("a deletion that nothing announces would not be in the trail")

    def _picture(
        self, keys: Sequence[int], columns: Sequence[Column], *, lock: bool = False
    ) -> Picture:
        rows = self.model._base_manager.using(self.db).filter(pk__in=keys)  # noqa: SLF001
        return _read(rows.select_for_update() if lock else rows, columns)

    def _note(self, before: Picture, columns: Sequence[Column]) -> None:
        keys = list(before)
        after: dict[int, Sequence[Any]] = {}
        for start in range(0, len(keys), CHUNK):
            after |= self._picture(keys[start : start + CHUNK], columns)
        note_changed(self.model, columns, before, after, self.db)

    def _stored(self, keys: Sequence[int]) -> list[tuple[int, M]]:
        rows = self.model._base_manager.using(self.db).filter(pk__in=keys)  # noqa: SLF001
        return [(row.pk, row) for row in rows.order_by("pk")]


class AuditedManager(models.Manager[M]):
    """Gives audited rows, to Django's own code too."""

    def get_queryset(self) -> AuditedQuerySet[M]:
        return AuditedQuerySet(self.model, using=self._db)


class Audited(models.Model):
    """A row whose every change goes to the trail of its organisation.

    `audit_organisation` is the lookup from the row to its organisation, "" for the organisation
    itself and None for what concerns the whole site; `audit_hidden` are the fields whose value is
    identity, a secret or a document: the trail says that it changed, never what it was or is.
    """

    audit_organisation: ClassVar[str | None] = "organisation"
    audit_hidden: ClassVar[tuple[str, ...]] = ()

    objects: ClassVar[AuditedManager[Self]] = AuditedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def __init_subclass__(cls, **options: Any) -> None:
        """Be told of every deletion, by a cascade too: Django then reads the rows first."""
        super().__init_subclass__(**options)
        pre_delete.connect(_on_delete, sender=cls)

    @classmethod
    def check(cls, **options: Any) -> list[checks.CheckMessage]:
        """Also whether the row's way to its organisation exists, so that no start passes without.

        `makemigrations` and `migrate` run it.
        """
        found = super().check(**options)
        if not leads_to_organisation(cls):
            hint = "Set `audit_organisation` (None: it concerns the whole site)."
            found.append(
                checks.Error("no way to its organisation", hint=hint, obj=cls, id="audit.E001")
            )
        return found

    def delete(
        self,
        using: str | None = None,
        keep_parents: bool = False,  # noqa: FBT001, FBT002 - Django's
    ) -> tuple[int, dict[str, int]]:
        """Delete the row and what goes with it, and record each one.

        Raises:
            ValueError: it is not stored.
        """
        if self.pk is None:
            return super().delete(using, keep_parents)
        collector = _Announced(using=using or self._state.db or DEFAULT_DB_ALIAS, origin=self)
        with gathering(collector.using):
            collector.collect([self], keep_parents=keep_parents)
            return collector.delete()


class _Announced(Collector):
    """Records what it is about to delete, all the rows of a model at once."""

    def delete(self) -> tuple[int, dict[str, int]]:
        with gathering(self.using) as gathered:
            for model, rows in self.data.items():
                if not issubclass(model, Audited):
                    continue
                stored = {row.pk: row for row in rows}
                if isinstance(self.origin, model):  # as stored: it may have changed in memory
                    stored |= model._base_manager.using(self.using).in_bulk([self.origin.pk])  # noqa: SLF001
                note_deleted(model, list(stored.items()), self.using)
                gathered.deleted |= {(model, key) for key in stored}
            return super().delete()


def _on_delete(sender: type[models.Model], instance: Any, using: str, **_signal: Any) -> None:
    with gathering(using) as gathered:
        if (sender, instance.pk) not in gathered.deleted:
            note_deleted(sender, [(instance.pk, instance)], using)


def _columns(model: type[models.Model], names: Iterable[str]) -> list[Column]:
    wanted = set(names)
    return [one for one in columns_of(model) if wanted & {one.name, one.attname}]


def _read(rows: Any, columns: Sequence[Column]) -> dict[int, Sequence[Any]]:
    """Each row by its key: its link to the organisation, then the columns."""
    names = ["pk", link_of(rows.model) or "pk", *(column.attname for column in columns)]
    return {key: row for key, *row in rows.values_list(*names)}


def _inserted(model: type[models.Model], fields: Any, returned: Any) -> list[int]:
    place = list(fields or ()).index(model._meta.pk)  # noqa: SLF001 - Django's public Meta
    return [row[place] for row in returned or () if row is not None]


def _is_computed(objs: Sequence[models.Model]) -> bool:
    """Whether the database computes a value of a row: only reading it again tells which."""
    return any(hasattr(value, "resolve_expression") for value in _values(objs))


def _values(objs: Sequence[models.Model]) -> Iterator[Any]:
    for row in objs:
        yield from row.__dict__.values()
