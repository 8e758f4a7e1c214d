"""An assignment by its form: what import and grid refuse is refused, and each month says why."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse

from backoffice.federation.rows import version_of
from reports.exchange.exporter import export_workbook
from reports.exchange.importer import import_workbook
from staffing.models import AllocationNote, Assignment
from tests.factories import (
    AssignmentFactory,
    ContractLineFactory,
    JustificationFactory,
    JustificationFileFactory,
    WorkerFactory,
)
from tests.reports.grid.conftest import Desk, build_desk
from tests.reports.views.reading import words

pytestmark = pytest.mark.django_db
WHY = "Décision du bureau"


@pytest.fixture
def desk() -> Desk:
    return build_desk()


def typed(desk: Desk, **changed: Any) -> dict[str, Any]:
    return {
        "worker": desk.worker.pk,
        "post": desk.posts[0].pk,
        "starts_on": "01/03/2024",
        "ends_on": "31/05/2024",
        "weekly_hours": "19",
        "reason": WHY,
        **changed,
    }


def add(desk: Desk, **changed: Any) -> HttpResponse:
    return desk.client.post(reverse("new_row", args=["assignments"]), typed(desk, **changed))


def change(desk: Desk, row: Assignment, **changed: Any) -> HttpResponse:
    where = reverse("change_row", args=["assignments", row.pk])
    return desk.client.post(where, typed(desk, **changed) | {"version": version_of(row)})


def drop(desk: Desk, row: Assignment, reason: str = WHY) -> HttpResponse:
    where = reverse("drop_row", args=["assignments", row.pk])
    return desk.client.post(where, {"version": version_of(row), "reason": reason})


def held(desk: Desk, **changed: Any) -> Assignment:
    row = {"starts_on": date(2024, 3, 1), "ends_on": date(2024, 5, 31), **changed}
    return AssignmentFactory(
        **{"worker": desk.worker, "post": desk.posts[0], "weekly_hours": Decimal("19.00"), **row}
    )


def notes() -> list[tuple[str, str, str, str, str]]:
    rows = AllocationNote.objects.order_by("month", "award_reference")
    return [
        (f"{one.month:%Y-%m}", one.award_reference, one.before, one.after, one.reason)
        for one in rows
    ]


def sent(desk: Desk) -> None:
    JustificationFileFactory(justification=JustificationFactory(award=desk.posts[0].award))


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"weekly_hours": "50"}, "weekly_hours", "temps plein du contrat (38,00)"),
        ({"starts_on": "01/02/2023", "ends_on": "30/06/2023"}, "post", "aucun jour commun"),
        ({"starts_on": "01/02/2021", "ends_on": "30/06/2021"}, "worker", "aucun jour de contrat"),
        ({"reason": " "}, "reason", "pourquoi"),
    ],
)
def test_what_the_workbook_would_refuse_is_refused_at_its_field(desk, changed, field, said):
    response = add(desk, **changed)
    assert response.status_code == 422
    assert said in " ".join(response.context["form"].errors[field])
    assert not Assignment.objects.exists()
    assert notes() == []


def test_hours_above_a_part_time_contract_are_refused_as_in_the_grid(desk):
    half = ContractLineFactory(
        worker=WorkerFactory(organisation=desk.organisation, number="W02"),
        weekly_hours=Decimal("19.00"),
    )
    response = add(desk, worker=half.worker_id, weekly_hours="30")
    assert response.status_code == 422
    said = " ".join(response.context["form"].errors["weekly_hours"])
    assert "30,00 h dépassent le contrat de 19,00 h" in said
    assert not Assignment.objects.exists()


def test_a_second_assignment_at_the_same_post_on_the_same_days_is_refused(desk):
    held(desk)
    response = add(desk, starts_on="15/05/2024", ends_on="")
    assert "chevauche celle du 01/03/2024" in " ".join(response.context["form"].errors["starts_on"])
    assert add(desk, starts_on="01/06/2024", ends_on="").status_code == 302


def test_a_forbidden_stack_is_refused_and_names_the_month():
    desk = build_desk("maribel", "cocof_facultative")
    held(desk, ends_on=None, weekly_hours=Decimal("38.00"))
    response = add(desk, post=desk.posts[1].pk)
    assert response.status_code == 422
    assert "W01, SUB-1, mars 2024 : cumul interdit" in words(response)
    assert Assignment.objects.count() == 1


@pytest.mark.parametrize("state", ["frozen", "sent"])
def test_an_award_whose_justification_is_frozen_or_sent_takes_no_assignment(desk, state):
    row = held(desk)
    if state == "sent":
        sent(desk)
    else:
        JustificationFactory(award=desk.posts[0].award)
    for response in (
        add(desk, starts_on="01/06/2024", ends_on=""),
        change(desk, row, weekly_hours="10"),
        drop(desk, row),
    ):
        assert response.status_code == 422
        assert "figée" in words(response)
    assert list(Assignment.objects.values_list("pk", "weekly_hours")) == [(row.pk, Decimal("19"))]
    assert notes() == []


def test_the_other_award_of_a_sent_one_still_takes_an_assignment(desk):
    sent(desk)
    assert add(desk, post=desk.posts[1].pk).status_code == 302


def test_each_month_that_a_new_a_changed_and_a_removed_row_changes_says_why(desk):
    assert add(desk).status_code == 302
    row = Assignment.objects.get()
    assert row.reason == WHY
    assert change(desk, row, ends_on="30/04/2024", reason="Départ").status_code == 302
    row.refresh_from_db()
    assert drop(desk, row, "Erreur").status_code == 302
    assert notes() == [
        ("2024-03", "SUB-0", "", "19", WHY),
        ("2024-03", "SUB-0", "19", "", "Erreur"),
        ("2024-04", "SUB-0", "", "19", WHY),
        ("2024-04", "SUB-0", "19", "", "Erreur"),
        ("2024-05", "SUB-0", "", "19", WHY),
        ("2024-05", "SUB-0", "19", "", "Départ"),
    ]
    by = {one.by for one in AllocationNote.objects.all()}
    assert by == {desk.organisation.memberships.get().user}


def test_an_assignment_that_moves_to_another_post_is_noted_at_both(desk):
    row = held(desk, ends_on=date(2024, 3, 31))
    response = change(desk, row, post=desk.posts[1].pk, ends_on="31/03/2024", reason="Transfert")
    assert response.status_code == 302
    assert notes() == [
        ("2024-03", "SUB-0", "19", "", "Transfert"),
        ("2024-03", "SUB-1", "", "19", "Transfert"),
    ]


def test_an_assignment_ends_on_a_day_with_its_reason(desk):
    row = held(desk, ends_on=None)
    where = reverse("end_row", args=["assignments", row.pk])
    data = {"version": version_of(row), "ends_on": "15/11/2024"}
    assert desk.client.post(where, data).status_code == 422
    assert desk.client.post(where, data | {"reason": "Départ"}).status_code == 302
    assert notes() == [
        ("2024-11", "SUB-0", "19", "19@16:0", "Départ"),
        ("2024-12", "SUB-0", "19", "", "Départ"),
    ]


def test_a_form_in_which_nothing_changes_asks_no_reason_and_keeps_the_former_one(desk):
    row = held(desk, reason="Premier motif")
    assert change(desk, row, reason="").status_code == 302
    row.refresh_from_db()
    assert row.reason == "Premier motif"
    assert notes() == []


def test_what_the_form_keeps_is_imported_again_from_the_export_of_the_year(desk, tmp_path):
    assert add(desk).status_code == 302
    assert add(desk, starts_on="01/06/2024", ends_on="", weekly_hours="38").status_code == 302
    path = tmp_path / "classeur.xlsx"
    export_workbook(desk.organisation, 2024, path)
    report = import_workbook(path, dry_run=True)
    assert not report.blocked, report.problems
    assert report.nothing_changed
