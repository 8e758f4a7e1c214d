"""A month that a sent dossier asks for already: said at the cell, refused, led to a correction."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.documents.json_file import render_json
from reports.justifications import award_dossier
from reports.models import Justification, JustificationFile
from staffing.models import Assignment
from tests.factories import AssignmentFactory, JustificationFactory
from tests.reports.grid.conftest import REFUSED, Desk
from tests.reports.grid.test_pages import sent_file

DAY = date(2025, 2, 1)
ASKED = "Mois déjà demandé par SUB-0, version 1 figée : 2\u202f046,65\u202f€ de trop."


def send_march(desk: Desk) -> JustificationFile:
    """SUB-0 has sent the whole of March; since then an import has taken its assignment away."""
    award = desk.posts[0].award
    days = {"starts_on": date(2024, 3, 1), "ends_on": date(2024, 3, 31)}
    AssignmentFactory(worker=desk.worker, post=desk.posts[0], **days)
    file = sent_file(award, "sent")
    dossier = award_dossier(desk.organisation, "SUB-0", 2024, DAY)
    Justification.objects.filter(pk=file.justification_id).update(
        document=render_json(dossier).decode(), as_of=DAY
    )
    Assignment.objects.all().delete()
    return file


def test_the_cell_says_which_version_asks_for_the_month_and_by_how_much(desk: Desk):
    send_march(desk)
    found = desk.preview((desk.key(1), "50"), (desk.key(1, month=4), "50")).json()
    state, detail = found["cells"][desk.key(1)][2:]
    assert state == "sent"
    assert ASKED in detail
    assert "ses mois changent dans une correction de la justification" in detail
    assert found["cells"][desk.key(1, month=4)][2] == ""
    assert [one["cell"] for one in found["problems"]] == [desk.key(1)]


def test_saving_it_is_refused_and_leads_to_the_justification_to_correct(desk: Desk):
    send_march(desk)
    answer = desk.save((desk.key(1), "50"))
    assert answer.status_code == REFUSED
    (problem,) = answer.json()["problems"]
    assert ASKED in problem["text"]
    assert problem["page"] == "/subventions/SUB-0/2024/?au=2025-02-01"
    assert problem["link"] == "Ouvrir la justification SUB-0"
    assert desk.client.get(problem["page"]).status_code == 200
    assert not Assignment.objects.exists()


def test_a_locked_award_leads_to_its_justification_too(desk: Desk):
    send_march(desk)
    (problem,) = desk.save((desk.key(0), "50")).json()["problems"]
    assert "puis envoyée" in problem["text"]
    assert problem["page"] == "/subventions/SUB-0/2024/?au=2025-02-01"


def test_with_a_correction_in_preparation_it_is_saved_and_still_said(desk: Desk):
    file = send_march(desk)
    JustificationFile.objects.filter(pk=file.pk).update(state="corrected")
    JustificationFile.objects.create(award=file.award, year=2024, number=2, corrects=file)
    assert desk.save((desk.key(1), "50")).status_code == 200
    page = desk.get().content.decode()
    assert "Sa correction est en préparation" in page
    assert f'class="sent" data-c="{desk.key(1)}"' in page.replace(" noted", "")


def test_hours_taken_off_such_a_month_are_saved(desk: Desk):
    send_march(desk)
    days = {"starts_on": date(2024, 3, 1), "ends_on": date(2024, 3, 31)}
    AssignmentFactory(worker=desk.worker, post=desk.posts[1], **days)
    assert desk.save((desk.key(1), "50")).status_code == 200
    assert desk.save((desk.key(1), "80")).status_code == REFUSED
    assert desk.save((desk.key(1), "")).status_code == 200


def test_a_version_that_was_unlocked_asks_for_nothing(desk: Desk):
    file = send_march(desk)
    JustificationFile.objects.filter(pk=file.pk).delete()
    Justification.objects.update(withdrawn_at="2025-03-02T09:00:00Z")
    found = desk.preview((desk.key(1), "50")).json()
    assert found["cells"][desk.key(1)][2] == ""
    assert desk.save((desk.key(1), "50")).status_code == 200


@pytest.mark.parametrize("more", [1, 6])
def test_the_queries_do_not_grow_with_the_versions(desk: Desk, more: int):
    send_march(desk)
    with CaptureQueriesContext(connection) as few:
        desk.preview((desk.key(1), "50"))
    document = Justification.objects.get().document
    for version in range(2, 2 + more):
        JustificationFactory(award=desk.posts[1].award, version=version, document=document)
    with CaptureQueriesContext(connection) as many:
        desk.preview((desk.key(1), "50"))
    assert len(many) == len(few)
