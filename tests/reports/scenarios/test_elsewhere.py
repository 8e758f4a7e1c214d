"""What concerns nobody here is said once for all the changes that are so."""

from datetime import date

import pytest
from django.utils import translation

from backoffice.engine.scenario.patch import Value
from reports.scenarios.aggregates.view import aggregated
from reports.scenarios.comparing import outcome
from reports.scenarios.elsewhere import told_apart
from reports.scenarios.scenario import Change, Scenario
from tests.engine.projection.made import FIRST_YEAR
from tests.reports.scenarios.beside import beside

BASE = beside()
DAY = date(FIRST_YEAR + 1, 1, 1)


def change(number: int, kind: str, target: str, **values: Value) -> Change:
    return Change(number, kind, target, DAY, values)


CHANGES = (
    change(1, "pay_date", "scheme:ape", twelfths=True),
    change(2, "pay_date", "*", delay_days=30),
    change(3, "award", "scheme:acs", stop=True),
    change(5, "post", "CSS", fte=1),
)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Les modifications n° 1, 3 et 5 ne concernent personne ici"),
        ("nl", "De wijzigingen nr. 1, 3 en 5 betreffen hier niemand"),
    ],
)
def test_several_changes_are_named_in_one_sentence(language: str, said: str) -> None:
    with translation.override(language):
        here, sentences = told_apart(BASE.facts, CHANGES)
    assert [one.number for one in here] == [2]
    assert [one.startswith(said) for one in sentences] == [True]


def test_one_change_alone_says_about_whom_it_is() -> None:
    _here, sentences = told_apart(BASE.facts, CHANGES[:2])
    assert sentences == ("Modification n° 1 : elle ne concerne personne ici (ape).",)


def test_nothing_is_said_where_all_concern_somebody() -> None:
    assert told_apart(BASE.facts, CHANGES[1:2]) == (CHANGES[1:2], ())


@pytest.mark.parametrize("find", [outcome, aggregated])
def test_a_comparison_and_a_sum_of_services_say_it_once(find) -> None:
    notes = find(BASE, Scenario("essai", CHANGES)).notes
    assert len([one for one in notes if "personne ici" in one]) == 1
