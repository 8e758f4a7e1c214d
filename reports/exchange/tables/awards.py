"""What funders granted, on which terms, and what they paid."""

from dataclasses import replace

from reports.exchange.columns import (
    Column,
    Kind,
    Sheet,
    Sign,
    added,
    choice,
    day,
    identifier,
    period,
    reference,
    text,
)
from reports.exchange.tables.shared import AWARD, LETTER, amount, approval, exercise, number

AWARDS = Sheet(
    "awards",
    "Subventions",
    (
        identifier("reference", "Référence", "Votre référence, unique.", 40),
        approval(required=False),
        choice("scheme", "Régime", "Régime de subvention, dans la liste.", "schemes"),
        text("label", "Intitulé", "Ce que la subvention finance.", 200),
        replace(LETTER, help="Référence de la lettre ; vide : lettre à recevoir.", required=False),
        day(
            "letter_on",
            "Date de la lettre",
            "Date de la lettre d'octroi ; vide : à recevoir.",
            required=False,
        ),
        day(
            "notified_on",
            "Notifiée le",
            "Jour où vous avez reçu la lettre ; vide : à recevoir.",
            required=False,
        ),
        *period("de la subvention", "de la subvention"),
        added(
            reference(
                "renews",
                "Reconduit",
                "Référence de la subvention que celle-ci reconduit ; vide : aucune.",
                "awards.reference",
                required=False,
            ),
            since=2,
        ),
    ),
    ("reference",),
    "reference",
)

AMENDMENTS = Sheet(
    "amendments",
    "Avenants",
    (
        AWARD,
        number("Numéro de l'avenant : 1, 2, ..."),
        LETTER,
        day("decided_on", "Décidé le", "Date de la décision."),
        day("effective_on", "Prend effet le", "Premier jour d'effet."),
        text("reason", "Objet", "Ce que l'avenant change.", 250),
    ),
    ("award", "number"),
    "award",
)

TERMS = Sheet(
    "terms",
    "Termes",
    (
        AWARD,
        choice("code", "Terme", "Ce que la lettre fixe, dans la liste.", "terms"),
        Column(
            "value",
            "Valeur",
            "Telle que notifiée : 46607,60 ou 95 % ou 1/3 ou une date.",
            Kind.EXACT,
            length=120,
        ),
        *period("d'effet", "d'effet"),
        day("decided_on", "Décidé le", "Date de la décision ; elle départage deux valeurs."),
        LETTER,
        Column(
            "status",
            "Statut",
            "vide : confirmé.",
            Kind.CHOICE,
            required=False,
            choices="statuses",
            default="confirmed",
        ),
    ),
    ("award", "code", "starts_on", "decided_on"),
    "award",
)

POSTS = Sheet(
    "posts",
    "Postes",
    (
        AWARD,
        identifier("code", "Code", "Votre code court, unique par subvention.", 20),
        choice("function", "Fonction", "Fonction admise, dans la liste.", "functions"),
        choice("diploma", "Diplôme minimum", "vide : sans exigence.", "diplomas", required=False),
        Column("fte", "ETP", "Équivalents temps plein accordés.", Kind.FTE, sign=Sign.POSITIVE),
        *period("du poste", "du poste"),
    ),
    ("award", "code"),
    "award",
)

INSTALMENTS = Sheet(
    "instalments",
    "Tranches",
    (
        AWARD,
        exercise(),
        number("Numéro de la tranche dans l'exercice."),
        choice("kind", "Nature", "Avance ou solde.", "instalment_kinds"),
        day("due_on", "Due le", "Jour où le paiement est attendu."),
        amount("Montant attendu", "En euros."),
    ),
    ("award", "year", "number"),
    "award",
)

RECEIPTS = Sheet(
    "receipts",
    "Versements",
    (
        AWARD,
        exercise(),
        identifier("reference", "Référence bancaire", "Unique par subvention.", 60),
        day("received_on", "Reçu le", "Date de l'extrait."),
        amount("Montant", "En euros ; négatif : rendu au pouvoir subsidiant.", Sign.NOT_ZERO),
        Column(
            "instalment",
            "Tranche",
            "Numéro de la tranche payée, du même exercice ; peut rester vide.",
            Kind.INTEGER,
            required=False,
            refers="instalments.number",
            sign=Sign.NOT_NEGATIVE,
        ),
    ),
    ("award", "reference"),
    "award",
)
