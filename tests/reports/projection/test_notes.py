"""The notes of a run in sentences, in the two languages."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from backoffice.engine.projection.facts import Note
from reports.projection.notes import sentences
from tests.engine.projection.made import made

ROOT = Path(__file__).parents[3]
NOTES = (
    Note("renewed", "SUB-1"),
    Note("grant_carried", "SUB-1"),
    Note("grant_unknown", "SUB-1"),
    Note("invoices_repeated", count=12),
    Note("absent_back", count=1, workers=(0,)),
    Note("pay_unknown", count=1, workers=(1,)),
    Note("pay_observed", count=2, workers=(0, 1)),
    Note("pay_off_scale", count=1, workers=(0,)),
    Note("items_unknown", count=1, workers=(1,)),
    Note("premiums_carried", count=1, workers=(0,)),
    Note("residence_by_rule", count=1, workers=(0,)),
    Note("residence_kept", count=1, workers=(1,)),
    Note("exit_holiday", count=1, workers=(0,)),
    Note("figure_missing", "employer.manual_base n'a pas de valeur."),
    Note("index_stops", "private_m2 2027-12"),
    Note("cap_carried", "public 2028-01"),
    Note("cap_contribution", "public 2026-09"),
)
ABOUT_WORKERS = {
    *("pay_unknown", "pay_observed", "pay_off_scale", "items_unknown"),
    *("premiums_carried", "residence_by_rule", "residence_kept", "exit_holiday"),
}
"""Those that the cost items tell, each with its workers."""


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_each_note_is_a_sentence_that_names_what_it_is_about(language: str) -> None:
    names = made(workers=2).facts.names
    with translation.override(language):
        found = sentences(names, NOTES)
    assert len(found) == len(NOTES)
    assert "SUB-1" in found[0]
    assert "2 (W0, W1)" in found[6]
    assert "private_m2" in found[14]
    assert {"fr": "décembre 2027", "nl": "december 2027"}[language] in found[14]
    assert not [one for one in found if "%(" in one or not one.endswith(".")]


def test_every_note_that_the_code_makes_has_its_sentence() -> None:
    made_by = set()
    for room in ("backoffice/engine/projection", "reports/projection"):
        for path in (ROOT / room).glob("*.py"):
            made_by |= set(re.findall(r'(?:Note|_once)\(\s*"(\w+)"', path.read_text("utf-8")))
    assert made_by | ABOUT_WORKERS == {note.code for note in NOTES}


def test_a_note_said_of_many_years_is_said_once() -> None:
    names = made(workers=2).facts.names
    assert len(sentences(names, [NOTES[0], NOTES[0]])) == 1
