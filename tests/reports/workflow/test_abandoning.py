"""A correction opened by mistake: abandoned, the former justification stands as it did."""

import pytest

from reports.models import JustificationFile, Move, State
from reports.workflow.sending import abandon
from reports.workflow.steps import MoveRefused
from tests.reports.workflow.life import life

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["sent", "decided", "closed", "recovered"])
def test_a_correction_opened_by_mistake_is_abandoned_and_the_former_stands_as_it_did(
    state: str,
) -> None:
    one = life()
    if state == "recovered":
        one.owe()
    one.reach(state)
    former = one.file
    one.move("correct")
    one.move("abandon")
    assert (one.file, one.file.state) == (former, state)
    assert not JustificationFile.objects.filter(number=2).exists()
    last = Move.objects.filter(file=former).latest("pk")
    assert (last.from_state, last.to_state) == (State.CORRECTED, state)
    assert (last.reason, last.by) == ("ouverte par erreur", one.finance)
    one.move("correct")
    assert one.file.number == 2


def test_what_was_decided_is_closed_after_its_correction_is_abandoned() -> None:
    one = life().reach(State.DECIDED)
    one.move("correct")
    one.move("abandon")
    assert one.move("close").file.state == State.CLOSED


def test_a_correction_that_was_ready_once_is_no_longer_abandoned() -> None:
    one = life().reach(State.SENT)
    one.move("correct")
    one.raise_pay()
    one.reach(State.READY)
    one.move("unlock")
    with pytest.raises(MoveRefused, match="jamais été déclarée prête"):
        one.move("abandon")
    assert (one.file.number, one.file.state) == (2, State.DRAFT)


def test_abandoning_a_correction_says_why() -> None:
    one = life().reach(State.SENT)
    one.move("correct")
    with pytest.raises(MoveRefused, match="Indiquez pourquoi"):
        abandon(step=one.step(), reason=" ")
    assert one.file.number == 2
