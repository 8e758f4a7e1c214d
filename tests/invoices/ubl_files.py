"""Electronic invoices written for the tests: one plain invoice, and what may be changed of it."""

from base64 import b64encode

PARTY = """<cac:Party><cbc:EndpointID schemeID="0208">{number}</cbc:EndpointID>
<cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName></cac:PartyLegalEntity>
</cac:Party>"""
BODY = """<?xml version="1.0" encoding="UTF-8"?>{before}
<{kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{kind}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>{number}</cbc:ID><cbc:IssueDate>{day}</cbc:IssueDate>
<cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode>{inside}
<cac:AccountingSupplierParty>{supplier}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>{customer}</cac:AccountingCustomerParty>
<cac:TaxTotal><cbc:TaxAmount currencyID="{currency}">{tax}</cbc:TaxAmount></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount>100.00</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount>{total}</cbc:TaxInclusiveAmount>
<cbc:PayableAmount>0.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:{kind}Line><cbc:ID>1</cbc:ID><cbc:LineExtensionAmount>60.00</cbc:LineExtensionAmount>
<cac:Item><cbc:Name>Papier</cbc:Name></cac:Item></cac:{kind}Line>
<cac:{kind}Line><cbc:ID>2</cbc:ID><cbc:LineExtensionAmount>40.00</cbc:LineExtensionAmount>
<cac:Item><cbc:Name>Encre</cbc:Name></cac:Item></cac:{kind}Line>
</{kind}>"""
INSIDE = """<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>
<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="{name}">{content}
</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"""
SUPPLIER = "0999000129"
PLAIN = {
    "before": "",
    "inside": "",
    "kind": "Invoice",
    "number": "2024/17",
    "day": "2024-05-06",
    "currency": "EUR",
    "tax": "21.00",
    "total": "121.00",
    "name": "Papeterie Éloïse",
}


def inside(name: str, content: bytes) -> str:
    """A document inside an invoice."""
    return INSIDE.format(name=name, content=b64encode(content).decode())


def ubl(customer: str = "", **changed: str) -> bytes:
    """An invoice of 121.00 EUR for the customer with that enterprise number."""
    said = PLAIN | changed
    supplier = PARTY.format(number=SUPPLIER, name=said["name"])
    to = PARTY.format(number=customer, name="Le service")
    return BODY.format(supplier=supplier, customer=to, **said).encode()
