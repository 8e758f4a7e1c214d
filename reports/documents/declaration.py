"""The declaration of claim in words, the same on paper and in the workbook."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as mark

from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import day, eur
from reports.documents.words import enterprise_number, iban, letter_text
from reports.dossier import Cover, Dossier

Entries = tuple[tuple[str, str], ...]
_UNKNOWN_CLAIM = mark(
    "La personne soussignée, au nom de %(organisation)s, certifie sincères et exacts "
    "les montants de la présente justification. Le montant payable n'est pas encore "
    "connu : les contrôles disent ce qui manque. Ce document ne vaut pas déclaration de créance."
)
_CLAIM = mark(
    "La personne soussignée, au nom de %(organisation)s, certifie sincères et exacts "
    "les montants de la présente justification (%(payable)s payables, %(advances)s "
    "déjà reçus) et réclame au pouvoir subsidiant, %(funder)s, une créance de %(balance)s, à "
    "verser au compte %(account)s."
)
_RECOVERY = mark(
    "La personne soussignée, au nom de %(organisation)s, certifie sincères et exacts "
    "les montants de la présente justification (%(payable)s payables, %(advances)s "
    "déjà reçus) et reconnaît devoir au pouvoir subsidiant, %(funder)s, un remboursement de "
    "%(recovery)s."
)
_NOTHING_LEFT = mark(
    "La personne soussignée, au nom de %(organisation)s, certifie sincères et exacts "
    "les montants de la présente justification (%(payable)s payables, %(advances)s "
    "déjà reçus) : aucun solde ne reste à verser ni à rembourser."
)


def identity(cover: Cover) -> tuple[tuple[str, Entries], ...]:
    """Beneficiary and subsidy, label and text; an empty text says that it is not filled in."""
    beneficiary = (
        (_("Nom"), cover.organisation),
        (_("Numéro d'entreprise"), enterprise_number(cover.enterprise_number)),
        (_("Adresse"), cover.address),
        (_("Compte bancaire (IBAN)"), iban(cover.iban)),
        (_("Agrément"), cover.approval),
        (_("Compte analytique"), cover.analytical_account),
    )
    subsidy = (
        (_("Pouvoir subsidiant"), said(cover.funder)),
        (_("Régime"), said(cover.scheme_label)),
        (
            _("Subvention"),
            f"{cover.reference} \u2013 {cover.label}" if cover.label else cover.reference,
        ),
        (_("Lettre d'octroi"), letter_text(cover)),
        (_("Notifiée le"), day(cover.notified_on) if cover.notified_on else _("pas encore")),
        (
            _("Durée de la subvention"),
            _("du %(first)s, durée indéterminée") % {"first": day(cover.starts_on)}
            if cover.ends_on is None
            else _period(cover.starts_on, cover.ends_on),
        ),
        (_("Exercice justifié"), _period(cover.exercise_starts_on, cover.exercise_ends_on)),
        (_("Situation au"), day(cover.as_of)),
    )
    return (
        (_("Bénéficiaire"), _filled(beneficiary)),
        (_("Subvention"), _filled(subsidy)),
    )


def declaration(dossier: Dossier) -> str:
    """What the signatory declares: a claim, nothing, a recovery, or an amount not known yet."""
    cover, amounts = dossier.cover, dossier.amounts
    words = {
        "organisation": cover.organisation,
        "funder": said(cover.funder),
        "payable": eur(amounts.payable),
        "advances": eur(amounts.advances),
        "balance": eur(amounts.balance),
        "recovery": eur(amounts.recovery),
        "account": iban(cover.iban) or _("à compléter"),
    }
    if amounts.balance is None or amounts.payable is None:
        return _(_UNKNOWN_CLAIM) % words
    if amounts.balance > 0:
        return _(_CLAIM) % words
    return _(_RECOVERY if amounts.balance < 0 else _NOTHING_LEFT) % words


def _period(first: date, last: date) -> str:
    return _("du %(first)s au %(last)s") % {"first": day(first), "last": day(last)}


def _filled(entries: Entries) -> Entries:
    return tuple((label, text or _("à compléter")) for label, text in entries)
