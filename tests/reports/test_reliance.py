"""A result says which doubtful values it rests on, everywhere it is shown."""

import json
from dataclasses import replace
from datetime import date

import pytest

from backoffice.engine.sheet import FigureUse, labels
from reports.documents.json_file import render_json
from reports.documents.paper import shown
from reports.reliance import as_json, reliance
from tests.factories import FigureEntryFactory
from tests.reports.documents.dossiers import dossier as whole_dossier
from tests.reports.views.conftest import build_service
from tests.reports.views.reading import words

DAY = date(2026, 11, 26)


def use(code: str = "norm.x", status: str = "confirmed", verified: date | None = DAY) -> FigureUse:
    since = date(2024, 1, 1)
    return FigureUse(
        code, labels("x", "x"), "EUR", since, "1", None, status, "x", verified=verified
    )


def test_values_that_are_sure_and_fresh_say_nothing() -> None:
    found = reliance([use(), use("maribel.ceiling", verified=None)], DAY)
    assert (found.badges, found.sentence) == ([], "")
    assert as_json(found)["counts"] == {"missing": 0, "forecast": 0, "to_confirm": 0, "stale": 0}


def test_each_doubt_is_counted_and_named() -> None:
    old = date(2025, 11, 26)
    uses = [use("norm.a", "to_confirm", old), use("norm.b", "forecast"), use("norm.c")]
    found = reliance(uses, DAY, ["ape.granted", "ape.granted"])
    assert found.counts == {"missing": 1, "forecast": 1, "to_confirm": 1, "stale": 1}
    assert found.values["missing"] == ("ape.granted",)
    assert found.values["stale"] == found.values["to_confirm"] == ("norm.a@2024-01-01",)
    assert found.sentence == (
        "Valeurs de référence à surveiller : 1 manquante, 1 prévision, 1 à confirmer, 1 à "
        "revérifier."
    )


@pytest.mark.parametrize(("day", "stale"), [(date(2027, 11, 25), 0), (date(2027, 11, 26), 1)])
def test_a_value_grows_old_on_the_day_of_the_statement(day: date, stale: int) -> None:
    assert reliance([use()], day).counts["stale"] == stale


def test_the_json_and_the_paper_of_a_dossier_say_what_it_rests_on() -> None:
    dossier = replace(whole_dossier(), figures=(use("norm.a", "to_confirm"),), checks=())
    told = json.loads(render_json(dossier))
    assert told["reliance"]["counts"]["to_confirm"] == 1
    assert told["reliance"]["values"]["to_confirm"] == ["norm.a@2024-01-01"]
    assert told["figures"][0]["verified"] == "2026-11-26"
    assert shown(dossier)["reliance"].badges == [("to_confirm", "1 à confirmer")]


@pytest.mark.django_db
def test_the_page_of_a_dossier_carries_a_badge_for_a_value_to_confirm() -> None:
    service = build_service()
    FigureEntryFactory(
        code="maribel.ceiling_332", since=date(2024, 1, 1), value="46607.60", status="to_confirm"
    )
    service.award.terms.filter(code="ceiling").delete()
    page = words(service.get())
    assert "Ce calcul repose sur des valeurs à surveiller : 1 à confirmer" in page
