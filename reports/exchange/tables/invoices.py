"""Invoices and the shares of each put on awards."""

from reports.exchange.columns import (
    Column,
    Kind,
    Sheet,
    Sign,
    added,
    choice,
    day,
    identifier,
    reference,
    text,
)
from reports.exchange.tables.shared import AWARD, amount, approval, evidence, nature

SUPPLIERS = Sheet(
    "suppliers",
    "Fournisseurs",
    (
        identifier("code", "Code", "Votre code court, unique.", 20),
        text("name", "Nom", "Nom du fournisseur.", 150),
        Column(
            "enterprise_number",
            "Numéro d'entreprise",
            "Dix chiffres (BCE) ; peut rester vide.",
            Kind.ENTERPRISE,
            required=False,
        ),
        nature("Une personne qui facture en son propre nom est une personne physique."),
    ),
    ("code",),
    "code",
)

INVOICES = Sheet(
    "invoices",
    "Factures",
    (
        identifier("piece", "Pièce", "Votre numéro de pièce, unique.", 20),
        reference("supplier", "Fournisseur", "Code d'un fournisseur.", "suppliers.code"),
        identifier("number", "Numéro du fournisseur", "Numéro écrit sur la facture.", 60),
        day("issued_on", "Date", "Date de la facture."),
        text("description", "Description", "Ce qui est facturé.", 250),
        choice("category", "Catégorie", "Catégorie de dépense, dans la liste.", "categories"),
        approval(required=False),
        amount("Montant TVAC", "En euros, TVA comprise ; note de crédit : négatif."),
        day("paid_on", "Payée le", "vide : pas encore payée.", required=False),
        identifier(
            "payment_reference", "Preuve de paiement", "Extrait bancaire.", 60, required=False
        ),
        evidence("Référence du document."),
        added(
            text("person", "Personne", "Qui a travaillé sans être salarié.", 150, required=False),
            since=2,
        ),
        added(
            choice(
                "function",
                "Fonction",
                "Fonction de cette personne, dans la liste.",
                "functions",
                required=False,
            ),
            since=2,
        ),
        Column(
            "hours",
            "Heures",
            "Heures facturées ou prestées ; vide : inconnu.",
            Kind.HOURS,
            required=False,
            sign=Sign.POSITIVE,
            since=2,
        ),
    ),
    ("piece",),
    "piece",
)

VENTILATION = Sheet(
    "ventilation",
    "Ventilation",
    (
        reference("invoice", "Pièce", "Numéro de pièce d'une facture.", "invoices.piece"),
        AWARD,
        Column("share", "Part (%)", "98 pour 98 % ; une fraction s'écrit 1/3.", Kind.SHARE),
        text("key", "Clé", "Clé de répartition.", 120, required=False),
    ),
    ("invoice", "award"),
    "invoice",
)
