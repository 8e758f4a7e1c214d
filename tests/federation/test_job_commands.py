"""`backoffice jobs` and the words of `backoffice worker`."""

import pytest
from django.core.management import CommandError, call_command

from backoffice.federation.models import Job
from tests.factories import JobFactory, UserFactory


def printed(capsys, *words: str) -> str:
    call_command(*words)
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.django_db
def test_what_waits_is_listed_and_the_rest_on_demand(capsys):
    assert printed(capsys, "jobs") == "Aucun travail en attente ni en cours."
    owner = UserFactory(username="claire")
    job = JobFactory(kind="import", subject="import:0999000129", owner=owner, total=12, done=3)
    shown = printed(capsys, "jobs")
    assert f"{job.pk} import import:0999000129 en attente 3/12" in shown
    assert shown.endswith("claire")
    call_command("jobs", "--cancel", str(job.pk))
    assert capsys.readouterr().out == f"Le travail n° {job.pk} est annulé.\n"
    assert printed(capsys, "jobs") == "Aucun travail en attente ni en cours."
    assert "annulé" in printed(capsys, "jobs", "--all")
    assert Job.objects.get().state == "cancelled"


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["7", "-1", "deux"])
def test_a_job_that_does_not_exist_is_said(number):
    with pytest.raises(CommandError, match=f"aucun travail n'a le numéro « {number} »"):
        call_command("jobs", f"--cancel={number}")


@pytest.mark.parametrize("written", ["0", "65", "-1", "deux"])
def test_a_number_of_processes_out_of_bounds_is_one_sentence(written):
    with pytest.raises(CommandError) as refusal:
        call_command("worker", f"--processes={written}")
    assert str(refusal.value) == f"--processes : « {written} » n'est pas un nombre de 1 à 64."
    assert refusal.value.returncode == 2
