"""What users type about figures and awards, as typed values."""

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
from backoffice.web.numbers import point_decimal
from backoffice.web.templatetags.labels import said
from grants.models import Award, Term
from grants.scheme import general_figures, schemes
from grants.terms import TERMS, BadTerm, read_term

if TYPE_CHECKING:
    EntryBase = forms.ModelForm[FigureEntry]
    OwnBase = forms.ModelForm[Any]
    TermBase = forms.ModelForm[Term]
else:
    EntryBase = OwnBase = TermBase = forms.ModelForm

_LARGEST = Fraction(LARGEST, 100)
_OTHERS: Mapping[str, Any] = {
    "approval": gettext_lazy("Cet agrément est celui d'une autre organisation."),
    "renews": gettext_lazy("Cette subvention est celle d'une autre organisation."),
    "award": gettext_lazy("Cette subvention est celle d'une autre organisation."),
    "application": gettext_lazy("Cette demande est celle d'une autre organisation."),
}


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
            self.fields[name].widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class OwnForm(OwnBase):
    """A row whose approval, award and application are of its own organisation."""

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        found = data if data is not None else self.cleaned_data
        organisation = found.get("organisation")
        for name, words in _OTHERS.items():
            linked = found.get(name)
            if linked and organisation and linked.organisation_id != organisation.pk:
                self.add_error(name, words)
        return data


class AwardForm(OwnForm):
    """An award under one of the schemes that the product knows."""

    scheme = forms.ChoiceField(label=gettext_lazy("Régime"))

    class Meta:
        model = Award
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scheme"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.code, said(one.label)) for one in schemes().values()]


class TermForm(TermBase):
    """One notified term, whose value can be read."""

    code = forms.ChoiceField(
        label=gettext_lazy("Terme"),
        choices=lambda: [(t.code, said(t.words)) for t in TERMS.values()],
    )

    class Meta:
        model = Term
        fields = "__all__"

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        found = data if data is not None else self.cleaned_data
        try:
            code = found.get("code", "")
            read_term(code, found.get("value", ""), self._choices(code))
        except BadTerm as error:
            self.add_error("value", str(error))
        return data

    def _choices(self, code: str) -> Mapping[str, str] | None:
        """What the scheme of the award offers, None while the award has no known scheme."""
        award = getattr(self.instance, "award", None)
        scheme = schemes().get(award.scheme) if award else None
        return None if scheme is None else scheme.choices_of(code)
