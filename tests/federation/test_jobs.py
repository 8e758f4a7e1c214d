"""Long work as rows: asked once per object, carried once, cancelled, refused, failed."""

import logging
from datetime import timedelta
from threading import Event

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from backoffice.federation.jobs import (
    AlreadyAsked,
    Refused,
    ask,
    cancel,
    job,
    run_until_empty,
)
from backoffice.federation.jobs.claims import claim, end, keep, recover
from backoffice.federation.jobs.work import LostClaim, Work
from backoffice.federation.models import Job, JobStep
from tests.factories import ApprovalFactory, JobFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
LABEL = {"fr": "Essai", "nl": "Proef"}


class CannotCount(ValueError):
    pass


@job("count", label=LABEL)
def count(work):
    total = work.arguments["to"]
    for number in range(total):
        with work.once(f"number:{number}") as step:
            if step is not None:
                step["number"] = number
        work.progress(number + 1, total, "Je compte")
    return {"last": work.done(f"number:{total - 1}")["number"]}


@job("raise", label=LABEL, refusals=(CannotCount,))
def give_up(work):
    work.problem("Une ligne est illisible.")
    work.problem("Une ligne est illisible.")
    faults = {
        "refused": Refused("Le classeur n'est plus là : déposez-le à nouveau."),
        "own": CannotCount("Trois n'est pas un nombre pair."),
        "fault": KeyError("Nom de W01"),
    }
    raise faults[work.arguments["how"]]


@job("unreadable", label=LABEL)
def answer_unreadably(work):
    return {"when": timezone.now()}


@job("cancelled", label=LABEL)
def cancelled_meanwhile(work):
    with work.once("kept"):
        pass
    cancel(Job.objects.get(pk=work.number))
    with work.once("not reached"):
        pytest.fail("cancelled before this step")


@job("robbed", label=LABEL)
def robbed_meanwhile(work):
    with work.once("stolen"):
        ApprovalFactory(organisation=work.organisation)
        Job.objects.filter(pk=work.number).update(claim="another process")
    pytest.fail("another process holds the row")


@job("half", label=LABEL)
def cancelled_in_a_step(work):
    with work.once("half"):
        ApprovalFactory(organisation=work.organisation)
        cancel(Job.objects.get(pk=work.number))
        work.progress(1, 2)
        pytest.fail("cancelled before this line")


@job("unplugged", label=LABEL)
def unplugged(work):
    """The database goes away once after the first step; on PostgreSQL, for real."""
    with work.once("first"):
        pass
    if work.attempt < work.arguments["works_at"]:
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        raise OperationalError("the server went away")
    with work.once("second"):
        pass
    return {"attempt": work.attempt}


def carried(kind: str, **arguments: object) -> Job:
    asked = ask(kind, subject=f"{kind}:1", arguments=arguments)
    run_until_empty()
    asked.refresh_from_db()
    return asked


def test_a_job_says_what_it_did():
    asked = ask("count", subject="count:1", arguments={"to": 3})
    assert asked.state == "queued"
    assert run_until_empty() == 1
    asked.refresh_from_db()
    assert (asked.state, asked.done, asked.total) == ("done", 3, 3)
    assert asked.result == {"last": 2}
    assert JobStep.objects.filter(job=asked).count() == 3


def test_one_active_job_per_object_and_the_refusal_names_it():
    first = ask("count", subject="count:1", arguments={"to": 1})
    with pytest.raises(AlreadyAsked, match=f"n° {first.pk}, en attente") as refusal:
        ask("count", subject="count:1", arguments={"to": 1})
    assert refusal.value.job == first
    run_until_empty()
    assert ask("count", subject="count:1", arguments={"to": 1}).pk != first.pk


def test_a_kind_that_no_app_offers_is_not_asked():
    with pytest.raises(LookupError):
        ask("unheard of", subject="x")


def test_a_kind_that_no_app_offers_any_more_fails_with_a_sentence():
    JobFactory(kind="unheard of")
    run_until_empty()
    assert Job.objects.get().problems == [
        "Aucun programme ne fait ce travail (« unheard of ») ici."
    ]


