"""What a reading asks of the database: as much for one employer as for many."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.engine.scenario.run import run
from backoffice.federation.models import Organisation
from reports.projection.reading import projection_facts
from tests.factories import ContractLineFactory, OrganisationFactory, PayMonthFactory, WorkerFactory

AS_OF = date(2026, 6, 30)


@pytest.mark.django_db
def test_many_organisations_take_as_many_queries_as_one() -> None:
    counts = []
    for number in (1, 4):
        found = [_employer() for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            run(projection_facts(found, 2026, 2027, AS_OF))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def _employer() -> Organisation:
    organisation = OrganisationFactory()
    worker = WorkerFactory(organisation=organisation)
    ContractLineFactory(worker=worker)
    PayMonthFactory(worker=worker, month=date(2025, 12, 1))
    return organisation
