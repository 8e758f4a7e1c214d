"""The minimum of the coordination sociale, on services whose workbooks hold an award of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from backoffice.federation.models import Organisation
from reports.demo.employers import NUMBERS, YEARS, employer_rows
from reports.demo.rows import Row
from reports.exchange.importer import import_workbook
from reports.exchange.writer import write_workbook
from reports.scenarios.assumed import Assumed, by_code
from reports.scenarios.comparing import Baseline, Outcome, baseline, everyone, one_service, outcome
from reports.scenarios.ready import library
from tests.reports.scenarios.conftest import HORIZON

pytestmark = pytest.mark.django_db

YEAR = YEARS[-1]
REFERENCE = f"COCOF-FAC-{YEAR}"
ENVELOPE, SHARES = 555_000, ("1.5 %", "4 %", "15 %")
GRANTED = [832_500, 2_220_000, 8_325_000]
"""Cents: the envelope of 555,000.00 by the shares, within what the study of 2014 has read."""
FTE_COST, LEAST = 60_000, 3_000_000
"""An invented cost of one FTE in EUR a year, and half of it in cents."""


def rows_of(number: str, share: str) -> Mapping[str, Sequence[Row]]:
    """A year in which half of the coordinator stands on an award of the coordination sociale."""
    rows = {sheet: list(each) for sheet, each in employer_rows(number, YEAR).items()}
    here = {one["reference"] for one in rows["awards"]}
    rows["awards"] = [
        {
            **one,
            "renews": one.get("renews") if one.get("renews") in here else None,
            **(
                {"scheme": "cocom_coordination", "approval": None, "renews": None}
                if one["reference"] == REFERENCE
                else {}
            ),
        }
        for one in rows["awards"]
    ]
    for sheet in ("terms", "instalments", "receipts", "ventilation", "applications", "budget"):
        rows[sheet] = [one for one in rows[sheet] if one.get("award") != REFERENCE]
    rows["terms"] += [
        {
            "award": REFERENCE,
            "code": code,
            "value": value,
            "starts_on": date(YEAR, 1, 1),
            "ends_on": date(YEAR, 12, 31),
            "decided_on": date(YEAR - 1, 12, 5),
            "letter_reference": "LETTRE-DEMO-COORD",
            "status": "confirmed",
        }
        for code, value in (("envelope", f"{ENVELOPE}.00"), ("key_share", share))
    ]
    rows["posts"] = [
        {**one, "fte": Decimal("0.50")} if one["code"] == "COORD" else one for one in rows["posts"]
    ]
    rows["assignments"] = [
        {**one, "weekly_hours": Decimal("19.00")} if one["post"] == "COORD" else one
        for one in rows["assignments"]
    ]
    return rows


@pytest.fixture
def base(tmp_path: Path) -> Baseline:
    found = [one for one in NUMBERS if _has_award(one)][: len(SHARES)]
    for number, share in zip(found, SHARES, strict=True):
        path = tmp_path / f"{number}.xlsx"
        write_workbook(rows_of(number, share), path, enterprise_number=number, year=YEAR, demo=True)
        report = import_workbook(path)
        assert report.applied, report.problems
    rows = list(Organisation.objects.order_by("enterprise_number"))
    return baseline(everyone(rows), HORIZON)


def _has_award(number: str) -> bool:
    rows = employer_rows(number, YEAR)
    on = {one["award"] for one in rows["posts"] if one["code"] == "COORD"}
    return REFERENCE in on


def asked(base: Baseline, code: str) -> Outcome:
    day = HORIZON.as_of
    cost = Assumed(
        "fte_cost.bachelor.0", Fraction(FTE_COST), date(2026, 1, 1), "essai", day, "-", "-"
    )
    return outcome(base, library()[code], by_code([cost]))


def granted(found: Outcome, year: int) -> list[int]:
    facts = found.run.facts
    mine = [facts.names.award_schemes[one] == "cocom_coordination" for one in facts.years.award]
    return sorted(facts.years.granted[(facts.years.year == year) & mine].tolist())


def test_an_open_envelope_brings_each_up_to_half_an_fte_and_pays_it(base: Baseline) -> None:
    found = asked(base, "coordination_sociale_open")
    assert found.refused == ()
    assert granted(found, 2026) == GRANTED
    assert granted(found, 2027) == granted(found, 2030) == [LEAST, LEAST, GRANTED[2]]
    paid = found.figure("funded.cocom").years.delta
    assert paid[0] == 0
    assert (paid[1:] > 0).all()
    lacking = 2 * LEAST - GRANTED[0] - GRANTED[1]
    assert (paid[1:] <= lacking).all()
    assert (found.figure("own_funds").years.delta == -found.figure("funded").years.delta).all()


def test_a_closed_envelope_takes_it_from_who_has_more(base: Baseline) -> None:
    found = asked(base, "coordination_sociale_closed")
    assert found.refused == ()
    assert granted(found, 2027) == [LEAST, LEAST, sum(GRANTED) - 2 * LEAST]
    assert granted(found, 2026) == GRANTED


def test_a_beneficiary_alone_has_nobody_who_can_give(base: Baseline) -> None:
    poor = next(
        one
        for one in base.scope.organisations
        if one.awards.filter(reference=REFERENCE, terms__value="1.5 %").exists()
    )
    alone = baseline(one_service(poor), HORIZON)
    closed, opened = (asked(alone, f"coordination_sociale_{how}") for how in ("closed", "open"))
    assert "personne d'autre ici ne peut les donner" in closed.refused[0]
    assert granted(closed, 2027) == [GRANTED[0]]
    assert granted(opened, 2027) == [LEAST]
    assert opened.figure("funded.cocom").years.delta[1] > 0
