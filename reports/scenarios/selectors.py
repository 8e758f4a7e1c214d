"""Scenarios and assumptions as somebody may see them."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Max, Min, Q, QuerySet

from backoffice.federation.access import has_right, organisations_for
from backoffice.federation.models import Organisation
from backoffice.federation.roles import Right
from reports.models import Assumption, StoredScenario
from reports.scenarios.assumed import Assumed, Assumptions, by_code
from reports.scenarios.scenario import Parameter, Scenario
from reports.scenarios.toml.values import exact
from staffing.models import PayMonth


def scenarios_for(user: User | AnonymousUser) -> QuerySet[StoredScenario]:
    """Those of one's services, those shared with them, and the federation's for its staff.

    What the federation shares with a service is seen there; what a service shares with the
    federation is seen by its staff. By owner, then by name.
    """
    services = organisations_for(user, Right.SEE)
    seen = Q(organisation__in=services) | Q(shares__organisation__in=services)
    if has_right(user, Right.AGGREGATES):
        seen |= Q(organisation=None) | Q(shares__isnull=False, shares__organisation=None)
    found = StoredScenario.objects.filter(seen).distinct()
    return found.select_related("organisation").order_by("organisation__name", "name")


def may_change(user: User, row: StoredScenario) -> bool:
    """Whether somebody may change, share or remove a scenario: its owner's people alone."""
    if row.organisation_id is None:
        return has_right(user, Right.AGGREGATES)
    return organisations_for(user, Right.SIMULATE).filter(pk=row.organisation_id).exists()


def services_without(row: StoredScenario) -> QuerySet[Organisation]:
    """The services with which a scenario may still be shared, by name."""
    found = Organisation.objects.exclude(scenarios_shared__scenario=row)
    if row.organisation_id is not None:
        found = found.exclude(pk=row.organisation_id)
    return found.order_by("name", "pk")


def is_seen_by_federation(row: StoredScenario) -> bool:
    """Whether a scenario is the federation's, or shared with it."""
    return row.organisation_id is None or row.shares.filter(organisation=None).exists()


def owners_for(user: User) -> QuerySet[Organisation]:
    """The services for which somebody may write a scenario."""
    return organisations_for(user, Right.SIMULATE)


def assumptions_on(day: date) -> Assumptions:
    """What the federation supposed on a day: of each code and first day, the last value signed."""
    rows = Assumption.objects.filter(signed_on__lte=day).select_related("author")
    return by_code(
        Assumed(
            code=row.code,
            value=exact(row.value),
            since=row.since,
            author=row.author.get_full_name() or row.author.get_username(),
            signed_on=row.signed_on,
            source=row.source,
            sentence=row.sentence,
        )
        for row in rows.order_by("signed_on", "pk")
    )


def signed_assumptions() -> QuerySet[Assumption]:
    """Every value that was ever signed, the last first day of each code first."""
    rows = Assumption.objects.select_related("author")
    return rows.order_by("code", "-since", "-signed_on", "-pk")


def candidates(parameter: Parameter, organisations: Sequence[Organisation]) -> list[Organisation]:
    """The organisations among which a choice is made, by name."""
    if not parameter.among:
        return []
    here = [one.pk for one in organisations]
    found = Organisation.objects.filter(pk__in=here, approvals__kind=parameter.among)
    return list(found.distinct().order_by("name"))


def proposed(scenario: Scenario, organisations: Sequence[Organisation]) -> Scenario:
    """The scenario with each choice made for which one organisation alone comes into question."""
    only = {
        code: found[0].enterprise_number
        for code, one in scenario.parameters.items()
        if not one.value.strip() and len(found := candidates(one, organisations)) == 1
    }
    return scenario.with_choices(only) if only else scenario


def paid_years(organisations: Sequence[Organisation]) -> range:
    """The civil years from the first pay of these organisations to the last, empty without any."""
    months = PayMonth.objects.filter(worker__organisation__in=organisations)
    found = months.aggregate(first=Min("month"), last=Max("month"))
    return range(found["first"].year, found["last"].year + 1) if found["first"] else range(0)
