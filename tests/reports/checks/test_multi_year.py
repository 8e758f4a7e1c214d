"""A multi-year subsidy: three years then five, evaluated each time, after three years of others."""

from datetime import date

import pytest

from grants.models import Award
from grants.scheme import schemes
from grants.terms import BadTerm, read_term
from reports.dossier import Check
from reports.justifications import award_dossier
from tests.factories import AwardFactory, TermFactory
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db
START, THREE_YEARS, EIGHT_YEARS = date(2024, 1, 1), date(2026, 12, 31), date(2031, 12, 31)
CODES = (
    *("evaluation_due", "evaluation_absent", "evaluation_negative", "evaluation_conditions"),
    *("multi_year_period", "earlier_subsidies", "activity_under_approval"),
)


def granted(
    place: Service, ends_on: date | None, reference: str = "PSSI", **changed: object
) -> Award:
    award: Award = AwardFactory(
        **{
            "organisation": place.organisation,
            "scheme": "cocof_multi_year",
            "reference": reference,
            "starts_on": START,
            "ends_on": ends_on,
            **changed,
        }
    )
    TermFactory(
        award=award, code="first_year_amount", value="65000.00", starts_on=START, ends_on=None
    )
    return award


def evaluated(award: Award, word: str, first: date, last: date, decided: date) -> None:
    TermFactory(
        award=award,
        code="evaluation",
        value=word,
        starts_on=first,
        ends_on=last,
        decided_on=decided,
        letter_reference="EVAL-1",
    )


def found(place: Service, year: int, as_of: date, reference: str = "PSSI") -> dict[str, Check]:
    """What is said of periods, evaluations and what came before, by code."""
    checks = award_dossier(place.organisation, reference, year, as_of).checks
    return {check.code: check for check in checks if check.code in CODES}


def facultative(place: Service, years: range, scheme: str = "cocof_facultative") -> None:
    for year in years:
        AwardFactory(
            organisation=place.organisation,
            scheme=scheme,
            reference=f"FAC-{year}",
            starts_on=date(year, 1, 1),
            ends_on=date(year, 12, 31),
        )


@pytest.mark.parametrize(
    ("ends_on", "right"),
    [
        (date(2026, 12, 30), False),
        (THREE_YEARS, True),
        (date(2027, 1, 1), False),
        (date(2028, 12, 31), False),
        (date(2031, 12, 30), False),
        (EIGHT_YEARS, True),
        (date(2036, 12, 31), True),
        (None, False),
    ],
)
def test_a_subsidy_lasts_three_years_then_five_and_no_other_period(
    ends_on: date | None, right: object
) -> None:
    place = service()
    granted(place, ends_on)
    check = found(place, 2025, date(2025, 6, 1)).get("multi_year_period")
    assert (check is None) == right
    if check is not None:
        assert "3 ans" in check.message
        assert "5 ans" in check.message
        assert "NUMAC 2024001063" in check.article


@pytest.mark.parametrize(("ends_on", "right"), [(date(2029, 12, 31), False), (EIGHT_YEARS, True)])
def test_an_award_that_extends_another_lasts_five_years(ends_on: date, right: object) -> None:
    place = service()
    first = granted(place, THREE_YEARS)
    granted(place, ends_on, "PSSI-2", starts_on=date(2027, 1, 1), renews=first)
    check = found(place, 2028, date(2028, 6, 1), "PSSI-2").get("multi_year_period")
    assert (check is None) == right


@pytest.mark.parametrize(
    ("year", "as_of", "code", "level"),
    [
        (2025, date(2025, 12, 31), None, None),
        (2026, date(2026, 12, 31), "evaluation_due", "info"),
        (2026, date(2027, 1, 1), "evaluation_absent", "warning"),
        (2027, date(2027, 6, 1), "evaluation_absent", "warning"),
    ],
)
def test_the_evaluation_is_due_at_the_end_of_the_period_and_absent_afterwards(
    year: int, as_of: date, code: str | None, level: str | None
) -> None:
    place = service()
    granted(place, EIGHT_YEARS)
    told = {one: check.level for one, check in found(place, year, as_of).items()}
    told.pop("earlier_subsidies", None)
    assert told == ({code: level} if code else {})


