"""The page of the grid: what it shows, to whom, in how many queries; its fragments."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reports.models import JustificationFile
from staffing.models import AllocationNote, Assignment
from tests.factories import (
    AssignmentFactory,
    ContractLineFactory,
    JustificationFactory,
    MembershipFactory,
    OrganisationFactory,
    WorkerFactory,
)
from tests.reports.grid.conftest import AS_OF, Desk, add_paid_worker, build_desk
from tests.reports.views.reading import markup, words


def test_a_cell_is_the_share_of_the_contract_and_the_line_above_what_is_left(desk: Desk):
    AssignmentFactory(worker=desk.worker, post=desk.posts[0], weekly_hours=Decimal("19.00"))
    assert desk.cells() == {desk.key(month=month): "50" for month in range(1, 13)}
    page = desk.get().content.decode()
    assert 'data-d="0,50 ETP libre, 19 h par semaine."' in page


def test_a_change_in_the_middle_of_a_month_is_read_with_its_day(desk: Desk):
    days = date(2024, 3, 1), date(2024, 3, 14), date(2024, 3, 15), date(2024, 3, 31)
    for hours, starts_on, ends_on in (("19", *days[:2]), ("11.40", *days[2:])):
        AssignmentFactory(
            worker=desk.worker,
            post=desk.posts[0],
            weekly_hours=Decimal(hours),
            starts_on=starts_on,
            ends_on=ends_on,
        )
    assert desk.cells() == {desk.key(): "50@15:30"}
    told = desk.preview((desk.key(month=3), "50@15:30")).json()["cells"][desk.key()]
    assert told[3].startswith(
        "Du 01/03 au 14/03 : 50 %, 19 h par semaine. Du 15/03 au 31/03 : 30 %, 11,4 h par semaine."
    )
    assert "@" not in told[3]


def test_a_month_whose_contract_changes_tells_the_hours_of_each_part(desk: Desk):
    """Half of 38 h, then half of 19 h: the share alone stays the same."""
    line = desk.worker.contract_lines.get()
    line.ends_on = date(2024, 3, 14)
    line.save()
    ContractLineFactory(worker=desk.worker, starts_on=date(2024, 3, 15), weekly_hours=Decimal(19))
    told = desk.preview((desk.key(month=3), "50")).json()["cells"][desk.key()]
    assert told[0] == "50"
    assert told[3].startswith(
        "Du 01/03 au 14/03 : 50 %, 19 h par semaine. Du 15/03 au 31/03 : 50 %, 9,5 h par semaine."
    )


def test_the_words_of_a_split_month_are_in_dutch_for_a_dutch_reader(desk: Desk):
    desk.client.cookies.load({settings.LANGUAGE_COOKIE_NAME: "nl"})
    told = desk.preview((desk.key(month=3), "50@15:30")).json()["cells"][desk.key()]
    assert told[3].startswith("Van 01/03 tot 14/03: 50 %, 19 u per week.")


def test_a_frozen_justification_locks_its_months_and_says_which(desk: Desk):
    AssignmentFactory(worker=desk.worker, post=desk.posts[0])
    JustificationFactory(award=desk.posts[0].award, version=2)
    page = desk.get().content.decode()
    assert page.count('class="locked"') == 12 + 1
    assert "Version 2 figée le" in page
    answer = desk.save((desk.key(), "50"))
    assert answer.status_code == 422
    assert "Version 2 figée le" in answer.json()["problems"][0]["text"]
    assert Assignment.objects.get().weekly_hours == Decimal("38.00")


def sent_file(award, state: str) -> JustificationFile:
    return JustificationFile.objects.create(
        award=award,
        year=2024,
        state=state,
        justification=JustificationFactory(award=award),
        sent_at=datetime(2025, 3, 2, 9, 0, tzinfo=UTC),
        sent_reference="REC-1",
        settled_on=None,
    )


def test_a_justification_that_left_locks_its_months_until_a_correction_is_opened(desk: Desk):
    AssignmentFactory(worker=desk.worker, post=desk.posts[0])
    file = sent_file(desk.posts[0].award, "sent")
    assert "puis envoyée" in desk.save((desk.key(), "50")).json()["problems"][0]["text"]
    file.state = "corrected"
    file.save()
    JustificationFile.objects.create(award=file.award, year=2024, number=2, corrects=file)
    assert desk.save((desk.key(), "50")).status_code == 200


def test_an_unlocked_justification_locks_nothing(desk: Desk):
    when = datetime(2025, 3, 2, 9, 0, tzinfo=UTC)
    JustificationFactory(award=desk.posts[0].award, withdrawn_at=when)
    assert desk.save((desk.key(), "50")).status_code == 200


def test_who_may_only_see_gets_the_table_without_a_way_to_change_it(desk: Desk):
    AssignmentFactory(worker=desk.worker, post=desk.posts[0])
    user = MembershipFactory(organisation=desk.organisation, role="director").user
    client = Client()
    client.force_login(user)
    director = Desk(desk.organisation, desk.worker, desk.posts, client)
    assert "sans pouvoir la changer" in words(director.get())
    assert director.cells() == desk.cells()
    assert director.preview((desk.key(), "50")).status_code == 403
    assert director.save((desk.key(), "50")).status_code == 403


def test_the_grid_of_another_service_does_not_exist(desk: Desk):
    other = build_desk()
    assert other.cells().keys().isdisjoint(desk.cells())
    for action in ("essai", "enregistrer"):
        sent = {"edits": [[desk.key(), "50", "percent"]], "reason": "Non"}
        sent["versions"] = {desk.worker.pk: "x"}
        assert other.post(action, sent).status_code == 404
    for part in ("lignes", "notes"):
        address = f"/grille/2024/{part}/{desk.worker.pk}/{desk.posts[0].pk}/"
        assert other.client.get(address).status_code == 404
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("year", ["2019", "abc", "0"])
def test_a_year_without_data_does_not_exist(desk: Desk, year: str):
    assert desk.get(annee=year).status_code == 404


def test_an_organisation_without_data_is_told_so(db: None):
    client = Client()
    client.force_login(MembershipFactory(organisation=OrganisationFactory()).user)
    assert client.get("/grille/").status_code == 200


def test_the_row_and_the_totals_sent_apart_are_those_of_the_page(desk: Desk):
    AssignmentFactory(worker=desk.worker, post=desk.posts[0])
    page = desk.get().content.decode()
    row = desk.client.get(
        f"/grille/2024/lignes/{desk.worker.pk}/{desk.posts[0].pk}/", {"au": AS_OF}
    )
    assert row.content.decode().strip() in page
    assert desk.preview().json()["totals"].strip() in page


def test_the_decisions_of_a_cell_are_told_with_who_and_why(desk: Desk):
    desk.save((desk.key(), "30"), reason="Le temps du remplacement")
    address = f"/grille/2024/notes/{desk.worker.pk}/{desk.posts[0].pk}/"
    by = AllocationNote.objects.get().by
    found = words(desk.client.get(address, {"mois": "3"}))
    assert "Le temps du remplacement" in found
    assert by is not None
    assert by.username in found
    assert "Aucune décision" in words(desk.client.get(address, {"mois": "4"}))


def test_twenty_workers_ask_as_many_queries_as_one(desk: Desk):
    AssignmentFactory(worker=desk.worker, post=desk.posts[0])
    edits = [(desk.key(month=month), "50") for month in range(1, 13)]

    def queries() -> list[int]:
        found = []
        for work in (desk.get, lambda: desk.preview(*edits)):
            with CaptureQueriesContext(connection) as seen:
                assert work().status_code == 200
            found.append(len(seen))
        return found

    few = queries()
    for number in range(2, 21):
        worker = add_paid_worker(desk.organisation, f"W{number:02d}")
        AssignmentFactory(worker=worker, post=desk.posts[1])
    assert queries() == few


def test_sixty_workers_are_shown_at_a_time_and_the_totals_are_of_all(desk: Desk):
    for number in range(2, 62):
        worker = WorkerFactory(organisation=desk.organisation, number=f"W{number:02d}")
        ContractLineFactory(worker=worker)
    AssignmentFactory(worker=desk.worker, post=desk.posts[0])
    first, second = desk.get(), desk.get(page="2")
    assert first.content.decode().count('class="worker"') == 60
    assert second.content.decode().count('class="worker"') == 1
    assert "Page 2 sur 2" in words(second)
    for page in (first, second):
        assert "49 119,36" in markup(page)


def test_a_plain_form_changes_one_cell_and_keeps_its_reason(desk: Desk):
    sent = {
        "worker": desk.worker.pk,
        "post": desk.posts[0].pk,
        "number": "3",
        "value": "12,5",
        "reason": "Renfort",
    }
    answer = desk.client.post("/grille/2024/case/", sent)
    assert answer.status_code == 302
    assert desk.cells() == {desk.key(): "12,5"}
    assert AllocationNote.objects.get().reason == "Renfort"


def test_a_plain_form_that_is_wrong_comes_back_with_what_was_typed(desk: Desk):
    sent = {"worker": desk.worker.pk, "post": desk.posts[0].pk, "number": "3", "value": "300"}
    answer = desk.client.post("/grille/2024/case/", {**sent, "reason": "Renfort"})
    assert answer.status_code == 422
    assert "300 % dépasse le contrat" in words(answer)
    assert 'value="300"' in answer.content.decode()
    assert desk.client.post("/grille/2024/case/", sent).status_code == 422
    assert not Assignment.objects.exists()
