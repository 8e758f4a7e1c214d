"""Why an award grants what it grants: the FTE and the months that its right multiplies."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from backoffice.engine import money
from reports.documents.json_file import render_json
from reports.pages.explanation import explain
from reports.workflow.content import digest_of, document_of
from tests.factories import PostFactory
from tests.reports.checks.situations import service

pytestmark = pytest.mark.django_db


def premium_of_a_post_and_a_half():
    """A premium of 24,000.00 for 1 FTE, and half a post more from October."""
    place = service()
    award = place.award("acs", granted=None)
    PostFactory(award=award, code="P1")
    PostFactory(award=award, code="P2", fte=Decimal("0.5"), starts_on=date(2024, 10, 1))
    return place.dossier(award)


def test_a_premium_shows_the_fte_of_each_run_of_months_and_that_of_the_year():
    steps = explain(premium_of_a_post_and_a_half(), "montants", "accorde").steps
    told = [(step.label, step.text, step.rule) for step in steps]
    assert ("ETP des postes, janvier 2024 \u2013 septembre 2024", "1,00", "9 mois") in told
    assert ("ETP des postes, octobre 2024 \u2013 décembre 2024", "1,50", "3 mois") in told
    assert ("ETP sur l'année", "1,125") in [one[:2] for one in told]
    assert told[-1][:2] == ("Accordé", "27\u202f000,00\u202f€")


def test_months_of_approval_are_shown_with_the_amount_of_a_full_year():
    place = service()
    award = place.award("cocom_cap", granted=None, annual_amount="60000.00")
    place.approval.starts_on = date(2024, 6, 1)
    place.approval.save()
    dossier = place.dossier(award)
    steps = {step.label: step.text for step in explain(dossier, "montants", "accorde").steps}
    assert steps["Mois d'agrément dans l'exercice"] == "7"
    assert steps["Accordé"] == "35\u202f000,00\u202f€"


def test_an_amount_written_in_the_letter_multiplies_nothing():
    place = service()
    dossier = place.dossier(place.award("acs"))
    assert dossier.grant_sheet is None
    assert "grant" not in json.loads(render_json(dossier))["sheets"]


def test_the_months_of_the_document_give_back_what_is_granted_to_the_cent():
    dossier = premium_of_a_post_and_a_half()
    document = json.loads(render_json(dossier))
    names = [column["name"] for column in document["sheets"]["grant"]["columns"]]
    assert names == ["month", "fte", "premium", "premium_rate"]
    rows = document["sheets"]["grant"]["rows"]
    assert [row[0] for row in rows][::11] == ["2024-01-01", "2024-12-01"]
    right = sum(Fraction(fte) * Fraction(one) * Fraction(rate) for _, fte, one, rate in rows) / 12
    cents = money.round_ratio((right * 100).numerator, (right * 100).denominator)
    assert money.text(cents) == document["amounts"]["granted"]


def test_a_version_frozen_without_its_months_still_says_the_same():
    dossier = premium_of_a_post_and_a_half()
    former = replace(dossier, grant_sheet=None)
    assert digest_of(document_of(former)) == digest_of(document_of(dossier))
    labels = [step.label for step in explain(former, "montants", "accorde").steps]
    assert labels[-1] == "Accordé"
    assert not any("ETP des postes" in label for label in labels)
