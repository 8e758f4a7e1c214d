"""Find a person by name, number of worker, pseudonym or exact national number."""

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from backoffice.federation.identities.numbers import NotANationalNumber, clean, keyed_hashes
from backoffice.federation.models import Identity, Organisation

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
