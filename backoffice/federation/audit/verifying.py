"""Reads the chains again and says where the first one breaks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from backoffice.federation.audit.entries import AuditEntry, AuditSeal
from backoffice.federation.audit.sealing import digest_of, marks_of


class Break(Enum):
    """What is wrong with a chain."""

    SEAL_MISSING = "un sceau manque avant celui-ci"
    SEAL_ALTERED = "le sceau a été modifié"
    ENTRY_ALTERED = "l'acte a été modifié"
    ENTRY_ADDED = "l'acte a été ajouté après coup"
    ENTRY_MISSING = "l'acte a été supprimé"


@dataclass(frozen=True)
class Fault:
    """The first break of a chain: in which seal, and at which entry when one is to blame."""

    what: Break
    seal: int
    entry: int | None = None


@dataclass(frozen=True)
class Chain:
    """One chain read again; `digest` is that of its last seal, to be noted outside the site."""

    organisation: int | None
    seals: int
    entries: int
    waiting: int
    digest: str
    fault: Fault | None


def chains() -> list[int | None]:
    """The organisations with a trail; None is the site itself."""
    found = set(AuditEntry.objects.order_by().values_list("organisation", flat=True).distinct())
    found |= set(AuditSeal.objects.order_by().values_list("organisation", flat=True).distinct())
    return sorted(found, key=lambda one: one or 0)


def verify(organisation: int | None) -> Chain:
    """Recompute every seal of a chain, up to the first break."""
    previous, seals, entries = "", 0, 0
    fault = None
    rows = AuditEntry.objects.filter(organisation=organisation).order_by("pk")
    links = AuditSeal.objects.filter(organisation=organisation).order_by("number")
    for link in links.iterator(chunk_size=20):
        if (link.number, link.previous) != (seals + 1, previous):
            fault = Fault(Break.SEAL_MISSING, link.number)
            break
        covered = list(rows.filter(pk__lte=link.last))
        fault = _fault(link, covered)
        if fault:
            break
        rows = rows.filter(pk__gt=link.last)
        previous, seals, entries = link.digest, seals + 1, entries + len(covered)
    waiting = rows.count() if fault is None else 0
    return Chain(organisation, seals, entries, waiting, previous, fault)


def _fault(link: AuditSeal, covered: Sequence[AuditEntry]) -> Fault | None:
    if digest_of(link, covered) == link.digest and len(covered) == link.count:
        return None
    noted: dict[int, Any] = _noted(link)
    for key, mark in marks_of(covered):
        if key not in noted:
            return Fault(Break.ENTRY_ADDED, link.number, key)
        if noted[key] != mark:
            return Fault(Break.ENTRY_ALTERED, link.number, key)
    there = {entry.pk for entry in covered}
    missing = [key for key in noted if key not in there]
    if missing:
        return Fault(Break.ENTRY_MISSING, link.number, min(missing))
    return Fault(Break.SEAL_ALTERED, link.number)


def _noted(link: AuditSeal) -> dict[int, Any]:
    try:
        return dict(json.loads(link.marks))
    except (ValueError, TypeError):
        return {}
