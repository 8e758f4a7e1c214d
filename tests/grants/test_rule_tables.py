"""The rules of each scheme as signed tables: one question a row, with the source of its answer.

`ask` is what is asked of the scheme, `subject` about what, `day` on which day (or, for dates of an
exercise, in which year); `expected` is the answer as written in the source. A subject that ends
with "@" and a reading is asked under that reading of an ambiguous law.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from backoffice.engine.figures import FigureNotDefined
from backoffice.engine.sheet import decimal_text
from grants.scheme import Scheme, SchemeNotInForce, general_figures, schemes
from grants.year_rules import Moment
from tests.golden import HERE, cases
from tests.grants.fund_questions import advances, ceiling, terms_in

FILES = sorted(HERE.glob("rules_*.csv"))
ROWS = [row for path in FILES for row in cases(path.name)]
_ONE_DAY = timedelta(days=1)


def code_of(scheme: Scheme, name: str) -> str:
    return name if "." in name else f"{scheme.code}.{name}"


def figure(scheme: Scheme, name: str, day: str) -> str:
    """The value on a day, or in one word why there is none."""
    try:
        value = general_figures().on(code_of(scheme, name), date.fromisoformat(day))
    except FigureNotDefined as error:
        return error.reason
    return decimal_text(value.exact)


def status(scheme: Scheme, name: str, day: str) -> str:
    return general_figures()[code_of(scheme, name)].entry(date.fromisoformat(day)).status


def moment_of(year: str, written: str) -> Moment:
    """A year under a reading, or with terms: "committed_on=2025-03-03&end=2025-06-30"."""
    texts = dict(part.split("=") for part in written.split("&")) if "=" in written else {}
    end = texts.pop("end", None)
    if written and "=" not in written:
        texts = {"reading": written}
    ends_on = date.fromisoformat(end) if end else None
    return replace(Moment.of_year(int(year)), texts=texts, ends_on=ends_on)


def deadline(scheme: Scheme, subject: str, year: str) -> str:
    """The days on which something of a kind is due for an exercise: "kind", "kind;term=value"."""
    subject, _, terms = subject.partition(";")
    kind, _, reading = subject.partition("@")
    moment = moment_of(year, reading)
    moment = replace(moment, texts={**moment.texts, **terms_in(terms)})
    rules = scheme.deadlines_of(int(year), moment)
    days = [day for day, rule in rules if rule.kind == kind]
    return "+".join(day.isoformat() for day in days)


def instalments(scheme: Scheme, subject: str, year: str) -> str:
    """The days and shares of the payments of an exercise, for an amount where it matters."""
    amount, _, reading = subject.partition("@")
    granted = Fraction(amount) if amount else None
    found = scheme.instalments_of(int(year), moment_of(year, reading), granted)
    return "+".join(f"{day.isoformat()}:{rule.share}" for day, rule in found)


def cost(scheme: Scheme, item: str, _day: str) -> str:
    return scheme.costs[item].treatment


def stack(scheme: Scheme, other: str, day: str) -> str:
    """How the scheme is put on hours that another one finances."""
    rule = scheme.tone_over(other, date.fromisoformat(day))
    return rule.tone if rule else "unwritten"


def frame(scheme: Scheme, place: str, day: str) -> str:
    """FTE of a function in the frame of the law: "function" or "function:origin"."""
    written, _, reading = place.partition("@")
    function, _, origin = written.partition(":")
    (row,) = [
        one
        for one in scheme.frame
        if one.function == function
        and one.origin in {origin or one.origin}
        and one.reading == reading
    ]
    return figure(scheme, row.figure, day)


def in_force(scheme: Scheme, _subject: str, day: str) -> str:
    try:
        scheme.must_be_in_force(date.fromisoformat(day))
    except SchemeNotInForce:
        return "no"
    return "yes"


def reading(scheme: Scheme, _subject: str, year: str) -> str:
    """The reading that stands for an exercise until someone chooses."""
    found = scheme.reading_of(int(year))
    return found.code if found else "none"


def doubt(scheme: Scheme, subject: str, year: str) -> str:
    """How sure the deadlines of a kind are."""
    kind, _, written = subject.partition("@")
    rules = scheme.deadlines_of(int(year), moment_of(year, written))
    return "+".join(rule.status for _, rule in rules if rule.kind == kind)


def article(scheme: Scheme, other: str, day: str) -> str:
    """Where it is written that the same hours are not paid twice."""
    rule = scheme.tone_over(other, date.fromisoformat(day))
    return re.split(" [:;] ", rule.article)[0] if rule else "unwritten"


def effect(scheme: Scheme, subject: str, year: str) -> str:
    """What missing a deadline of an exercise costs, and from when it stops the advances."""
    kind, _, written = subject.partition("@")
    dated = scheme.deadlines_of(int(year), moment_of(year, written))
    rules = [rule for _, rule in dated if rule.kind == kind]
    stops = [rule.stops_from(int(year)) for rule in rules]
    return "+".join(
        f"{rule.effect or 'none'}{':' + stop.isoformat() if stop else ''}"
        for rule, stop in zip(rules, stops, strict=True)
    )


def functions(scheme: Scheme, form: str, _day: str) -> str:
    """The functions that the scheme finances under a legal form of the beneficiary."""
    return "+".join(row.function for row in scheme.functions if row.form in {"", form})


QUESTIONS: dict[str, Callable[[Scheme, str, str], str]] = {
    "figure": figure,
    "status": status,
    "deadline": deadline,
    "instalments": instalments,
    "ceiling": ceiling,
    "advances": advances,
    "cost": cost,
    "stack": stack,
    "frame": frame,
    "in_force": in_force,
    "reading": reading,
    "effect": effect,
    "doubt": doubt,
    "article": article,
    "functions": functions,
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['scheme']}-{row['name']}")
def test_the_scheme_answers_as_the_source_says(row: dict[str, str]) -> None:
    answer = QUESTIONS[row["ask"]](schemes()[row["scheme"]], row["subject"], row["day"])
    assert answer == row["expected"]
    assert row["source"]


def boundaries(scheme: Scheme) -> set[tuple[str, date]]:
    """The first day of each value of a scheme's own figures, and the day before it."""
    found = set()
    for one in scheme.figures:
        for value in one.values:
            found |= {(one.code, value.since), (one.code, value.since - _ONE_DAY)}
            if value.until:
                found |= {(one.code, value.until), (one.code, value.until - _ONE_DAY)}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_change_of_a_value_is_asked_on_the_day_and_on_the_day_before(path: Path) -> None:
    scheme = schemes()[path.stem.removeprefix("rules_")]
    rows = [row for row in ROWS if row["scheme"] == scheme.code and row["ask"] == "figure"]
    asked = {(code_of(scheme, row["subject"]), date.fromisoformat(row["day"])) for row in rows}
    assert boundaries(scheme) - asked == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_life_of_a_scheme_is_asked_at_its_ends(path: Path) -> None:
    scheme = schemes()[path.stem.removeprefix("rules_")]
    asked = {
        date.fromisoformat(row["day"])
        for row in ROWS
        if row["scheme"] == scheme.code and row["ask"] == "in_force"
    }
    wanted = {scheme.starts_on, scheme.starts_on - _ONE_DAY}
    if scheme.ends_on:
        wanted |= {scheme.ends_on, scheme.ends_on + _ONE_DAY}
    assert wanted <= asked
