"""The file of each worker, and what was declared to the ONSS about funded hours."""

from dataclasses import replace
from datetime import date

from reports.exchange.columns import Column, Kind, Sheet, Sign, choice, day, identifier
from reports.exchange.tables.shared import WORKER, amount, evidence, hours, number, quarter


def _euros(code: str, header: str, note: str) -> Column:
    """An amount of the quarter that the declaration may leave blank."""
    shared = amount(header, f"{note} En euros, du trimestre ; vide : inconnu.", Sign.NOT_NEGATIVE)
    return replace(shared, code=code, required=False)


DOCUMENTS = Sheet(
    "worker_documents",
    "Dossiers du personnel",
    (
        WORKER,
        choice("kind", "Nature", "Diplôme, contrat, avenant, ...", "document_kinds"),
        identifier("reference", "Référence", "Où le document est classé.", 80),
        Column(
            "dated_on",
            "Daté du",
            "Date écrite sur le document.",
            Kind.DAY,
            earliest=date(1940, 1, 1),
        ),
        day("received_on", "Reçu le", "vide : inconnu.", required=False),
        day("valid_until", "Valable jusqu'au", "vide : sans fin.", required=False),
        day("transmitted_on", "Transmis le", "vide : pas encore transmis.", required=False),
        choice(
            "level",
            "Niveau du diplôme",
            "D'un diplôme seulement, dans la liste.",
            "diplomas",
            required=False,
        ),
        Column(
            "months",
            "Mois attestés",
            "Mois d'ancienneté que l'attestation prouve ; vide : non précisé.",
            Kind.INTEGER,
            required=False,
            sign=Sign.NOT_NEGATIVE,
        ),
    ),
    ("worker", "kind", "reference"),
    "worker",
    since=3,
)

DMFA = Sheet(
    "dmfa",
    "DmfA",
    (
        WORKER,
        quarter(),
        number("Ligne d'occupation de la DmfA : 1, 2, ..."),
        replace(
            hours(
                "funded_hours",
                "Heures financées (Qbis)",
                "Heures par semaine déclarées ; vide : zone non remplie.",
                Sign.NOT_NEGATIVE,
            ),
            required=False,
        ),
        _euros("exempt_pay", "Salaire non soumis", "Financé par Maribel, hors ONSS."),
        _euros("other_subsidies", "Autres subventions", "Que Maribel, pour ces heures."),
        evidence("Référence de la DmfA."),
    ),
    ("worker", "quarter", "number"),
    "worker",
    since=3,
)
