"""What people type about consents, collections and accounts."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from backoffice.federation.fields import FIRST_DAY, LAST_DAY
from backoffice.federation.models import Collection, Organisation
from backoffice.federation.roles import FederationRole, Role
from reports.deadline_forms import day_field

if TYPE_CHECKING:
    AccountBase = forms.ModelForm[User]
    ChoiceBase = forms.ModelChoiceField[Collection]
else:
    AccountBase, ChoiceBase = forms.ModelForm, forms.ModelChoiceField

_DAY = _("Indiquez le jour.")


def _text(label: Any, missing: Any, most: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.TextInput(attrs={"class": "long"}),
        error_messages={
            "required": missing,
            "max_length": _("Ce texte est trop long : %(limit_value)d caractères au plus."),
        },
    )


class ConsentForm(forms.Form):
    """Why and when the federation may see the rows of the service."""

    purpose = _text(_("But de l'accès"), _("Indiquez le but de l'accès."), 250)
    starts_on = day_field(_("Du"), _DAY)
    ends_on = day_field(_("Au"), _DAY)


class CollectionForm(forms.Form):
    """A collection to open: its year and the days between which services agree."""

    year = forms.IntegerField(
        label=_("Exercice"),
        min_value=FIRST_DAY.year,
        max_value=LAST_DAY.year,
        error_messages={
            "required": _("Indiquez l'exercice."),
            "invalid": _("L'exercice est une année : écrivez par exemple 2026."),
            "min_value": _("L'exercice est une année : écrivez par exemple 2026."),
            "max_value": _("L'exercice est une année : écrivez par exemple 2026."),
        },
    )
    title = _text(_("Titre"), _("Indiquez un titre."), 120)
    opens_on = day_field(_("Ouverte du"), _DAY)
    closes_on = day_field(_("Au"), _DAY)


class ClosingForm(forms.Form):
    """The last day on which services may agree."""

    closes_on = day_field(_("Ouverte jusqu'au"), _DAY)


class CollectionField(ChoiceBase):
    """A collection, by its title and year."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.year})"


class MemorandumForm(forms.Form):
    """The collection whose figures are asked, and the day of the situation."""

    collection = CollectionField(
        label=_("Collecte"),
        queryset=Collection.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choisissez une collecte."),
            "invalid_choice": _("Choisissez une collecte de la liste."),
        },
    )
    as_of = day_field(_("Situation au"), _DAY)

    def __init__(self, collections: QuerySet[Collection], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["collection"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = collections


class _Reasoned(forms.Form):
    reason = _text(_("Motif"), _("Indiquez le motif."), 250)


class RoleForm(_Reasoned):
    """A role in one organisation."""

    field_order = ("organisation", "role", "reason")
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.order_by("name"),
        error_messages={
            "required": _("Choisissez une organisation."),
            "invalid_choice": _("Choisissez une organisation de la liste."),
        },
    )
    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices)


class FederationRoleForm(_Reasoned):
    """A role in the federation."""

    field_order = ("role", "reason")
    role = forms.ChoiceField(label=_("Rôle"), choices=FederationRole.choices)


class ReasonForm(_Reasoned):
    """Why a role or an access is taken away."""


class PersonForm(AccountBase):
    """Who an account is, and why that changes."""

    reason = _text(_("Motif"), _("Indiquez le motif."), 250)

    class Meta:
        model = User
        fields = ("first_name", "last_name", "email")


class AccountForm(PersonForm):
    """A new account: who it is, and why it is opened."""

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email")
