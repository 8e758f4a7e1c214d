"""Who works, under which contract, at what cost and on which posts."""

from datetime import date

from backoffice.figures.vocabulary import cost_items
from reports.exchange.columns import (
    Column,
    Kind,
    Sheet,
    Sign,
    choice,
    identifier,
    period,
    reference,
    text,
)
from reports.exchange.tables.shared import (
    AWARD,
    WORKER,
    approval,
    evidence,
    hours,
)

WORKERS = Sheet(
    "workers",
    "Travailleurs",
    (
        identifier("number", "Numéro", "Votre numéro de travailleur, unique.", 20),
        text("name", "Nom", "Nom et prénom.", 150),
        Column(
            "national_number",
            "NISS",
            "Onze chiffres, chiffrés dès l'import ; vide ou masqué : inchangé.",
            Kind.NATIONAL,
            required=False,
            since=4,
        ),
    ),
    ("number",),
    "number",
)

CONTRACT_LINES = Sheet(
    "contract_lines",
    "Contrats",
    (
        WORKER,
        *period("de la ligne de contrat", "de la ligne de contrat"),
        choice("kind", "Nature", "Durée indéterminée, déterminée, ...", "contract_kinds"),
        reference(
            "replaces",
            "Remplace",
            "Numéro du travailleur remplacé.",
            "workers.number",
            required=False,
        ),
        approval(required=False),
        choice("function", "Fonction", "Fonction exercée, dans la liste.", "functions"),
        choice("diploma", "Diplôme", "Diplôme retenu, dans la liste.", "diplomas"),
        hours("weekly_hours", "Heures par semaine", "Q, par exemple 19.", Sign.POSITIVE),
        hours("full_time_hours", "Temps plein", "S, par exemple 38.", Sign.POSITIVE),
        identifier("joint_committee", "Commission paritaire", "Par exemple 332.00.20.", 12),
        identifier("scale", "Barème", "Code du barème, par exemple 332.00.20-ADMIN.", 40),
        identifier("scale_column", "Colonne du barème", "Colonne ou échelon.", 40),
        Column(
            "seniority_on",
            "Ancienneté depuis le",
            "Jour d'où court l'ancienneté barémique.",
            Kind.DAY,
            earliest=date(1940, 1, 1),
        ),
        choice("index_regime", "Indexation", "Régime d'indexation du salaire.", "regimes"),
        evidence("Référence du contrat ou de l'avenant."),
        Column(
            "status",
            "Statut",
            "Employé ou ouvrier ; vide : employé.",
            Kind.CHOICE,
            required=False,
            choices="contract_statuses",
            default="employee",
            since=2,
        ),
    ),
    ("worker", "starts_on"),
    "worker",
)

PAY = Sheet(
    "pay",
    "Paie",
    (
        WORKER,
        Column("month", "Mois", "AAAA-MM, par exemple 2024-03.", Kind.MONTH),
        hours("paid_hours", "Heures payées", "Prestées ou payées.", Sign.NOT_NEGATIVE),
        hours("assimilated_hours", "Heures assimilées", "Absences payées.", Sign.NOT_NEGATIVE),
        hours("unpaid_hours", "Heures non payées", "Maladie longue, ...", Sign.NOT_NEGATIVE),
        evidence("Référence du compte individuel."),
        *(
            Column(
                item.code,
                item.label["fr"],
                "En euros, coût pour l'employeur ; vide : néant.",
                Kind.AMOUNT,
                required=False,
            )
            for item in cost_items().values()
        ),
    ),
    ("worker", "month"),
    "worker",
)

ASSIGNMENTS = Sheet(
    "assignments",
    "Affectations",
    (
        WORKER,
        AWARD,
        reference("post", "Poste", "Code d'un poste de la subvention.", "posts.code"),
        *period("de l'affectation", "de l'affectation"),
        hours(
            "weekly_hours",
            "Heures par semaine",
            "À charge de la subvention.",
            Sign.POSITIVE,
        ),
        text("reason", "Motif", "Par exemple : remplacement.", 250, required=False),
    ),
    ("worker", "award", "post", "starts_on"),
    "worker",
)
