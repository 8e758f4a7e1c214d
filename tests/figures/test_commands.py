"""The figures and the index asked from the command line, in French or in JSON."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from backoffice.federation.console import decimal_text
from backoffice.federation.models import FigureEntry
from grants.pack import Life
from grants.scheme import schemes

pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def answer(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(*words, "--json"))
    return found


def refused(*words: str) -> str:
    with pytest.raises(CommandError) as caught:
        call_command(*words)
    assert caught.value.returncode == 2
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


def fill_in(code: str, since: date, value: str) -> None:
    FigureEntry.objects.create(
        code=code, since=since, value=value, source="Lettre", verified_on=date(2026, 11, 1)
    )


def test_a_figure_is_told_with_its_unit_its_days_its_status_and_its_source() -> None:
    found = answer("figure", "index.cap_wages", "--on", "2026-07-01")
    assert found["value"] == "4000.00"
    assert (found["unit"], found["since"]) == ("EUR/month", "2026-06-01")
    assert (found["decided"], found["status"]) == ("2026-05-30", "to_confirm")
    assert "30 mai 2026" in found["source"]["title"]
    text = said("figure", "index.cap_wages", "--on", "2026-07-01")
    assert "4000.00 EUR/month" in text
    assert "à confirmer" in text


def test_a_figure_of_a_scheme_is_found_beside_the_general_ones() -> None:
    assert answer("figure", "maribel.salary_limit", "--on", "2024-01-01")["value"] == "64937.84"


def test_a_value_filled_in_by_a_user_answers_for_the_missing_one() -> None:
    words = ("figure", "year_end.fixed_332_cocof", "--on", "2023-12-01")
    assert "year_end.fixed_332_cocof" in refused(*words)
    fill_in("year_end.fixed_332_cocof", date(2023, 1, 1), "1150.25")
    assert answer(*words)["value"] == "1150.25"
    assert "2024-12-01" in refused(*words[:3], "2024-12-01")


def test_a_figure_is_told_as_it_was_known_on_a_day() -> None:
    words = ("figure", "index.lag_public", "--on", "2025-07-10")
    assert answer(*words)["value"] == "3"
    assert answer(*words, "--known-on", "2025-07-17")["value"] == "2"
    assert answer(*words, "--known-on", "2025-07-18")["value"] == "3"


def test_a_figure_says_on_which_day_it_was_last_compared_with_its_source() -> None:
    assert (
        answer("figure", "index.step", "--on", "2024-01-01")["source"]["verified"] == "2026-11-22"
    )
    assert "vérifiée  2026-11-22" in said("figure", "index.step", "--on", "2024-01-01")


def test_a_figure_of_a_scheme_has_no_value_outside_the_life_of_the_scheme(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lived = Life(date(2002, 8, 22), date(2026, 6, 30), end_source="x")
    found = {**schemes(), "maribel": replace(schemes()["maribel"], life=lived)}
    monkeypatch.setattr("grants.management.commands.figure.schemes", lambda: found)
    words = ("figure", "maribel.salary_limit", "--on")
    assert answer(*words, "2026-06-30")["value"] == "64937.84"
    assert "n'est pas en vigueur le 01/07/2026" in refused(*words, "2026-07-01")


@pytest.mark.parametrize("day", ["1990-01-01", "2002-12-31"])
def test_a_figure_asked_before_its_first_day_is_refused_and_never_zero(day: str) -> None:
    assert "commence le 2003-01-01" in refused("figure", "maribel.salary_limit", "--on", day)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("figure", "employer.bonus", "--on", "2024-01-01"), "employer.bonus"),
        (("figure", "employer.bonus"), "--on"),
        (("figure",), "CODE"),
        (("figure", "index.step", "--on", "1/2/2024"), "1/2/2024"),
        (("figure", "index.step", "--on", "20240101"), "20240101"),
        (("figure", "index.step", "--on", "1970-01-01"), "1970-01-01"),
        (("figure", "index.step", "--on", "2024-01-01", "--known-on", "hier"), "hier"),
        (("index",), "smoothed"),
        (("index", "smoothed"), "--month"),
        (("index", "smoothed", "--month", "2025-13"), "2025-13"),
        (("index", "smoothed", "--month", "2030-01"), "2030-01"),
        (("index", "events", "--regime", "m1", "--from", "2026-01", "--to", "2026-02"), "m1"),
        (("index", "events", "--from", "2026-01", "--to", "2026-02"), "--regime"),
        (("index", "events", "--regime", "public", "--from", "2026-03", "--to", "2026-02"),
         "2026-03"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_in_one_sentence(
    words: tuple[str, ...], named: str
) -> None:
    assert named in refused(*words)


@pytest.mark.parametrize(
    ("option", "written"),
    [
        ("--amount", "12.345"),
        ("--amount", "0"),
        ("--amount", "-5"),
        ("--amount", "beaucoup"),
        ("--fte", "0"),
        ("--fte", "1.01"),
        ("--fte", "-0.5"),
        ("--fte", "NaN"),
        ("--fte", "plein"),
        ("--from", "2026-09"),
        ("--from", "2027-01-01"),
    ],
)
def test_an_unusable_input_of_apply_is_refused_and_named(option: str, written: str) -> None:
    options = {
        "--regime": "public",
        "--amount": "5000",
        "--fte": "1",
        "--from": "2026-06-01",
        "--to": "2026-12-31",
        option: written,
    }
    words = [f"{name}={value}" for name, value in options.items()]
    assert written in refused("index", "apply", *words)


def test_the_smoothed_index_of_a_month_says_how_it_was_obtained() -> None:
    found = answer("index", "smoothed", "--month", "2025-12")
    assert (found["value"], found["base"], found["kind"]) == ("133.33", "2013=100", "published")
    assert answer("index", "smoothed", "--month", "2015-12")["kind"] == "statutory"
    assert "133.33" in said("index", "smoothed", "--month", "2025-12")


def test_events_are_chosen_by_effective_day_and_both_months_count() -> None:
    words = ("index", "events", "--regime", "public", "--from", "2026-03", "--to", "2026-09")
    assert answer(*words) == {
        "regime": "public",
        "known_from": "2013-01-01",
        "known_until": "2028-01-31",
        "events": [
            {
                "n": 39,
                "pivot": "133.28",
                "base": "2013=100",
                "crossed": "2025-12",
                "effective": "2026-03-01",
                "rate": "0.02",
                "cap": None,
                "capped_rate": "0",
                "status": "to_confirm",
            },
            {
                "n": 40,
                "pivot": "100.28",
                "base": "2025=100",
                "crossed": "2026-06",
                "effective": "2026-09-01",
                "rate": "0.02",
                "cap": "4000.00",
                "capped_rate": "0.02",
                "status": "to_confirm",
            },
        ],
    }
    assert "plafonné à 4000.00 EUR" in said(*words)


def test_yearly_events_have_no_pivot() -> None:
    words = ("--regime", "annual_cp200", "--from", "2023-01", "--to", "2023-12")
    (event,) = answer("index", "events", *words)["events"]
    assert (event["effective"], event["rate"]) == ("2023-01-01", "0.1108")
    assert (event["n"], event["pivot"], event["crossed"]) == (None, None, None)
    assert "11.08 %" in said("index", "events", *words)


def test_apply_tells_the_wage_before_and_after_each_event() -> None:
    words = (
        *("index", "apply", "--regime", "public", "--amount", "5000", "--fte", "1"),
        *("--from", "2026-06-01", "--to", "2027-12-31"),
    )
    found = answer(*words)
    steps = [(event["n"], event["before"], event["after"]) for event in found["events"]]
    assert steps == [(40, "5000.00", "5080.00"), (41, "5080.00", "5181.60")]
    assert (found["before"], found["after"], found["fte"]) == ("5000.00", "5181.60", "1")
    assert "5080.00 -> 5181.60 EUR" in said(*words)


def test_apply_accepts_a_decimal_comma_and_no_event_leaves_the_wage_as_it_is() -> None:
    words = ("--regime", "public", "--amount", "2500,50", "--fte", "0,5")
    found = answer("index", "apply", *words, "--from", "2026-03-02", "--to", "2026-08-31")
    assert (found["before"], found["after"], found["events"]) == ("2500.50", "2500.50", [])


def test_apply_refuses_an_event_whose_threshold_is_unknown() -> None:
    words = ("--regime", "public", "--amount", "3000", "--fte", "1")
    sentence = refused("index", "apply", *words, "--from", "2027-06-01", "--to", "2028-01-01")
    assert "index.cap_wages" in sentence


def test_an_index_filled_in_by_a_user_enters_the_series() -> None:
    fill_in("index.smoothed_2025", date(2026, 8, 1), "101.20")
    assert answer("index", "smoothed", "--month", "2026-08")["value"] == "101.20"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1/2", "0.5"), ("2/37", "2/37"), ("100", "100"), ("-1/8", "-0.125"), ("1/50", "0.02")],
)
def test_an_exact_decimal_is_written_without_exponent(value: str, expected: str) -> None:
    assert decimal_text(Fraction(value)) == expected


def test_at_the_prompt_a_refusal_is_one_sentence_without_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "backoffice", "index", "smoothed", "--month", "2025-13"],
        env={**os.environ, "BACKOFFICE_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "--month : « 2025-13 » n'est pas un mois écrit AAAA-MM.\n"


@pytest.mark.parametrize(
    ("first", "last", "known"),
    [
        ("2012-12-31", "2014-01-01", "2013-01-01"),
        ("2026-01-01", "2028-02-01", "2028-01-31"),
        ("2029-01-01", "2029-12-31", "2028-01-31"),
    ],
)
def test_a_wage_is_not_moved_through_days_whose_events_are_unknown(
    first: str, last: str, known: str
) -> None:
    words = ("--regime", "public", "--amount", "3000", "--fte", "1", "--from", first, "--to", last)
    assert known in refused("index", "apply", *words)


def test_events_say_until_when_they_are_known_and_refuse_a_range_wholly_outside() -> None:
    words = ("index", "events", "--regime", "annual_cp200", "--from")
    found = answer(*words, "2026-01", "--to", "2027-06")
    assert (found["known_until"], len(found["events"])) == ("2026-12-31", 1)
    assert "2026-12-31 seulement" in said(*words, "2026-01", "--to", "2027-06")
    assert "seulement" not in said(*words, "2025-01", "--to", "2026-12")
    assert "2026-12-31" in refused(*words, "2027-01", "--to", "2027-06")
    assert "2016-01-01" in refused(*words, "2010-01", "--to", "2011-06")
