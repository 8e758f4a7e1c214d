"""Which awards a year holds, who sees them, and which ceiling stands above which fund's figure."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from backoffice.engine.periods import year_period
from grants.selectors import awards_for, awards_of_year, figures_registry
from grants.snapshots import award_facts, post_columns
from tests.factories import (
    AwardFactory,
    FigureEntryFactory,
    MembershipFactory,
    PostFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db
AS_OF = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "held"),
    [
        (date(2023, 1, 1), date(2023, 12, 31), False),
        (date(2023, 1, 1), date(2024, 1, 1), True),
        (date(2024, 12, 31), None, True),
        (date(2025, 1, 1), None, False),
        (date(2020, 1, 1), None, True),
    ],
)
def test_a_year_holds_the_awards_that_touch_it(
    starts_on: date, ends_on: date | None, *, held: bool
) -> None:
    award = AwardFactory(starts_on=starts_on, ends_on=ends_on)
    assert list(awards_of_year(award.organisation, 2024)) == [award] * held


def test_a_user_sees_the_awards_of_its_own_services_only() -> None:
    mine = AwardFactory()
    AwardFactory()
    user = MembershipFactory(organisation=mine.organisation).user
    assert list(awards_for(user)) == [mine]
    assert list(awards_for(AnonymousUser())) == []


def test_the_ceiling_of_the_letter_stands_above_the_figure_of_its_fund() -> None:
    award = AwardFactory()
    terms = [
        TermFactory(award=award, code="fund", value=" 329.03 "),
        TermFactory(award=award, code="ceiling", value="46 607,60"),
    ]
    facts = award_facts(award, year_period(2024), terms, AS_OF)
    assert facts.ceiling == "ceiling_329_03"
    figures = facts.figures(figures_registry())
    assert figures.on("maribel.ceiling_329_03", date(2024, 5, 1), AS_OF).source.title == (
        "LETTRE-1, 01/12/2023"
    )
    assert figures.on("maribel.ceiling_329_03", date(2023, 5, 1), AS_OF).source.title.startswith(
        "Fe-Bi"
    )


def test_only_the_terms_in_words_that_the_letter_lacks_are_absent() -> None:
    award = AwardFactory(scheme="cocof_casg")
    terms = [TermFactory(award=award, code="scales", value="A, B")]
    facts = award_facts(award, year_period(2024), terms, AS_OF)
    assert facts.absent_terms == ["index_regime"]


def test_a_value_filled_in_by_a_user_takes_its_place_among_the_general_ones() -> None:
    FigureEntryFactory(code="maribel.ceiling_332", since=date(2024, 1, 1), value="43000.00")
    FigureEntryFactory(code="unknown.code", value="1")
    figures = figures_registry()
    assert figures.on("maribel.ceiling_332", date(2024, 1, 1)).text == "43000.00"
    assert "unknown.code" not in figures


def test_the_posts_of_an_award_become_ten_thousandths_of_fte_between_two_days() -> None:
    post = PostFactory(fte="0.7333", starts_on=date(2024, 2, 29), ends_on=date(2024, 2, 29))
    columns = post_columns([post])
    assert columns.fte.tolist() == [7_333]
    assert columns.stop.tolist() == [columns.start.tolist()[0] + 1]
    assert len(post_columns([]).fte) == 0


@pytest.mark.parametrize("written", ["300 %", "318.000"])
def test_an_amount_that_was_kept_before_and_cannot_be_read_is_unknown_and_not_small(
    written: str,
) -> None:
    award = AwardFactory()
    facts = award_facts(
        award, year_period(2024), [TermFactory(award=award, code="granted", value=written)], AS_OF
    )
    assert facts.granted(AS_OF) is None
    (value,) = facts.terms[0].values
    assert (value.status, value.value, value.text) == ("missing", None, written)
    assert written in value.note
