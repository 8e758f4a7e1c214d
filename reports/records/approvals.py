"""The records of what an organisation is recognised for: approvals, sites, frame, volumes."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from backoffice.federation.models import ActivityVolume, Approval, ApprovedPosition, Site
from backoffice.federation.vocabulary import ApprovalKind, Function, Mission
from backoffice.web.folding import Fold
from reports.records.options import by_force, by_value, force_of, total_in_force, years
from reports.records.record import Child, Column, Record, Spread

_DAYS = (
    Column("du", _("Du"), lambda row: row.starts_on, "day", F("starts_on")),
    Column("au", _("Au"), lambda row: row.ends_on, "day", F("ends_on"), states=force_of),
)


def _approval() -> Column:
    return Column(
        "agrement",
        _("Agrément"),
        lambda row: row.approval.code,
        sort=Fold(F("approval__code")),
        below=lambda row: (row.approval.name,),
        width=24,
    )


APPROVALS = Record(
    slug="approvals",
    address="agrements",
    model=Approval,
    label=_("Agréments"),
    one=_("Agrément"),
    owner="organisation",
    title=lambda row: f"{row.code} {row.name}",
    columns=(
        Column("code", _("Code"), lambda row: row.code, sort=Fold(F("code"))),
        Column("type", _("Type"), lambda row: row.kind, "code", F("kind")),
        Column("service", _("Service"), lambda row: row.name, sort=Fold(F("name")), width=36),
        Column("reference", _("Référence"), lambda row: row.reference, width=22),
        Column("compte", _("Compte analytique"), lambda row: row.analytical_account, "code"),
        *_DAYS,
    ),
    order="code",
    searched=("code", "name", "reference", "analytical_account"),
    choices=(by_value("type", _("Type"), ApprovalKind, "kind", _("Tous")), by_force()),
    spread=Spread("starts_on", "ends_on"),
    fields=("code", "kind", "name", "reference", "analytical_account", "starts_on", "ends_on"),
    children=tuple(
        Child(slug, "approval", "agrement") for slug in ("sites", "positions", "volumes")
    ),
    rests=lambda row: Q(award__approval=row, **years(row.starts_on, row.ends_on)),
)
SITES = Record(
    slug="sites",
    address="sites",
    model=Site,
    label=_("Sites"),
    one=_("Site"),
    owner="approval__organisation",
    title=lambda row: f"{row.code} {row.name}",
    columns=(
        Column("code", _("Code"), lambda row: row.code, sort=Fold(F("code"))),
        Column("nom", _("Nom"), lambda row: row.name, sort=Fold(F("name")), width=28),
        _approval(),
        Column("type", _("Type"), lambda row: row.get_kind_display(), sort=F("kind")),
        Column("adresse", _("Adresse"), lambda row: row.address, width=36),
        *_DAYS,
    ),
    order="code",
    searched=("code", "name", "address", "approval__code", "approval__name"),
    choices=(by_value("type", _("Type"), Site.Kind, "kind", _("Tous")), by_force()),
    spread=Spread("starts_on", "ends_on"),
    related=("approval",),
    fields=("approval", "code", "name", "kind", "address", "starts_on", "ends_on"),
)
POSITIONS = Record(
    slug="positions",
    address="cadre",
    model=ApprovedPosition,
    label=_("Cadre agréé"),
    one=_("Poste du cadre agréé"),
    owner="approval__organisation",
    title=lambda row: f"{row.approval.code} / {row.code}",
    columns=(
        Column("code", _("Code"), lambda row: row.code, sort=Fold(F("code"))),
        _approval(),
        Column(
            "fonction", _("Fonction"), lambda row: row.get_function_display(), sort=F("function")
        ),
        Column("diplome", _("Diplôme minimum"), lambda row: row.get_diploma_display()),
        Column("origine", _("Origine"), lambda row: row.get_origin_display(), sort=F("origin")),
        Column("etp", _("ETP"), lambda row: row.fte, "fte", F("fte")),
        *_DAYS,
    ),
    order="agrement",
    ties=("code", "pk"),
    searched=("code", "approval__code", "approval__name", "reference"),
    choices=(
        by_value("fonction", _("Fonction"), Function, "function"),
        by_value("origine", _("Origine"), ApprovedPosition.Origin, "origin"),
        by_force(),
    ),
    spread=Spread("starts_on", "ends_on"),
    related=("approval",),
    totals=total_in_force("etp", "fte", "fte"),
    fields=(
        "approval",
        "code",
        "function",
        "diploma",
        "origin",
        "fte",
        "reference",
        "starts_on",
        "ends_on",
    ),
    rests=lambda row: Q(award__approval=row.approval_id, **years(row.starts_on, row.ends_on)),
)
VOLUMES = Record(
    slug="volumes",
    address="volumes",
    model=ActivityVolume,
    label=_("Volumes d'activité"),
    one=_("Volume d'activité"),
    owner="approval__organisation",
    title=lambda row: f"{row.approval.code} {row.year}, {row.get_mission_display()}",
    columns=(
        _approval(),
        Column("exercice", _("Exercice"), lambda row: row.year, "code", F("year")),
        Column("mission", _("Mission"), lambda row: row.get_mission_display(), sort=F("mission")),
        Column("volume", _("Volume"), lambda row: row.volume, "hours", F("volume")),
        Column("unite", _("Unité"), lambda row: row.get_unit_display(), sort=F("unit")),
        Column("source", _("Source"), lambda row: row.source, width=24),
    ),
    order="-exercice",
    ties=("approval__code", "mission", "unit", "pk"),
    searched=("approval__code", "approval__name", "source"),
    choices=(by_value("mission", _("Mission"), Mission, "mission"),),
    spread=Spread("year", "year", years=True),
    related=("approval",),
    fields=("approval", "year", "mission", "unit", "volume", "source"),
    rests=lambda row: Q(award__approval=row.approval_id, year=row.year),
)
