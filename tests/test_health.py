"""The page that a watching program reads."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from backoffice.federation.models import Job
from tests.factories import JobFactory

LONG_AGO = timedelta(hours=1)


def answer(client: Client) -> tuple[int, dict[str, bool]]:
    response = client.get("/sante/")
    assert "no-store" in response.headers["Cache-Control"]
    return response.status_code, response.json()


@pytest.mark.django_db
def test_a_site_that_works_says_so_to_anyone(client: Client) -> None:
    JobFactory.create()
    assert answer(client) == (200, {"database": True, "jobs": True})
    assert client.head("/sante/").status_code == 200
    assert client.post("/sante/").status_code == 405


@pytest.mark.django_db
def test_a_job_that_nobody_takes_is_a_fault_until_a_worker_gives_a_sign(client: Client) -> None:
    JobFactory.create()
    Job.objects.update(asked_at=timezone.now() - LONG_AGO)
    assert answer(client) == (503, {"database": True, "jobs": False})
    now = timezone.now()
    JobFactory.create(state=Job.State.RUNNING, claim="one", started_at=now, heartbeat_at=now)
    assert answer(client) == (200, {"database": True, "jobs": True})
    Job.objects.filter(claim="one").update(heartbeat_at=now - LONG_AGO)
    assert answer(client) == (503, {"database": True, "jobs": False})


@pytest.mark.django_db
def test_a_job_that_its_worker_left_in_mid_course_is_a_fault(client: Client) -> None:
    now = timezone.now()
    left = JobFactory.create(
        state=Job.State.RUNNING,
        claim="one",
        started_at=now - LONG_AGO,
        heartbeat_at=now - timedelta(minutes=5),
    )
    assert answer(client) == (200, {"database": True, "jobs": True})
    Job.objects.filter(pk=left.pk).update(heartbeat_at=now - timedelta(days=3))
    assert answer(client) == (503, {"database": True, "jobs": False})
    JobFactory.create(state=Job.State.RUNNING, claim="two", started_at=now, heartbeat_at=now)
    assert answer(client) == (200, {"database": True, "jobs": True})


def test_a_database_that_does_not_answer_is_a_fault_without_a_traceback(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> bool:
        raise OperationalError("no route")

    monkeypatch.setattr("backoffice.health.are_jobs_carried", away)
    assert answer(client) == (503, {"database": False, "jobs": False})
