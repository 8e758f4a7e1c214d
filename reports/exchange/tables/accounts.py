"""What goes straight to the accounts: sales, and the balances taken on at the start."""

from dataclasses import replace

from reports.exchange.columns import Sheet, day, identifier, text
from reports.exchange.tables.shared import (
    ACCOUNT,
    LINKED_AWARD,
    amount,
    approval,
    evidence,
    exercise,
    nature,
)

SALES = Sheet(
    "sales",
    "Ventes",
    (
        identifier("number", "Numéro", "Votre numéro de facture de vente, unique.", 20),
        text("customer", "Client", "Nom du client.", 150),
        day("issued_on", "Date", "Date de la facture."),
        text("description", "Description", "Ce qui est facturé.", 250),
        ACCOUNT,
        approval(required=False),
        amount("Montant", "En euros ; note de crédit : négatif."),
        day("received_on", "Encaissée le", "vide : pas encore encaissée.", required=False),
        identifier(
            "payment_reference", "Référence bancaire", "Extrait bancaire.", 60, required=False
        ),
        nature("Un client qui paie en son propre nom est une personne physique."),
    ),
    ("number",),
    "number",
    since=2,
)

OPENINGS = Sheet(
    "openings",
    "Soldes d'ouverture",
    (
        identifier("code", "Code", "Votre code court, unique.", 20),
        day("on_day", "Situation au", "Dernier jour des anciens comptes, par exemple 31/12/2023."),
        ACCOUNT,
        text("label", "Intitulé", "Ce que le solde représente.", 200),
        approval(required=False),
        LINKED_AWARD,
        replace(exercise(), header="Exercice d'origine", required=False),
        amount("Solde", "En euros ; débit positif, crédit négatif."),
        evidence("Référence du bilan ou du décompte."),
    ),
    ("code",),
    "code",
    since=2,
)