def test_a_waiting_job_is_cancelled_at_once():
    asked = ask("count", subject="count:1", arguments={"to": 1})
    cancel(asked)
    assert asked.state == "cancelled"
    assert run_until_empty() == 0


def test_a_running_job_is_cancelled_at_its_next_step_and_keeps_what_is_done():
    asked = carried("cancelled")
    assert asked.state == "cancelled"
    assert list(asked.steps.values_list("name", flat=True)) == ["kept"]


def test_a_job_whose_worker_is_silent_is_cancelled_at_once():
    now = timezone.now()
    asked = JobFactory(
        state="running", claim="x", started_at=now, heartbeat_at=now - timedelta(seconds=31)
    )
    cancel(asked)
    assert asked.state == "cancelled"


def test_a_job_that_was_done_stays_done_when_it_is_cancelled():
    asked = carried("count", to=1)
    cancel(asked)
    assert asked.state == "done"


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("refused", "Le classeur n'est plus là : déposez-le à nouveau."),
        ("own", "Trois n'est pas un nombre pair."),
    ],
)
def test_a_refusal_is_the_sentence_of_the_job_after_its_problems(how, sentence):
    asked = carried("raise", how=how)
    assert asked.state == "failed"
    assert asked.problems == ["Une ligne est illisible.", sentence]
    assert asked.claim == ""


def test_a_fault_is_one_sentence_and_neither_the_row_nor_the_log_repeats_its_data(caplog):
    with caplog.at_level(logging.ERROR):
        asked = carried("raise", how="fault")
    assert asked.state == "failed"
    assert asked.problems[-1].startswith("Un imprévu a arrêté ce travail (KeyError) : ")
    assert f"job {asked.pk} raise: KeyError" in caplog.text
    assert "in give_up" in caplog.text
    assert "Nom de W01" not in caplog.text
    assert "Nom de W01" not in str(asked.problems)


@pytest.mark.django_db(transaction=True)
def test_a_result_that_is_no_json_is_a_fault():
    assert carried("unreadable").state == "failed"


@pytest.mark.parametrize("kind", ["robbed", "half"])
def test_a_step_that_loses_its_row_or_is_cancelled_stores_nothing(kind):
    organisation = OrganisationFactory()
    ask(kind, subject="step:1", organisation=organisation)
    run_until_empty()
    assert Job.objects.get().state != "done"
    assert not organisation.approvals.exists()
    assert not JobStep.objects.exists()


def test_only_the_holder_of_a_row_writes_to_it():
    JobFactory(kind="count")
    first = claim()
    assert first is not None
    assert claim() is None
    assert recover(timedelta(seconds=-1)) == 1
    second = claim()
    assert second is not None
    assert not keep(first, done=7)
    assert not end(first, Job.State.DONE)
    assert keep(second, done=8)
    assert (Job.objects.get().done, Job.objects.get().attempts) == (8, 2)


def test_a_job_that_keeps_bringing_its_process_down_fails_in_the_end():
    JobFactory(kind="count")
    for _attempt in range(3):
        assert claim() is not None
        recover(timedelta(seconds=-1))
    [found] = Job.objects.all()
    assert found.state == "failed"
    assert found.problems[0].startswith("Ce travail a été interrompu 3 fois sans finir")


def test_a_row_that_shows_life_is_left_alone():
    JobFactory(kind="count")
    claim()
    assert recover() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("works_at", "state"), [(2, "done"), (9, "failed")])
def test_a_database_that_goes_away_is_tried_again_a_few_times(works_at, state):
    asked = carried("unplugged", works_at=works_at)
    assert asked.state == state
    assert asked.attempts == min(works_at, 3)
    assert asked.steps.filter(name="first").count() == 1


def test_a_lost_row_is_noticed_at_the_next_sign_of_life():
    JobFactory(kind="count")
    held = claim()
    assert held is not None
    Job.objects.update(claim="another process")
    with pytest.raises(LostClaim):
        Work(held, Event()).progress(1, 2, "x" * 500)
