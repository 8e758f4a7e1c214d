"""The funder's decision: what is accepted and refused of each line sums to what was presented."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from backoffice.engine import money
from backoffice.engine.claims.decision import Bound, Frozen
from reports.models import Decision, DecisionLine, State
from reports.workflow.deciding import (
    Letter,
    answer,
    answer_head,
    answers_of,
    enter_lines,
    record_decision,
)
from reports.workflow.sending import balance_of
from reports.workflow.sent_lines import Answer, Claimed, SentLine, claimed_of, full_answer
from reports.workflow.steps import MoveRefused
from tests.factories import SignOffFactory
from tests.reports.workflow.life import Life, life

CENTS = st.integers(-1_000_000, 10_000_000)


@st.composite
def lines(draw: st.DrawFn, row: int = 0) -> SentLine:
    """0 <= admissible <= presented, or a negative line that is taken as it is."""
    presented = draw(CENTS)
    admissible = presented if presented <= 0 else draw(st.integers(0, presented))
    return SentLine("staff", row, "staff", "W01", "03/2024", presented, admissible)


@given(lines(), st.data())
def test_accepted_and_refused_sum_to_what_was_presented(
    line: SentLine, data: st.DataObject
) -> None:
    low, high = min(line.admissible, 0), max(line.admissible, 0)
    accepted = data.draw(st.integers(low, high))
    for found in (answer(line, accepted, "hors période"), full_answer(line)):
        assert found.accepted + found.refused == line.presented
        assert low <= found.accepted <= high
        assert bool(found.refused) == bool(found.reason)


@given(st.lists(lines(), min_size=1, max_size=12), st.data())
def test_an_amount_for_a_head_is_shared_over_its_lines_to_the_cent(
    drawn: list[SentLine], data: st.DataObject
) -> None:
    rows = tuple(
        SentLine("staff", row, "staff", one.who, one.about, one.presented, one.admissible)
        for row, one in enumerate(drawn)
    )
    claimed = Claimed(rows, Frozen([Bound("staff")], 0, 10**9, None), (("staff", "Personnel"),))
    low, high = sum(min(one.admissible, 0) for one in rows), sum(one.admissible for one in rows)
    total = data.draw(st.integers(min(low, high), max(low, high)))
    found = answer_head(claimed, "staff", total, "réduit")
    assert sum(one.accepted for one in found.values()) == total
    for line in rows:
        one = found[line.place]
        assert one.accepted + one.refused == line.presented


@pytest.mark.django_db
def test_the_rest_is_accepted_in_one_go_and_the_amounts_follow() -> None:
    one = two_lines()
    claimed = claimed_of(one.file.justification)
    staff, invoice = claimed.lines
    enter_lines(step=one.step(), answers={invoice.place: answer(invoice, 0, "hors objet")})
    today = timezone.localdate()
    record_decision(step=one.step(), letter=Letter(today, "DEC-1"), accept_rest=True)
    decision = Decision.objects.get()
    assert (decision.accepted, decision.payable) == (Decimal("3000.00"), Decimal("3000.00"))
    rows = DecisionLine.objects.order_by("kind")
    assert [(row.accepted, row.refused, row.reason) for row in rows] == [
        (Decimal("0.00"), Decimal("200.00"), "hors objet"),
        (Decimal("3000.00"), Decimal("0.00"), ""),
    ]
    assert answers_of(one.file)[staff.place].accepted == 300_000
    assert balance_of(one.file).left == 300_000


@pytest.mark.django_db
def test_more_than_a_line_holds_is_never_accepted_by_a_refusal_below_nothing() -> None:
    one = two_lines()
    staff, _invoice = claimed_of(one.file.justification).lines
    with pytest.raises(IntegrityError), transaction.atomic():
        enter_lines(step=one.step(), answers={staff.place: Answer(310_000, -10_000, "trop")})


@pytest.mark.django_db
def test_a_decision_with_a_line_left_open_says_how_many_and_keeps_what_is_entered() -> None:
    one = two_lines()
    staff, _invoice = claimed_of(one.file.justification).lines
    enter_lines(step=one.step(), answers={staff.place: full_answer(staff)})
    letter = Letter(timezone.localdate(), "DEC-1")
    with pytest.raises(MoveRefused, match="1 ligne n'a pas encore de réponse"):
        record_decision(step=one.step(), letter=letter, accept_rest=False)
    assert DecisionLine.objects.count() == 1
    enter_lines(step=one.step(), answers={}, cleared=[staff.place])
    assert DecisionLine.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "said"), [(1, "à venir"), (-1, "avant l'envoi")])
def test_a_decision_has_a_day_that_can_be(days: int, said: str) -> None:
    one = two_lines()
    letter = Letter(timezone.localdate() + timedelta(days=days), "DEC-1")
    with pytest.raises(MoveRefused, match=said):
        record_decision(step=one.step(), letter=letter, accept_rest=True)
    assert (one.file.state, Decision.objects.count()) == (State.SENT, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "reason", "said"),
    [
        (300_001, "", "n'est pas entre 0,00\u202f€ et 3\u202f000,00\u202f€"),
        (-1, "x", "entre"),
        (1, " ", "le motif"),
    ],
)
def test_an_answer_outside_its_line_or_without_a_reason_is_refused(
    accepted: int, reason: str, said: str
) -> None:
    (line, _other) = claimed_of(two_lines().file.justification).lines
    with pytest.raises(MoveRefused, match=said):
        answer(line, accepted, reason)


@pytest.mark.django_db
def test_an_amount_above_a_head_is_refused() -> None:
    claimed = claimed_of(two_lines().file.justification)
    with pytest.raises(MoveRefused, match="Rubrique"):
        answer_head(claimed, "running", 20_001, "trop")
    found = answer_head(claimed, "running", 12_345, "réduit")
    assert [money.text(one.accepted) for one in found.values()] == ["123.45"]


def two_lines() -> Life:
    """A sent justification with a worker-month of 3,000.00 and an invoice of 200.00."""
    one = life("cocom_facultative", granted="5000.00")
    one.place.invoice(one.award)
    sign_all(one)
    return one.reach(State.SENT)


def sign_all(one: Life) -> None:
    """Everything that can be accepted is accepted."""
    for check in one.place.dossier(one.award).checks:
        if check.level == "warning":
            SignOffFactory(award=one.award, subject=check.subject)
