"""What the tests of the radar share: an organisation looked at, and a dossier that is sent."""

from dataclasses import replace
from datetime import date

from grants.models import Award
from reports.freezing import freeze
from reports.models import Justification
from reports.radar.content import Finding, Radar
from reports.radar.search import radar
from staffing.models import Assignment
from tests.reports.checks.situations import AS_OF, Service

FILES = {"justification.json": "0" * 64}


def seen(place: Service, year: int = 2024, as_of: date = AS_OF) -> Radar:
    return radar(place.organisation, year, as_of)


def found(place: Service, kind: str, year: int = 2024) -> list[Finding]:
    return [one for one in seen(place, year).findings if one.kind == kind]


def send(place: Service, award: Award, as_of: date = AS_OF) -> Justification:
    """The dossier as it stands on a day, frozen whatever its warnings say."""
    dossier = place.dossier(award, as_of)
    version = award.justifications.filter(year=dossier.cover.year).count() + 1
    cover = replace(dossier.cover, final=True, version=version)
    return freeze(award, replace(dossier, cover=cover), FILES)[0]


def move(place: Service, award: Award, to: Award) -> None:
    """The worker's hours leave one award for another."""
    Assignment.objects.filter(post__award=award).delete()
    place.assign(to)


def references(finding: Finding) -> list[str]:
    return [claimant.reference for claimant, _amount in finding.claims]
