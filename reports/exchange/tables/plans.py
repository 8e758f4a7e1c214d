"""What is asked of funders for a year, and the budget that goes with it."""

from dataclasses import replace

from reports.exchange.columns import Sheet, Sign, choice, day, identifier, reference, text
from reports.exchange.tables.shared import ACCOUNT, LINKED_AWARD, amount, approval, exercise

APPLICATIONS = Sheet(
    "applications",
    "Demandes",
    (
        identifier("reference", "Référence", "Votre référence de demande, unique.", 40),
        approval(required=False),
        exercise(),
        text("funder", "Pouvoir subsidiant", "À qui la subvention est demandée.", 120),
        choice(
            "scheme",
            "Régime",
            "Dans la liste ; vide : un autre régime.",
            "schemes",
            required=False,
        ),
        text("label", "Objet", "Ce que la subvention doit financer.", 200),
        replace(
            amount(
                "Montant demandé",
                "En euros ; vide : le pouvoir subsidiant le fixe.",
                Sign.NOT_NEGATIVE,
            ),
            required=False,
        ),
        choice("state", "État", "Où en est la demande.", "application_states"),
        day("asked_on", "Demandée le", "vide : en préparation.", required=False),
        LINKED_AWARD,
    ),
    ("reference",),
    "reference",
    since=2,
)

BUDGET = Sheet(
    "budget",
    "Budget",
    (
        exercise(),
        identifier("code", "Code", "Votre code de ligne, unique dans l'exercice.", 20),
        choice("nature", "Nature", "Dépense ou recette.", "budget_natures"),
        ACCOUNT,
        text("label", "Intitulé", "Ce que la ligne prévoit.", 200),
        approval(required=False),
        amount("Montant", "En euros."),
        LINKED_AWARD,
        reference(
            "application",
            "Demande",
            "Référence d'une demande ; peut rester vide.",
            "applications.reference",
            required=False,
        ),
    ),
    ("year", "code"),
    "code",
    since=2,
)
