"""To which organisation a row belongs: found for many rows at once."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

CHUNK = 900
_NOT_AT_HAND = object()


@cache
def path_of(model: type[Model]) -> tuple[str, ...] | None:
    """The links from a model to its organisation; empty for the organisation, None: no one's."""
    path: str | None = getattr(model, "audit_organisation", "organisation")
    if path is None:
        return None
    return tuple(path.split("__")) if path else ()


@cache
def link_of(model: type[Model]) -> str:
    """The attribute of a row that leads to its organisation; "" when its own key does, or none."""
    path = path_of(model)
    if not path:
        return ""
    field: Any = model._meta.get_field(path[0])  # noqa: SLF001 - Django's public Meta
    return str(field.attname)


def leads_to_organisation(model: type[Model]) -> bool:
    """Whether the links exist and end there; nothing to say of what concerns the whole site."""
    end: Any = model
    for name in path_of(model) or ():
        try:
            end = end._meta.get_field(name).related_model  # noqa: SLF001 - Django's public Meta
        except (FieldDoesNotExist, AttributeError):
            return False
    return path_of(model) is None or getattr(end, "audit_organisation", None) == ""


class Owners:
    """The organisation of each row of a model by its link, asked of the database once each."""

    def __init__(self, model: type[Model], using: str) -> None:
        self._model, self._using = model, using
        self._path = path_of(model)
        self._known: dict[Any, int | None] = {None: None}

    def of(self, link: Any) -> int | None:
        """The organisation at the end of a link that has been learned."""
        if self._path is None:
            return None
        return link if len(self._path) < 2 else self._known[link]  # noqa: PLR2004

    def learn(self, links: Iterable[Any]) -> None:
        """Look up the links that are not known yet: one query for many."""
        if self._path is None or len(self._path) < 2:  # noqa: PLR2004
            return
        wanted = sorted(set(links) - set(self._known))
        opts: Any = self._model._meta  # noqa: SLF001 - Django's public Meta
        rows = opts.get_field(self._path[0]).related_model._base_manager.using(self._using)  # noqa: SLF001
        rest = "__".join(self._path[1:])
        for start in range(0, len(wanted), CHUNK):
            chunk = wanted[start : start + CHUNK]
            self._known |= dict.fromkeys(chunk)
            self._known |= dict(rows.filter(pk__in=chunk).values_list("pk", rest))

    def learn_from(self, rows: Sequence[Model], link: str) -> None:
        """Learn the links of rows at hand, from the objects that they hold where they do."""
        if self._path is None or len(self._path) < 2:  # noqa: PLR2004
            return
        for row in rows:
            key = getattr(row, link)
            if key not in self._known:
                found = _walk(row, self._path)
                if found is not _NOT_AT_HAND:
                    self._known[key] = found
        self.learn(getattr(row, link) for row in rows)


def _walk(row: Any, path: tuple[str, ...]) -> Any:
    for name in path[:-1]:
        if row is None:
            return None
        if not row._meta.get_field(name).is_cached(row):  # noqa: SLF001 - Django's public Meta
            return _NOT_AT_HAND
        row = getattr(row, name)
    return None if row is None else getattr(row, f"{path[-1]}_id")
