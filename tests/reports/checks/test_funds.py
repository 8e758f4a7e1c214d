"""Maribel: the salary at the end of a career and the volume of employment, or unknown."""

from datetime import date

import pytest

from reports.dossier import Check
from tests.factories import FigureEntryFactory
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db


def found(place: Service, *codes: str, **terms: str) -> list[Check]:
    award = place.funded("maribel", **terms)
    return [check for check in place.dossier(award).checks if check.code in codes]


def salary(index: str | None) -> list[Check]:
    if index is not None:
        FigureEntryFactory(code="maribel.salary_limit_index", since=date(2024, 1, 1), value=index)
    return found(service(), "salary_above_limit", "salary_limit_unknown")


def test_without_the_index_since_2003_the_salary_is_unknown_and_never_right() -> None:
    (check,) = salary(None)
    assert (check.code, check.level) == ("salary_limit_unknown", "info")
    assert "inconnu" in check.message


def test_an_end_of_career_above_the_limit_is_a_warning_with_the_euros_above_it() -> None:
    (above,) = salary("0.01")
    assert (above.code, above.level, above.who) == ("salary_above_limit", "warning", "W01")
    assert "649,38" in above.message
    assert above.amount is not None
    assert above.amount > 0


def test_a_limit_far_above_the_scale_finds_nothing() -> None:
    assert salary("10") == []


@pytest.mark.parametrize(
    ("reference", "tolerance", "level", "words"),
    [
        ("1", None, None, ""),
        ("1.25", "20 %", "info", "Minimum toléré : 1,00 ETP"),
        ("1.26", "20 %", "warning", "Minimum toléré : 1,008 ETP"),
        ("1.01", None, "warning", "n'est pas connue"),
    ],
)
def test_a_volume_is_judged_only_by_what_the_fund_wrote(
    reference: str, tolerance: str | None, level: str | None, words: str
) -> None:
    terms = {"volume_reference": reference}
    if tolerance:
        terms["volume_tolerance"] = tolerance
    checks = found(service(), "volume_below_reference", **terms)
    assert [check.level for check in checks] == ([level] if level else [])
    assert all(words in check.message for check in checks)


def test_a_fund_that_wrote_no_reference_is_not_judged() -> None:
    assert found(service(), "volume_below_reference") == []
