"""Freezing as a job: asked once, told in sentences without a name, refused when a role is gone."""

import pytest

from backoffice.federation.jobs import run_until_empty
from backoffice.federation.models import Job, Membership
from reports.models import Justification, State
from reports.workflow import preparing
from reports.workflow.steps import mark_of
from tests.reports.workflow.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """An approved justification whose freezing waits for a worker."""
    desk.life.reach(State.APPROVED)
    assert desk.post("etat/figer/").status_code == 302
    return desk


def carried() -> Job:
    run_until_empty()
    return Job.objects.get()


def test_the_documents_are_laid_out_once_and_before_anything_is_locked(asked, monkeypatch):
    drawn, render = [], preparing.render_files

    def counted(dossier):
        drawn.append(Job.objects.get().steps.count())
        return render(dossier)

    monkeypatch.setattr(preparing, "render_files", counted)
    job = carried()
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    assert drawn == [0]
    assert asked.life.file.state == State.FROZEN
    assert Justification.objects.get().frozen_by == asked.life.finance
    assert job.result["page"] == asked.page


def test_the_page_of_the_job_tells_the_day_of_what_is_frozen_not_the_one_of_the_page(desk):
    desk.life.reach(State.APPROVED)
    ready_on = desk.life.file.as_of
    seen = {"seen": mark_of(desk.life.file)}
    assert desk.finance.post(f"{desk.page}etat/figer/?au=2025-06-30", seen).status_code == 302
    job = Job.objects.get()
    page = desk.finance.get(f"/travaux/{job.pk}/").content.decode()
    assert f"situation au {ready_on:%d/%m/%Y}" in page
    assert "30/06/2025" not in page


def test_a_second_press_leads_to_the_same_job(asked):
    again = asked.post("etat/figer/")
    assert again.headers["Location"].startswith(f"/travaux/{Job.objects.get().pk}/")


def test_an_old_tab_is_told_at_once_and_asks_nothing(desk):
    desk.life.reach(State.APPROVED)
    old = {"seen": "1-approved-0"}
    assert desk.finance.post(f"{desk.page}etat/figer/?au=2025-03-01", old).status_code == 422
    assert not Job.objects.exists()


def test_a_content_that_changed_meanwhile_falls_back_and_the_row_names_nobody(asked):
    asked.life.raise_pay()
    job = carried()
    assert job.state == "done"
    assert "elle est de nouveau en préparation" in job.problems[0]
    assert asked.life.place.worker.name not in str(Job.objects.values()[0])
    assert asked.life.file.state == State.DRAFT
    assert not Justification.objects.exists()


def test_a_move_made_meanwhile_is_told_and_nothing_is_frozen(asked):
    asked.life.move("unlock")
    job = carried()
    assert job.state == "failed"
    assert "a changé depuis que vous l'avez affichée" in job.problems[0]
    page = asked.finance.get(f"/travaux/{job.pk}/").content.decode()
    assert f'href="{asked.page}">Voir la justification' in page
    assert not Justification.objects.exists()


def test_a_role_that_is_withdrawn_meanwhile_freezes_nothing(asked):
    Membership.objects.filter(user=asked.life.finance).delete()
    job = carried()
    assert job.state == "failed"
    assert "Votre rôle ne permet pas ceci" in job.problems[0]
    assert asked.life.file.state == State.APPROVED


def test_a_freezing_that_is_given_up_leaves_the_justification_approved(asked):
    job = Job.objects.get()
    assert asked.finance.post(f"/travaux/{job.pk}/annuler/").status_code == 302
    assert run_until_empty() == 0
    assert asked.life.file.state == State.APPROVED
    assert "figer" in [one.slug for one in asked.get().context["bar"].buttons]
