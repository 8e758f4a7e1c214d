"""What users type about figures, as typed values."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.engine.money import LARGEST
from backoffice.federation.models import FigureEntry
from backoffice.figures.places import Fault
from backoffice.figures.reading import exact
from backoffice.web.days import DayInput
from backoffice.web.numbers import point_decimal
from grants.scheme import general_figures

if TYPE_CHECKING:
    EntryBase = forms.ModelForm[FigureEntry]
else:
    EntryBase = forms.ModelForm

_LARGEST = Fraction(LARGEST, 100)


def known_code(code: str) -> str:
    """A figure code that exists, without the spaces around it.

    Raises:
        ValidationError: no figure has this code.
    """
    compact = code.strip()
    if compact not in general_figures():
        raise ValidationError(
            _("Aucune valeur de référence ne porte le code « %(code)s » : vérifiez-le."),
            params={"code": compact},
        )
    return compact


def exact_text(written: str) -> str:
    """The exact text of a number: "1 234,56" is "1234.56", "2/37" stays.

    Raises:
        ValidationError: it is not a number.
    """
    compact = point_decimal(written)
    try:
        exact(compact)
    except Fault as error:
        raise ValidationError(
            _("« %(written)s » n'est pas un nombre : écrivez 1234,56 ou 2/37."),
            params={"written": written},
        ) from error
    return compact


def value_text(code: str, written: str) -> str:
    """The exact text of a value that its figure can have.

    A ratio goes from -1 to 10, so that a percentage typed as such is refused; any other unit from
    0 to the largest amount in cents that the engine computes with.

    Raises:
        ValidationError: it is not a number, or it is beyond those bounds.
    """
    compact = exact_text(written)
    figure = general_figures().get(code)
    if figure is None:
        return compact
    value, _text = exact(compact)
    if figure.unit == "ratio":
        least, most = Fraction(-1), Fraction(10)
        words = _(
            "« %(written)s » n'est pas entre -1 et 10 : un taux s'écrit comme un nombre, "
            "0,3240 pour 32,40 %%."
        )
    else:
        least, most = Fraction(0), _LARGEST
        words = _(
            "« %(written)s » n'est pas entre 0 et 92 233 720 368 547 758,07 : "
            "vérifiez le signe et les chiffres."
        )
    if not least <= value <= most:
        raise ValidationError(words, params={"written": written})
    return compact


class FigureEntryForm(EntryBase):
    """A value that someone fills in, with its source."""

    source_url = forms.URLField(
        label=gettext_lazy("Adresse de la source"), required=False, assume_scheme="https"
    )

    class Meta:
        model = FigureEntry
        fields = (
            "code",
            "since",
            "value",
            "decided_on",
            "status",
            "source",
            "source_url",
            "verified_on",
        )
        help_texts: Mapping[str, Any] = {
            "code": gettext_lazy("Par exemple maribel.ceiling_332."),
            "value": gettext_lazy("Un nombre exact : 46607,60, 0,0484 pour 4,84 %, ou 2/37."),
            "decided_on": gettext_lazy("Laissez vide quand le jour de la décision est inconnu."),
            "source": gettext_lazy("Texte légal, circulaire ou lettre où la valeur se lit."),
        }

    def clean_code(self) -> str:
        return known_code(self.cleaned_data["code"])

    def clean_value(self) -> str:
        return value_text(self.cleaned_data.get("code", ""), self.cleaned_data["value"])


class FigureFillForm(FigureEntryForm):
    """A value of one figure, chosen by the page."""

    def __init__(self, code: str, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {**kwargs.get("initial", {}), "code": code}
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = True
        self.fields["code"].widget = forms.HiddenInput()
        for name in ("since", "decided_on", "verified_on"):
            self.fields[name].widget = DayInput()
