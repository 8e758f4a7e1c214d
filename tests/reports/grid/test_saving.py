"""Drafting and saving: the same rows, the same cents, nobody overwritten, nothing silent."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from backoffice.federation.models import AuditEntry
from reports.justifications import year_dossiers
from reports.radar.search import radar
from staffing.models import AllocationNote, Assignment
from tests.factories import AssignmentFactory, ContractLineFactory, MembershipFactory
from tests.reports.grid.conftest import (
    AS_OF,
    CONFLICT,
    REFUSED,
    Desk,
    add_paid_worker,
    build_desk,
)
from tests.reports.views.reading import markup

DAY = date(2025, 2, 1)
CELLS = ["", "0", "25", "50", "33,33", "19 h", "100", "50@15:30", "0@10:80@20:5"]


def totals(desk: Desk) -> str:
    """The totals of the page as it is saved."""
    return desk.preview().json()["totals"]


def amounts(desk: Desk) -> list[tuple[int | None, ...]]:
    """What the justifications say: granted, presented, payable."""
    return [
        (one.amounts.granted, one.amounts.presented, one.amounts.payable)
        for one in year_dossiers(desk.organisation, 2024, DAY)
    ]


def test_a_draft_writes_nothing_and_tells_the_cells_the_totals_and_the_free_time(desk: Desk):
    found = desk.preview((desk.key(), "50")).json()
    assert found["cells"][desk.key()][:2] == ["50", "19"]
    assert found["free"][f"{desk.worker.pk}:0:3"][:3] == ["50", "19", "free"]
    assert found["changed"] == 1
    assert "1 case à enregistrer. SUB-0 : présenté 2\u202f046,65\u202f€" in found["said"]
    assert not Assignment.objects.exists()


def test_saving_gives_the_totals_that_the_draft_had_told_and_the_justification_the_same(desk: Desk):
    edits = [(desk.key(month=month), "50@15:30") for month in (1, 2, 3)]
    told = desk.preview(*edits).json()["totals"]
    answer = desk.save(*edits)
    assert answer.status_code == 200
    assert amounts(desk)[0][1] != 0
    kept = answer.json()["totals"]
    assert without_moves(told) == kept == totals(desk)


def test_the_totals_of_the_grid_are_those_of_the_page_of_each_justification_to_the_cent(db: None):
    desk = build_desk("cocof_facultative", "region_facultative", "cocom_facultative")
    add_paid_worker(desk.organisation, "W02")
    shares = {0: ("33,33", "50@15:30"), 1: ("1/3", "12,5"), 2: ("19,99", "7 h")}
    edits = [
        (desk.key(post, month), text)
        for post, texts in shares.items()
        for month, text in zip((2, 3), texts, strict=True)
    ]
    told = desk.preview(*edits).json()["totals"]
    shown = rows_of(desk.save(*edits).json()["totals"])
    assert rows_of(without_moves(told)) == shown == rows_of(totals(desk))
    for number in shares:
        page = desk.client.get(f"/subventions/SUB-{number}/2024/?au={AS_OF}").content.decode()
        sums = page[page.index('id="montants"') :]
        for amount in shown[f"SUB-{number}"][:3]:
            assert f">{amount}\u202f€</a>" in sums, (number, amount)
        assert shown[f"SUB-{number}"][1] != "0,00"


def rows_of(text: str) -> dict[str, list[str]]:
    """By award: granted, presented, payable, left, as the table of totals writes them."""
    rows = {}
    for piece in re.split(r"<tr[^>]*>", text)[2:]:
        reference = piece.split("<strong>")[1].split("</strong>")[0]
        cells = re.findall(r'<td[^>]* class="n[^>]*>([^<]*)</td>', piece)
        rows[reference] = cells
    return rows


def without_moves(text: str) -> str:
    """Totals without what the draft adds to what is saved."""
    rows = text.replace(' class="moved"', "").split('<span class="sub strong">')
    return rows[0] + "".join(piece.partition("</span>")[2] for piece in rows[1:])


def test_two_awards_over_the_contract_are_told_never_silent(desk: Desk):
    AssignmentFactory(worker=desk.worker, post=desk.posts[0])
    found = desk.preview((desk.key(1), "50")).json()
    assert found["cells"][desk.key(1)][2] == "suspicious"
    assert found["cells"][desk.key(0)][2] == "suspicious"
    assert found["free"][f"{desk.worker.pk}:0:3"][2] == "over"
    assert found["problems"] == []


def test_a_day_above_the_contract_is_told_where_the_month_is_not(desk: Desk):
    found = desk.preview((desk.key(0), "100@16:0"), (desk.key(1), "60@10:0")).json()
    assert found["cells"][desk.key(0)][2] == "suspicious"


def test_a_forbidden_stack_is_refused_and_the_cell_named(db: None):
    desk = build_desk("maribel", "cocof_facultative")
    AssignmentFactory(worker=desk.worker, post=desk.posts[0])
    answer = desk.save((desk.key(1), "50"))
    assert answer.status_code == REFUSED
    said = answer.json()["problems"][0]["text"]
    assert said.startswith("W01, SUB-1, mars 2024 : cumul interdit, 84,14 h de trop sur le mois.")
    assert Assignment.objects.count() == 1


def test_hours_taken_off_a_forbidden_stack_are_saved(db: None):
    desk = build_desk("maribel", "cocof_facultative")
    for post in desk.posts:
        AssignmentFactory(worker=desk.worker, post=post)
    assert desk.save((desk.key(1), "50")).status_code == 200
    assert desk.save((desk.key(1), "60")).status_code == REFUSED


def test_the_word_of_each_paid_month_is_that_of_the_radar(db: None):
    desk = build_desk("maribel", "cocof_facultative", "acs")
    for post, hours in zip(desk.posts, ("19", "38", "10"), strict=True):
        AssignmentFactory(worker=desk.worker, post=post, weekly_hours=Decimal(hours))
    found = radar(desk.organisation, 2024, DAY)
    tones = {one.tone for one in found.findings if one.kind == "hours"} or {
        one.tone for one in found.findings
    }
    cells = desk.preview((desk.key(2, 1), "0")).json()["cells"]
    assert {cells[desk.key(0, month)][2] for month in range(2, 13)} == tones


def test_the_trail_says_who_reallocated_and_why(desk: Desk):
    AssignmentFactory(worker=desk.worker, post=desk.posts[0])
    seen = AuditEntry.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    assert desk.save((desk.key(), "50"), reason="Remplacement").status_code == 200
    found = AuditEntry.objects.filter(pk__gt=seen, model="staffing.assignment")
    by = AllocationNote.objects.get().by
    assert {(entry.actor, entry.reason) for entry in found} == {(by, "Remplacement")}


def test_a_change_without_a_reason_is_asked_for_one(desk: Desk):
    for reason in ("", "   ", "x" * 251):
        answer = desk.save((desk.key(), "50"), reason=reason)
        assert answer.status_code == 400
        assert "pourquoi" in answer.json()["said"]
    assert not AllocationNote.objects.exists()


def test_one_bad_cell_keeps_the_whole_save_back_and_is_named(desk: Desk):
    edits = [(desk.key(month=1), "50"), (desk.key(month=2), "300"), (desk.key(month=3), "abc")]
    answer = desk.save(*edits)
    assert answer.status_code == REFUSED
    assert [one["cell"] for one in answer.json()["problems"]] == [
        desk.key(month=2),
        desk.key(month=3),
    ]
    assert "SUB-0, février 2024 : 300 % dépasse le contrat" in answer.json()["problems"][0]["text"]
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        {},
        [],
        {"edits": 3},
        {"edits": [["1:2", "50", "percent"]]},
        {"edits": [["1:2:13", "50", "percent"]]},
        {"edits": [["1:2:3", 50, "percent"]]},
        {"edits": [["1:2:3", "50", "euros"]]},
        {"edits": [], "versions": []},
    ],
)
def test_what_no_page_of_ours_sends_is_refused_with_a_sentence(desk: Desk, content):
    answer = desk.post("essai", content)
    assert answer.status_code == 400
    assert "rechargez la page" in answer.json()["said"]


def test_two_people_at_once_the_second_sees_both_and_loses_nothing(desk: Desk):
    colleague = Client()
    colleague.force_login(MembershipFactory(organisation=desk.organisation).user)
    theirs = Desk(desk.organisation, desk.worker, desk.posts, colleague)
    read = desk.versions()
    assert theirs.save((desk.key(), "30"), reason="Remplacement").status_code == 200
    answer = desk.save((desk.key(), "50"), versions=read)
    assert answer.status_code == CONFLICT
    shown = answer.json()["conflict"]
    assert "11,4" in shown
    assert "50 %" in shown
    assert "Remplacement" in shown
    assert desk.cells() == {desk.key(): "30"}
    again = desk.save((desk.key(), "50"), versions=answer.json()["versions"])
    assert again.status_code == 200
    assert desk.cells() == {desk.key(): "50"}


def test_a_colleague_on_another_worker_does_not_stand_in_the_way(desk: Desk):
    other = add_paid_worker(desk.organisation, "W02")
    read = desk.versions()
    theirs = Desk(desk.organisation, other, desk.posts, desk.client)
    assert theirs.save((theirs.key(), "30")).status_code == 200
    assert desk.save((desk.key(), "50"), versions=read).status_code == 200
    assert desk.cells() == {desk.key(): "50", theirs.key(): "30"}


def test_a_contract_changed_meanwhile_counts_as_a_change(desk: Desk):
    read = desk.versions()
    desk.worker.contract_lines.update(weekly_hours=Decimal("19.00"))
    answer = desk.save((desk.key(), "50"), versions=read)
    assert answer.status_code == CONFLICT
    assert "le contrat" in answer.json()["conflict"]


def test_only_the_days_of_the_months_changed_move(desk: Desk):
    AssignmentFactory(worker=desk.worker, post=desk.posts[0], weekly_hours=Decimal("19.00"))
    assert desk.save((desk.key(), "30")).status_code == 200
    assert desk.cells() == {
        desk.key(month=month): "30" if month == 3 else "50" for month in range(1, 13)
    }
    assert desk.save((desk.key(), "50")).status_code == 200
    row = Assignment.objects.get()
    assert (row.starts_on, row.ends_on) == (date(2024, 1, 1), None)


def test_a_contract_that_changes_in_the_month_keeps_the_share(desk: Desk):
    desk.worker.contract_lines.update(ends_on=date(2024, 3, 14))
    ContractLineFactory(
        worker=desk.worker, starts_on=date(2024, 3, 15), weekly_hours=Decimal("19.00")
    )
    assert desk.save((desk.key(), "50")).status_code == 200
    assert desk.cells() == {desk.key(): "50"}
    rows = Assignment.objects.order_by("starts_on").values_list("weekly_hours", flat=True)
    assert list(rows) == [Decimal("19.00"), Decimal("9.50")]


def test_a_month_without_contract_takes_nothing(desk: Desk):
    desk.worker.contract_lines.update(ends_on=date(2024, 6, 30))
    answer = desk.save((desk.key(month=7), "50"))
    assert answer.status_code == REFUSED
    assert "ni contrat" in answer.json()["problems"][0]["text"]
    assert "outside" in markup(desk.get())


class AnySave(TestCase):
    """Whatever is typed: what is saved is read back, and the draft had told its totals."""

    def setUp(self) -> None:
        self.desk = build_desk()

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.dictionaries(
            st.tuples(st.integers(0, 1), st.integers(1, 12)), st.sampled_from(CELLS), max_size=8
        ),
        st.dictionaries(
            st.tuples(st.integers(0, 1), st.integers(1, 12)), st.sampled_from(CELLS), max_size=4
        ),
    )
    def test_what_is_saved_is_read_back_and_costs_what_was_told(self, first, second):
        desk, kept = self.desk, dict[str, str]()
        for drawn in (first, second):
            edits = [(desk.key(*place), text) for place, text in drawn.items()]
            told = desk.preview(*edits).json()
            answer = desk.save(*edits)
            assert answer.status_code == 200, answer.content
            kept |= told["cells"]
            shown = {key: text[0] for key, text in kept.items() if text[0]}
            assert desk.cells() == shown
            assert without_moves(told["totals"]) == totals(desk)
            for key, (_percent, _hours, state, _detail) in answer.json()["cells"].items():
                free = answer.json()["free"][f"{desk.worker.pk}:0:{key.split(':')[2]}"]
                if free[2] == "over":
                    others = [
                        one
                        for name, one in answer.json()["cells"].items()
                        if name.split(":")[2] == key.split(":")[2]
                    ]
                    assert {"allowed", "suspicious", "forbidden"} & {one[2] for one in others}
                assert state in {"", "allowed", "suspicious", "forbidden"}


def test_what_is_presented_above_the_grant_is_written_in_euros(desk: Desk):
    told = desk.preview(*((desk.key(month=month), "100") for month in range(1, 13))).json()
    assert "montant accordé dépassé de 29\u202f119,36\u202f€" in told["totals"]
