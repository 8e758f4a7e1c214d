"""Each kind of change is said in one sentence, in both languages."""

from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation

from reports.scenarios.kinds import VALUES, Form
from reports.scenarios.scenario import Change, Parameter, Reference, Scenario, Source
from reports.scenarios.sentences import sentence

SAMPLES = {
    Form.NUMBER: Fraction(1, 2),
    Form.WORD: "mot",
    Form.EITHER: Fraction(2, 100),
    Form.DAY: date(2028, 1, 1),
    Form.TRUE: True,
}
EACH = [(kind, name, form) for kind, values in VALUES.items() for name, form in values.items()]


def said(kind: str, target: object = "*", **values: object) -> str:
    change = Change(1, kind, target, date(2027, 1, 1), values)
    parameters = {"qui": Parameter({"fr": "Qui ?", "nl": "Wie?"})}
    return sentence(change, Scenario("essai", (change,), parameters=parameters))


@pytest.mark.parametrize(("kind", "name", "form"), EACH, ids=str)
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_every_value_of_every_kind_can_be_said(kind, name, form, language) -> None:
    with translation.override(language):
        text = said(kind, **{name: SAMPLES[form]})
    assert "01/01/2027" in text
    assert text.endswith(".")
    assert "%(" not in text


@pytest.mark.parametrize(
    ("text", "kind", "target", "values"),
    [
        (
            "À partir du 01/01/2027, toutes les subventions : 95\u202f% du montant.",
            "award",
            "*",
            {"factor": Fraction(95, 100)},
        ),
        (
            "À partir du 01/01/2027, toutes les subventions : 110\u202f% du montant ; ce qui "
            "s'ajoute ne paie que les frais de fonctionnement.",
            "award",
            "*",
            {"factor": Fraction(11, 10), "head": "running"},
        ),
        (
            "À partir du 01/01/2027, la subvention X-1 : 1\u202f200,50\u202f€ par an.",
            "award",
            "X-1",
            {"granted": Fraction(120050, 100)},
        ),
        (
            "À partir du 01/01/2027, indexation (tous les régimes) : 3 mois plus tard, pour les "
            "subventions seules.",
            "index",
            "*",
            {"lag": 3, "of": "grants"},
        ),
        (
            "À partir du 01/01/2027, la valeur « Taux de la prime » : 100\u202f%.",
            "figure",
            "acs.premium_rate",
            {"set": 1},
        ),
        (
            "À partir du 01/01/2027, la valeur « Taux de la prime » : 0,5\u202f% de plus, en "
            "points de pourcentage.",
            "figure",
            "acs.premium_rate",
            {"add": Fraction(5, 1000)},
        ),
        (
            "À partir du 01/01/2027, W01 travaille 50\u202f% de ses heures.",
            "worker",
            "W01",
            {"share": Fraction(1, 2)},
        ),
        (
            "À partir du 01/01/2027, W01 travaille à 50\u202f% d'un temps plein.",
            "worker",
            "W01",
            {"of_full_time": Fraction(1, 2)},
        ),
    ],
)
def test_a_change_reads_as_people_say_it(text, kind, target, values) -> None:
    assert said(kind, target, **values) == text


def test_a_choice_that_is_not_made_is_named() -> None:
    assert "(à choisir : Qui ?)" in said("worker", Reference(Source.PARAMETER, "qui"), end=True)


def test_an_assumption_is_named_in_words() -> None:
    cost = Reference(Source.ASSUMPTION, "fte_cost.master.0")
    assert "« coût d'un ETP master, ancienneté 0 »" in said("post", fte=1, cost=cost)
