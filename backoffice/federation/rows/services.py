"""Keeping and removing one row: locked, compared with what its form has seen, checked again."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from backoffice.federation.identities.named import Named, forget_unused
from backoffice.federation.rows.tables import rows_of, table_of
from backoffice.federation.rows.versions import version_of

Row = TypeVar("Row", bound=models.Model)


class NotKept(ValueError):
    """A row cannot be stored; `problems` says each reason in one sentence."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


class ChangedMeanwhile(ValueError):
    """Somebody has changed the row since its form was opened; `current` is what it holds now.

    None when it was removed.
    """

    def __init__(self, current: models.Model | None) -> None:
        self.current = current
        super().__init__(_("Cette ligne a changé depuis que vous l'avez ouverte."))


class StillUsed(ValueError):
    """A row cannot be removed: other rows rest on it."""


@transaction.atomic
def lock_row(*, row: Row, version: str, owned: Iterable[str] = ()) -> Row:
    """Lock a row until the end of the transaction, as its form has seen it.

    Raises:
        ChangedMeanwhile: it holds something else now, or is gone.
    """
    found: Row | None = rows_of(type(row)).select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None or version_of(found, owned) != version:
        raise ChangedMeanwhile(found)
    return found


@transaction.atomic
def keep_row(*, row: Row, version: str = "", owned: Iterable[str] = ()) -> Row:
    """Store a new row, or one that nobody has changed since `version`.

    Raises:
        ChangedMeanwhile: somebody has.
        NotKept: the row breaks a rule of its table.
    """
    if row.pk is not None:
        lock_row(row=row, version=version, owned=owned)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NotKept(_problems(row)) from error
    if isinstance(row, Named):
        forget_unused(row.organisation)
    return row


def _problems(row: models.Model) -> list[str]:
    """What the constraints say of a row that the database has refused."""
    try:
        row.full_clean()
    except ValidationError as error:
        return list(error.messages)
    return [_("La base de données refuse cette ligne : vérifiez-la et réessayez.")]


@transaction.atomic
def remove_row(*, row: models.Model, version: str, owned: Iterable[str] = ()) -> None:
    """Remove a row on which nothing rests, and the `owned` ones that go with it.

    Raises:
        ChangedMeanwhile: somebody has changed it since `version`.
        StillUsed: the sentence names what rests on it.
    """
    lock_row(row=row, version=version, owned=owned)
    if used := resting_on(row, owned):
        raise still_used(row, used)
    for name in owned:
        for one in getattr(row, name).all():
            one.delete()
    row.delete()
    if isinstance(row, Named):
        forget_unused(row.organisation)


def still_used(row: models.Model, used: Iterable[str]) -> StillUsed:
    """The refusal to remove a row, naming what rests on it."""
    return StillUsed(
        _(
            "Cette ligne (%(row)s) ne peut pas être supprimée : y sont encore liés %(used)s. "
            "Supprimez-les d'abord, ou terminez la ligne à une date."
        )
        % {"row": table_of(row).verbose_name, "used": ", ".join(used)}
    )


def resting_on(row: models.Model, owned: Iterable[str] = ()) -> list[str]:
    """What rests on a row, counted by table: "3 lignes de contrat"."""
    used = []
    for relation in table_of(row).related_objects:
        if relation.get_accessor_name() in set(owned):
            continue
        model = relation.related_model
        count = rows_of(model).filter(**{relation.field.name: row}).count()
        if count:
            table = table_of(model)
            name = table.verbose_name if count == 1 else table.verbose_name_plural
            used.append(f"{count} {name}")
    return used
