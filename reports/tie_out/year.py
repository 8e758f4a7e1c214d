"""One year of the product as the tie-out reads it: facts, settled claims, analytical accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from backoffice.engine.claims.claim import Claim
from backoffice.federation.models import Organisation
from grants.models import Award
from reports.justifications import settled
from reports.snapshots import YearFacts, year_facts


@dataclass(frozen=True)
class Codes:
    """Analytical account of each approval and of each award's approval, by database id.

    What has no approval has no analytical account: an empty text. `names` is the approvals of each
    analytical account in words; `references` the reference of each award, of any year.
    """

    approvals: Mapping[int, str]
    awards: Mapping[int, str]
    references: Mapping[int, str]
    names: Mapping[str, str]

    def of(self, approval: int | None) -> str:
        """The analytical account of an approval, by its database id."""
        return "" if approval is None else self.approvals[approval]


@dataclass(frozen=True)
class Year:
    """An employer-year with its claims in the order of its awards."""

    facts: YearFacts
    claims: Sequence[Claim]
    codes: Codes

    @property
    def number(self) -> int:
        return self.facts.year

    def earned(self, index: int) -> int | None:
        """What an award has earned for the exercise: payable, or granted while that is unknown."""
        claim = self.claims[index]
        return claim.granted if claim.payable is None else claim.payable


def codes_of(organisation: Organisation) -> Codes:
    """The analytical accounts of an organisation, in two queries."""
    rows = list(organisation.approvals.order_by("code"))
    approvals = {row.pk: row.analytical_account for row in rows}
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row.analytical_account, []).append(str(row))
    awards = list(Award.objects.filter(organisation=organisation).order_by("reference"))
    return Codes(
        approvals,
        {row.pk: "" if row.approval_id is None else approvals[row.approval_id] for row in awards},
        {row.pk: row.reference for row in awards},
        {code: _(" ; ").join(words) for code, words in sorted(names.items())},
    )


def settled_year(organisation: Organisation, year: int, as_of: date, codes: Codes) -> Year:
    """One year settled as it was known on a day."""
    facts = year_facts(organisation, year, as_of)
    claims = sorted(settled(facts).claims, key=lambda claim: claim.award.index)
    return Year(facts, claims, codes)