@pytest.mark.parametrize(
    ("word", "year", "code", "level"),
    [
        ("positive", 2026, None, None),
        ("positive", 2027, None, None),
        ("conditions", 2026, "evaluation_conditions", "info"),
        ("conditions", 2027, "evaluation_conditions", "info"),
        ("negative", 2026, "evaluation_negative", "warning"),
        ("negative", 2027, "evaluation_negative", "error"),
    ],
)
def test_a_negative_evaluation_excludes_the_extension(
    word: str, year: int, code: str | None, level: str | None
) -> None:
    place = service()
    award = granted(place, EIGHT_YEARS)
    evaluated(award, word, START, THREE_YEARS, date(2026, 11, 15))
    told = found(place, year, date(2027, 6, 1))
    assert {one: check.level for one, check in told.items()} == ({code: level} if code else {})


def test_the_evaluation_of_the_award_that_is_extended_counts_for_the_extension() -> None:
    place = service()
    first = granted(place, THREE_YEARS)
    granted(place, EIGHT_YEARS, "PSSI-2", starts_on=date(2027, 1, 1), renews=first)
    asked = (2027, date(2027, 6, 1), "PSSI-2")
    assert found(place, *asked)["evaluation_absent"].level == "warning"
    evaluated(first, "negative", START, THREE_YEARS, date(2026, 11, 15))
    assert found(place, *asked)["evaluation_negative"].level == "error"


def test_an_evaluation_is_not_seen_before_the_day_of_its_decision() -> None:
    place = service()
    award = granted(place, THREE_YEARS)
    evaluated(award, "positive", START, THREE_YEARS, date(2027, 2, 1))
    assert "evaluation_absent" in found(place, 2026, date(2027, 1, 31))
    assert found(place, 2026, date(2027, 2, 1)) == {}


@pytest.mark.parametrize(
    ("years", "told"),
    [
        (range(2024, 2024), "rien"),
        (range(2022, 2024), "FAC-2022 (2022) ; FAC-2023 (2023)"),
        (range(2021, 2024), None),
        (range(2019, 2024), None),
    ],
)
def test_three_years_of_earlier_subsidies_are_looked_for(years: range, told: str | None) -> None:
    place = service()
    granted(place, THREE_YEARS)
    facultative(place, years)
    check = found(place, 2024, date(2024, 6, 1)).get("earlier_subsidies")
    assert (check is None) == (told is None)
    if check is not None:
        assert str(told) in check.message
    assert "earlier_subsidies" not in found(place, 2025, date(2025, 6, 1))


def test_an_organic_subsidy_and_that_of_another_authority_show_nothing() -> None:
    place = service()
    granted(place, THREE_YEARS)
    facultative(place, range(2021, 2022), "cocof_casg")
    facultative(place, range(2022, 2024), "cocom_facultative")
    assert "rien" in found(place, 2024, date(2024, 6, 1))["earlier_subsidies"].message


@pytest.mark.parametrize(
    ("written", "gap"), [("67107.62", None), ("67107.61", 1), ("65000.00", 210_762)]
)
def test_a_letter_that_forgets_the_index_is_named_with_the_euros(
    written: str, gap: int | None
) -> None:
    """65,000.00 x 133.73 / 129.53 = 67,107.62."""
    place = service()
    award = granted(place, THREE_YEARS)
    days = {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}
    TermFactory(award=award, code="granted", value=written, **days)
    checks = award_dossier(place.organisation, "PSSI", 2025, date(2026, 3, 1)).checks
    found = [check for check in checks if check.code == "amount_of_the_formula"]
    assert [check.amount for check in found] == ([] if gap is None else [gap])


def test_an_activity_of_an_approval_that_is_financed_is_named() -> None:
    place = service()
    award = granted(place, THREE_YEARS, approval=place.approval)
    check = found(place, 2025, date(2025, 6, 1))["activity_under_approval"]
    assert "centre d'action sociale globale" in check.message
    award.approval = None
    award.save()
    assert "activity_under_approval" not in found(place, 2025, date(2025, 6, 1))


def test_an_evaluation_is_one_of_three_words_and_only_of_a_multi_year_subsidy() -> None:
    choices = schemes()["cocom_multi_year"].choices_of("evaluation")
    assert list(choices) == ["positive", "conditions", "negative"]
    with pytest.raises(BadTerm, match="positive avec conditions"):
        read_term("evaluation", "bonne", choices)
    assert schemes()["cocof_casg"].choices_of("evaluation") == {}


def test_a_single_year_award_says_nothing_of_periods() -> None:
    place = service()
    award = place.award("cocof_facultative")
    assert [one.code for one in place.dossier(award).checks if one.code in CODES] == []
