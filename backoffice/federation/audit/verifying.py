"""Reads the chains again and says where the first one breaks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.contrib.auth.models import User

from backoffice.federation.audit.entries import AuditEntry, AuditSeal
from backoffice.federation.audit.sealing import digest_of, macs_of, marks_of
from backoffice.federation.models import Organisation

Heads = Mapping[int, str]
"""Seals of one chain that are known from elsewhere: their digest by their number."""


class Break(Enum):
    """What is wrong with a chain."""

    SEAL_MISSING = "un sceau manque avant celui-ci"
    SEAL_ALTERED = "le sceau a été modifié"
    SEAL_REPLACED = "le sceau n'est pas celui qui avait été noté"
    SEAL_GONE = "le sceau noté manque : la fin du journal a été supprimée"
    NOT_OURS = "le sceau n'a pas été posé avec une clé de ce site"
    NO_TRAIL = "aucun acte : le journal a été supprimé"
    ENTRY_ALTERED = "l'acte a été modifié"
    ENTRY_ADDED = "l'acte a été ajouté après coup"
    ENTRY_MISSING = "l'acte a été supprimé"


@dataclass(frozen=True)
class Fault:
    """The first break of a chain: in which seal, and at which entry when one is to blame."""

    what: Break
    seal: int = 0
    entry: int | None = None


@dataclass
class Chain:
    """One chain read again; `digest` is that of its last seal, to be noted outside the site.

    `heads` are the seals of the other chains that the site's own chain noted, by organisation.
    """

    organisation: int | None
    seals: int = 0
    entries: int = 0
    waiting: int = 0
    digest: str = ""
    fault: Fault | None = None
    heads: dict[int, dict[int, str]] = field(default_factory=dict)
    is_ours: bool = False


def chains() -> list[int | None]:
    """The organisations, each of which has a trail, and None: the site itself."""
    found = set(AuditEntry.objects.order_by().values_list("organisation", flat=True).distinct())
    found |= set(AuditSeal.objects.order_by().values_list("organisation", flat=True).distinct())
    found |= set(Organisation.objects.values_list("pk", flat=True))
    found |= {None} if User.objects.exists() else set()
    return sorted(found, key=lambda one: one or 0)


def verify(organisation: int | None, noted: Heads | None = None) -> Chain:
    """Recompute every seal of a chain, up to the first break; `noted` are seals it must have.

    The last seal is either noted, or made with a key of this site. Those before it need not be:
    each says the digest of the one before, and an old key is no longer there.
    """
    chain, noted = Chain(organisation), noted or {}
    rows = AuditEntry.objects.filter(organisation=organisation).order_by("pk")
    links = AuditSeal.objects.filter(organisation=organisation).order_by("number")
    for link in links.iterator(chunk_size=20):
        covered = list(rows.filter(pk__lte=link.last))
        chain.fault = _fault(chain, link, covered, noted)
        if chain.fault:
            return chain
        rows = rows.filter(pk__gt=link.last)
        chain.seals, chain.digest = link.number, link.digest
        chain.entries += len(covered)
        chain.is_ours = link.number <= max(noted, default=0) or link.mac in macs_of(link.digest)
        for owner, number, digest in json.loads(link.heads or "[]"):
            chain.heads.setdefault(owner, {})[number] = digest
    chain.waiting = rows.count()
    chain.fault = _fault_of_the_end(chain, max(noted, default=0))
    return chain


def _fault_of_the_end(chain: Chain, noted: int) -> Fault | None:
    if noted > chain.seals:
        return Fault(Break.SEAL_GONE, noted)
    if chain.seals and not chain.is_ours:
        return Fault(Break.NOT_OURS, chain.seals)
    return None if chain.seals or chain.waiting else Fault(Break.NO_TRAIL)


def _fault(
    chain: Chain, link: AuditSeal, covered: Sequence[AuditEntry], noted: Heads
) -> Fault | None:
    if (link.number, link.previous) != (chain.seals + 1, chain.digest):
        return Fault(Break.SEAL_MISSING, link.number)
    if digest_of(link, covered) == link.digest and len(covered) == link.count:
        is_noted = noted.get(link.number, link.digest) == link.digest
        return None if is_noted else Fault(Break.SEAL_REPLACED, link.number)
    known: dict[int, Any] = _marks(link)
    for key, mark in marks_of(covered):
        if key not in known:
            return Fault(Break.ENTRY_ADDED, link.number, key)
        if known[key] != mark:
            return Fault(Break.ENTRY_ALTERED, link.number, key)
    there = {entry.pk for entry in covered}
    missing = [key for key in known if key not in there]
    if missing:
        return Fault(Break.ENTRY_MISSING, link.number, min(missing))
    return Fault(Break.SEAL_ALTERED, link.number)


def _marks(link: AuditSeal) -> dict[int, Any]:
    try:
        return dict(json.loads(link.marks))
    except (ValueError, TypeError):
        return {}
