"""What somebody of the federation types to sign an assumption."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from backoffice.figures.index_tables import LAGS
from backoffice.web.templatetags.labels import said
from grants.forms import exact_text
from grants.scheme import schemes
from reports.scenarios.codes import FAMILIES, LEVELS
from reports.scenarios.labels import regime_name

_DAYS = ["%d/%m/%Y", "%Y-%m-%d"]
_NOTHING = ("", "")
_MOST_YEARS = 60


def _families() -> list[tuple[str, str]]:
    return [(code, capfirst(words)) for code, words in FAMILIES.items()]


def _about() -> list[tuple[Any, Any]]:
    """What an assumption may be about: a level of diploma, a scheme, an index regime."""
    levels = [(code, capfirst(words)) for code, words in LEVELS.items()]
    kinds = [(code, said(schemes()[code].label)) for code in sorted(schemes())]
    return [
        _NOTHING,
        (_("Niveau"), levels),
        (_("Régime de subvention"), kinds),
        (_("Régime d'index"), [(regime, capfirst(regime_name(regime))) for regime in LAGS]),
    ]


class AssumptionForm(forms.Form):
    """One value, what it is about, from when, and where it comes from."""

    family = forms.ChoiceField(label=_("Ce qui est supposé"), choices=_families)
    about = forms.ChoiceField(
        label=_("À propos de"),
        choices=_about,
        required=False,
        help_text=_("Rien pour les frais de fonctionnement par ETP."),
    )
    seniority = forms.IntegerField(
        label=_("Années d'ancienneté"), min_value=0, max_value=_MOST_YEARS, required=False
    )
    value = forms.CharField(
        label=_("Valeur"),
        max_length=30,
        help_text=_(
            "En euros par an, comme un nombre pour un taux (0,02 pour 2 %), ou pour un facteur "
            "(1,04 pour 4 % de plus)."
        ),
    )
    since = forms.DateField(label=_("Valable à partir du"), input_formats=_DAYS)
    source = forms.CharField(label=_("Source"), max_length=250)
    sentence = forms.CharField(
        label=_("En une phrase"), max_length=250, help_text=_("Ce que cette valeur suppose.")
    )

    def clean_value(self) -> str:
        return exact_text(self.cleaned_data["value"])

    @property
    def code(self) -> str:
        """The code of what was chosen."""
        chosen = self.cleaned_data
        years = chosen["seniority"]
        parts = (chosen["family"], chosen["about"], "" if years is None else str(years))
        return ".".join(part for part in parts if part)
