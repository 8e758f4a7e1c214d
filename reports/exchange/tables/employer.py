"""The employer, its approvals and its sites."""

from reports.exchange.columns import (
    Column,
    Kind,
    Sheet,
    Sign,
    choice,
    identifier,
    period,
    text,
)
from reports.exchange.tables.shared import approval, exercise, hours

ORGANISATION = Sheet(
    "organisation",
    "Organisation",
    (
        Column(
            "enterprise_number",
            "Numéro d'entreprise",
            "Dix chiffres (BCE), par exemple 0403.019.261.",
            Kind.ENTERPRISE,
        ),
        text("name", "Dénomination", "Nom de l'employeur.", 200),
        choice("legal_form", "Forme juridique", "Choisissez dans la liste.", "legal_forms"),
        text("address", "Adresse", "Adresse du siège.", 250, required=False),
        identifier("iban", "IBAN", "Compte qui reçoit les subventions.", 34, required=False),
        text("contact", "Signataire", "Qui signe les déclarations.", 150, required=False),
        Column(
            "is_demo",
            "Démonstration",
            "oui ou non ; vide : non.",
            Kind.YES_NO,
            required=False,
            default=False,
        ),
    ),
    ("enterprise_number",),
    "enterprise_number",
)

APPROVALS = Sheet(
    "approvals",
    "Agréments",
    (
        identifier("code", "Code", "Votre code court, unique.", 20),
        choice("kind", "Type", "Type d'agrément, dans la liste.", "approval_kinds"),
        text("name", "Service", "Nom du service agréé.", 200),
        identifier("reference", "Référence", "Référence de l'agrément.", 80, required=False),
        identifier("analytical_account", "Compte analytique", "Compte analytique du service.", 20),
        *period("de l'agrément", "de l'agrément"),
    ),
    ("code",),
    "code",
)

POSITIONS = Sheet(
    "positions",
    "Cadre agréé",
    (
        approval(required=True),
        identifier("code", "Code", "Votre code court, unique par agrément.", 20),
        choice("function", "Fonction", "Fonction agréée, dans la liste.", "functions"),
        choice("diploma", "Diplôme minimum", "vide : sans exigence.", "diplomas", required=False),
        choice("origin", "Origine", "Ce qui donne droit au poste.", "position_origins"),
        Column("fte", "ETP", "Équivalents temps plein agréés.", Kind.FTE, sign=Sign.POSITIVE),
        identifier("reference", "Référence", "Référence de la décision.", 80, required=False),
        *period("du poste", "du poste"),
    ),
    ("approval", "code"),
    "code",
    since=2,
)

SITES = Sheet(
    "sites",
    "Sites",
    (
        approval(required=True),
        identifier("code", "Code", "Votre code court, unique par agrément.", 20),
        text("name", "Nom", "Nom du lieu.", 150),
        choice("kind", "Type", "Siège ou antenne.", "site_kinds"),
        text("address", "Adresse", "Adresse du lieu.", 250, required=False),
        *period("d'activité", "d'activité"),
    ),
    ("approval", "code"),
    "code",
)

VOLUMES = Sheet(
    "volumes",
    "Volumes d'activité",
    (
        approval(required=True),
        exercise(),
        choice("mission", "Mission", "Mission de l'agrément, dans la liste.", "missions"),
        choice("unit", "Unité", "Une ligne par unité de la mission.", "volume_units"),
        hours("volume", "Volume", "Ce qui a été fait dans l'année.", Sign.NOT_NEGATIVE),
        text("source", "Source", "Où il a été compté, par exemple le RASH 2025.", 120),
    ),
    ("approval", "year", "mission", "unit"),
    "approval",
    since=3,
)
