"""The form that brings a trial balance in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from reports.tie_out.table import MOST_BYTES

_KINDS = (".csv", ".txt", ".xlsx")


class BalanceForm(forms.Form):
    """A balance to look at; its content is judged by the importer."""

    balance = forms.FileField(
        label=_("Balance des comptes (.csv, .txt ou .xlsx)"),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Le fichier est vide : exportez à nouveau la balance."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(_KINDS)}),
    )
    partial = forms.BooleanField(
        label=_("Balance partielle, sans charges ni produits (classes 6 et 7)"), required=False
    )

    def clean_balance(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["balance"]
        if not (file.name or "").lower().endswith(_KINDS):
            raise forms.ValidationError(
                _("Ce n'est ni un CSV ni un classeur .xlsx : exportez sous un de ces formats.")
            )
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("Le fichier dépasse 10 Mo : la balance d'un employeur est bien plus petite.")
            )
        return file
