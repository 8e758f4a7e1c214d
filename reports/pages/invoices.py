"""The list of purchase invoices: found, sorted, fifty a page, with who pays them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.core.paginator import Page
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from backoffice.federation.models import Organisation
from backoffice.figures.vocabulary import expense_categories
from backoffice.web.folding import Fold, fold
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import share
from invoices.models import Invoice, Ventilation
from reports.pages.listed import (
    Head,
    ListForm,
    Sorts,
    cents,
    holding,
    of_organisations,
    ordered,
    page_of,
    whole,
    years_between,
)
from reports.pages.standing import State

STATES = {
    "paid": _("Payée"),
    "unpaid": _("À payer"),
    "bare": _("Sans pièce justificative"),
    "free": _("Sans subvention"),
}
SORTS: Sorts = {
    "date": F("issued_on"),
    "piece": Fold(F("piece")),
    "organisation": Fold(F("organisation__name")),
    "fournisseur": Fold(F("supplier__name")),
    "montant": F("amount"),
    "paiement": F("paid_on"),
}
_TIES = ("organisation__name", "piece", "pk")
_SEARCHED = ("piece", "number", "description", "identity__name", "supplier__code", "supplier__name")


def _categories() -> list[tuple[str, Any]]:
    """The categories of invoices by their French name, behind the choice of all of them."""
    names = [(code, said(one.label)) for code, one in expense_categories().items()]
    return [("", _("Toutes")), *sorted(names, key=lambda pair: fold(pair[1]) or "")]


class InvoicesForm(ListForm):
    """What is asked of the list of invoices."""

    categorie = forms.ChoiceField(label=_("Catégorie"), required=False, choices=_categories)


@dataclass(frozen=True)
class InvoiceRow:
    """One invoice: its category in words, its share on each award, and its state."""

    invoice: Invoice
    category: str
    shares: tuple[tuple[str, str], ...]
    states: tuple[State, ...]


@dataclass(frozen=True)
class Totals:
    """Of the whole selection, in cents: amount, paid and still to pay; None without any row."""

    count: int
    amount: int | None
    paid: int | None
    unpaid: int | None


@dataclass(frozen=True)
class Selection:
    """Everything that the address asks for, not yet cut in pages."""

    form: InvoicesForm
    found: QuerySet[Invoice]


@dataclass(frozen=True)
class InvoicesPage:
    """Fifty invoices, the totals of all those found, and the heads of the columns."""

    form: InvoicesForm
    rows: tuple[InvoiceRow, ...]
    page: Page[Invoice]
    totals: Totals
    heads: tuple[Head, ...]


def selection(organisations: Sequence[Organisation], data: QueryDict) -> Selection:
    """The invoices that an address asks for, among those of some organisations."""
    mine = Invoice.objects.filter(organisation__in=organisations)
    years = years_between(mine, "issued_on")
    form = InvoicesForm(data, organisations, years, STATES, SORTS)
    rows = of_organisations(Invoice.objects.all(), form, organisations).select_related("supplier")
    rows = _narrowed(holding(rows, form.asked("texte"), _SEARCHED), form)
    return Selection(form, ordered(rows, form.asked("tri") or "-date", SORTS, _TIES))


def invoices_page(chosen: Selection, data: QueryDict) -> InvoicesPage:
    """One page of a selection."""
    form = chosen.form
    heads = (
        form.head(_("Pièce"), "piece"),
        *([form.head(_("Organisation"), "organisation")] if "organisation" in form.fields else ()),
        form.head(_("Date"), "date"),
        form.head(_("Fournisseur et objet"), "fournisseur"),
        form.head(_("Catégorie")),
        form.head(_("Montant"), "montant", numeric=True),
        form.head(_("Payée le"), "paiement"),
        form.head(_("Subventions")),
        form.head(_("État")),
    )
    totals = totals_of(chosen)
    page = page_of(_with_shares(chosen), totals.count, data)
    return InvoicesPage(form, tuple(_rows(page)), page, totals, heads)


def every_row(chosen: Selection) -> list[InvoiceRow]:
    """The whole selection, for a file."""
    return list(_rows(_with_shares(chosen).iterator(chunk_size=1_000)))


def totals_of(chosen: Selection) -> Totals:
    """The totals of a selection, summed on whole cents."""
    found = chosen.found.order_by().aggregate(
        count=Count("pk"),
        total=Sum(cents("amount")),
        paid=Sum(cents("amount"), filter=Q(paid_on__isnull=False)),
        unpaid=Sum(cents("amount"), filter=Q(paid_on__isnull=True)),
    )
    return Totals(
        found["count"], whole(found["total"]), whole(found["paid"]), whole(found["unpaid"])
    )


def _narrowed(rows: QuerySet[Invoice], form: InvoicesForm) -> QuerySet[Invoice]:
    if year := form.asked("annee"):
        rows = rows.filter(issued_on__year=year)
    if category := form.asked("categorie"):
        rows = rows.filter(category=category)
    shares = Ventilation.objects.filter(invoice=OuterRef("pk"))
    states = {
        "paid": Q(paid_on__isnull=False),
        "unpaid": Q(paid_on__isnull=True),
        "bare": Q(evidence=""),
        "free": ~Exists(shares),
    }
    return rows.filter(states.get(form.asked("etat"), Q()))


def _with_shares(chosen: Selection) -> QuerySet[Invoice]:
    read = ("invoice", "share_numerator", "share_denominator", "award__reference")
    shares = Ventilation.objects.select_related("award").only(*read).order_by("award__reference")
    return chosen.found.prefetch_related(Prefetch("ventilations", shares, to_attr="shares"))


def _rows(invoices: Iterable[Any]) -> Iterator[InvoiceRow]:
    categories = expense_categories()
    for invoice in invoices:
        paid = State("done", str(STATES["paid"])) if invoice.paid_on else None
        states = [paid or State("warning", str(STATES["unpaid"]))]
        states += [] if invoice.evidence else [State("error", str(STATES["bare"]))]
        category = categories.get(invoice.category)
        yield InvoiceRow(
            invoice=invoice,
            category=said(category.label) if category else invoice.category,
            shares=tuple(
                (one.award.reference, share(Fraction(one.share_numerator, one.share_denominator)))
                for one in invoice.shares
            ),
            states=tuple(states),
        )
