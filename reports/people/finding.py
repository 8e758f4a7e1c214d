"""Find a person by name, number of worker, pseudonym or exact national number."""

from dataclasses import dataclass

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backoffice.federation.identities.numbers import NotANationalNumber, clean, keyed_hashes
from backoffice.federation.models import Identity, Organisation
from reports.pages.listed import holding

MOST = 50
_SHORTEST = 2


class PersonForm(forms.Form):
    """Who is looked for; sent in the body, so that no address or log holds it."""

    who = forms.CharField(
        label=_("Nom, numéro de travailleur, pseudonyme ou numéro national exact"),
        min_length=_SHORTEST,
        max_length=150,
        error_messages={
            "required": _("Écrivez un nom ou un numéro."),
            "min_length": _("Écrivez au moins deux caractères."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ErasureForm(forms.Form):
    """Why an identity is erased, and its pseudonym typed again: it cannot be undone."""

    reason = forms.CharField(
        label=_("Motif"),
        max_length=250,
        error_messages={"required": _("Indiquez le motif.")},
        help_text=_("Il reste dans la piste d'audit : n'y écrivez pas le nom."),
    )
    pseudonym = forms.CharField(
        label=_("Pseudonyme, pour confirmer"),
        max_length=20,
        error_messages={"required": _("Recopiez le pseudonyme de la personne.")},
    )

    reviewed = forms.BooleanField(
        label=_("J'ai revu chaque texte et chaque fichier de la liste."),
        error_messages={"required": _("Revoyez la liste ci-dessus, puis cochez cette case.")},
    )

    def __init__(
        self, identity: Identity, data: QueryDict | None = None, *, to_review: bool = False
    ) -> None:
        super().__init__(data)
        self.identity = identity
        if not to_review:
            del self.fields["reviewed"]

    def clean_pseudonym(self) -> str:
        typed: str = self.cleaned_data["pseudonym"].strip()
        if typed != self.identity.pseudonym:
            raise forms.ValidationError(_("Ce n'est pas le pseudonyme de cette personne."))
        return typed


@dataclass(frozen=True)
class Partner:
    """A supplier or the customer of an invoice of whom nobody said whether it is a person."""

    name: str
    about: str
    address: str


def partners(organisation: Organisation, who: str) -> list[Partner]:
    """Those whose name holds a text, at most `MOST` + 1 of each kind; two queries.

    On the page of its row, somebody says whether it is a person: only she can tell.
    """
    suppliers = holding(organisation.suppliers.filter(nature=""), who, ("firm",))
    sales = holding(organisation.sales_invoices.filter(nature=""), who, ("firm",)).order_by("-pk")
    return [
        *(
            Partner(row.name, _("fournisseur %s") % row.code, _page("suppliers", row.pk))
            for row in suppliers.order_by("firm", "pk")[: MOST + 1]
        ),
        *(
            Partner(row.customer, _("client, facture %s") % row.number, _page("sales", row.pk))
            for row in sales[: MOST + 1]
        ),
    ]


def _page(record: str, number: int) -> str:
    return reverse("record_row", args=[record, number])


def found(organisation: Organisation, who: str) -> QuerySet[Identity]:
    """The people of an organisation that an exact national number or a piece of text finds."""
    rows = Identity.objects.filter(organisation=organisation).order_by("number")
    try:
        return rows.filter(national_number_hash__in=keyed_hashes(clean(who)))
    except NotANationalNumber:
        pass
    wanted = Q(name__icontains=who) | Q(workers__number__iexact=who)
    digits = who.upper().removeprefix("P-")
    if digits.isascii() and digits.isdigit() and len(digits) <= 9:  # noqa: PLR2004
        wanted |= Q(number=int(digits))
    return rows.filter(wanted).distinct()
