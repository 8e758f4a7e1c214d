"""What users type to move a justification on: a sending, a payment, a reason, a decision."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.federation.upload_fields import UploadField
from reports.deadline_forms import day_field
from reports.records.fields import EuroField

_MOMENT = "%Y-%m-%dT%H:%M"


def amount_field(words: Any, *, negative: bool = False, **options: Any) -> EuroField:
    """An amount in EUR of at most two decimals, below zero only where it can be."""
    least = None if negative else Decimal(0)
    messages = {"min_value": _("Le montant ne peut pas être négatif."), **options}
    return EuroField(
        label=words, max_digits=12, decimal_places=2, min_value=least, error_messages=messages
    )


def _reason(words: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Motif"),
        max_length=400,
        widget=forms.TextInput(attrs={"class": "long"}),
        error_messages={"required": words},
    )


class NothingForm(forms.Form):
    """A move that asks for nothing."""


class UnlockForm(forms.Form):
    """Why a justification is brought back to preparation."""

    reason = _reason(_("Indiquez pourquoi la justification est déverrouillée."))


class CorrectForm(forms.Form):
    """Why a sent version is corrected."""

    reason = _reason(_("Indiquez pourquoi la version envoyée est corrigée."))


class AbandonForm(forms.Form):
    """Why a correction is not made after all."""

    reason = _reason(_("Indiquez pourquoi la correction est abandonnée."))


class SendForm(forms.Form):
    """When it was sent, and what proves it."""

    at = forms.DateTimeField(
        label=_("Envoyée le"),
        input_formats=[_MOMENT, "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT),
        error_messages={
            "required": _("Indiquez le jour et l'heure de l'envoi."),
            "invalid": _("L'heure n'est pas lisible : écrivez-la jj/mm/aaaa hh:mm."),
        },
    )
    reference = forms.CharField(
        label=_("Référence de l'envoi"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"class": "long"}),
        help_text=_("Numéro du recommandé, accusé du guichet en ligne…"),
    )
    proof = UploadField(label=_("Preuve d'envoi"), required=False)

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if not found.get("reference") and not found.get("proof") and "proof" not in self.errors:
            raise forms.ValidationError(_("Joignez la preuve d'envoi, ou indiquez sa référence."))
        return found


class PaymentForm(forms.Form):
    """The payment that settles a justification."""

    on = day_field(_("Payé le"), _("Indiquez le jour du paiement."))
    amount = amount_field(_("Montant (€)"), required=_("Indiquez le montant."))
    reference = forms.CharField(
        label=_("Référence bancaire"),
        max_length=60,
        required=False,
        help_text=_("Rien si le solde est nul."),
    )


class DecisionForm(forms.Form):
    """When and how the funder decided, and whether the lines left are accepted."""

    on = day_field(_("Décidée le"), _("Indiquez le jour de la décision."))
    reference = forms.CharField(
        label=_("Référence de la décision"),
        max_length=120,
        error_messages={"required": _("Indiquez la référence de la décision.")},
    )
    document = UploadField(label=_("Document de la décision"), required=False)
    accept_rest = forms.BooleanField(
        label=_("Accepter tout le reste"),
        required=False,
        help_text=_("Les lignes sans réponse sont acceptées pour ce qui est admissible."),
    )


class HeadForm(forms.Form):
    """What the funder accepts of a whole head, when it says no more."""

    head = forms.ChoiceField(
        label=_("Rubrique"), error_messages={"invalid_choice": _("Choisissez une rubrique.")}
    )
    accepted = amount_field(
        _("Accepté (€)"), negative=True, required=_("Indiquez le montant accepté.")
    )
    reason = forms.CharField(label=_("Motif"), max_length=250, required=False)

    def __init__(self, *args: Any, heads: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"].choices = heads  # type: ignore[attr-defined]


class RehearsalForm(forms.Form):
    """How much of the lines is drawn, and the seed that draws the same ones again."""

    pourcentage = forms.IntegerField(
        label=_("Part des lignes (%)"),
        min_value=20,
        max_value=40,
        error_messages={
            "required": _("Indiquez la part des lignes."),
            "invalid": _("La part est un nombre entier, de 20 à 40."),
            "min_value": _("La part est de 20 %% au moins."),
            "max_value": _("La part est de 40 %% au plus."),
        },
    )
    graine = forms.RegexField(
        r"^[A-Za-z0-9-]{1,20}$",
        label=_("Code du tirage"),
        required=False,
        error_messages={
            "invalid": _("Le code du tirage n'a que des lettres et des chiffres, 20 au plus.")
        },
        help_text=_("Le même code tire les mêmes lignes."),
    )
