"""Decisions of the funder: stale for the exercise, amended, or taken late."""

from datetime import date

import pytest

from tests.factories import AmendmentFactory, FigureEntryFactory, TermFactory
from tests.reports.checks.situations import Service, service

pytestmark = pytest.mark.django_db


def open_award(place: Service, since: date, scheme: str = "maribel", **terms: str | None) -> object:
    """An award without end whose terms began with it."""
    award = place.funded(scheme, **terms)
    award.starts_on, award.ends_on = since, None
    award.save()
    award.terms.update(starts_on=since, ends_on=None, decided_on=since)
    return award


def test_a_ceiling_that_was_last_decided_before_the_exercise_is_stale() -> None:
    place = service()
    award = open_award(place, date(2023, 1, 1), granted=None)
    (check,) = place.found(award, "figure_stale")
    assert check.level == "warning"
    assert check.who == "maribel.ceiling_332"
    assert "01/01/2023" in check.message
    assert "2024" in check.message
    TermFactory(award=award, code="ceiling", value="44000.00")
    assert place.found(award, "figure_stale") == []


def test_another_stale_value_asks_for_another_signature() -> None:
    place = service()
    award = open_award(place, date(2023, 1, 1), granted=None)
    (before,) = place.found(award, "figure_stale")
    award.terms.filter(code="ceiling").update(value="43500.00")
    (after,) = place.found(award, "figure_stale")
    assert before.subject != after.subject


def test_an_award_that_begins_with_the_exercise_has_no_stale_value() -> None:
    place = service()
    award = open_award(place, date(2024, 1, 1), granted=None)
    assert place.found(award, "figure_stale") == []


def test_a_value_of_the_middle_of_the_exercise_is_not_stale() -> None:
    place = service()
    award = open_award(place, date(2023, 1, 1), scheme="acs", granted=None)
    codes = {check.who for check in place.found(award, "figure_stale")}
    assert codes == {"acs.premium"}
    TermFactory(award=award, code="premium", value="25000.00", starts_on=date(2024, 3, 1))
    assert place.found(award, "figure_stale") == []


def test_what_the_funder_does_not_decide_every_year_is_never_stale() -> None:
    place = service("SASPP")
    award = open_award(place, date(2023, 1, 1), scheme="wallonia_saspp")
    codes = {check.who for check in place.found(award, "figure_stale")}
    assert codes == {"wallonia_saspp.flat_amount", "wallonia_saspp.liquidation_rate"}


def test_a_yearly_value_filled_in_for_all_awards_is_stale_too() -> None:
    place = service()
    award = open_award(place, date(2023, 1, 1), granted=None, ceiling=None)
    FigureEntryFactory(code="maribel.ceiling_332", since=date(2023, 1, 1), value="43000.00")
    (check,) = place.found(award, "figure_stale")
    assert check.who == "maribel.ceiling_332"


@pytest.mark.parametrize(
    ("effective", "decided", "found"),
    [
        (date(2024, 6, 1), date(2024, 5, 2), True),
        (date(2024, 12, 31), date(2025, 2, 1), True),
        (date(2023, 6, 1), date(2024, 5, 2), True),
        (date(2023, 6, 1), date(2023, 12, 31), False),
        (date(2025, 1, 1), date(2024, 5, 2), False),
        (date(2024, 6, 1), date(2025, 3, 2), False),
    ],
    ids=["in it", "on its last day", "retroactive", "before it", "after it", "not decided yet"],
)
def test_an_amendment_that_touches_the_exercise_is_named(
    effective: date, decided: date, *, found: bool
) -> None:
    place = service()
    award = place.award("maribel")
    AmendmentFactory(award=award, number=2, effective_on=effective, decided_on=decided)
    checks = place.found(award, "award_amended")
    assert [check.level for check in checks] == ["info"] * found
    assert all("n° 2" in check.message for check in checks)


def test_terms_decided_after_their_first_day_are_named_once_per_letter() -> None:
    place = service()
    award = place.award("cocof_casg")
    assert place.found(award, "retroactive_decision") == []
    for code, value in (("granted", "3200.00"), ("running_max", "550.00")):
        letter = {"letter_reference": "AVENANT-1", "decided_on": date(2024, 10, 21)}
        TermFactory(award=award, code=code, value=value, **letter)
    (check,) = place.found(award, "retroactive_decision")
    assert check.level == "info"
    assert all(word in check.message for word in ("21/10/2024", "01/01/2024", "AVENANT-1"))
    assert "Montant accordé" in check.message
    assert place.found(award, "retroactive_decision", as_of=date(2024, 10, 20)) == []


def test_a_retroactive_term_of_another_exercise_is_not_named() -> None:
    place = service()
    award = place.award("maribel")
    old = {"starts_on": date(2023, 1, 1), "ends_on": date(2023, 12, 31)}
    TermFactory(award=award, code="ceiling", decided_on=date(2023, 5, 1), **old)
    assert place.found(award, "retroactive_decision") == []
