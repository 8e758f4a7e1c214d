"""What an employer says of its accounts and of the way it pays, as typed values."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from invoices.models import TreasuryRules
from reports.records.fields import DayField, EuroField, NumberField, WholeField

_HUNDRED = Decimal(100)
_MOST_DAYS = 365
_CENTS: dict[str, Any] = {"required": False, "max_digits": 12, "decimal_places": 2}
_PERCENT: dict[str, Any] = {
    "required": False,
    "min_value": Decimal(0),
    "max_value": _HUNDRED,
    "max_digits": 6,
    "decimal_places": 3,
}
RATES = ("overdraft_rate", "tax_share")


class RulesForm(forms.Form):
    """All of it may be unknown; a balance has its day."""

    balance_on = DayField(label=_("Solde bancaire au"), required=False)
    balance = EuroField(label=_("Solde de tous les comptes bancaires (EUR)"), **_CENTS)
    statement = forms.CharField(
        label=_("Extrait de compte (référence)"), max_length=80, required=False
    )
    credit_line = EuroField(label=_("Découvert autorisé (EUR)"), min_value=Decimal(0), **_CENTS)
    overdraft_rate = NumberField(label=_("Intérêt du découvert, en % par an"), **_PERCENT)
    pay_day = WholeField(
        label=_("Jour du mois où la paie part"), required=False, min_value=1, max_value=31
    )
    tax_share = NumberField(
        label=_("Précompte professionnel, en % de la rémunération imposable"), **_PERCENT
    )

    def clean(self) -> dict[str, Any]:
        """The balance and its day together; percentages as ratios."""
        found = super().clean() or {}
        if not self.errors and (found["balance"] is None) != (found["balance_on"] is None):
            raise forms.ValidationError(
                _("Indiquez le solde et son jour, ou laissez les deux vides.")
            )
        for name in RATES:
            if found.get(name) is not None:
                found[name] /= _HUNDRED
        return found


def rules_form(rules: TreasuryRules | None) -> RulesForm:
    """The form as it stands for an employer."""
    initial = (
        {} if rules is None else {name: getattr(rules, name) for name in RulesForm.base_fields}
    )
    for name in RATES:
        ratio = initial.get(name)
        initial[name] = None if ratio is None else ratio * _HUNDRED
    return RulesForm(initial=initial)


class LatenessForm(forms.Form):
    """A what-if on the page: every payment of the funders some days later, from a day on."""

    retard = WholeField(label=_("Jours de retard en plus"), required=False, max_value=_MOST_DAYS)
    depuis = DayField(label=_("à partir du"), required=False)

    def wished(self, today: date) -> tuple[int, date]:
        """Days of the what-if, 0 for none, and from which day on."""
        if not self.is_valid():
            return 0, today
        return self.cleaned_data["retard"] or 0, self.cleaned_data["depuis"] or today
