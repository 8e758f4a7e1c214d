"""From preparation to its end: every move from every state, by whom, and what it leaves behind."""

import csv
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from backoffice.federation.audit import acting
from backoffice.federation.audit.append_only import AppendOnly
from backoffice.federation.audit.entries import AuditEntry
from backoffice.federation.roles import Role
from grants.models import Receipt
from grants.services.deadlines import reopen_deadline
from reports.models import Justification, JustificationFile, Move, State
from reports.sent import sent_by
from reports.workflow.moves import MOVES
from reports.workflow.preparing import approve, make_ready, unlock
from reports.workflow.sending import Payment, Sending, close, correct, send
from reports.workflow.steps import MoveRefused, who_words
from tests.factories import CalendarFeedFactory, DeadlineFactory, MembershipFactory, ReceiptFactory
from tests.reports.checks.situations import AS_OF
from tests.reports.workflow.life import YEAR, life

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "justification_moves.csv"
with GOLDEN.open(encoding="utf-8") as table:
    CASES = [(row["state"], row["move"], row["ends"]) for row in csv.DictReader(table)]


def test_the_table_holds_every_move_from_every_state() -> None:
    states = set(State.values) - {State.CORRECTED}
    assert {(state, move) for state, move, _ends in CASES} == {
        (state, move) for state in states for move in MOVES
    }
    assert len(CASES) == len(states) * len(MOVES)


@pytest.mark.parametrize(("state", "move", "ends"), CASES, ids=lambda one: one)
def test_a_move_ends_where_the_table_says_or_is_refused_and_changes_nothing(
    state: str, move: str, ends: str
) -> None:
    one = life()
    if state == "recovered" or (state, move) == ("decided", "recover"):
        one.owe()
    one.reach(state)
    before = Move.objects.count()
    if ends == "refused":
        with pytest.raises(MoveRefused):
            one.move(move)
        assert (one.file.state, Move.objects.count()) == (state, before)
    else:
        one.move(move)
        assert (one.file.state, Move.objects.count()) == (ends, before + 1)


@pytest.mark.parametrize("move", MOVES)
def test_a_role_without_the_right_of_a_move_is_told_whom_to_ask(move: str) -> None:
    one = life()
    start = sorted(MOVES[move].starts)[0]
    if move == "recover":
        one.owe()
    one.reach(start)
    accountant = MembershipFactory(organisation=one.place.organisation, role=Role.ACCOUNTANT).user
    stranger = MembershipFactory(role=Role.DIRECTOR).user
    for person in (accountant, stranger):
        with pytest.raises(MoveRefused, match="Votre rôle ne permet pas"):
            one.move(move, person)
    assert one.file.state == start


def test_each_move_is_a_line_of_history_that_nothing_changes_or_removes() -> None:
    one = life().reach(State.SENT)
    rows = list(Move.objects.order_by("pk"))
    said = [(row.from_state, row.to_state, row.by) for row in rows]
    assert said == [
        ("draft", "ready", one.finance),
        ("ready", "approved", one.director),
        ("approved", "frozen", one.finance),
        ("frozen", "sent", one.finance),
    ]
    with pytest.raises(AppendOnly):
        rows[0].save()
    with pytest.raises(AppendOnly):
        rows[0].delete()
    with pytest.raises(AppendOnly):
        Move.objects.filter(file=one.file).update(reason="réécrit")
    with pytest.raises(AppendOnly):
        one.file.moves.all().delete()
    with pytest.raises(AppendOnly):
        Move.objects.bulk_update(rows, ["reason"])
    assert list(Move.objects.order_by("pk")) == rows


def test_an_open_point_keeps_it_in_preparation() -> None:
    one = life(granted="9000.00")
    with pytest.raises(MoveRefused, match="1 point est encore à régler"):
        one.move("ready")


def test_a_situation_to_come_cannot_be_ready() -> None:
    one = life()
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(MoveRefused, match="jour à venir"):
        make_ready(step=one.step(as_of=tomorrow))


def test_who_prepared_it_never_approves_it_whatever_the_role() -> None:
    one = life().reach(State.READY)
    one.finance.memberships.update(role=Role.DIRECTOR)
    with pytest.raises(MoveRefused, match="une autre personne"):
        one.move("approve", one.finance)
    with pytest.raises(IntegrityError), transaction.atomic():
        JustificationFile.objects.update(approved_by=one.finance)


def test_whoever_changed_the_data_never_approves_it_whatever_was_written_since() -> None:
    one = life()
    colleague = MembershipFactory(organisation=one.place.organisation, role=Role.DIRECTOR).user
    with acting(colleague):
        one.raise_pay()
    with acting(one.finance):
        one.raise_pay()
    DeadlineFactory(award=one.award)
    one.reach(State.READY)
    with pytest.raises(MoveRefused, match="Vous avez modifié les données du service"):
        one.move("approve", colleague)
    assert one.move("approve").file.state == State.APPROVED


