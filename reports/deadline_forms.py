"""What users type to change a deadline: done, moved, without object, open again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.federation.fields import FIRST_DAY, LAST_DAY, plausible_day
from backoffice.web.days import DAY_FORMATS, DayInput


def day_field(label: Any, missing: Any) -> forms.DateField:
    """A day between 1990 and 2100, as every screen asks for one."""
    return forms.DateField(
        label=label,
        input_formats=DAY_FORMATS,
        widget=DayInput,
        validators=[plausible_day],
        error_messages={
            "required": missing,
            "invalid": _("La date n'est pas lisible : écrivez-la jj/mm/aaaa."),
        },
    )


def _reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Motif"),
        max_length=250,
        widget=forms.TextInput(attrs={"class": "long"}),
        error_messages={"required": _("Indiquez le motif.")},
    )


class DoneForm(forms.Form):
    """The day on which it was done, and what proves it."""

    on = day_field(_("Fait le"), _("Indiquez le jour."))
    evidence = forms.CharField(
        label=_("Preuve d'envoi (référence)"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "long"}),
    )


class MoveForm(forms.Form):
    """The new day, and why."""

    to = day_field(_("Nouvelle échéance"), _("Indiquez le nouveau jour."))
    reason = _reason_field()


class ReasonForm(forms.Form):
    """Why nothing is due any more, or why it is open again."""

    reason = _reason_field()


class PlanForm(forms.Form):
    """The exercise whose deadlines are to be written."""

    year = forms.IntegerField(min_value=FIRST_DAY.year, max_value=LAST_DAY.year)
