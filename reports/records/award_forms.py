"""Forms of what funders grant: a term is read as its code asks, a payment names its instalment."""

from typing import Any

from django.utils.translation import gettext as _

from grants.scheme import schemes
from grants.terms import BadTerm, read_term
from reports.records.forms import RecordForm


class TermForm(RecordForm):
    """A term of an award, whose value is written as its code asks."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        award, code, value = data.get("award"), data.get("code"), data.get("value")
        if not (award and code and value):
            return data
        scheme = schemes().get(award.scheme)
        try:
            read_term(code, value, scheme.choices_of(code) if scheme else None)
        except BadTerm as error:
            self.add_error("value", str(error))
        return data


class ReceiptForm(RecordForm):
    """A payment received; an instalment is of the same award and exercise."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        paid, award, year = data.get("instalment"), data.get("award"), data.get("year")
        if paid and award and (paid.award_id, paid.year) != (award.pk, year):
            self.add_error(
                "instalment",
                _("Cette tranche est celle de %(award)s %(year)s : choisissez-en une autre.")
                % {"award": paid.award.reference, "year": paid.year},
            )
        return data
