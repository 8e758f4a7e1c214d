"""Forms of what funders grant: a term is read as its code asks, a payment names its instalment."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from backoffice.web.templatetags.money import day
from grants.models import Award
from grants.scheme import schemes
from grants.terms import BadTerm, read_term
from reports.records.forms import RecordForm


class AwardForm(RecordForm):
    """An award; what it renews is of the same scheme and approval, and earlier."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        renewed = data.get("renews")
        if renewed is not None:
            for said in self._refused(renewed, data):
                self.add_error("renews", said)
        return data

    def _refused(self, renewed: Award, data: Mapping[str, Any]) -> Iterator[str]:
        if renewed.scheme != data.get("scheme"):
            yield _("Une subvention en reconduit une autre du même régime, pas celle-ci.")
        if renewed.approval != data.get("approval"):
            yield _("Une subvention en reconduit une autre du même agrément, pas celle-ci.")
        own = data.get("starts_on")
        if own and own <= renewed.starts_on:
            yield _(
                "La subvention reconduite commence le %(first)s, pas avant celle-ci (%(own)s)."
            ) % {"first": day(renewed.starts_on), "own": day(own)}


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
