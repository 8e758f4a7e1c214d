"""Accounts are rows of Django's own: what happens to one is recorded from its signals.

So is a change in bulk, which sends none: the queryset of accounts records it.

A sign-in changes the day of the last one and says so by itself (`looks`). Name, address, password:
only that they changed.
"""

from dataclasses import replace
from typing import Any

from django.contrib.auth.models import User, UserManager
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save, pre_delete, pre_save

from backoffice.federation.audit.columns import Column, columns_of
from backoffice.federation.audit.entries import AuditEntry
from backoffice.federation.audit.recording import entry, store

Act = AuditEntry.Act
LEFT_OUT = {"last_login"}
SHOWN = {"is_active", "is_staff", "is_superuser", "date_joined"}
_BEFORE = "_audit_before"


def _columns() -> list[Column]:
    return [
        replace(column, is_hidden=column.name not in SHOWN)
        for column in columns_of(User)
        if column.name not in LEFT_OUT
    ]


def _before_save(sender: type[User], instance: User, using: str, **_signal: Any) -> None:
    names = [column.attname for column in _columns()]
    stored = User.objects.using(using).filter(pk=instance.pk).values(*names).first()
    setattr(instance, _BEFORE, stored)


def _after_save(sender: type[User], instance: User, using: str, **signal: Any) -> None:
    before, fields = getattr(instance, _BEFORE, None), signal.get("update_fields")
    columns = [one for one in _columns() if fields is None or one.name in fields]
    if before is None:
        _note(Act.CREATED, instance.pk, _whole(columns, instance), using)
        return
    _note_changes(instance, columns, using)


def _note_changes(instance: User, columns: list[Column], using: str) -> None:
    before, changes = getattr(instance, _BEFORE), {}
    for column in columns:
        was = column.text(before[column.attname])
        is_now = column.text(getattr(instance, column.attname))
        if was != is_now:
            changes[column.name] = [column.shown(was), column.shown(is_now)]
    if changes:
        _note(Act.CHANGED, instance.pk, {"rows": [[instance.pk, changes]]}, using)


class _Accounts(QuerySet[User]):
    """Accounts, whose changes in bulk are recorded one by one."""

    def update(self, **values: Any) -> int:
        columns = [one for one in _columns() if one.name in values or one.attname in values]
        names = [one.attname for one in columns]
        with transaction.atomic(using=self.db):
            before = {row["pk"]: row for row in self.values("pk", *names)}
            count = super().update(**values)
            for row in User.objects.using(self.db).filter(pk__in=before):
                setattr(row, _BEFORE, before[row.pk])
                _note_changes(row, columns, self.db)
        return count


def _before_delete(sender: type[User], instance: User, using: str, **_signal: Any) -> None:
    _note(Act.DELETED, instance.pk, _whole(_columns(), instance), using)


def _whole(columns: list[Column], row: User) -> dict[str, Any]:
    values = [column.shown(column.text(getattr(row, column.attname))) for column in columns]
    return {"fields": [column.name for column in columns], "rows": [[row.pk, *values]]}


def _note(act: str, key: int, content: dict[str, Any], using: str) -> None:
    keys = {"first_key": key, "last_key": key}
    with transaction.atomic(using=using):
        row = entry(organisation=None, act=act, model="auth.user", content=content, **keys)
        store([row], using=using)


def listen() -> None:
    """Have every account recorded, whichever page or command writes it."""
    UserManager._queryset_class = _Accounts  # type: ignore[attr-defined]  # noqa: SLF001 - the only
    # way to a model that is not ours: another manager would change its migrations.
    pre_save.connect(_before_save, sender=User, dispatch_uid="audit.account_before")
    post_save.connect(_after_save, sender=User, dispatch_uid="audit.account_after")
    pre_delete.connect(_before_delete, sender=User, dispatch_uid="audit.account_deleted")
