"""A frozen version that is no longer what was frozen has its own page, wherever it is read."""

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from backoffice.federation.access import organisations_for
from backoffice.federation.roles import Right
from backoffice.federation.serving import FileDamaged, FileErased, original_of
from reports.freezing import content_digest
from reports.models import FrozenFile, Justification, VersionDamaged
from reports.views.scope import scope_of

log = logging.getLogger(__name__)
DAMAGED = 500


@dataclass(frozen=True)
class Damage:
    """What is left of a version: its document as it is found, and the files frozen with it.

    `says_the_same` tells whether its amounts and lines still have their own digest: then only its
    sentences or what passes with the days were changed.
    """

    version: Justification
    found: str
    says_the_same: bool
    whole: tuple[FrozenFile, ...]
    broken: tuple[FrozenFile, ...]


class DamageShown:
    """Middleware: says which version cannot be relied on, to who may see it; no page uses it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of the version; any other error, or another service's, is not ours to show."""
        if not isinstance(error, VersionDamaged):
            return None
        version = error.version
        log.error("frozen version %s is not what was frozen", version.pk)
        organisation = version.award.organisation
        if not organisations_for(request.user, Right.SEE).filter(pk=organisation.pk).exists():
            return None
        context = scope_of(request, organisation).context(damage=damage_of(version))
        return render(request, "reports/damaged_version.html", context, status=DAMAGED)


def damage_of(version: Justification) -> Damage:
    """What was changed, and what was not."""
    rows = version.files.select_related("stored").order_by("extension")
    whole = tuple(row for row in rows if _is_whole(row))
    return Damage(
        version=version,
        found=hashlib.sha256(version.document.encode()).hexdigest(),
        says_the_same=_says_the_same(version),
        whole=whole,
        broken=tuple(row for row in rows if row not in whole),
    )


def _is_whole(row: FrozenFile) -> bool:
    try:
        original_of(row.stored)
    except (FileDamaged, FileErased):
        return False
    return True


def _says_the_same(version: Justification) -> bool:
    try:
        return content_digest(json.loads(version.document)) == version.digest
    except (ValueError, KeyError, TypeError, AttributeError):
        return False  # it is no document of ours any more
