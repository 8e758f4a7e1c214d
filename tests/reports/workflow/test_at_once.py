"""Two people who move the same justification at the same moment: one does it, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection

from backoffice.federation.roles import Role
from reports.models import Justification, Move, State
from reports.workflow.preparing import approve, freeze_file, make_ready
from reports.workflow.steps import MoveRefused, Outcome
from tests.factories import MembershipFactory
from tests.reports.workflow.life import Life, life


@pytest.fixture
def one(transactional_db: None) -> Life:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite n'a pas deux connexions qui écrivent à la fois : PostgreSQL l'essaie")
    return life()


def both(one: Life, act: Callable[..., Outcome], people: list[User]) -> list[str]:
    """What each is told when both act at once on what they both saw; "" for who did it."""
    steps, ready = [one.step(person) for person in people], Barrier(2)

    def run(place: int) -> str:
        try:
            ready.wait()
            act(step=steps[place])
        except MoveRefused as error:
            return str(error)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(run, range(2)))


def colleague(one: Life, role: Role) -> User:
    return MembershipFactory(organisation=one.place.organisation, role=role).user


@pytest.mark.parametrize(
    ("state", "act", "role"),
    [
        (State.DRAFT, make_ready, Role.FINANCE),
        (State.READY, approve, Role.DIRECTOR),
        (State.APPROVED, freeze_file, Role.FINANCE),
    ],
)
def test_one_of_two_does_it_and_the_other_is_told_who_did(
    one: Life, state: State, act: Callable[..., Outcome], role: Role
) -> None:
    one.reach(state)
    before = Move.objects.count()
    first = one.director if role == Role.DIRECTOR else one.finance
    done, told = both(one, act, [first, colleague(one, role)])
    assert done == ""
    assert "a changé depuis que vous l'avez affichée" in told
    assert Move.objects.count() == before + 1


def test_two_freezes_at_once_leave_one_version_and_its_files_once(one: Life) -> None:
    one.reach(State.APPROVED)
    both(one, freeze_file, [one.finance, colleague(one, Role.FINANCE)])
    version = Justification.objects.get()
    assert sorted(row.extension for row in version.files.all()) == ["pdf", "xlsx"]
