"""What users type about an amendment, as typed values."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.web.days import DAY_FORMATS, DayInput
from backoffice.web.templatetags.labels import said
from backoffice.web.templatetags.money import eur
from grants.models import Award, Term
from grants.scheme import schemes
from grants.services.amendments import Decision, term_on
from grants.terms import TERMS, TermCode, TermKind, read_number

TermRow = tuple[TermCode, str, forms.BoundField]
_REQUIRED = {"required": _("À remplir."), "invalid": _("La date n'est pas lisible : jj/mm/aaaa.")}
_DAY: dict[str, Any] = {
    "input_formats": DAY_FORMATS,
    "error_messages": _REQUIRED,
    "widget": DayInput,
}


class AmendmentForm(forms.Form):
    """The letter of an amendment, and a new value for each term that it changes."""

    letter_reference = forms.CharField(
        label=_("Référence de la lettre"), max_length=120, error_messages=_REQUIRED
    )
    decided_on = forms.DateField(label=_("Décidé le"), **_DAY)
    effective_on = forms.DateField(label=_("Prend effet le"), **_DAY)
    reason = forms.CharField(label=_("Objet"), max_length=250, error_messages=_REQUIRED)

    def __init__(self, award: Award, on: date, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self._rows = list(award.terms.order_by("starts_on", "decided_on"))
        self._on = on
        self._usual = {row.code for row in self._rows} | set(schemes()[award.scheme].required_terms)
        for code, term in TERMS.items():
            self.fields[f"term_{code}"] = forms.CharField(
                label=said(term.words), max_length=120, required=False
            )

    @property
    def decision(self) -> Decision:
        """The letter, once valid."""
        data = self.cleaned_data
        return Decision(
            data["letter_reference"], data["decided_on"], data["effective_on"], data["reason"]
        )

    @property
    def terms(self) -> dict[str, str]:
        """The new values, by code."""
        data = self.cleaned_data
        return {code: data[f"term_{code}"] for code in TERMS if data[f"term_{code}"]}

    @property
    def letter_fields(self) -> list[forms.BoundField]:
        """The fields of the letter."""
        names = ("letter_reference", "decided_on", "effective_on", "reason")
        return [self[name] for name in names]

    @property
    def usual(self) -> list[TermRow]:
        """The terms that the award has or its scheme asks for, with today's values."""
        return [row for row in self._term_rows() if row[0].code in self._usual]

    @property
    def others(self) -> list[TermRow]:
        """Every other term."""
        return [row for row in self._term_rows() if row[0].code not in self._usual]

    @property
    def others_filled(self) -> bool:
        """Whether one of the other terms is written."""
        return any(field.value() for _term, _current, field in self.others)

    def _term_rows(self) -> Iterator[TermRow]:
        for code, term in TERMS.items():
            current = term_on(self._rows, code, self._on)
            yield term, _shown(current), self[f"term_{code}"]


def _shown(term: Term | None) -> str:
    """A value as its letter writes it, an amount in French."""
    if term is None:
        return ""
    is_amount = TERMS[term.code].kind is TermKind.EUR
    return eur(int(read_number(term.code, term.value) * 100)) if is_amount else term.value