def test_who_only_moved_a_deadline_or_a_calendar_approves() -> None:
    one = life()
    with acting(one.director):
        deadline = DeadlineFactory(award=one.award)
        deadline.due_on += timedelta(days=1)
        deadline.save()
        CalendarFeedFactory(user=one.director)
    one.reach(State.READY)
    assert one.move("approve").file.state == State.APPROVED


def test_who_changed_the_data_before_the_previous_version_approves_the_next_one() -> None:
    one = life()
    colleague = MembershipFactory(organisation=one.place.organisation, role=Role.DIRECTOR).user
    with acting(colleague):
        one.raise_pay()
    one.reach(State.SENT)
    one.move("correct")
    one.raise_pay()
    one.reach(State.READY)
    assert one.move("approve", colleague).file.state == State.APPROVED


@pytest.mark.parametrize(("state", "move"), [("ready", "approve"), ("approved", "freeze")])
def test_a_content_that_changed_falls_back_and_says_what(state: str, move: str) -> None:
    one = life().reach(state)
    one.raise_pay()
    found = one.move(move)
    assert "Présenté : 3\u202f000,00\u202f€ → 3\u202f100,00\u202f€" in found.fell_back
    assert "Personnel : 1 autrement" in found.fell_back
    file = one.file
    assert (file.state, file.digest, file.content, file.prepared_by) == ("draft", "", "", None)
    last = Move.objects.last()
    assert (last.by, last.to_state) == (one.director if move == "approve" else one.finance, "draft")
    assert who_words(last) == last.by.get_username()
    assert "3\u202f100,00" in last.reason
    assert one.move("ready").file.state == State.READY


def test_what_was_read_is_kept_without_a_name_until_it_is_frozen() -> None:
    one = life().reach(State.READY)
    assert one.place.worker.name not in one.file.content
    assert '"worker": "W01"' in one.file.content
    one.reach(State.FROZEN)
    assert one.file.content == ""


