"""A scenario written down and read back, and what is said of one that cannot be read."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from reports.scenarios.kinds import BOUNDS, VALUES, Form
from reports.scenarios.scenario import (
    Change,
    Parameter,
    Reference,
    Scenario,
    Source,
)
from reports.scenarios.toml.reading import NotAScenario, read_scenario
from reports.scenarios.toml.writing import write_scenario

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
WORDS = st.text("abcdefgh", min_size=1, max_size=8)


UNREADABLE = [
    ("", "Modification n° 2 : il manque « kind »"),
    ('kind = "x", target = "*", from = 2027-01-01', "la nature « x » n'existe pas : award,"),
    ('kind = "award", target = "*"', "il manque « from »"),
    ('kind = "award", target = 3, from = 2027-01-01', "« target » est un texte"),
    ('kind = "award", target = "*", from = "2027-01-01"', "from : un jour est attendu"),
    ('kind = "award", target = "*", from = 2027-01-01T00:00:00', "from : un jour"),
    (
        'kind = "award", target = "*", from = 2027-01-01, hours = 1',
        "« hours » n'existe pas pour",
    ),
    ('kind = "award", target = "*", from = 2027-01-01, factor = "1,5"', "écrivez 1234.56"),
    ('kind = "award", target = "*", from = 2027-01-01, factor = true', "factor : un nombre"),
    ('kind = "award", target = "*", from = 2027-01-01, add = 1000000000000', "trop grand"),
    ('kind = "award", target = "*", from = 2027-01-01, stop = false', "écrivez true, ou"),
    ('kind = "award", target = "*", from = 2027-01-01, add = { x = "y" }', "{ assumption ="),
    ('kind = "index", target = "*", from = 2027-01-01, lag = 9999', "lag : 9999 est hors"),
    ('kind = "index", target = "*", from = 2027-01-01, lag = -121', "entre -120 et 120"),
    (
        'kind = "index", target = "*", from = 2027-01-01, lag = 1.5',
        "1.5 n'est pas un",
    ),
    ('kind = "index", target = "*", from = 2027-01-01, skip = "2027.5"', "entre 1990 et 2200"),
    ('kind = "index", target = "*", from = 2027-01-01, path = -2', "entre -1 et 1"),
    ('kind = "index", target = "*", from = 2027-01-01, events = 0', "entre 1 et 100"),
    ('kind = "award", target = "*", from = 2027-01-01, granted = -5', "entre 0 et 1000000000"),
    ('kind = "post", target = "*", from = 2027-01-01, cost = -1', "cost : -1 est hors"),
    ('kind = "scheme", target = "*", from = 2027-01-01, successor = "-1/3"', "-1/3 est hors"),
    ('kind = "award", target = "*", from = 2027-01-01, factor = nan', "« nan » n'est pas un"),
    ('kind = "award", target = "*", from = 2027-01-01, factor = -inf', "« -inf » n'est pas un"),
    ('kind = "award", target = "*", from = 2027-01-01, factor = 1e5', "« 1e5 » n'est pas un"),
    (
        'kind = "award", target = "*", from = 2027-01-01, factor = 1e999999999',
        "« 1e99",
    ),
    ('kind = "award", target = 1e5, from = 2027-01-01, stop = true', "target : « 1e5 »"),
    ('kind = "award", target = "*", from = 1e5, stop = true', "from : un jour"),
    ('kind = ["award"], target = "*", from = 2027-01-01, stop = true', "n'existe pas : award,"),
    ('kind = "worker", target = "W", from = 2027-01-01, share = 50', "entre 0 et 1"),
    ('kind = "post", target = "*", from = 2027-01-01, per = ""', "un mot est attendu"),
    ('kind = "worker", target = "W", from = 2027-01-01, leave = 3', "leave : un jour"),
]
NO_SCENARIO = [
    ('name = "x', "n'est pas du TOML"),
    ("patches = []", "n'a pas de nom"),
    ('name = ""\npatches = []', "n'a pas de nom"),
    ('name = "x"', "écrivez patches = []"),
    ('name = "x"\npatches = [1]', "écrivez patches = []"),
    ('name = "x"\npatch = []\npatches = []', "La clé « patch » n'existe pas"),
    ('name = "x"\npatches = []\nuses = [1]', "« uses » est une liste"),
    ('name = "x"\npatches = []\nlabel = { de = "y" }', "« label » est un texte"),
    ('name = "x"\npatches = []\nsource = 1', "« source » est un texte"),
    ('name = "x"\npatches = []\n[parameters.w]\nx = 1', "le paramètre « w »"),
    ('name = "x"\npatches = []\n[parameters.w]\nvalue = 1.5', "entre guillemets"),
    ("name = 1.5\npatches = []", "n'a pas de nom"),
    ("x = " + "[" * 5000, "ne peut pas être lu"),
]


def plain(number: Fraction) -> int | Fraction:
    return int(number) if number.denominator == 1 else number


DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
REFERENCES = st.builds(Reference, st.sampled_from(Source), WORDS)
FORMS = {
    Form.WORD: WORDS,
    Form.DAY: DAYS,
    Form.TRUE: st.just(True),  # noqa: FBT003
}


def numbers(kind: str, name: str) -> st.SearchStrategy[int | Fraction]:
    """Ratios and decimals that a value may have, or whole numbers."""
    bounds = BOUNDS[kind][name]
    least, most = bounds.least, bounds.most
    if bounds.whole:
        return st.integers(least, most)
    ratios = st.fractions(min_value=least, max_value=most, max_denominator=9999)
    places = 10**9
    decimals = st.integers(least * places, most * places).map(lambda one: Fraction(one, places))
    return (ratios | decimals).map(plain)


def written(kind: str, name: str) -> st.SearchStrategy[Any]:
    form = VALUES[kind][name]
    if form is Form.EITHER:
        return numbers(kind, name) | WORDS | REFERENCES
    return (numbers(kind, name) if form is Form.NUMBER else FORMS[form]) | REFERENCES


@st.composite
def changes(draw: st.DrawFn, number: int) -> Change:
    kind = draw(st.sampled_from(sorted(VALUES)))
    names = draw(st.lists(st.sampled_from(sorted(VALUES[kind])), unique=True))
    values = {name: draw(written(kind, name)) for name in names}
    return Change(number, kind, draw(WORDS | REFERENCES), draw(DAYS), values)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    words = st.dictionaries(st.sampled_from(["fr", "nl"]), TEXTS)
    size = draw(st.integers(0, 4))
    return Scenario(
        name=draw(TEXTS.map(str.strip).filter(bool)),
        changes=tuple(draw(changes(number)) for number in range(1, size + 1)),
        label=draw(words),
        description=draw(words),
        source=draw(words),
        uses=tuple(draw(st.lists(TEXTS, max_size=3))),
        parameters=draw(st.dictionaries(TEXTS, st.builds(Parameter, words, TEXTS), max_size=3)),
    )


@given(scenarios())
def test_a_scenario_read_back_is_the_one_that_was_written(scenario: Scenario) -> None:
    assert read_scenario(write_scenario(scenario)) == scenario


def test_every_number_of_every_kind_has_its_bounds() -> None:
    for kind, forms in VALUES.items():
        numbered = {name for name, form in forms.items() if form in {Form.NUMBER, Form.EITHER}}
        assert set(BOUNDS[kind]) == numbered, kind


def test_an_empty_list_is_a_scenario() -> None:
    assert read_scenario('name = "rien"\npatches = []').changes == ()


def test_decimals_and_texts_are_read_exactly() -> None:
    text = (
        'name = "x"\npatches = [{ kind = "award", target = "*", from = 2027-01-01, factor = %s }]'
    )
    for written in ("0.1", '"0.1"', "+0.1", '"1/10"'):
        [change] = read_scenario(text % written).changes
        assert change.values["factor"] == Fraction(1, 10), written


@pytest.mark.parametrize(("patch", "said"), UNREADABLE)
def test_a_patch_that_cannot_be_read_is_said_and_the_others_count(patch: str, said: str) -> None:
    good = '{ kind = "award", target = "*", from = 2027-01-01, stop = true }'
    found = read_scenario(f'name = "x"\npatches = [{good}, {{ {patch} }}, {good}]')
    assert [change.number for change in found.changes] == [1, 3]
    [problem] = found.problems
    assert problem.number == 2
    assert said in problem.message


@pytest.mark.parametrize(("text", "said"), NO_SCENARIO)
def test_a_file_that_is_no_scenario_says_what_to_write(text: str, said: str) -> None:
    with pytest.raises(NotAScenario) as refused:
        read_scenario(text)
    assert said in str(refused.value)


def test_a_choice_made_elsewhere_takes_its_place() -> None:
    scenario = read_scenario('name = "x"\npatches = []\n[parameters.worker]\nvalue = "W1"')
    chosen: dict[str, Any] = {"worker": "W2", "unknown": "W3"}
    assert scenario.with_choices(chosen).parameters == {"worker": Parameter(value="W2")}
    assert scenario.with_choices({}).parameters == {"worker": Parameter(value="W1")}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Ligne 4 : ce jour ou cette heure n'existe pas, comme un 30 février"),
        ("nl", "Regel 4: deze dag of dit uur bestaat niet, zoals een 30 februari"),
    ],
)
def test_a_day_that_does_not_exist_is_said_with_its_line(language: str, said: str) -> None:
    text = 'name = "x"\n\n[[patches]]\nfrom = 2027-02-30\n'
    with translation.override(language), pytest.raises(NotAScenario) as refused:
        read_scenario(text)
    assert str(refused.value).startswith(said)


def test_the_source_is_told_in_each_language() -> None:
    found = read_scenario(
        'name = "x"\npatches = []\nsource = { fr = "Choix du service", nl = "Keuze" }'
    )
    assert (found.sourced("fr"), found.sourced("nl")) == ("Choix du service", "Keuze")
    assert read_scenario('name = "x"\npatches = []\nsource = "Loi"').sourced("nl") == "Loi"
