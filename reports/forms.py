"""What users type on the screens of the reports, as typed values."""

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from backoffice.federation.fields import FIRST_DAY, LAST_DAY
from backoffice.web.days import DAY_FORMATS

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
        input_formats=DAY_FORMATS,
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
    """An acceptance of one or several warnings, with its reason; the account is who accepts."""

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


class ManyFilesInput(forms.ClearableFileInput):
    """A field that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each with its own verdict; at least one."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = list(data or ())
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return files


class WorkbookForm(forms.Form):
    """The files to look at; their content is judged by the importer.

    `accepted` are those worth keeping, `refused` one sentence for each of the others.
    """

    workbook = ManyFilesField(
        label=_("Classeurs (.xlsx) ou factures électroniques (.xml)"),
        error_messages={"required": _("Choisissez au moins un fichier.")},
        widget=ManyFilesInput(
            attrs={"accept": ".xlsx,.xml", "data-most-bytes": str(MOST_BYTES)},
        ),
    )

    accepted: tuple[UploadedFile[Any], ...] = ()
    refused: tuple[str, ...] = ()

    def clean_workbook(self) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = self.cleaned_data["workbook"]
        verdicts = [(file, _verdict(file)) for file in files]
        self.accepted = tuple(file for file, sentence in verdicts if not sentence)
        self.refused = tuple(f"{file.name} : {sentence}" for file, sentence in verdicts if sentence)
        if not self.accepted:
            raise forms.ValidationError(list(self.refused))
        return list(self.accepted)


def _verdict(file: UploadedFile[Any]) -> str:
    """Why a file is not worth looking at; empty when it is."""
    size = file.size or 0
    if not (file.name or "").lower().endswith((".xlsx", ".xml")):
        return str(
            _(
                "Ce n'est ni un classeur .xlsx ni une facture .xml : enregistrez-le sous l'un de "
                "ces formats."
            )
        )
    if not size:
        return str(_("Le fichier est vide : choisissez le fichier rempli."))
    if size > MOST_BYTES:
        return str(_("Le fichier dépasse 10 Mo : un classeur d'un an est bien plus petit."))
    return ""
