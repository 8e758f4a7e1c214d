"""A rehearsal of an inspection: lines drawn at random, and what a controller asks for each.

The draw is systematic: the lines lie in a row by stratum (each worker, each head), and one is taken
at every step from a random start. Every line has the same chance, every stratum its part, and
the seed alone decides, on any machine.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from backoffice.federation.models import StoredFile
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import month_words, share
from reports.documents.words import EVIDENCE
from reports.dossier import Dossier, EvidenceLine, InvoiceLine, StaffLine

LEAST = 20


@dataclass(frozen=True)
class Known:
    """Beside the dossier: where the general law says that the funder may inspect, and the files.

    `law` is empty where nothing was found; `files` by kind of document and worker or piece.
    """

    law: str = ""
    files: Mapping[tuple[str, str], tuple[StoredFile, ...]] = field(default_factory=dict)


NOTHING = Known()


@dataclass(frozen=True)
class Asked:
    """A document that the controller asks for, and the text that says so.

    `reference` is empty when it is missing, None when the product does not hold such documents;
    `files` are those joined to the row that it proves.
    """

    words: str
    reference: str | None
    article: str
    files: tuple[StoredFile, ...] = ()

    @property
    def standing(self) -> str:
        """What to say where there is no reference; empty where there is one."""
        if self.reference or self.files:
            return ""
        return _("à préparer") if self.reference is None else _("manque")


@dataclass(frozen=True)
class Drawn:
    """One line of the sample, its amount in cents, and what is asked for it."""

    stratum: str
    who: str
    name: str
    about: str
    presented: int
    asked: tuple[Asked, ...]

    @property
    def missing(self) -> int:
        return sum(one.reference == "" and not one.files for one in self.asked)


@dataclass(frozen=True)
class Rehearsal:
    """The lines drawn, in the order of the dossier."""

    percent: int
    seed: str
    lines: tuple[Drawn, ...]
    population: int

    @property
    def presented(self) -> int:
        return sum(line.presented for line in self.lines)

    @property
    def missing(self) -> int:
        return sum(line.missing for line in self.lines)


def rehearse(dossier: Dossier, percent: int, seed: str, known: Known = NOTHING) -> Rehearsal:
    """Draw `percent` % of the lines, at least one, and say what is asked for each.

    Args:
        dossier: the justification.
        percent: from 20 to 40.
        seed: the same seed draws the same lines of the same dossier.
        known: the law of control and the files that are joined.
    """
    lines: list[StaffLine | InvoiceLine] = [*dossier.staff, *dossier.invoices]
    strata = [_stratum(line) for line in lines]
    places = draw(strata, percent, seed)
    ask = _Asking(dossier, known)
    drawn = tuple(ask.of(lines[place]) for place in sorted(places))
    return Rehearsal(percent, seed, drawn, len(lines))


def draw(strata: Sequence[str], percent: int, seed: str) -> list[int]:
    """The places drawn among lines of which the strata are given: a whole number, rounded up."""
    total = len(strata)
    wanted = -(-total * percent // 100)
    if not wanted:
        return []
    order = sorted(
        range(total), key=lambda place: (_number(seed, strata[place]), _number(seed, str(place)))
    )
    start = _number(seed, "start") % total
    return [order[(start + step * total) // wanted % total] for step in range(wanted)]


def _number(seed: str, about: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}|{about}".encode()).digest()[:8], "big")


def _stratum(line: StaffLine | InvoiceLine) -> str:
    return f"worker {line.worker}" if isinstance(line, StaffLine) else f"head {line.head}"


@dataclass(frozen=True)
class _Asking:
    dossier: Dossier
    known: Known

    def of(self, line: StaffLine | InvoiceLine) -> Drawn:
        if isinstance(line, StaffLine):
            return self._staff(line)
        return Drawn(
            stratum=said(line.category),
            who=line.piece,
            name=line.supplier,
            about=_("%(day)s, n° %(number)s")
            % {"day": f"{line.issued_on:%d/%m/%Y}", "number": line.number},
            presented=line.presented,
            asked=tuple(self._invoice(line)),
        )

    def _staff(self, line: StaffLine) -> Drawn:
        return Drawn(
            stratum=said(line.function),
            who=line.worker,
            name=line.name,
            about=_("%(month)s, poste %(post)s")
            % {"month": month_words(line.month), "post": line.post},
            presented=line.presented,
            asked=tuple(self._worker(line)),
        )

    def _worker(self, line: StaffLine) -> Iterator[Asked]:
        who = line.worker
        filed = [one for one in self.dossier.evidence if one.who == who]
        words = _("Contrat de travail et avenants")
        yield self._asked("contract", who, words, line.contract_evidence)
        yield self._asked("account", who, _("Compte individuel du mois"), line.pay_evidence)
        for kind in ("diploma", "seniority", "derogation"):
            found = [one for one in filed if one.kind == kind]
            if found or (kind == "diploma" and kind in self._papers):
                yield self._asked(kind, who, _(EVIDENCE[kind]), _first(found))
        yield self._asked("payment", who, _("Preuve de paiement du salaire"), None)

    def _invoice(self, line: InvoiceLine) -> Iterator[Asked]:
        who = line.piece
        yield self._asked("invoice", who, _("Facture originale"), line.evidence)
        yield self._asked("payment", who, _("Preuve de paiement"), line.payment_reference)
        key, others = share(line.share), ", ".join(line.others)
        if others:
            words = _("%(share)s, autres subventions : %(others)s")
            key = words % {"share": key, "others": others}
        yield self._asked("key", who, _("Clé de ventilation"), key)

    def _asked(self, kind: str, who: str, words: str, reference: str | None) -> Asked:
        return Asked(words, reference, self._article(kind), self.known.files.get((kind, who), ()))

    @property
    def _papers(self) -> Mapping[str, Mapping[str, Any]]:
        return {one["kind"]: one for one in self.dossier.documents}

    def _article(self, kind: str) -> str:
        """The text of the scheme that asks for a document, or else the right of control."""
        papers = self._papers
        found = papers.get(kind) or papers.get("pieces")
        return str(found["source"]) if found else self.known.law


def _first(found: Sequence[EvidenceLine]) -> str:
    return next((one.reference for one in found if one.reference), "")
