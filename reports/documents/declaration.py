"""The declaration of claim in words, the same on paper and in the workbook."""

from backoffice.web.templatetags.money import day, eur
from reports.documents.words import enterprise_number, iban, letter_text
from reports.dossier import Cover, Dossier

Entries = tuple[tuple[str, str], ...]


def identity(cover: Cover) -> tuple[tuple[str, Entries], ...]:
    """Beneficiary and subsidy, label and text; an empty text says that it is not filled in."""
    until = day(cover.ends_on) if cover.ends_on else "durée indéterminée"
    beneficiary = (
        ("Nom", cover.organisation),
        ("Numéro d'entreprise", enterprise_number(cover.enterprise_number)),
        ("Adresse", cover.address),
        ("Compte bancaire (IBAN)", iban(cover.iban)),
        ("Agrément", cover.approval),
        ("Compte analytique", cover.analytical_account),
    )
    subsidy = (
        ("Pouvoir subsidiant", cover.funder["fr"]),
        ("Régime", cover.scheme_label["fr"]),
        (
            "Subvention",
            f"{cover.reference} \u2013 {cover.label}" if cover.label else cover.reference,
        ),
        ("Lettre d'octroi", letter_text(cover)),
        ("Notifiée le", day(cover.notified_on) if cover.notified_on else "pas encore"),
        ("Durée de la subvention", f"du {day(cover.starts_on)}, {until}")
        if cover.ends_on is None
        else ("Durée de la subvention", f"du {day(cover.starts_on)} au {until}"),
        (
            "Exercice justifié",
            f"du {day(cover.exercise_starts_on)} au {day(cover.exercise_ends_on)}",
        ),
        ("Situation au", day(cover.as_of)),
    )
    return (
        ("Bénéficiaire", _filled(beneficiary)),
        ("Subvention", _filled(subsidy)),
    )


def declaration(dossier: Dossier) -> str:
    """What the signatory declares: a claim, nothing, a recovery, or an amount not known yet."""
    cover, amounts = dossier.cover, dossier.amounts
    opening = (
        f"La personne soussignée, au nom de {cover.organisation}, certifie sincères et exacts "
        "les montants de la présente justification"
    )
    if amounts.balance is None or amounts.payable is None:
        return (
            f"{opening}. Le montant payable n'est pas encore connu : les contrôles disent ce qui "
            "manque. Ce document ne vaut pas déclaration de créance."
        )
    funder = f"au pouvoir subsidiant, {cover.funder['fr']}"
    received = f"{eur(amounts.payable)} payables, {eur(amounts.advances)} déjà reçus"
    if amounts.balance > 0:
        return (
            f"{opening} ({received}) et réclame {funder}, une créance de {eur(amounts.balance)}, "
            f"à verser au compte {iban(cover.iban) or 'à compléter'}."
        )
    if amounts.balance < 0:
        return (
            f"{opening} ({received}) et reconnaît devoir {funder}, un remboursement de "
            f"{eur(amounts.recovery)}."
        )
    return f"{opening} ({received}) : aucun solde ne reste à verser ni à rembourser."


def _filled(entries: Entries) -> Entries:
    return tuple((label, text or "à compléter") for label, text in entries)
