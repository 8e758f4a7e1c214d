"""Long work as rows: asked once per object, carried once, cancelled, refused, failed."""

import pytest

from backoffice.federation.jobs import AlreadyAsked, Refused, ask, cancel, job, run_until_empty
from backoffice.federation.models import Job, JobStep

pytestmark = pytest.mark.django_db


@job("count", label={"fr": "Compter", "nl": "Tellen"})
def count(work):
    total = work.arguments["to"]
    for number in range(total):
        with work.once(f"number:{number}") as step:
            if step is not None:
                step["number"] = number
        work.progress(number + 1, total, "Je compte")
    return {"last": work.done(f"number:{total - 1}")["number"]}


@job("refuse", label={"fr": "Refuser", "nl": "Weigeren"})
def refuse(work):
    raise Refused("Le classeur n'est plus là : déposez-le à nouveau.")


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


def test_a_waiting_job_is_cancelled_at_once():
    asked = ask("count", subject="count:1", arguments={"to": 1})
    cancel(asked)
    assert asked.state == "cancelled"
    assert run_until_empty() == 0


def test_a_refusal_is_the_sentence_of_the_job():
    asked = ask("refuse", subject="refuse:1")
    run_until_empty()
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert asked.problems == ["Le classeur n'est plus là : déposez-le à nouveau."]
    assert Job.objects.get().claim == ""
