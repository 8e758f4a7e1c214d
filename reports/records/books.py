"""The records of the accounts: purchase invoices and their shares, suppliers, sales."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, Sum
from django.utils.translation import gettext_lazy as _

from backoffice.web.folding import Fold, fold
from backoffice.web.templatetags.money import eur, share
from invoices.models import Invoice, SalesInvoice, Supplier, Ventilation
from invoices.selectors import called
from reports.pages.listed import cents, whole
from reports.pages.standing import State
from reports.records.invoice_forms import InvoiceForm
from reports.records.natures import by_nature, nature_column
from reports.records.options import (
    by_award,
    category_label,
    category_labels,
    fixed,
    named,
)
from reports.records.record import Asked, Child, Choice, Column, Record, Rows, Spread, Total

STATES = {
    "paid": _("Payée"),
    "unpaid": _("À payer"),
    "bare": _("Sans pièce justificative"),
    "free": _("Sans subvention"),
}


def _where(value: str, _asked: Asked) -> Q:
    return {
        "paid": Q(paid_on__isnull=False),
        "unpaid": Q(paid_on__isnull=True),
        "bare": Q(evidence=""),
        "free": ~Q(Exists(Ventilation.objects.filter(invoice=OuterRef("pk")))),
    }[value]


def _prepared(rows: Rows, _asked: Asked) -> Rows:
    read = ("invoice", "share_numerator", "share_denominator", "award__reference")
    shares = Ventilation.objects.select_related("award").only(*read).order_by("award__reference")
    return rows.prefetch_related(Prefetch("ventilations", shares, to_attr="shares"))


def _shares(invoice: Any) -> list[str]:
    return [f"{one.award.reference} {part_of(one)}" for one in invoice.shares]


def part_of(one: Ventilation) -> str:
    """A share in words."""
    return share(Fraction(one.share_numerator, one.share_denominator))


_SUMS = {
    "total": Sum(cents("amount")),
    "paid": Sum(cents("amount"), filter=Q(paid_on__isnull=False)),
    "unpaid": Sum(cents("amount"), filter=Q(paid_on__isnull=True)),
}


def _totals(_found: Rows, _asked: Asked, sums: Mapping[str, Any]) -> Mapping[str, Total]:
    """The amount, of which paid and still to pay, in cents."""
    said = (("paid", _("payé %(amount)s"), ""), ("unpaid", _("à payer %(amount)s"), "warning"))
    notes = tuple(
        State(tone, words % {"amount": eur(whole(sums[name]))})
        for name, words, tone in said
        if sums[name] is not None
    )
    return {"montant": Total(whole(sums["total"]), notes)}


def _states(invoice: Any) -> tuple[State, ...]:
    paid = State("done", str(STATES["paid"])) if invoice.paid_on else None
    bare = () if invoice.evidence else (State("error", str(STATES["bare"])),)
    return (paid or State("warning", str(STATES["unpaid"])), *bare)


def _object(invoice: Any) -> tuple[str, ...]:
    said = (invoice.description, invoice.number, invoice.person)
    return (" · ".join(one for one in said if one),)


def _categories(_rows: Rows) -> Sequence[tuple[str, str]]:
    return sorted(category_labels().items(), key=lambda pair: fold(pair[1]) or "")


INVOICES = Record(
    slug="invoices",
    address="factures",
    model=Invoice,
    label=_("Factures d'achat"),
    one=_("Facture d'achat"),
    is_feminine=True,
    owner="organisation",
    title=lambda row: f"{row.piece} {row.supplier.name}",
    columns=(
        Column("piece", _("Pièce"), lambda row: row.piece, "code", Fold(F("piece"))),
        Column("date", _("Date"), lambda row: row.issued_on, "day", F("issued_on")),
        Column(
            "fournisseur",
            _("Fournisseur et objet"),
            lambda row: row.supplier.name,
            sort=Fold(called("supplier")),
            below=_object,
            width=28,
        ),
        Column("numero", _("N° du fournisseur"), lambda row: row.number, shown=False),
        Column("objet", _("Description"), lambda row: row.description, shown=False, width=36),
        Column(
            "categorie",
            _("Catégorie"),
            lambda row: category_label(row.category),
            sort=F("category"),
            width=24,
        ),
        Column("montant", _("Montant"), lambda row: row.amount, "money", F("amount")),
        Column("paiement", _("Payée le"), lambda row: row.paid_on, "day", F("paid_on")),
        Column("preuve", _("Preuve de paiement"), lambda row: row.payment_reference, shown=False),
        Column("justificatif", _("Pièce justificative"), lambda row: row.evidence, shown=False),
        Column(
            "parts",
            _("Subventions"),
            lambda row: "" if row.shares else _("aucune"),
            "code",
            below=_shares,
            filed=False,
        ),
        Column(
            "subventions",
            _("Subventions"),
            lambda row: ", ".join(_shares(row)),
            shown=False,
            width=30,
        ),
        Column("etat", _("État"), lambda _row: "", "code", states=_states, filed=False),
    ),
    order="-date",
    ties=("organisation__name", "piece", "pk"),
    searched=(
        "piece",
        "number",
        "description",
        "identity__name",
        "supplier__code",
        "supplier__firm",
        "supplier__identity__name",
    ),
    choices=(
        Choice(
            "categorie",
            _("Catégorie"),
            _categories,
            lambda value, _asked: Q(category=value),
            _("Toutes"),
        ),
        Choice("etat", _("État"), fixed(STATES.items()), _where),
    ),
    spread=Spread("issued_on", "issued_on"),
    related=("supplier__identity", "identity"),
    prepared=_prepared,
    sums=_SUMS,
    totals=_totals,
    fields=(
        "piece",
        "supplier",
        "number",
        "issued_on",
        "description",
        "category",
        "approval",
        "amount",
        "paid_on",
        "payment_reference",
        "evidence",
        "person",
        "function",
        "hours",
    ),
    form=InvoiceForm,
    options={"category": named(category_labels)},
    children=(Child("ventilations", "invoice", "piece"),),
    rests=lambda row: Q(award__ventilations__invoice=row, year=row.issued_on.year),
    owned=("ventilations",),
    hint=_("TVA non récupérée comprise."),
)
VENTILATIONS = Record(
    slug="ventilations",
    address="ventilations",
    model=Ventilation,
    label=_("Ventilations"),
    one=_("Ventilation"),
    is_feminine=True,
    owner="invoice__organisation",
    title=lambda row: f"{row.invoice.piece}, {row.award.reference}",
    columns=(
        Column(
            "piece", _("Pièce"), lambda row: row.invoice.piece, "code", Fold(F("invoice__piece"))
        ),
        Column(
            "date", _("Date"), lambda row: row.invoice.issued_on, "day", F("invoice__issued_on")
        ),
        Column(
            "fournisseur",
            _("Fournisseur et objet"),
            lambda row: row.invoice.supplier.name,
            sort=Fold(called("invoice__supplier")),
            below=lambda row: (row.invoice.description,),
            width=28,
        ),
        Column(
            "subvention",
            _("Subvention"),
            lambda row: row.award.reference,
            "code",
            Fold(F("award__reference")),
        ),
        Column(
            "part",
            _("Part"),
            lambda row: Fraction(row.share_numerator, row.share_denominator),
            "share",
            F("share_numerator") * 1_000_000 / F("share_denominator"),
        ),
        Column("cle", _("Clé de répartition"), lambda row: row.key, width=24),
        Column(
            "montant",
            _("Montant de la facture"),
            lambda row: row.invoice.amount,
            "money",
            F("invoice__amount"),
        ),
    ),
    order="-date",
    ties=("invoice__piece", "award__reference", "pk"),
    searched=(
        "invoice__piece",
        "invoice__description",
        "invoice__supplier__firm",
        "invoice__supplier__identity__name",
        "key",
    ),
    choices=(by_award(),),
    spread=Spread("invoice__issued_on", "invoice__issued_on"),
    related=("invoice__supplier__identity", "award"),
    hint=_("Les parts d'une facture se changent sur la facture."),
)
SUPPLIERS = Record(
    slug="suppliers",
    address="fournisseurs",
    model=Supplier,
    label=_("Fournisseurs"),
    one=_("Fournisseur"),
    owner="organisation",
    title=lambda row: f"{row.code} {row.name}",
    columns=(
        Column("code", _("Code"), lambda row: row.code, "code", Fold(F("code"))),
        Column("nom", _("Nom"), lambda row: row.name, sort=Fold(called()), width=36),
        nature_column(),
        Column("numero", _("Numéro d'entreprise"), lambda row: row.enterprise_number, "code"),
    ),
    order="nom",
    ties=("code", "pk"),
    searched=("code", "firm", "identity__name", "enterprise_number"),
    choices=(by_nature(),),
    related=("identity",),
    fields=("code", "name", "nature", "enterprise_number"),
    children=(Child("invoices", "supplier"),),
    rests=lambda row: Q(award__ventilations__invoice__supplier=row),
)


def _received(value: str, _asked: Asked) -> Q:
    return Q(received_on__isnull=value == "open")


def _sale_states(row: Any) -> tuple[State, ...]:
    done = row.received_on is not None
    words = SALES_STATES["received" if done else "open"]
    return (State("done" if done else "warning", str(words)),)


SALES_STATES = {"received": _("Encaissée"), "open": _("À encaisser")}
SALES = Record(
    slug="sales",
    address="ventes",
    model=SalesInvoice,
    label=_("Factures de vente"),
    one=_("Facture de vente"),
    is_feminine=True,
    owner="organisation",
    title=lambda row: f"{row.number} {row.customer}",
    columns=(
        Column("numero", _("Numéro"), lambda row: row.number, "code", Fold(F("number"))),
        Column("date", _("Date"), lambda row: row.issued_on, "day", F("issued_on")),
        Column(
            "client",
            _("Client et objet"),
            lambda row: row.customer,
            sort=Fold(called()),
            below=lambda row: (row.description,),
            width=28,
        ),
        nature_column(shown=False),
        Column("objet", _("Description"), lambda row: row.description, shown=False, width=36),
        Column("compte", _("Compte"), lambda row: row.account, "code", F("account")),
        Column(
            "montant", _("Montant"), lambda row: row.amount, "money", F("amount"), total="amount"
        ),
        Column(
            "encaissee",
            _("Encaissée le"),
            lambda row: row.received_on,
            "day",
            F("received_on"),
            states=_sale_states,
        ),
    ),
    order="-date",
    ties=("number", "pk"),
    searched=("number", "firm", "identity__name", "description", "account"),
    choices=(Choice("etat", _("État"), fixed(SALES_STATES.items()), _received), by_nature()),
    spread=Spread("issued_on", "issued_on"),
    related=("approval", "identity"),
    fields=(
        "number",
        "customer",
        "nature",
        "issued_on",
        "description",
        "account",
        "approval",
        "amount",
        "received_on",
        "payment_reference",
    ),
)
