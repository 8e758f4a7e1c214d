"""The page of the accesses that a service gives: running, over, and what was looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from backoffice.federation.audit.looks import LINK
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
    "decision": _("Décision du pouvoir subsidiant"),
    "comparison": _("Comparaison"),
    "rehearsal": _("Répétition d'un contrôle"),
    "rehearsal_xlsx": _("Répétition d'un contrôle"),
    "frozen_json": _("Fichier d'une justification"),
    "funder_forms": _("Formulaires des pouvoirs subsidiants"),
    "funder_form": _("Formulaires des pouvoirs subsidiants"),
    "filled_form": _("Formulaire rempli"),
    "job": _("Travail"),
    "jobs": _("Travaux"),
    "job_file": _("Fichier écrit par un travail"),
    "accept": _("Acceptation d'un avertissement"),
    "move": _("Étape d'une justification"),
    "approve_move": _("Approbation d'une justification"),
    "decide_lines": _("Décision du pouvoir subsidiant"),
    "decide_head": _("Décision du pouvoir subsidiant"),
    "decide_whole": _("Décision du pouvoir subsidiant"),
    "amendment": _("Avenant à une subvention"),
    "change_deadline": _("Échéance"),
    "new_row": _("Formulaire d'une nouvelle ligne"),
    "change_row": _("Formulaire d'une ligne"),
    "end_row": _("Formulaire de fin d'une ligne"),
    "drop_row": _("Suppression d'une ligne"),
    "grid_cell": _("Case de la grille"),
    "optimum": _("Meilleure répartition"),
    "accept_optimum": _("Meilleure répartition"),
    "treasury": _("Trésorerie"),
    "risk": _("Risque de remboursement"),
    "scenarios": _("Scénarios"),
    "scenario": _("Scénario"),
    "scenario_text": _("Fichier d'un scénario"),
    "scenario_comparison": _("Comparaison de scénarios"),
    "scenario_drivers": _("Comparaison de scénarios"),
    "scenario_explanation": _("Explication d'un montant"),
    "scenario_optimum": _("Meilleure répartition"),
    "imports": _("Imports"),
    "import": _("Import d'un fichier"),
    "import_template": _("Classeur à remplir"),
    "import_problems": _("Problèmes d'un import"),
    "new_funder_form": _("Formulaires des pouvoirs subsidiants"),
    "funder_form_file": _("Formulaires des pouvoirs subsidiants"),
    "map_cell": _("Formulaires des pouvoirs subsidiants"),
    "people": _("Personnes"),
    "person": _("Fiche d'une personne"),
    "person_file": _("Export des données d'une personne"),
    "erase_person": _("Effacement d'une identité"),
    "consents": _("Accès donnés à la fédération"),
    "participation": _("Participation aux collectes"),
    "library_scenario_text": _("Fichier d'un scénario"),
    "federation_note_file": _("Note au conseil"),
    "memorandum_file": _("Fichier d'un mémorandum"),
    "application_file": _("Dossier de demande"),
    "complements_file": _("Compléments"),
    "records_file": _("Classeur d'une liste"),
    "deadlines_file": _("Classeur d'une liste"),
    "tie_out_file": _("Rapprochement"),
    "treasury_file": _("Trésorerie"),
    "admin:federation_figureentry_export": _("Export des valeurs complétées"),
    LINK: _("Lien pour choisir un mot de passe"),
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
