"""The records that say how a worker works: contract lines, assignments to posts, documents."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backoffice.federation.vocabulary import Diploma, Function
from backoffice.web.folding import Fold
from backoffice.web.templatetags.money import day
from reports.pages.standing import State
from reports.records.assignment_forms import AssignmentForm, note_removal
from reports.records.contract_forms import ContractLineForm
from reports.records.options import (
    by_award,
    by_force,
    by_value,
    days_of,
    force_of,
    fte_in_force,
    named,
    regime_labels,
    total_in_force,
    years,
)
from reports.records.record import Asked, Column, Record, Rows, Spread, Total
from staffing.models import Assignment, ContractLine, WorkerDocument

PAST_MONTH = _("Cette ligne touche un mois passé : indiquez pourquoi elle change.")


def past_month(row: Any, today: date) -> Any:
    """Why a change of a row that touches a past month needs its reason."""
    return PAST_MONTH if row.starts_on < today.replace(day=1) else None


def _fte(found: Rows, asked: Asked, _sums: Mapping[str, Any]) -> Mapping[str, Total]:
    """FTE in force on the day looked from, exactly."""
    said = State("", str(_("en vigueur au %(day)s") % {"day": day(asked.day)}))
    return {"etp": Total(fte_in_force(found, asked.day), (said,))}


def _worker() -> Column:
    return Column(
        "travailleur",
        _("Travailleur"),
        lambda row: row.worker.name,
        sort=Fold(F("worker__identity__name")),
        below=lambda row: (row.worker.number,),
        width=28,
    )


CONTRACT_LINES = Record(
    slug="contract_lines",
    address="contrats",
    model=ContractLine,
    label=_("Lignes de contrat"),
    one=_("Ligne de contrat"),
    is_feminine=True,
    owner="worker__organisation",
    title=lambda row: f"{row.worker.number} {row.worker.name}, {days_of(row)}",
    columns=(
        _worker(),
        Column("numero", _("Numéro"), lambda row: row.worker.number, "code", shown=False),
        Column("du", _("Du"), lambda row: row.starts_on, "day", F("starts_on")),
        Column("au", _("Au"), lambda row: row.ends_on, "day", F("ends_on"), states=force_of),
        Column(
            "fonction", _("Fonction"), lambda row: row.get_function_display(), sort=F("function")
        ),
        Column("heures", _("Q"), lambda row: row.weekly_hours, "hours", F("weekly_hours")),
        Column("plein", _("S"), lambda row: row.full_time_hours, "hours", shown=False),
        Column(
            "etp",
            _("ETP"),
            lambda row: Fraction(row.weekly_hours) / Fraction(row.full_time_hours),
            "fte",
            F("weekly_hours") / F("full_time_hours"),
        ),
        Column("bareme", _("Barème"), lambda row: row.scale, sort=F("scale"), width=20),
        Column("colonne", _("Colonne du barème"), lambda row: row.scale_column, shown=False),
        Column("nature", _("Nature"), lambda row: row.get_kind_display(), sort=F("kind")),
        Column(
            "agrement",
            _("Agrément"),
            lambda row: row.approval.code if row.approval else "",
            "code",
            F("approval__code"),
        ),
        Column("piece", _("Pièce"), lambda row: row.evidence, shown=False),
    ),
    order="travailleur",
    ties=("worker__number", "starts_on", "pk"),
    searched=("worker__number", "worker__identity__name", "scale", "joint_committee", "evidence"),
    choices=(
        by_force(),
        by_value("fonction", _("Fonction"), Function, "function"),
        by_value("nature", _("Nature"), ContractLine.Kind, "kind"),
    ),
    spread=Spread("starts_on", "ends_on"),
    related=("worker__identity", "approval", "replaces__identity"),
    totals=_fte,
    fields=(
        "worker",
        "starts_on",
        "ends_on",
        "kind",
        "status",
        "replaces",
        "approval",
        "function",
        "diploma",
        "weekly_hours",
        "full_time_hours",
        "joint_committee",
        "scale",
        "scale_column",
        "seniority_on",
        "index_regime",
        "evidence",
    ),
    form=ContractLineForm,
    options={"index_regime": named(regime_labels)},
    rests=lambda row: Q(
        award__posts__assignments__worker=row.worker_id, **years(row.starts_on, row.ends_on)
    ),
    explained=past_month,
)
ASSIGNMENTS = Record(
    slug="assignments",
    address="affectations",
    model=Assignment,
    label=_("Affectations"),
    one=_("Affectation"),
    is_feminine=True,
    owner="worker__organisation",
    title=lambda row: f"{row.worker.number} {row.worker.name}, {row.post.award.reference}",
    columns=(
        _worker(),
        Column("numero", _("Numéro"), lambda row: row.worker.number, "code", shown=False),
        Column(
            "subvention",
            _("Subvention et poste"),
            lambda row: row.post.award.reference,
            sort=F("post__award__reference"),
            below=lambda row: (row.post.code,),
        ),
        Column("poste", _("Poste"), lambda row: row.post.code, "code", shown=False),
        Column("du", _("Du"), lambda row: row.starts_on, "day", F("starts_on")),
        Column("au", _("Au"), lambda row: row.ends_on, "day", F("ends_on"), states=force_of),
        Column(
            "heures",
            _("Heures par semaine"),
            lambda row: row.weekly_hours,
            "hours",
            F("weekly_hours"),
        ),
        Column("motif", _("Motif"), lambda row: row.reason, width=30),
    ),
    order="travailleur",
    ties=("worker__number", "starts_on", "pk"),
    searched=(
        "worker__number",
        "worker__identity__name",
        "post__award__reference",
        "post__code",
        "reason",
    ),
    choices=(by_award("post__award"), by_force()),
    spread=Spread("starts_on", "ends_on"),
    related=("worker__identity", "post__award"),
    totals=total_in_force("heures", "weekly_hours", "hours"),
    fields=("worker", "post", "starts_on", "ends_on", "weekly_hours", "reason"),
    form=AssignmentForm,
    rests=lambda row: Q(award__posts=row.post_id, **years(row.starts_on, row.ends_on)),
    dropped=note_removal,
)
WORKER_DOCUMENTS = Record(
    slug="worker_documents",
    address="documents-du-personnel",
    model=WorkerDocument,
    label=_("Documents du personnel"),
    one=_("Document du personnel"),
    owner="worker__organisation",
    title=lambda row: f"{row.worker.number} {row.worker.name}, {row.get_kind_display()}",
    columns=(
        _worker(),
        Column("numero", _("Numéro"), lambda row: row.worker.number, "code", shown=False),
        Column("nature", _("Nature"), lambda row: row.get_kind_display(), sort=F("kind")),
        Column("reference", _("Référence"), lambda row: row.reference, sort=Fold(F("reference"))),
        Column("date", _("Daté du"), lambda row: row.dated_on, "day", F("dated_on")),
        Column("recu", _("Reçu le"), lambda row: row.received_on, "day", F("received_on")),
        Column(
            "valable", _("Valable jusqu'au"), lambda row: row.valid_until, "day", F("valid_until")
        ),
        Column(
            "transmis", _("Transmis le"), lambda row: row.transmitted_on, "day", F("transmitted_on")
        ),
    ),
    order="travailleur",
    ties=("worker__number", "dated_on", "pk"),
    searched=("worker__number", "worker__identity__name", "reference"),
    choices=(
        by_value("nature", _("Nature"), WorkerDocument.Kind, "kind"),
        by_value("niveau", _("Niveau"), Diploma, "level", _("Tous")),
    ),
    spread=Spread("dated_on", "dated_on"),
    related=("worker__identity",),
    fields=(
        "worker",
        "kind",
        "reference",
        "dated_on",
        "received_on",
        "valid_until",
        "transmitted_on",
        "level",
        "months",
    ),
)
