"""A scenario that moves no figure says why, and one that moves some says nothing of it."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from backoffice.engine.scenario.patch import Value
from reports.scenarios.comparing import outcome
from reports.scenarios.scenario import Change, Scenario
from tests.engine.projection.made import FIRST_YEAR
from tests.reports.scenarios.beside import beside

BASE = beside()
DAY = date(FIRST_YEAR + 1, 1, 1)
PLANNED, MOVED, IDLE = "déjà ce qui est prévu", "déplace des paiements", "n'en dépend"


def notes(kind: str, target: str, **values: Value) -> str:
    return " ".join(outcome(BASE, Scenario("essai", (Change(1, kind, target, DAY, values),))).notes)


@pytest.mark.parametrize(
    ("kind", "target", "values", "said"),
    [
        ("pay_date", "*", {"delay_days": 30}, MOVED),
        ("award", "*", {"factor": 1}, PLANNED),
        ("figure", "s0.ceiling", {"freeze": True}, PLANNED),
        ("worker", "E0/W0", {"scale": "MADE", "column": "a"}, PLANNED),
        ("award", "*", {"add": 10**6}, IDLE),
    ],
)
def test_a_change_that_moves_nothing_says_why(kind, target, values, said) -> None:
    assert said in notes(kind, target, **values)


@pytest.mark.parametrize(
    ("kind", "target", "values"),
    [
        ("award", "*", {"factor": Fraction(1, 100)}),
        ("worker", "E0/W0", {"share": Fraction(1, 2)}),
        ("figure", "s5.running_max", {"set": 0}),
    ],
)
def test_a_change_that_moves_a_figure_says_nothing_of_it(kind, target, values) -> None:
    text = notes(kind, target, **values)
    assert not any(said in text for said in (PLANNED, MOVED, IDLE))


def test_the_worker_of_these_tests_is_on_that_scale_already() -> None:
    lines = BASE.facts.contracts
    [line] = np.flatnonzero(lines.worker == 0)
    assert BASE.facts.names.scales[lines.scale[line]] == ("MADE", "a")


def test_changes_of_which_the_same_is_to_be_said_are_named_together() -> None:
    changes = (
        Change(1, "pay_date", "*", DAY, {"delay_days": 30}),
        Change(2, "award", "*", DAY, {"factor": 1}),
        Change(3, "pay_date", "*", DAY, {"start_share": Fraction(1, 2)}),
    )
    found = outcome(BASE, Scenario("essai", changes)).notes
    assert [one for one in found if "déplacent des paiements" in one] == [
        "Modifications n° 1 et 3 : elles déplacent des paiements et ne changent aucun coût ; leur "
        "effet se lit dans la trésorerie."
    ]
    assert any(one.startswith("Modification n° 2 : ce qu'elle demande est déjà") for one in found)
