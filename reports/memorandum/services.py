"""The services of a memorandum: every approval in force in the year, its sector and its region.

Figures are observed by approval. A service, as the federation counts its members, is an employer in
a region: a CSS and an ILI of one employer are one service with two approvals.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from django.conf import settings
from django.db.models import Model, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from backoffice.engine.sheet import labels
from backoffice.federation.models import (
    Approval,
    ApprovedPosition,
    Organisation,
    Participation,
    Site,
)
from backoffice.federation.vocabulary import ApprovalKind
from staffing.models import PayMonth

Dated = TypeVar("Dated", bound=Model)
BODY = ApprovalKind.BODY.value
BRUSSELS, WALLONIA = "brussels", "wallonia"
SECTORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {BRUSSELS: ("CASG", "CSSI", "CAP"), WALLONIA: ("CSS", "ILI", "SASPP")}
)
REGION_OF = {kind: region for region, kinds in SECTORS.items() for kind in kinds}
REGION_LABELS = {
    BRUSSELS: labels("Bruxelles", "Brussel"),
    WALLONIA: labels("Wallonie", "Wallonië"),
}
SECTOR_LABELS = {
    "CASG": labels("CASG (COCOF)", "CASG (COCOF)"),
    "CSSI": labels("CSSI (COCOF)", "CSSI (COCOF)"),
    "CAP": labels("CAP (COCOM)", "CAW (GGC)"),
    "CSS": labels("CSS (Wallonie)", "CSS (Wallonië)"),
    "ILI": labels("ILI (Wallonie)", "ILI (Wallonië)"),
    "SASPP": labels("SASPP (Wallonie)", "SASPP (Wallonië)"),
}


@dataclass(frozen=True)
class Service:
    """One approval: `index` is its place among the services, `employer` that of its organisation.

    `approved` holds the positions of its frame on the last day of the year, `antennas` counts its
    antennas on that day.
    """

    index: int
    employer: int
    approval: Approval
    approved: tuple[ApprovedPosition, ...]
    antennas: int

    @property
    def sector(self) -> str:
        return self.approval.kind

    @property
    def region(self) -> str:
        return REGION_OF[self.approval.kind]


@dataclass(frozen=True)
class Employer:
    """One organisation with its services; `approvals` counts all it holds, a body's included."""

    index: int
    organisation: Organisation
    services: tuple[Service, ...]
    approvals: Mapping[int, Service | None]


class NothingToSay(LookupError):
    """A year about which nothing can be said; the message is one sentence for users."""


def employers_of(year: int) -> tuple[Employer, ...]:
    """The employers of the services that take part in the collection of a year, by number.

    A demonstration takes the invented organisations alone, a real site never takes one. A service
    that has withdrawn is left out, whatever the day of the situation.

    Raises:
        NothingToSay: there is none.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    agreed = Participation.objects.filter(collection__year=year, withdrawn_at__isnull=True)
    if not agreed.exists():
        raise NothingToSay(
            _(
                "Aucun service ne participe à une collecte de %(year)d : ouvrez-la sur la page "
                "« Collectes », puis attendez l'accord des services."
            )
            % {"year": year}
        )
    rows = (
        Organisation.objects.filter(is_demo=settings.DEMO, pk__in=agreed.values("organisation"))
        .order_by("enterprise_number")
        .prefetch_related(
            Prefetch("approvals", _touching(first, last)),
            Prefetch("approvals__positions", _on(ApprovedPosition.objects.order_by("code"), last)),
            Prefetch("approvals__sites", _on(Site.objects.order_by("code"), last)),
        )
    )
    found: list[Employer] = []
    count = 0
    for organisation in rows:
        employer = _employer(organisation, len(found), count)
        if employer.services:
            found.append(employer)
            count += len(employer.services)
    if not found:
        raise NothingToSay(
            _(
                "Aucun service n'est agréé en %(year)d : importez d'abord les classeurs avec "
                "« import », ou vérifiez l'année."
            )
            % {"year": year}
        )
    return tuple(found)


def require_year(year: int, as_of: date, employers: Sequence[Employer]) -> None:
    """Refuse a year that had not begun on the day of the situation, and one without any pay.

    Raises:
        NothingToSay: nothing that is known of the year would be a figure.
    """
    if as_of < date(year, 1, 31):
        raise NothingToSay(
            _(
                "La situation au %(day)s précède la fin de janvier %(year)d : rien de %(year)d "
                "n'était encore connu ; choisissez un jour plus tardif ou une année antérieure."
            )
            % {"day": f"{as_of:%d/%m/%Y}", "year": year}
        )
    held = [employer.organisation for employer in employers]
    if not PayMonth.objects.filter(worker__organisation__in=held, month__year=year).exists():
        raise NothingToSay(
            _(
                "Aucun service n'a de paie en %(year)d : importez d'abord les comptes individuels "
                "avec « import », ou vérifiez l'année."
            )
            % {"year": year}
        )


def count_services(services: Iterable[Service]) -> int:
    """Services as the federation counts them: an employer in a region."""
    return len({(service.employer, service.region) for service in services})


def _touching(first: date, last: date) -> QuerySet[Approval]:
    rows = Approval.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first))
    return rows.filter(starts_on__lte=last).order_by("code")


def _on(rows: QuerySet[Dated], day: date) -> QuerySet[Dated]:
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


def _employer(organisation: Organisation, index: int, first: int) -> Employer:
    held = list(organisation.approvals.all())
    mine = [approval for approval in held if approval.kind != BODY]
    services = tuple(
        _service(approval, index, first + place) for place, approval in enumerate(mine)
    )
    known: dict[int, Service | None] = {approval.pk: None for approval in held}
    known.update({service.approval.pk: service for service in services})
    return Employer(index, organisation, services, known)


def _service(approval: Approval, employer: int, index: int) -> Service:
    antennas = sum(site.kind == Site.Kind.ANTENNA for site in approval.sites.all())
    return Service(index, employer, approval, tuple(approval.positions.all()), antennas)


def all_services(employers: Sequence[Employer]) -> tuple[Service, ...]:
    """The services in order of their index."""
    return tuple(service for employer in employers for service in employer.services)
