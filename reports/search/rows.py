"""What is found in the rows of the organisations that a user may see: one query for each kind."""

from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backoffice.federation.models import StoredFile
from backoffice.web.templatetags.money import day, eur
from grants.models import Award, Deadline, Receipt
from invoices.models import Invoice, Supplier
from invoices.selectors import called
from reports.exchange.numbers import decimal_of
from reports.models import Justification
from reports.pages.listed import holding
from reports.search.content import MOST_HITS, Group, Hit, Question, group, joined
from staffing.models import Worker

Row = TypeVar("Row", bound=Model)
ONE_MORE = MOST_HITS + 1
_MOST_DIGITS = 12


def _with_year(rows: QuerySet[Row]) -> QuerySet[Any]:
    """The exercise as text, to be searched with the other columns."""
    return rows.annotate(year_text=Cast("year", CharField()))


def workers(asked: Question) -> Group:
    """Workers by number and name."""
    rows = Worker.objects.filter(organisation__in=asked.organisations)
    found = holding(rows, asked.text, ("number", "identity__name"))
    found = found.select_related("organisation", "identity")
    hits = [
        Hit(
            row.name,
            joined(row.number, asked.whose(row.organisation)),
            asked.at(reverse("workers"), row.organisation, texte=row.number),
        )
        for row in found.order_by("identity__name", "pk")[:ONE_MORE]
    ]
    return group(_("Travailleurs"), hits)


def awards(asked: Question) -> Group:
    """Awards by reference, label and letter."""
    rows = Award.objects.filter(organisation__in=asked.organisations)
    columns = ("reference", "label", "letter_reference")
    found = holding(rows, asked.text, columns).select_related("organisation")
    hits = [
        Hit(
            row.reference,
            joined(row.label, asked.whose(row.organisation)),
            asked.at(
                reverse("justification", args=[row.reference, row.starts_on.year]),
                row.organisation,
            ),
        )
        for row in found.order_by("-starts_on", "reference", "pk")[:ONE_MORE]
    ]
    return group(_("Subventions"), hits)


def dossiers(asked: Question) -> Group:
    """Frozen justifications by reference, label and year."""
    rows = Justification.objects.filter(award__organisation__in=asked.organisations)
    columns = ("award__reference", "award__label", "year_text")
    found = holding(_with_year(rows), asked.text, columns).select_related("award__organisation")
    hits = [
        Hit(
            _("%(reference)s, exercice %(year)s, version %(version)s")
            % {"reference": row.award.reference, "year": row.year, "version": row.version},
            joined(row.award.label, asked.whose(row.award.organisation)),
            asked.at(
                reverse("justification", args=[row.award.reference, row.year]),
                row.award.organisation,
            ),
        )
        for row in found.order_by("-year", "award__reference", "-version")[:ONE_MORE]
    ]
    return group(_("Dossiers figés"), hits)


def invoices(asked: Question) -> Group:
    """Invoices by piece, number, description, supplier and amount."""
    rows = Invoice.objects.filter(organisation__in=asked.organisations)
    supplier = ("supplier__code", "supplier__firm", "supplier__identity__name")
    columns = ("piece", "number", "description", *supplier)
    found = holding(rows, asked.text, columns)
    amount = amount_of(asked.text)
    if amount is not None:
        same = rows.filter(Q(amount=amount) | Q(amount=-amount)).values("pk")
        found = rows.filter(Q(pk__in=found.values("pk")) | Q(pk__in=same))
    hits = [
        Hit(
            _("%(piece)s, %(supplier)s") % {"piece": row.piece, "supplier": row.supplier.name},
            joined(day(row.issued_on), eur(row.amount), asked.whose(row.organisation)),
            asked.at(reverse("invoices"), row.organisation, texte=row.piece),
        )
        for row in _with_supplier(found).order_by("-issued_on", "piece", "pk")[:ONE_MORE]
    ]
    return group(_("Factures"), hits)


def _with_supplier(rows: QuerySet[Invoice]) -> QuerySet[Invoice]:
    return rows.select_related("organisation", "supplier__identity")


def amount_of(text: str) -> Decimal | None:
    """The amount that a text writes: 1 234,50 or 1.234,50 or 1234.5; None for other texts."""
    amount = decimal_of(text.replace("€", "").replace("EUR", ""))
    return amount if amount is not None and 0 <= amount < 10**_MOST_DIGITS else None


def receipts(asked: Question) -> Group:
    """Payments received by reference, award and amount."""
    rows = Receipt.objects.filter(award__organisation__in=asked.organisations)
    found = holding(rows, asked.text, ("reference", "award__reference"))
    amount = amount_of(asked.text)
    if amount is not None:
        found = rows.filter(Q(pk__in=found.values("pk")) | Q(amount=amount))
    hits = [
        Hit(
            _("%(reference)s, %(award)s")
            % {"reference": row.reference, "award": row.award.reference},
            joined(day(row.received_on), eur(row.amount), asked.whose(row.award.organisation)),
            asked.at(reverse("record_row", args=["receipts", row.pk]), row.award.organisation),
        )
        for row in found.select_related("award__organisation").order_by("-received_on", "pk")[
            :ONE_MORE
        ]
    ]
    return group(_("Versements reçus"), hits)


def suppliers(asked: Question) -> Group:
    """Suppliers by code, name and enterprise number, written with its dots or without."""
    rows = Supplier.objects.filter(organisation__in=asked.organisations)
    columns = ("code", "firm", "identity__name", "enterprise_number")
    number = asked.text.upper().removeprefix("BE").replace(".", "").replace(" ", "")
    text = number if number.isdecimal() else asked.text
    found = holding(rows, text, columns).select_related("organisation", "identity")
    hits = [
        Hit(
            row.name,
            joined(row.code, row.enterprise_number, asked.whose(row.organisation)),
            asked.at(reverse("record_row", args=["suppliers", row.pk]), row.organisation),
        )
        for row in found.order_by(called(), "pk")[:ONE_MORE]
    ]
    return group(_("Fournisseurs"), hits)


def deadlines(asked: Question) -> Group:
    """Deadlines by label and award, in both languages."""
    rows = Deadline.objects.filter(award__organisation__in=asked.organisations)
    columns = ("label_fr", "label_nl", "award__reference", "year_text")
    found = holding(_with_year(rows), asked.text, columns).select_related("award__organisation")
    hits = [
        Hit(
            row.label_nl if get_language() == "nl" else row.label_fr,
            joined(day(row.due_on), row.award.reference, asked.whose(row.award.organisation)),
            asked.at(reverse("deadline", args=[row.pk]), row.award.organisation),
        )
        for row in found.order_by("-due_on", "pk")[:ONE_MORE]
    ]
    return group(_("Échéances"), hits, reverse("deadlines"))


def files(asked: Question) -> Group:
    """Files that were handed in, by name."""
    rows = StoredFile.objects.filter(organisation__in=asked.organisations)
    found = holding(rows, asked.text, ("name",)).select_related("organisation")
    hits = [
        Hit(
            row.name,
            joined(day(row.kept_at.date()), asked.whose(row.organisation)),
            asked.at(reverse("stored_file", args=[row.pk]), row.organisation),
        )
        for row in found.order_by("-pk")[:ONE_MORE]
    ]
    return group(_("Fichiers"), hits)