def test_a_freeze_that_fails_at_the_end_leaves_no_file_behind(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    one = life().reach(State.APPROVED)

    def full(*_state: object) -> None:
        raise OSError("disk")

    with monkeypatch.context() as patched:
        patched.setattr("reports.workflow.preparing.record", full)
        with pytest.raises(OSError, match="disk"):
            one.move("freeze")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    one.move("freeze")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2


def test_a_later_day_does_not_change_what_was_approved() -> None:
    one = life().reach(State.APPROVED)
    ReceiptFactory(award=one.award, received_on=date(2025, 6, 1), amount=Decimal("1000.00"))
    assert one.move("freeze").fell_back == ""
    assert one.file.justification.as_of == AS_OF


def test_an_old_page_is_refused_with_the_state_as_it_is_now_and_who_made_it() -> None:
    one = life()
    old = one.step()
    one.move("ready")
    one.finance.first_name, one.finance.last_name = "Jeanne", "Exemple"
    one.finance.save()
    with pytest.raises(MoveRefused, match=r"elle est prête \(Jeanne Exemple"):
        make_ready(step=old)
    seen = one.step(one.director)
    one.move("unlock")
    one.move("ready")
    with pytest.raises(MoveRefused, match="a changé depuis"):
        approve(step=seen)


def test_unlocking_asks_a_reason_and_withdraws_the_frozen_version() -> None:
    one = life().reach(State.FROZEN)
    with pytest.raises(MoveRefused, match="Indiquez pourquoi"):
        unlock(step=one.step(one.director), reason="  ")
    assert len(sent_by(one.place.organisation, AS_OF)) == 1
    one.move("unlock")
    assert Move.objects.last().reason == "une pièce à ajouter"
    assert sent_by(one.place.organisation, AS_OF) == ()
    version = Justification.objects.get()
    assert version.withdrawn_at is not None
    one.reach(State.FROZEN)
    assert Justification.objects.get().withdrawn_at is None


def test_a_sending_needs_a_proof_and_a_time_that_can_be() -> None:
    one = life().reach(State.FROZEN)
    now = timezone.now()
    for sending, said in (
        (Sending(now), "preuve"),
        (Sending(now + timedelta(hours=1), "REC"), "à venir"),
        (Sending(now - timedelta(days=1), "REC"), "précède"),
    ):
        with pytest.raises(MoveRefused, match=said):
            send(step=one.step(), sending=sending)
    assert one.file.state == State.FROZEN


def test_a_sending_closes_the_deadlines_of_pieces_of_its_exercise_with_its_proof() -> None:
    one = life().reach(State.FROZEN)
    mine = DeadlineFactory(award=one.award)
    others = [
        DeadlineFactory(award=one.award, code="activity_report", kind="activity_report"),
        DeadlineFactory(award=one.award, year=2023),
        DeadlineFactory(award=one.award, code="pieces-2", state="waived"),
    ]
    one.move("send")
    mine.refresh_from_db()
    assert (mine.state, mine.done_on, mine.evidence) == ("done", timezone.localdate(), "REC-1")
    assert (mine.events.get().by, mine.events.get().reason) == (one.finance, "REC-1")
    for row in others:
        before = row.state
        row.refresh_from_db()
        assert (row.state, row.events.count()) == (before, 0)


def test_a_correction_leaves_the_deadline_done_unless_somebody_opened_it_again() -> None:
    one = life().reach(State.FROZEN)
    deadline = DeadlineFactory(award=one.award)
    one.move("send")
    one.move("correct")
    deadline.refresh_from_db()
    assert deadline.state == "done"
    reopen_deadline(deadline=deadline, reason="Le pouvoir subsidiant la redemande", by=one.director)
    one.raise_pay()
    one.reach(State.SENT)
    deadline.refresh_from_db()
    assert (deadline.state, deadline.events.count()) == ("done", 3)


def test_unlocking_before_it_is_sent_leaves_the_deadline_to_do() -> None:
    one = life().reach(State.FROZEN)
    deadline = DeadlineFactory(award=one.award)
    one.move("unlock")
    deadline.refresh_from_db()
    assert deadline.state == "open"


def test_the_trail_carries_the_reason_of_what_a_move_changes() -> None:
    one = life().reach(State.FROZEN)
    DeadlineFactory(award=one.award)
    one.move("send")
    one.move("correct")
    said = {
        (entry.model, entry.reason)
        for entry in AuditEntry.objects.filter(organisation=one.place.organisation.pk)
        if entry.reason
    }
    assert {
        ("grants.deadline", "REC-1"),
        ("grants.deadlineevent", "REC-1"),
        ("reports.justificationfile", "un mois oublié"),
        ("reports.move", "un mois oublié"),
    } <= said


def test_the_same_content_as_a_sent_version_is_refused_until_something_changes() -> None:
    one = life().reach(State.SENT)
    one.move("correct")
    with pytest.raises(MoveRefused, match=r"La version 1, envoyée le .* dit déjà la même chose"):
        one.move("ready")
    one.raise_pay()
    one.reach(State.SENT)
    file = one.file
    former = file.corrects
    assert (file.number, former.state) == (2, State.CORRECTED)
    assert file.justification.replaces == former.justification
    assert json.loads(former.justification.document)["amounts"]["presented"] == "3000.00"


def test_what_was_received_since_is_no_new_claim() -> None:
    one = life().reach(State.CLOSED)
    assert Receipt.objects.filter(award=one.award, year=YEAR).exists()
    one.move("correct")
    with pytest.raises(MoveRefused, match="dit déjà la même chose"):
        make_ready(step=one.step(as_of=timezone.localdate()))


def test_a_correction_says_why() -> None:
    one = life().reach(State.SENT)
    with pytest.raises(MoveRefused, match="Indiquez pourquoi"):
        correct(step=one.step(), reason="")


def test_a_dossier_closes_on_exactly_its_balance_which_becomes_a_receipt() -> None:
    one = life().reach(State.DECIDED)
    today = timezone.localdate()
    for payment, said in (
        (Payment(today, Decimal("2999.99"), "EXT-9"), "Le solde est de 3.000,00"),
        (Payment(today, Decimal("3000.00"), ""), "référence"),
        (Payment(today + timedelta(days=1), Decimal("3000.00"), "EXT-9"), "à venir"),
    ):
        with pytest.raises(MoveRefused, match=said):
            close(step=one.step(), payment=payment)
    close(step=one.step(), payment=Payment(today, Decimal("3000.00"), "EXT-9"))
    received = Receipt.objects.get(award=one.award, year=YEAR)
    assert (received.reference, received.amount.amount) == ("EXT-9", Decimal("3000.00"))


def test_what_was_received_in_excess_is_recovered_as_a_negative_receipt() -> None:
    one = life().owe().reach(State.DECIDED)
    with pytest.raises(MoveRefused, match="rembourser"):
        one.move("close")
    one.move("recover")
    back = Receipt.objects.get(reference="SOLDE-1")
    assert back.amount.amount == Decimal("-6000.00")
    assert one.file.settled_amount == Decimal("6000.00")


def test_the_database_refuses_a_state_without_its_dates() -> None:
    one = life().reach(State.READY)
    rows = JustificationFile.objects.filter(pk=one.file.pk)
    for changed in (
        {"state": State.DRAFT},
        {"state": State.APPROVED},
        {"state": State.FROZEN},
        {"state": State.SENT},
        {"digest": ""},
        {"number": 2},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**changed)


def test_a_second_standing_dossier_of_an_exercise_is_impossible() -> None:
    one = life().reach(State.READY)
    with pytest.raises(IntegrityError), transaction.atomic():
        JustificationFile.objects.create(award=one.award, year=YEAR, number=1)
