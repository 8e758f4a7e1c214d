"""The seals are asked for again and again, by a job like any other."""

from datetime import timedelta

import pytest

from backoffice.federation.audit.sealing import unsealed
from backoffice.federation.jobs import run_until_empty
from backoffice.federation.jobs.registry import rounds
from backoffice.federation.models import Job
from reports.journal.jobs import SEAL, ask_sealing
from tests.factories import OrganisationFactory


@pytest.mark.django_db
def test_what_waits_is_sealed_by_a_job_asked_once() -> None:
    assert (timedelta(minutes=10), ask_sealing) in rounds()
    OrganisationFactory.create()
    for _turn in range(2):
        ask_sealing()
    assert Job.objects.filter(kind=SEAL).count() == 1
    assert run_until_empty() == 1
    assert unsealed() == []
    ask_sealing()
    assert Job.objects.filter(kind=SEAL).count() == 1
