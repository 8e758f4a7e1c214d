"""Every figure of a comparison is the sum of the rows that explain it, each of its own kind."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.federation.models import Organisation
from grants.scheme import schemes
from reports.board.explained_year import NotExplained, year_of
from reports.board.explaining import worker_month
from reports.board.levers import moved
from reports.board.parts import parts_of, total_of
from reports.scenarios.comparing import Comparison, Scope, compare
from reports.scenarios.scenario import Change, Scenario
from tests.engine.projection.made import FIRST_YEAR, made
from tests.reports.scenarios.beside import beside

BASE = replace(beside(made(workers=4, employers=2).facts), scope=Scope((Organisation(name="Un"),)))
ASKED = (
    Change(2, "post", "*", date(FIRST_YEAR, 5, 1), {"fte": Fraction(3, 2), "cost": 60_000}),
    Change(3, "post", "*", date(FIRST_YEAR + 1, 2, 1), {"fte": Fraction(1), "funder": "cocof"}),
)
CODES = ("cost", "funded", "own_funds", "fte", "own_fte", "posts_at_risk")
NOT_PAID = Change(1, "award", "*", date(FIRST_YEAR + 1, 1, 1), {"factor": Fraction(1, 10)})


def against(*changes: Change) -> Comparison:
    return compare(BASE, [Scenario("essai", changes)])


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 12), st.integers(0, 3), st.sampled_from(["award", "figure"]))
def test_the_rows_of_a_month_sum_to_every_figure_today_and_under_the_scenario(
    month: int, tenths: int, kind: str
) -> None:
    target = "*" if kind == "award" else "capped_cost.*"
    since = date(FIRST_YEAR + 1, month, 1)
    less = Change(1, kind, target, since, {"factor": Fraction(tenths, 10)})
    found = against(less, *ASKED)
    figures = found.outcomes[0].figures
    assert {*CODES, "asked_fte", "unpriced_fte"} <= {one.code for one in figures}
    for figure in figures:
        for column in (0, 5, 11, 11 + month, 23):
            at = BASE.totals.first + column
            both = int(figure.baseline[column]), int(figure.scenario[column])
            assert total_of(parts_of(found, 1, figure.code, at)) == both
            today = parts_of(found, 0, figure.code, at)
            assert total_of(today) == (both[0], both[0])


def test_the_workers_sum_to_the_cost_where_they_work_less_from_a_day_within_the_year() -> None:
    less = moved(BASE, Scenario("essai", (NOT_PAID,)), {"travail": 80})
    since = date(FIRST_YEAR + 1, 4, 1)
    found = compare(
        BASE, [replace(less, changes=tuple(replace(c, since=since) for c in less.changes))]
    )
    for code in ("cost", "fte", "own_funds", "posts_at_risk"):
        figure = found.outcomes[0].figure(code)
        assert (figure.delta != 0).any()
        for column in range(24):
            both = int(figure.baseline[column]), int(figure.scenario[column])
            assert total_of(parts_of(found, 1, code, BASE.totals.first + column)) == both


@pytest.mark.parametrize("code", CODES)
def test_from_the_first_of_january_on_no_row_carries_a_difference(code: str) -> None:
    found = against(NOT_PAID)
    for at in range(BASE.totals.first, BASE.totals.first + 24):
        assert "Report dans l'année" not in [one.name for one in parts_of(found, 1, code, at)]


def test_what_a_year_changed_midway_carries_is_a_row_that_says_so() -> None:
    found = against(replace(NOT_PAID, since=date(FIRST_YEAR + 1, 7, 1)))
    at = BASE.totals.first + 18
    carried = [one for one in parts_of(found, 1, "own_funds", at) if one.line is None]
    assert [one.name for one in carried] == ["Report dans l'année"]
    assert carried[0].amount
    assert "en cours d'année" in carried[0].about[0]
    at = BASE.totals.first + 17
    assert all(one.line is not None for one in parts_of(found, 1, "own_funds", at))


def test_each_figure_has_rows_of_its_own_kind() -> None:
    found = against(NOT_PAID, *ASKED)
    at = BASE.totals.first + 14
    names = found.base.facts.names
    rows = {code: parts_of(found, 1, code, at) for code in (*CODES, "asked_fte")}
    workers = {one.name for one in rows["cost"]}
    assert workers == {one.name for one in rows["fte"]} <= set(names.workers)
    assert {one.name.partition(" (")[0] for one in rows["funded"]} <= set(names.awards)
    assert rows["asked_fte"]
    assert not {one.name for one in rows["asked_fte"]} & workers


def test_a_post_at_risk_says_which_award_pays_less_of_whom() -> None:
    found = against(NOT_PAID)
    at = BASE.totals.first + 14
    rows = parts_of(found, 1, "posts_at_risk", at)
    assert rows
    for one in rows:
        assert one.today == 0 < one.amount
        assert any("payé" in line and "puis" in line for line in one.about)
        assert worker_month(found, 1, at, one.line).title.startswith("Travailleur")


def test_a_post_asked_says_how_it_is_counted_and_what_is_not_known() -> None:
    found = against(NOT_PAID, *ASKED)
    at = BASE.totals.first + 14
    told = [" ".join(one.about) for one in parts_of(found, 1, "asked_fte", at)]
    assert any("par mois" in line and "1,50 ETP à partir de 05/2026" in line for line in told)
    unpriced = [" ".join(one.about) for one in parts_of(found, 1, "unpriced_fte", at)]
    assert unpriced
    assert all("Coût inconnu" in line and "COCOF" in line for line in unpriced)


def test_of_two_demands_alike_each_row_names_its_own_change_alone() -> None:
    one = Change(1, "post", "*", date(FIRST_YEAR + 1, 1, 1), {"fte": Fraction(3, 2)})
    two = replace(one, number=2, values={"fte": Fraction(5, 2)})
    rows = parts_of(against(one, two), 1, "asked_fte", BASE.totals.first + 14)
    told = {row.amount: " ".join(row.about[1:]) for row in rows}
    assert set(told) == {15_000, 25_000}
    for own, other in ((15_000, 25_000), (25_000, 15_000)):
        assert f"{own // 10_000},50" in told[own]
        assert f"{other // 10_000},50" not in told[own]


def test_the_awards_of_a_funder_name_the_article_of_their_rule() -> None:
    scheme = next(one for one in schemes().values() if any(r.article for r in one.rules))
    names = replace(
        BASE.facts.names, award_schemes=(scheme.code,) * len(BASE.facts.names.award_schemes)
    )
    facts = replace(BASE.facts, names=replace(names, funders={scheme.code: scheme.authority}))
    found = compare(replace(beside(facts), scope=BASE.scope), [Scenario("essai", (NOT_PAID,))])
    rows = parts_of(found, 1, f"funded.{scheme.authority}", BASE.totals.first + 14)
    assert rows
    for one in rows:
        assert one.rule in scheme.rules
        assert one.rule.source
        assert one.rule_words == one.rule.fr


@pytest.mark.parametrize(("side", "code"), [(0, "asked_fte"), (1, "nothing")])
def test_what_is_not_a_figure_of_the_side_is_not_explained(side: int, code: str) -> None:
    with pytest.raises(NotExplained):
        year_of(against(NOT_PAID, *ASKED), side, code, FIRST_YEAR)


@pytest.mark.parametrize("code", [*CODES, "asked_fte"])
def test_the_months_of_a_year_are_those_that_are_explained(code: str) -> None:
    found = against(NOT_PAID, *ASKED)
    year = year_of(found, 1, code, FIRST_YEAR + 1)
    figure = found.outcomes[0].figure(code)
    whole = sum(total_of(parts_of(found, 1, code, at))[1] for at, _texts in year.months)
    assert whole == int(figure.years.scenario[1])
