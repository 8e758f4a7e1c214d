"""What is wrong with a scenario, said in Dutch to who reads Dutch: every sentence that there is."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils.translation import override

from backoffice.engine import scenario as room
from backoffice.engine.phrases import Phrase
from backoffice.engine.projection.facts import Facts
from backoffice.engine.scenario.award_years import taken_years
from backoffice.engine.scenario.patch import Patch, overriding
from backoffice.engine.scenario.patches import apply_patches
from backoffice.engine.scenario.patches.contradictions import in_order
from backoffice.web.words import phrased
from reports.scenarios.scenario import Scenario
from reports.scenarios.toml.reading import NotAScenario, read_scenario
from tests.engine.projection.made import made
from tests.reports.scenarios.test_toml import NO_SCENARIO, UNREADABLE

DAY, NEW_YEAR = date(2027, 3, 1), date(2027, 1, 1)
HALF = Fraction(1, 2)
FRENCH = re.compile(
    r"\b(le|la|les|un|une|du|aux?|est|sont|pas|aucune?|ici|jour|choisissez|donnez|écrivez|avec|pour"
    r"|Modification|Retirez|valeur|il|ce|et)\b"
)
Case = tuple[str, str, date, dict[str, Any]]
REFUSED: tuple[Case, ...] = (
    ("nope", "*", DAY, {}),
    ("award", "*", date(1900, 1, 1), {"stop": True}),
    ("award", "*", date(2090, 1, 1), {"stop": True}),
    ("award", "NOPE", DAY, {"stop": True}),
    ("award", "scheme:nope", DAY, {"stop": True}),
    ("award", "*", DAY, {}),
    ("award", "*", DAY, {"stop": True, "factor": 1}),
    ("award", "*", DAY, {"factor": "beaucoup"}),
    ("award", "*", DAY, {"factor": 10**15}),
    ("award", "*", DAY, {"granted": 1, "regime": "r"}),
    ("award", "*", DAY, {"indexed_by": "nope"}),
    ("award", "*", DAY, {"indexed_by": "r", "every": HALF}),
    ("award", "*", NEW_YEAR, {"least": 1, "envelope": "ouverte"}),
    ("award", "*", DAY, {"least": 1, "envelope": "closed"}),
    ("award", "*", NEW_YEAR, {"least": 10**9, "envelope": "closed"}),
    ("award", "E0/A1", NEW_YEAR, {"least": 10**9, "envelope": "closed"}),
    ("award", "*", DAY, {"add": -5, "head": "running"}),
    ("award", "*", DAY, {"add": 5, "head": "toiture"}),
    ("scheme", "nope", DAY, {"stop": True}),
    ("scheme", "s2", DAY, {"successor": 1}),
    ("figure", "nope.x", DAY, {"set": 1}),
    ("figure", "s3.premium_rate", DAY, {"uncapped": True}),
    ("figure", "employer.manual_base", DAY, {"set": -1}),
    ("figure", "s5.running_max", DAY, {"set": 10**10}),
    ("index", "nope", DAY, {"lag": 1}),
    ("index", "r", DAY, {"lag": 1, "of": "tout"}),
    ("post", "NOPE", DAY, {"fte": 1}),
    ("post", "*", DAY, {"fte": 1, "per": "étage"}),
    ("post", "*", DAY, {"fte": 1, "diploma": "doctorat"}),
    ("post", "*", DAY, {"fte": 0}),
    ("worker", "NOPE", DAY, {"end": True}),
    ("worker", "W0", DAY, {"end": True}),
    ("worker", "E0/W0", DAY, {"hours": 99}),
    ("worker", "E0/W0", DAY, {"scale": "nope"}),
    ("worker", "E0/W0", DAY, {"leave": date(2026, 1, 1)}),
    ("pay_date", "*", DAY, {}),
    ("merge", "NOPE", DAY, {"into": "E0"}),
    ("merge", "E0", DAY, {"into": "E0"}),
)
"""Patches that two invented employers refuse."""


@cache
def facts() -> Facts:
    return made(workers=3, awards=8, years=2, employers=2, seed=11).facts


def refusals() -> Iterator[Phrase]:
    """What is said of each of the patches, then of those that other facts refuse."""
    for number, case in enumerate(REFUSED, start=1):
        yield _refused(facts(), number, case)
    years, names = facts().years, facts().names
    scheme = np.isin(years.award, [k for k, s in enumerate(names.award_schemes) if s == "s2"])
    ended = taken_years(years, np.flatnonzero(~scheme))
    yield _refused(replace(facts(), years=ended), 1, ("scheme", "s2", DAY, {"stop": True}))
    past = taken_years(years, np.flatnonzero(years.year < DAY.year))
    yield _refused(replace(facts(), years=past), 1, ("award", "*", DAY, {"stop": True}))
    unknown = replace(years, granted=np.full(len(years.granted), -1))
    closed = {"least": 1, "envelope": "closed"}
    yield _refused(replace(facts(), years=unknown), 1, ("award", "*", NEW_YEAR, closed))
    paid = replace(facts(), known_until=np.full(2, facts().stop - 1))
    yield _refused(paid, 1, ("worker", "E0/W0", DAY, {"end": True}))
    free = Patch(1, "figure", "s5.running_max", NEW_YEAR, {"uncapped": True})
    unbounded = apply_patches(facts(), [free]).facts
    yield _refused(unbounded, 1, ("figure", "s5.running_max", DAY, {"factor": 2}))
    gone = replace(facts().contracts, stop=facts().contracts.start)
    left = replace(facts(), contracts=gone)
    yield _refused(left, 1, ("worker", "E0/W0", DAY, {"end": True}))


def _refused(here: Facts, number: int, case: Case) -> Phrase:
    kind, target, day, values = case
    [refusal] = apply_patches(here, [Patch(number, kind, target, day, values)]).refused
    return refusal.message


def contradictions() -> list[Phrase]:
    whole, single = (
        Patch(number, "award", target, DAY, {"granted": number})
        for number, target in enumerate(("*", "E0/A1"), start=1)
    )
    factor, figure = (
        replace(single, number=number, kind=kind, target=target, values={"factor": 2})
        for number, kind, target in ((3, "award", "E0/A3"), (4, "figure", "s3.premium"))
    )
    setting = replace(factor, values={"granted": 1})
    met = [phrase for one in (factor, setting) for phrase in in_order(facts(), [one, figure])]
    return [overriding(whole, replace(whole, number=2)), overriding(whole, single), *met]


def phrases() -> set[str]:
    """The words of each phrase that the room of scenarios writes."""
    found = set()
    for path in Path(next(iter(room.__path__))).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Phrase":
                found.add(ast.literal_eval(node.args[0]))
    return found


def within(phrase: Phrase) -> Iterator[str]:
    """The words of a phrase, and of those that fill its blanks."""
    yield phrase.words
    for value in phrase.values.values():
        if isinstance(value, Phrase):
            yield from within(value)


def test_each_sentence_of_the_room_is_met_by_a_bad_patch() -> None:
    met = {words for one in (*refusals(), *contradictions()) for words in within(one)}
    assert phrases() - met == set()


def test_no_refusal_is_in_french_where_dutch_is_read() -> None:
    with override("nl"):
        said = [(one, phrased(one)) for one in (*refusals(), *contradictions())]
    for french, dutch in said:
        assert dutch.startswith("Wijziging nr. "), dutch
        assert not FRENCH.search(_without_codes(dutch)), dutch
        assert _codes(dutch) == _codes(french), dutch


def _codes(sentence: str) -> list[str]:
    """The words between quotes, which are those of the file."""
    return sorted(re.findall(r"[«“]\s?(.*?)\s?[»”]", sentence))


def _without_codes(sentence: str) -> str:
    return re.sub(r"[«“].*?[»”]", "", sentence)


@pytest.mark.parametrize("patch", [patch for patch, _said in UNREADABLE])
def test_what_cannot_be_read_of_a_patch_is_said_in_dutch(patch: str) -> None:
    with override("nl"):
        [problem] = _read(patch).problems
    assert problem.message.startswith("Wijziging nr. 1: ")
    assert not FRENCH.search(_without_codes(problem.message)), problem.message


def _read(patch: str) -> Scenario:
    return read_scenario(f'name = "x"\npatches = [{{ {patch} }}]')


@pytest.mark.parametrize("text", [text for text, _said in NO_SCENARIO])
def test_what_is_no_scenario_is_said_in_dutch(text: str) -> None:
    with override("nl"), pytest.raises(NotAScenario) as refused:
        read_scenario(text)
    said = str(refused.value)
    assert not FRENCH.search(_without_codes(said)), said
    assert not _in_english(said)


def _in_english(said: str) -> Sequence[str]:
    return re.findall(r"\b(?:at line|end of document|Expected|Invalid|Unclosed)\b", said)
