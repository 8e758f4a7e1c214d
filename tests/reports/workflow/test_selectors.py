"""The justifications of an organisation by state, and what each still lacks."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.federation.roles import SERVICE_RIGHTS, Role
from reports.grid.locks import locks_of
from reports.justifications import year_dossiers
from reports.models import State
from reports.workflow.selectors import OpenDossier, Reader, open_dossiers, standings
from tests.reports.checks.situations import AS_OF
from tests.reports.workflow.conftest import Desk
from tests.reports.workflow.life import Life, life
from tests.reports.workflow.test_page import text_of

pytestmark = pytest.mark.django_db


def rows_of(one: Life) -> tuple[OpenDossier, ...]:
    organisation = one.place.organisation
    dossiers = year_dossiers(organisation, 2024, AS_OF)
    reader = Reader(one.finance.pk, SERVICE_RIGHTS[Role.FINANCE])
    return open_dossiers(dossiers, standings(organisation, [2024]), reader)


def test_a_dossier_that_nobody_has_moved_is_in_preparation_with_what_it_lacks() -> None:
    one = life(granted="9000.00")
    (found,) = rows_of(one)
    cover, standing = found.dossier.cover, found.standing
    assert (cover.reference, standing.state, standing.version) == ("A", "draft", None)
    assert (found.errors, found.warnings, found.mine) == (0, 1, True)
    assert standing.next_words == "la déclarer prête"
    assert standings(one.place.organisation, [2024]) == {}


def test_a_state_is_told_with_its_version_and_an_ended_dossier_is_not_open() -> None:
    one = life().reach(State.SENT)
    found = standings(one.place.organisation, [2024])["A", 2024]
    assert (found.label, found.number, found.version) == ("envoyée", 1, 1)
    assert found.next_words == "encoder la décision du pouvoir subsidiant"
    one.move("correct")
    found = standings(one.place.organisation, [2024])["A", 2024]
    assert (found.state, found.number, found.version) == ("draft", 2, None)
    one.raise_pay()
    one.reach(State.CLOSED)
    assert rows_of(one) == ()


def test_the_queries_do_not_grow_with_the_dossiers(django_assert_num_queries) -> None:
    one = life().reach(State.READY)
    with CaptureQueriesContext(connection) as few:
        rows_of(one)
    for number in range(12):
        one.place.award("acs", f"B{number}")
    with django_assert_num_queries(len(few)):
        assert len(rows_of(one)) == 13


def test_unlocking_gives_the_months_of_the_award_back_to_the_grid() -> None:
    one = life().reach(State.FROZEN)
    assert set(locks_of(one.place.organisation, 2024)) == {one.award.pk}
    one.move("unlock")
    assert locks_of(one.place.organisation, 2024) == {}


def test_a_finding_leads_to_its_check_in_the_rule_book(desk: Desk) -> None:
    desk.life.award.terms.filter(code="granted").update(value="9000.00")
    shown = text_of(desk.get())
    assert 'href="/regles/maribel/?au=2025-03-01#controle-grant_not_used"' in shown
    book = text_of(desk.finance.get("/regles/maribel/"))
    assert 'id="controle-grant_not_used"' in book


def test_the_link_to_the_rule_book_is_no_part_of_what_is_frozen() -> None:
    checks = json.loads(life().reach(State.FROZEN).file.justification.document)["checks"]
    assert checks
    assert all("rule" not in check for check in checks)
