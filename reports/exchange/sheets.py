"""The workbook as data: its sheets in order, their columns, headers, help and natural keys."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from backoffice.figures.vocabulary import cost_items
from reports.exchange.columns import (
    Column,
    Kind,
    Sheet,
    Sign,
    choice,
    day,
    identifier,
    period,
    reference,
    text,
)

NAME = "backoffice.employer-year"
VERSION = "1"
COVER_TITLE = "Couverture"
LISTS_TITLE = "Listes"
COVER: Mapping[str, str] = MappingProxyType(
    {
        "name": "Classeur",
        "version": "Version",
        "enterprise_number": "Numéro d'entreprise",
        "year": "Année",
        "demo": "Démonstration",
    }
)
"""Cover line code -> its French label, in order; the value stands in the next cell."""

_AWARD = reference("award", "Subvention", "Référence d'une subvention.", "awards.reference")
_WORKER = reference("worker", "Travailleur", "Numéro d'un travailleur.", "workers.number")
_LETTER = identifier(
    "letter_reference", "Référence de la lettre", "Référence de la lettre ou décision.", 120
)


def _approval(*, required: bool) -> Column:
    note = "Code d'un agrément." if required else "Code d'un agrément ; vide : toute l'association."
    return reference("approval", "Agrément", note, "approvals.code", required=required)


def _hours(code: str, header: str, note: str, sign: Sign) -> Column:
    return Column(code, header, note, Kind.HOURS, sign=sign)


def _amount(header: str, note: str, sign: Sign = Sign.ANY) -> Column:
    return Column("amount", header, note, Kind.AMOUNT, sign=sign)


def _year() -> Column:
    return Column("year", "Exercice", "Année que le montant concerne.", Kind.YEAR)


def _number(note: str) -> Column:
    return Column("number", "Numéro", note, Kind.INTEGER, sign=Sign.NOT_NEGATIVE)


def _evidence(note: str) -> Column:
    return identifier("evidence", "Pièce justificative", note, 80, required=False)


SHEETS: tuple[Sheet, ...] = (
    Sheet(
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
            Column("is_demo", "Démonstration", "oui ou non ; vide : non.", Kind.YES_NO, False),  # noqa: FBT003
        ),
        ("enterprise_number",),
        "enterprise_number",
    ),
    Sheet(
        "approvals",
        "Agréments",
        (
            identifier("code", "Code", "Votre code court, unique.", 20),
            choice("kind", "Type", "Type d'agrément, dans la liste.", "approval_kinds"),
            text("name", "Service", "Nom du service agréé.", 200),
            identifier("reference", "Référence", "Référence de l'agrément.", 80, required=False),
            identifier(
                "analytical_account", "Compte analytique", "Compte analytique du service.", 20
            ),
            *period("de l'agrément", "de l'agrément"),
        ),
        ("code",),
        "code",
    ),
    Sheet(
        "sites",
        "Sites",
        (
            _approval(required=True),
            identifier("code", "Code", "Votre code court, unique par agrément.", 20),
            text("name", "Nom", "Nom du lieu.", 150),
            choice("kind", "Type", "Siège ou antenne.", "site_kinds"),
            text("address", "Adresse", "Adresse du lieu.", 250, required=False),
            *period("d'activité", "d'activité"),
        ),
        ("approval", "code"),
        "code",
    ),
    Sheet(
        "awards",
        "Subventions",
        (
            identifier("reference", "Référence", "Votre référence, unique.", 40),
            _approval(required=False),
            choice("scheme", "Régime", "Régime de subvention, dans la liste.", "schemes"),
            text("label", "Intitulé", "Ce que la subvention finance.", 200),
            _LETTER,
            day("letter_on", "Date de la lettre", "Date de la lettre d'octroi."),
            day("notified_on", "Notifiée le", "Jour où vous avez reçu la lettre."),
            *period("de la subvention", "de la subvention"),
        ),
        ("reference",),
        "reference",
    ),
    Sheet(
        "amendments",
        "Avenants",
        (
            _AWARD,
            _number("Numéro de l'avenant : 1, 2, ..."),
            _LETTER,
            day("decided_on", "Décidé le", "Date de la décision."),
            day("effective_on", "Prend effet le", "Premier jour d'effet."),
            text("reason", "Objet", "Ce que l'avenant change.", 250),
        ),
        ("award", "number"),
        "award",
    ),
    Sheet(
        "terms",
        "Termes",
        (
            _AWARD,
            choice("code", "Terme", "Ce que la lettre fixe, dans la liste.", "terms"),
            identifier("value", "Valeur", "Telle que notifiée : 46607,60 ou 95 % ou 1/3.", 120),
            *period("d'effet", "d'effet"),
            day("decided_on", "Décidé le", "Date de la décision ; elle départage deux valeurs."),
            _LETTER,
            choice("status", "Statut", "vide : confirmé.", "statuses", required=False),
        ),
        ("award", "code", "starts_on", "decided_on"),
        "award",
    ),
    Sheet(
        "posts",
        "Postes",
        (
            _AWARD,
            identifier("code", "Code", "Votre code court, unique par subvention.", 20),
            choice("function", "Fonction", "Fonction admise, dans la liste.", "functions"),
            choice(
                "diploma", "Diplôme minimum", "vide : sans exigence.", "diplomas", required=False
            ),
            Column("fte", "ETP", "Équivalents temps plein accordés.", Kind.FTE, sign=Sign.POSITIVE),
            *period("du poste", "du poste"),
        ),
        ("award", "code"),
        "award",
    ),
    Sheet(
        "instalments",
        "Tranches",
        (
            _AWARD,
            _year(),
            _number("Numéro de la tranche dans l'exercice."),
            choice("kind", "Nature", "Avance ou solde.", "instalment_kinds"),
            day("due_on", "Due le", "Jour où le paiement est attendu."),
            _amount("Montant attendu", "En euros."),
        ),
        ("award", "year", "number"),
        "award",
    ),
    Sheet(
        "receipts",
        "Versements",
        (
            _AWARD,
            _year(),
            identifier("reference", "Référence bancaire", "Unique par subvention.", 60),
            day("received_on", "Reçu le", "Date de l'extrait."),
            _amount("Montant", "En euros ; négatif : rendu au pouvoir subsidiant.", Sign.NOT_ZERO),
            Column(
                "instalment",
                "Tranche",
                "Numéro de la tranche payée, du même exercice ; peut rester vide.",
                Kind.INTEGER,
                required=False,
                sign=Sign.NOT_NEGATIVE,
            ),
        ),
        ("award", "reference"),
        "award",
    ),
    Sheet(
        "workers",
        "Travailleurs",
        (
            identifier("number", "Numéro", "Votre numéro de travailleur, unique.", 20),
            text("name", "Nom", "Nom et prénom.", 150),
        ),
        ("number",),
        "number",
    ),
    Sheet(
        "contract_lines",
        "Contrats",
        (
            _WORKER,
            *period("de la ligne de contrat", "de la ligne de contrat"),
            choice("kind", "Nature", "Durée indéterminée, déterminée, ...", "contract_kinds"),
            reference(
                "replaces",
                "Remplace",
                "Numéro du travailleur remplacé.",
                "workers.number",
                required=False,
            ),
            _approval(required=False),
            choice("function", "Fonction", "Fonction exercée, dans la liste.", "functions"),
            choice("diploma", "Diplôme", "Diplôme retenu, dans la liste.", "diplomas"),
            _hours("weekly_hours", "Heures par semaine", "Q, par exemple 19.", Sign.POSITIVE),
            _hours("full_time_hours", "Temps plein", "S, par exemple 38.", Sign.POSITIVE),
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
            _evidence("Référence du contrat ou de l'avenant."),
        ),
        ("worker", "starts_on"),
        "worker",
    ),
    Sheet(
        "pay",
        "Paie",
        (
            _WORKER,
            Column("month", "Mois", "AAAA-MM, par exemple 2024-03.", Kind.MONTH),
            _hours("paid_hours", "Heures payées", "Prestées ou payées.", Sign.NOT_NEGATIVE),
            _hours("assimilated_hours", "Heures assimilées", "Absences payées.", Sign.NOT_NEGATIVE),
            _hours("unpaid_hours", "Heures non payées", "Maladie longue, ...", Sign.NOT_NEGATIVE),
            _evidence("Référence du compte individuel."),
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
    ),
    Sheet(
        "assignments",
        "Affectations",
        (
            _WORKER,
            _AWARD,
            reference("post", "Poste", "Code d'un poste de la subvention.", "posts.code"),
            *period("de l'affectation", "de l'affectation"),
            _hours(
                "weekly_hours",
                "Heures par semaine",
                "À charge de la subvention.",
                Sign.POSITIVE,
            ),
            text("reason", "Motif", "Par exemple : remplacement.", 250, required=False),
        ),
        ("worker", "award", "post", "starts_on"),
        "worker",
    ),
    Sheet(
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
        ),
        ("code",),
        "code",
    ),
    Sheet(
        "invoices",
        "Factures",
        (
            identifier("piece", "Pièce", "Votre numéro de pièce, unique.", 20),
            reference("supplier", "Fournisseur", "Code d'un fournisseur.", "suppliers.code"),
            identifier("number", "Numéro du fournisseur", "Numéro écrit sur la facture.", 60),
            day("issued_on", "Date", "Date de la facture."),
            text("description", "Description", "Ce qui est facturé.", 250),
            choice("category", "Catégorie", "Catégorie de dépense, dans la liste.", "categories"),
            _approval(required=False),
            _amount("Montant TVAC", "En euros, TVA comprise ; note de crédit : négatif."),
            day("paid_on", "Payée le", "vide : pas encore payée.", required=False),
            identifier(
                "payment_reference", "Preuve de paiement", "Extrait bancaire.", 60, required=False
            ),
            _evidence("Référence du document."),
        ),
        ("piece",),
        "piece",
    ),
    Sheet(
        "ventilation",
        "Ventilation",
        (
            reference("invoice", "Pièce", "Numéro de pièce d'une facture.", "invoices.piece"),
            _AWARD,
            Column("share", "Part (%)", "98 pour 98 % ; une fraction s'écrit 1/3.", Kind.SHARE),
            text("key", "Clé", "Clé de répartition.", 120, required=False),
        ),
        ("invoice", "award"),
        "invoice",
    ),
)
BY_CODE: Mapping[str, Sheet] = MappingProxyType({sheet.code: sheet for sheet in SHEETS})
