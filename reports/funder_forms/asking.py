"""What users type about a funder's form: its file, what goes where, for which dossier."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from backoffice.federation.media_types import XLSX
from backoffice.federation.models import Organisation
from backoffice.federation.upload_fields import UploadField
from grants.selectors import awards_of_year
from reports.funder_forms.filling import MAX_ROW
from reports.funder_forms.sources import choices
from reports.justifications import years_of

XLSX_ONLY = frozenset({XLSX})
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")


class NewFormForm(forms.Form):
    """A name and the funder's file."""

    name = forms.CharField(
        label=_("Nom du formulaire"),
        max_length=120,
        error_messages={"required": _("Donnez un nom au formulaire.")},
    )
    file = UploadField(label=_("Fichier XLSX du pouvoir subsidiant"), types=XLSX_ONLY)


class NewFileForm(forms.Form):
    """The funder's file of a new year."""

    file = UploadField(label=_("Fichier XLSX du pouvoir subsidiant"), types=XLSX_ONLY)


class MapForm(forms.Form):
    """One value into a cell, or a list from a cell down."""

    source = forms.ChoiceField(label=_("Valeur à écrire"))
    cell = forms.CharField(
        label=_("Cellule"),
        max_length=10,
        help_text=_("L'adresse, comme B7 ; pour une liste, sa première cellule."),
        error_messages={"required": _("Donnez l'adresse de la cellule.")},
    )
    last_row = forms.IntegerField(
        label=_("Dernière ligne de la liste"),
        required=False,
        min_value=1,
        max_value=MAX_ROW,
        error_messages={"invalid": _("Donnez un numéro de ligne, comme 40.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = choices()  # type: ignore[attr-defined]

    def clean_cell(self) -> str:
        written: str = self.cleaned_data["cell"].strip().upper().replace("$", "")
        if not _ADDRESS.fullmatch(written):
            raise ValidationError(_("L'adresse d'une cellule s'écrit comme B7."))
        return written


class FillForm(forms.Form):
    """The dossier to write in the form."""

    reference = forms.ChoiceField(label=_("Subvention"))
    year = forms.TypedChoiceField(label=_("Exercice"), coerce=int)
    calculate = forms.BooleanField(
        label=_("Demander le recalcul à l'ouverture"),
        required=False,
        help_text=_(
            "Un attribut du classeur change, et lui seul ; sans cela, recalculez le formulaire "
            "(Ctrl+Alt+F9 dans Excel) avant de l'envoyer."
        ),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organisation = organisation
        known = organisation.awards.order_by("reference").values_list("reference", flat=True)
        self.fields["reference"].choices = [(one, one) for one in known]  # type: ignore[attr-defined]
        years = [(one, one) for one in years_of(organisation)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        reference, year = data.get("reference"), data.get("year")
        if reference and year:
            held = awards_of_year(self._organisation, year).filter(reference=reference)
            if not held.exists():
                self.add_error("year", _("Cette subvention ne porte pas sur cet exercice."))
        return data
