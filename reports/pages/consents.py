"""The page of the accesses that a service gives: running, over, and what was looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from backoffice.federation.models import Consent, ConsentUse, Organisation
from reports.records.all import RECORDS

RECENT = 200
PAGES: Mapping[str, Any] = {
    **{slug: record.label for slug, record in RECORDS.items()},
    "today": _("Aujourd'hui"),
    "subsidies": _("Dossiers"),
    "justification": _("Justification"),
    "justification_file": _("Fichier d'une justification"),
    "explanation": _("Explication d'un montant"),
    "deadlines": _("Échéances"),
    "deadline": _("Échéance"),
    "applications": _("Demandes"),
    "radar": _("Cumuls"),
    "complements": _("Compléments"),
    "record_row": _("Fiche d'une ligne"),
    "vacancies": _("Postes vacants"),
    "tie_out": _("Rapprochement"),
    "grid": _("Grille d'affectation"),
    "grid_row": _("Grille d'affectation"),
    "grid_notes": _("Notes de la grille"),
    "search": _("Recherche"),
    "month": _("Calendrier"),
    "calendars": _("Calendriers suivis"),
    "journal": _("Journal"),
    "rollover": _("Passage à l'année suivante"),
    "stored_file": _("Fichier joint"),
    "decision": _("Décision du bailleur"),
    "comparison": _("Comparaison"),
    "rehearsal": _("Répétition d'un contrôle"),
    "rehearsal_xlsx": _("Répétition d'un contrôle"),
    "frozen_json": _("Fichier d'une justification"),
    "funder_forms": _("Formulaires des bailleurs"),
    "funder_form": _("Formulaires des bailleurs"),
    "filled_form": _("Formulaire rempli"),
    "job": _("Travail"),
    "jobs": _("Travaux"),
    "job_file": _("Fichier écrit par un travail"),
}
"""What the pages are called where somebody reads who looked."""


@dataclass(frozen=True)
class Given:
    """One access, and how it stands: its state in words and its tone."""

    consent: Consent
    state: str | Any
    tone: str
    runs: bool


@dataclass(frozen=True)
class Look:
    """One page that somebody opened on one day."""

    use: ConsentUse
    page: str


@dataclass(frozen=True)
class ConsentsPage:
    """What the page prints: what runs or will, what is over, the latest looks."""

    running: tuple[Given, ...]
    over: tuple[Given, ...]
    looks: tuple[Look, ...]
    hidden_looks: int


def consents_page(organisation: Organisation, today: date) -> ConsentsPage:
    """Every access that a service gave, the newest first."""
    rows = organisation.consents.select_related("given_by", "withdrawn_by").order_by("-pk")
    given = [_given(row, today) for row in rows]
    uses = ConsentUse.objects.filter(consent__organisation=organisation)
    latest = uses.select_related("user", "consent").order_by("-day", "-pk")[:RECENT]
    return ConsentsPage(
        running=tuple(one for one in given if one.runs),
        over=tuple(one for one in given if not one.runs),
        looks=tuple(Look(use, str(PAGES.get(use.page, use.page))) for use in latest),
        hidden_looks=max(uses.count() - RECENT, 0),
    )


def _given(row: Consent, today: date) -> Given:
    if row.withdrawn_at is not None:
        return Given(row, _("retiré"), "draft", runs=False)
    if row.ends_on < today:
        return Given(row, _("terminé"), "draft", runs=False)
    if row.starts_on > today:
        return Given(row, _("à venir"), "warning", runs=True)
    return Given(row, _("en cours"), "done", runs=True)
