"""What users type on the screens of the reports, as typed values."""

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from backoffice.federation.fields import FIRST_DAY, LAST_DAY

MOST_BYTES = 10 * 1024 * 1024

_ROW_NUMBER = forms.IntegerField(min_value=1, max_value=2**63 - 1)


def row_number(text: str) -> int | None:
    """The number of a stored row, as a page sent it back; None for what cannot be one."""
    try:
        number: int = _ROW_NUMBER.clean(text)
    except forms.ValidationError:
        return None
    return number


class StandingForm(forms.Form):
    """The day of the statement, carried in the address."""

    au = forms.DateField(
        label=_("Situation au"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": _("La date n'est pas lisible : écrivez-la jj/mm/aaaa.")},
    )

    def clean_au(self) -> date | None:
        day: date | None = self.cleaned_data["au"]
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("La date doit être entre 1990 et 2100."))
        return day


class YearFilesForm(StandingForm):
    """Every dossier of a year in one archive: the day shown on the page, and which formats."""

    formats = forms.ChoiceField(
        choices=[
            ("json xlsx pdf", _("PDF, classeurs et JSON")),
            ("json xlsx", _("classeurs et JSON, sans les PDF (plus rapide)")),
        ],
        error_messages={
            "required": _("Choisissez les formats."),
            "invalid_choice": _("Ces formats ne sont pas proposés : choisissez dans la liste."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["au"].required = True
        self.fields["au"].error_messages["required"] = _("Indiquez le jour de la situation.")

    def clean_formats(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["formats"].split())


class SignOffForm(forms.Form):
    """A named acceptance of one or several warnings, with its reason."""

    signed_by = forms.CharField(
        label=_("Accepté par (nom)"),
        max_length=150,
        error_messages={"required": _("Indiquez qui accepte.")},
    )
    reason = forms.CharField(
        label=_("Motif"),
        max_length=250,
        error_messages={"required": _("Indiquez pourquoi.")},
    )

    @property
    def subjects(self) -> tuple[str, ...]:
        """What is accepted, as ticked on the page."""
        return tuple(self.data.getlist("subject")) if isinstance(self.data, QueryDict) else ()

    def clean(self) -> dict[str, Any]:
        if not self.subjects:
            raise forms.ValidationError(_("Cochez au moins un avertissement."))
        return self.cleaned_data


class WorkbookForm(forms.Form):
    """A workbook to look at; its content is judged by the importer."""

    workbook = forms.FileField(
        label=_("Classeur (.xlsx)"),
        error_messages={
            "required": _("Choisissez un classeur."),
            "empty": _("Le fichier est vide : choisissez le classeur rempli."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_workbook(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["workbook"]
        if not (file.name or "").lower().endswith(".xlsx"):
            raise forms.ValidationError(
                _("Ce n'est pas un classeur .xlsx : enregistrez-le sous ce format.")
            )
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("Le fichier dépasse 10 Mo : un classeur d'un an est bien plus petit.")
            )
        return file
