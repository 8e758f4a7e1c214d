"""An electronic invoice becomes a purchase invoice of the organisation, with its supplier."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from backoffice.engine import money
from backoffice.federation.models import Approval, Organisation
from backoffice.web.folding import fold
from invoices.models import Invoice, Supplier
from invoices.ubl import EInvoice

LONGEST_CODE = 20
LONGEST_NAME = 150
LONGEST_TEXT = 250
CODE_OF_A_PERSON = "PERSONNE"
"""What a code begins with that may not say who it is."""


class NotRecorded(ValueError):
    """The invoice cannot be recorded; the message says why and what to do."""


@dataclass(frozen=True)
class Booking:
    """What the file does not say and a person decides.

    `nature` is that of the supplier, blank where it is known already: a self-employed person has an
    enterprise number too, so that no file tells.
    """

    piece: str
    category: str
    approval: Approval | None = None
    nature: str = ""


def supplier_of(organisation: Organisation, found: EInvoice) -> Supplier | None:
    """The stored supplier of an invoice: the same enterprise number, or else the same name."""
    number, name = found.supplier.enterprise_number, fold(found.supplier.name)
    suppliers = list(organisation.suppliers.order_by("pk"))
    same = [one for one in suppliers if number and one.enterprise_number == number]
    return next(iter(same or [one for one in suppliers if fold(one.name) == name]), None)


def recorded_as(organisation: Organisation, found: EInvoice) -> Invoice | None:
    """The stored invoice with the same supplier and number, when it is known already."""
    supplier = supplier_of(organisation, found)
    if supplier is None:
        return None
    return organisation.invoices.filter(supplier=supplier, number=found.number).first()


def description_of(found: EInvoice) -> str:
    """The lines of an invoice in a few words."""
    words = "; ".join(dict.fromkeys(line.description for line in found.lines if line.description))
    return (words or found.number)[:LONGEST_TEXT]


@transaction.atomic
def record_e_invoice(*, organisation: Organisation, found: EInvoice, booking: Booking) -> Invoice:
    """Record an invoice, and its supplier when it is new.

    Raises:
        NotRecorded: the invoice is known already, or its piece number is taken.
    """
    known = recorded_as(organisation, found)
    if known is not None:
        raise NotRecorded(_("Cette facture est déjà enregistrée : pièce %s.") % known.piece)
    if organisation.invoices.filter(piece=booking.piece).exists():
        raise NotRecorded(_("La pièce %s existe déjà : choisissez-en une autre.") % booking.piece)
    invoice = Invoice(
        organisation=organisation,
        piece=booking.piece,
        supplier=_supplier(organisation, found, booking.nature),
        number=found.number,
        issued_on=found.issued_on,
        description=description_of(found),
        category=booking.category,
        approval=booking.approval,
        amount=money.euros(found.total),
    )
    invoice.save()
    return invoice


def _supplier(organisation: Organisation, found: EInvoice, nature: str) -> Supplier:
    """The supplier of an invoice, with the nature that somebody has said."""
    known = supplier_of(organisation, found)
    if known is None:
        return _new_supplier(organisation, found, nature)
    if nature and not known.nature:
        known.nature = nature
        known.save()
    return known


def _new_supplier(organisation: Organisation, found: EInvoice, nature: str) -> Supplier:
    party = found.supplier
    supplier = Supplier(
        organisation=organisation,
        firm=party.name[:LONGEST_NAME],
        nature=nature,
        enterprise_number=party.enterprise_number,
    )
    taken = set(organisation.suppliers.values_list("code", flat=True))
    named = party.enterprise_number or (fold(party.name) or "").upper().replace(" ", "-")
    base = CODE_OF_A_PERSON if supplier.is_person else named[:16]
    ranks = (f"-{rank}" for rank in range(2, len(taken) + 3))
    code = next(one for one in (base, *(base + rank for rank in ranks)) if one not in taken)
    supplier.code = code[:LONGEST_CODE]
    supplier.save()
    return supplier
