"""Reads an electronic invoice or credit note (UBL 2.1, Peppol BIS 3): what it says, nothing more.

The file comes from elsewhere: no document type, no entity, no network, bounded size.
"""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree
from stdnum.be import vat

from backoffice.engine import money
from backoffice.web.sentences import gettext as _

MOST_BYTES = 10 * 1024 * 1024
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_SPACES = {"a": f"{_UBL}CommonAggregateComponents-2", "b": f"{_UBL}CommonBasicComponents-2"}
_ROOTS = {f"{{{_UBL}Invoice-2}}Invoice": False, f"{{{_UBL}CreditNote-2}}CreditNote": True}
_BELGIAN = frozenset(("0208", "9925"))


class NotAnInvoice(ValueError):
    """The file is no invoice that can be read; the message says why and what to do."""


@dataclass(frozen=True)
class Party:
    """A supplier or customer; `enterprise_number` is ten digits, empty when it is not Belgian."""

    name: str
    enterprise_number: str


@dataclass(frozen=True)
class InvoiceLine:
    """One line: its amount is without VAT, in cents, with the sign of the document."""

    description: str
    amount: int


@dataclass(frozen=True)
class Attached:
    """A document inside the file; `content` is empty where it cannot be read."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class EInvoice:
    """What the file says. Amounts are cents, negative on a credit note; `vat` None: not said.

    `net` is the total without VAT, `total` with VAT before anything paid in advance.
    """

    is_credit: bool
    number: str
    issued_on: date
    currency: str
    supplier: Party
    customer: Party
    lines: tuple[InvoiceLine, ...]
    net: int
    vat: int | None
    total: int
    attached: tuple[Attached, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether the total is the sum of its parts."""
        return self.vat is None or self.net + self.vat == self.total


def read_ubl(content: bytes) -> EInvoice:
    """Read an invoice or a credit note.

    Raises:
        NotAnInvoice: other XML, a document type, or something that every invoice says is missing.
    """
    root = _root(content)
    is_credit = _ROOTS[root.tag]
    sign = -1 if is_credit else 1
    kind = "CreditNoteLine" if is_credit else "InvoiceLine"
    tax = _find(root, "a:TaxTotal/b:TaxAmount")
    return EInvoice(
        is_credit=is_credit,
        number=_needed(root, "b:ID", _("numéro")),
        issued_on=_day(_needed(root, "b:IssueDate", _("date"))),
        currency=_find(root, "b:DocumentCurrencyCode"),
        supplier=_party(root, "a:AccountingSupplierParty/a:Party"),
        customer=_party(root, "a:AccountingCustomerParty/a:Party"),
        lines=tuple(_line(one, sign) for one in root.iterfind(f"a:{kind}", _SPACES)),
        net=sign * _cents(_needed(root, _total("TaxExclusive"), _("total hors TVA"))),
        vat=sign * _cents(tax) if tax else None,
        total=sign * _cents(_needed(root, _total("TaxInclusive"), _("total TVA comprise"))),
        attached=tuple(_attached(root)),
    )


def _attached(root: Any) -> Iterator[Attached]:
    """The documents that the supplier put inside: often the readable invoice, as a PDF."""
    path = "a:AdditionalDocumentReference/a:Attachment/b:EmbeddedDocumentBinaryObject"
    for one in root.iterfind(path, _SPACES):
        try:
            content = b64decode("".join((one.text or "").split()), validate=True)
        except ValueError:
            content = b""
        yield Attached(one.get("filename") or "", content)


def _total(name: str) -> str:
    return f"a:LegalMonetaryTotal/b:{name}Amount"


def _root(content: bytes) -> Any:
    if len(content) > MOST_BYTES:
        raise NotAnInvoice(_("Le fichier dépasse 10 Mo : demandez la facture au fournisseur."))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAnInvoice(
            _("Ce fichier XML est illisible ou incomplet : demandez-le à nouveau au fournisseur.")
        ) from error
    if root.getroottree().docinfo.doctype:
        raise NotAnInvoice(
            _("Ce fichier contient un type de document, qu'une facture n'a jamais : il est refusé.")
        )
    if root.tag not in _ROOTS:
        raise NotAnInvoice(
            _("Ce fichier n'est ni une facture ni une note de crédit UBL : demandez ce format.")
        )
    return root


def _find(root: Any, path: str) -> str:
    found = root.find(path, _SPACES)
    return "" if found is None else " ".join((found.text or "").split())


def _needed(root: Any, path: str, words: str) -> str:
    found = _find(root, path)
    if not found:
        raise NotAnInvoice(_("Cette facture ne dit pas : %s. Demandez-la au fournisseur.") % words)
    return found


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written[:10])
    except ValueError as error:
        raise NotAnInvoice(_("La date « %s » est illisible.") % written[:20]) from error


def _cents(written: str) -> int:
    try:
        return money.cents(Decimal(written).quantize(Decimal("0.01")))
    except (InvalidOperation, money.NotMoney) as error:
        raise NotAnInvoice(_("Le montant « %s » est illisible.") % written[:20]) from error


def _line(line: Any, sign: int) -> InvoiceLine:
    return InvoiceLine(
        description=_find(line, "a:Item/b:Name") or _find(line, "a:Item/b:Description"),
        amount=sign * _cents(_needed(line, "b:LineExtensionAmount", _("montant d'une ligne"))),
    )


def _party(root: Any, path: str) -> Party:
    party = root.find(path, _SPACES)
    if party is None:
        return Party("", "")
    name = _find(party, "a:PartyLegalEntity/b:RegistrationName") or _find(
        party, "a:PartyName/b:Name"
    )
    return Party(name, _belgian(party))


def _belgian(party: Any) -> str:
    """The enterprise number, from whichever identifier of the party says it is Belgian."""
    for path in ("b:EndpointID", "a:PartyLegalEntity/b:CompanyID", "a:PartyTaxScheme/b:CompanyID"):
        for one in party.iterfind(path, _SPACES):
            written = (one.text or "").strip()
            says = one.get("schemeID") in _BELGIAN or written.upper().startswith("BE")
            if says and vat.is_valid(written):
                return str(vat.compact(written))
    return ""
