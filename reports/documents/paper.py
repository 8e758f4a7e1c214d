"""What the paper of a justification shows, in its order and words: the context of its template.

Above 1,200 lines they are summed by worker and by category: the detail is in the workbook.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from backoffice.web.templatetags.labels import said
from backoffice.web.words import Spoken
from reports.documents.account import KIND as ACCOUNT
from reports.documents.account import account_of
from reports.documents.declaration import declaration, identity
from reports.documents.honour import KIND as HONOUR
from reports.documents.honour import honours
from reports.documents.sums import LONGEST, gathered, invoice_sum, staff_sum
from reports.documents.words import (
    EVIDENCE,
    LEVELS,
    STATUSES,
    figure_text,
    head_text,
    marks,
    rule_text,
)
from reports.dossier import Dossier, StaffLine

PARTS = Spoken(
    {
        "declaration": "Déclaration de créance",
        "recapitulatif": "Récapitulatif",
        "versements": "Versements et échéances",
        "personnel": "Frais de personnel",
        "factures": "Fonctionnement, formation et équipement",
        "pieces": "Pièces justificatives",
        "controles": "Contrôles",
        "valeurs": "Valeurs de référence utilisées",
    }
)


def shown(dossier: Dossier) -> dict[str, Any]:
    """The context of the page."""
    return {**_front(dossier), **_lines(dossier), **_back(dossier)}


def _front(dossier: Dossier) -> dict[str, Any]:
    """Cover, summary, instalments and deadlines."""
    cover = dossier.cover
    return {
        "cover": cover,
        "amounts": dossier.amounts,
        "paper": "demo" if cover.demo else "final" if cover.final else "project",
        "marks": " \u2013 ".join(marks(cover)),
        "parts": list(_parts(dossier)),
        "honours": honours(dossier),
        "account": account_of(dossier),
        "identity": identity(cover),
        "declaration": declaration(dossier),
        "heads": [
            (head_text(dossier, one.name), one, rule_text(one.rule)) for one in dossier.heads
        ],
        "results": list(_results(dossier)),
        "instalments": dossier.instalments,
        "receipts": dossier.receipts,
        "deadlines": [(STATUSES.get(one.status, one.status), one) for one in dossier.deadlines],
    }


def _parts(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """The parts of the paper; two of them only where the scheme asks for them."""
    asked = {document["kind"] for document in dossier.documents}
    for anchor, title in PARTS.items():
        yield anchor, title
        if anchor == "declaration" and HONOUR in asked:
            yield "honneur", _("Déclaration sur l'honneur")
        if anchor == "recapitulatif" and ACCOUNT in asked:
            yield "decompte", _("Décompte récapitulatif")


def _lines(dossier: Dossier) -> dict[str, Any]:
    """Lines by worker and by category, each group with its sum."""
    deducted = any(line.deducted for line in dossier.staff)
    summarised = len(dossier.staff) + len(dossier.invoices) > LONGEST
    staff = gathered(dossier.staff, _post if summarised else _contract)
    invoices = gathered(dossier.purchases, lambda line: (line.head, said(line.category)))
    numbers = dossier.numbers
    return {
        "summarised": summarised,
        "deducted": deducted,
        "widths": range(7 if deducted else 6),
        "staff": [staff_sum(lines) for lines in staff],
        "staff_total": staff_sum(dossier.staff),
        "outside": [(numbers[line.piece], line) for line in dossier.outside_payroll],
        "outside_total": invoice_sum(dossier.outside_payroll),
        "invoices": [
            (
                head_text(dossier, lines[0].head),
                said(lines[0].category),
                invoice_sum(lines),
                [(numbers[line.piece], line) for line in lines],
            )
            for lines in invoices
        ],
        "invoice_total": invoice_sum(dossier.purchases),
    }


def _back(dossier: Dossier) -> dict[str, Any]:
    """Evidence, checks and figures."""
    return {
        "evidence": list(_evidence(dossier)),
        "missing": [
            (EVIDENCE.get(line.kind, line.kind), line)
            for line in dossier.evidence
            if not line.reference
        ],
        "documents": dossier.documents,
        "reliance": dossier.reliance,
        "checks": [(LEVELS.get(check.level, check.level), check) for check in dossier.checks],
        "figures": [
            (figure_text(use), STATUSES.get(use.status, use.status), use) for use in dossier.figures
        ],
    }


def _contract(line: StaffLine) -> tuple[object, ...]:
    return line.worker, line.post, line.hours, line.full_time, line.contract_evidence


def _post(line: StaffLine) -> tuple[object, ...]:
    return line.worker, line.post


def _results(dossier: Dossier) -> Iterator[tuple[str, int | None, str]]:
    """The amounts of the award from granted to balance, each with how it comes about."""
    found = dossier.amounts
    yield _("Accordé"), found.granted, rule_text(found.grant_rule)
    if found.theoretical != found.granted:
        yield _("Droit théorique"), found.theoretical, _("avant le taux de liquidation")
    yield _("Présenté"), found.presented, _("ce que le bénéficiaire porte sur la subvention")
    if found.income:
        yield _("Recettes à déduire"), found.income, ""
    yield _("Admissible"), found.admissible, _("ce que les règles admettent")
    yield _("Payable"), found.payable, _("le plus petit de : accordé, admissible")
    if found.topped_up:
        words = _("payé par d'autres subventions sur les mêmes heures")
        yield _("Complété par ailleurs"), found.topped_up, words
    yield _("Fonds propres"), found.own_funds, _("ce qui reste à charge du bénéficiaire")
    yield _("Avances reçues"), found.advances, _("à la date de la situation")
    if found.recovery:
        yield _("À rembourser"), found.recovery, _("avances reçues \u2212 payable")
    else:
        yield _("Solde à recevoir"), found.balance, _("payable \u2212 avances reçues")
    for one in dossier.details:
        yield said(one.label), one.amount, rule_text(one.rule)


def _evidence(dossier: Dossier) -> Iterator[tuple[str, int, int]]:
    """Documents present and missing, by kind."""
    for lines in gathered(dossier.evidence, lambda line: line.kind):
        present = sum(1 for line in lines if line.reference)
        yield EVIDENCE.get(lines[0].kind, lines[0].kind), present, len(lines) - present
