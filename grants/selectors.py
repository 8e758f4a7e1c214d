"""Reads of the grants app: the awards a user may see, and the registry of figures."""

from functools import cache

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet

from backoffice.engine.figures import Figures
from backoffice.engine.index_series import IndexTables
from backoffice.engine.periods import year_period
from backoffice.federation.access import organisations_for
from backoffice.federation.models import Organisation
from backoffice.federation.selectors import filled_in, verifications
from backoffice.figures.index_tables import index_tables
from grants.models import Award, Deadline
from grants.scheme import general_figures


def figures_registry() -> Figures:
    """Every figure: general ones, those of the schemes, and what users filled in or verified."""
    general = general_figures()
    entries, verified = list(filled_in(general)), verifications()
    found = general.with_values(entries) if entries else general
    return found.verified(verified) if verified else found


def index_tables_of(registry: Figures) -> IndexTables:
    """The index tables of a registry; those of the general figures are built once."""
    general = general_figures()
    same = registry is general or all(
        registry[code] is figure for code, figure in general.items() if code.startswith("index.")
    )
    return _general_tables() if same else index_tables(registry)


@cache
def _general_tables() -> IndexTables:
    return index_tables(general_figures())


def awards_for(user: User | AnonymousUser) -> QuerySet[Award]:
    """The awards that a user may see, by organisation and reference."""
    visible = organisations_for(user)
    return (
        Award.objects.filter(organisation__in=visible)
        .select_related("organisation", "approval")
        .order_by("organisation__name", "reference")
    )


def deadlines_for(user: User | AnonymousUser) -> QuerySet[Deadline]:
    """The stored deadlines that a user may see and change, by day."""
    visible = organisations_for(user)
    return (
        Deadline.objects.filter(award__organisation__in=visible)
        .select_related("award__organisation")
        .order_by("due_on", "pk")
    )


def renewed_years(organisation: Organisation) -> set[int]:
    """The years in which an award that renews another one starts."""
    renewals = organisation.awards.filter(renews__isnull=False)
    return set(renewals.values_list("starts_on__year", flat=True))


def awards_of_year(organisation: Organisation, year: int) -> QuerySet[Award]:
    """The awards of an organisation whose period touches a year, by reference."""
    period = year_period(year)
    return (
        organisation.awards.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=period.start), starts_on__lt=period.stop
        )
        .select_related("approval")
        .order_by("reference")
    )
