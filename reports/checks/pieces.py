"""Pieces: claimed twice, or without evidence."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from backoffice.web.templatetags.money import day, eur
from invoices.snapshots import InvoiceRow, Part
from reports.checks.rule import Case
from reports.dossier import Check


def invoices_claimed_twice(case: Case) -> Iterator[Check]:
    """The same supplier's invoice under two pieces, both charged to awards."""
    facts = case.facts.invoices
    for part, invoice in parts_of(case):
        for other in facts.charged_as(invoice):
            if other == part.invoice or _identity(facts.rows[other]) != _identity(invoice):
                continue
            yield Check(
                code="invoice_claimed_twice",
                level="error",
                subject=f"twice:{invoice.piece}",
                who=invoice.piece,
                month=f"{invoice.issued_on:%Y-%m}",
                message=_(
                    "Même facture que la pièce %(other)s : fournisseur %(supplier)s, "
                    "n° %(number)s, %(amount)s. Un même coût est demandé deux fois."
                )
                % {
                    "other": facts.rows[other].piece,
                    "supplier": invoice.supplier_code,
                    "number": invoice.number,
                    "amount": eur(invoice.amount),
                },
                todo=_("Gardez une seule pièce et répartissez-la entre les subventions."),
                article=case.law("double_charging"),
                amount=part.amount,
            )


def invoices_maybe_twice(case: Case) -> Iterator[Check]:
    """The same supplier's number under two pieces, both charged, of another day or amount."""
    facts = case.facts.invoices
    for part, invoice in parts_of(case):
        for index in facts.charged_as(invoice) if invoice.number.strip() else ():
            other = facts.rows[index]
            if index == part.invoice or _identity(other) == _identity(invoice):
                continue
            yield Check(
                code="invoice_maybe_twice",
                level="warning",
                subject=f"maybe_twice:{invoice.piece}:{other.piece}",
                who=invoice.piece,
                month=f"{invoice.issued_on:%Y-%m}",
                message=_(
                    "Même numéro de facture que la pièce %(other)s (fournisseur %(supplier)s, "
                    "n° %(number)s) : %(mine)s du %(my_day)s ici, %(theirs)s du %(their_day)s là."
                )
                % {
                    "other": other.piece,
                    "supplier": invoice.supplier_code,
                    "number": invoice.number,
                    "mine": eur(invoice.amount),
                    "my_day": day(invoice.issued_on),
                    "theirs": eur(other.amount),
                    "their_day": day(other.issued_on),
                },
                todo=_(
                    "Comparez les deux documents : gardez une seule pièce si c'est la même facture."
                ),
                article=case.law("double_charging"),
                amount=part.amount,
            )


def _identity(invoice: InvoiceRow) -> tuple[object, ...]:
    return (*invoice.numbered, invoice.issued_on, invoice.amount)


def invoices_without_evidence(case: Case) -> Iterator[Check]:
    """An invoice presented without its document."""
    for part, invoice in parts_of(case):
        if not invoice.evidence:
            yield Check(
                code="invoice_without_evidence",
                level="error",
                subject=f"evidence:{invoice.piece}",
                who=invoice.piece,
                month=f"{invoice.issued_on:%Y-%m}",
                message=_("La pièce justificative de la facture manque."),
                todo=_(
                    "Ajoutez la référence du document à la facture, ou retirez-la de la subvention."
                ),
                amount=part.amount,
            )


def payments_without_proof(case: Case) -> Iterator[Check]:
    """A paid invoice without the reference of its payment."""
    bare = [
        (part, invoice)
        for part, invoice in parts_of(case)
        if invoice.paid_on is not None and not invoice.payment_reference
    ]
    for part, invoice in bare:
        yield Check(
            code="payment_without_proof",
            level="warning",
            subject=f"payment:{invoice.piece}",
            who=invoice.piece,
            month=f"{invoice.issued_on:%Y-%m}",
            message=_("La facture est payée mais sans référence de la preuve de paiement."),
            todo=_("Ajoutez la référence de l'extrait de compte."),
            amount=part.amount,
        )


def staff_without_evidence(case: Case) -> Iterator[Check]:
    """A contract or an individual account without its document."""
    seen: set[tuple[str, str]] = set()
    for row in case.claim.rows:
        source = case.facts.slice_facts[int(row)]
        worker, month = case.worker_of(source.pay), case.month_of(source.pay)
        if not source.contract.row.evidence and ("contract", worker) not in seen:
            seen.add(("contract", worker))
            yield _bare(worker, month, "contract", _("Le contrat ou l'avenant n'a pas de pièce."))
        if not case.facts.staff.months[source.pay].evidence and (month, worker) not in seen:
            seen.add((month, worker))
            yield _bare(
                worker, month, "account", _("Le compte individuel du mois n'a pas de pièce.")
            )


def _bare(worker: str, month: str, kind: str, message: str) -> Check:
    return Check(
        code=f"{kind}_without_evidence",
        level="warning",
        subject=f"{kind}:{worker}:{month}",
        who=worker,
        month=month,
        message=message,
        todo=_("Ajoutez la référence du document."),
    )


def parts_of(case: Case) -> Iterator[tuple[Part, InvoiceRow]]:
    """The invoice parts of the award with their invoices, in the order of the sheet."""
    facts = case.facts.invoices
    for part in facts.parts_of(case.award.row.pk):
        yield part, facts.rows[part.invoice]
