"""Pay scales: the step of a seniority, and the errors that the official pages contain."""

from datetime import date
from fractions import Fraction

import pytest

from backoffice.engine.indexation import scale_amount
from backoffice.engine.money import cents
from backoffice.engine.scales import NoStep, Scale, ScaleColumn, Step, UnknownColumn, anomalies
from backoffice.figures.loader import load
from backoffice.figures.pay_scales import pay_scales
from tests.golden import cases

TOLERANCE = 2  # cents a month: where a page has no base it multiplies the amount before by 1.02


def scale(*columns: tuple[int | None, list[str]]) -> Scale:
    return Scale(
        "TEST",
        tuple(
            ScaleColumn(
                f"c{place}",
                {"fr": "", "nl": ""},
                rank,
                tuple(Step(years, Fraction(amount), None) for years, amount in enumerate(amounts)),
            )
            for place, (rank, amounts) in enumerate(columns)
        ),
    )


def found(tested: Scale) -> list[tuple[str, str, int]]:
    return [(problem.code, problem.column, problem.seniority) for problem in anomalies(tested)]


def test_the_anomalies_of_the_official_pages_are_found_and_no_others() -> None:
    everything = {
        (problem.scale, problem.column, str(problem.seniority), problem.code)
        for each in pay_scales().values()
        for problem in anomalies(each)
    }
    expected = {
        (case["scale"], case["column"], case["seniority"], case["code"])
        for case in cases("scale_anomalies.csv")
    }
    assert everything == expected


def test_a_worker_stays_at_the_last_step_and_between_two_steps_at_the_lower_one() -> None:
    column = pay_scales()["332-SUPPLETIVE-MANUAL"].column("cat_3")
    assert column.step(26).seniority == 25
    assert column.step(60).seniority == 27
    assert column.step(0).amount == Fraction("1802.81")


def test_a_negative_seniority_has_no_step() -> None:
    with pytest.raises(NoStep):
        pay_scales()["332.00.20-ADMIN"].column("gradue").step(-1)


def test_an_unknown_column_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(UnknownColumn, match="licencie"):
        pay_scales()["332.00.20-ADMIN"].column("directeur")


def test_a_rise_of_exactly_15_percent_is_accepted() -> None:
    assert found(scale((None, ["100", "115"]))) == []
    assert found(scale((None, ["100", "115.01"]))) == [("step_jump", "c0", 1)]


def test_a_cell_out_of_line_on_its_own_is_named_once() -> None:
    assert found(scale((None, ["100", "250", "104", "106"]))) == [("step_jump", "c0", 1)]
    assert found(scale((None, ["100", "80", "104", "106"]))) == [("step_falls", "c0", 1)]


def test_a_real_change_of_level_is_named_once() -> None:
    assert found(scale((None, ["100", "130", "131", "132"]))) == [("step_jump", "c0", 1)]
    assert found(scale((None, ["100", "80", "81", "82"]))) == [("step_falls", "c0", 1)]


def test_a_category_paid_less_than_the_one_below_it_is_named() -> None:
    tested = scale((2, ["100", "103"]), (1, ["99", "104"]))
    assert found(tested) == [("category_overtaken", "c0", 1)]
    assert found(scale((None, ["100", "103"]), (None, ["99", "104"]))) == []


def test_the_bases_of_2022_give_the_amounts_of_2019_within_the_last_cents() -> None:
    figures, day = load(), date(2019, 8, 15)
    codes = [
        code
        for code in figures
        if code.startswith("scale.332.00.20-ADMIN") and code.endswith(".base")
        and figures[code].values[0].since == day and figures[code].values[0].value is not None
    ]  # fmt: skip
    assert len(codes) == 103
    for code in codes:
        base = figures.on(code, date(2022, 1, 15)).text
        printed = cents(figures.on(code.removesuffix(".base"), day).text)
        assert abs(scale_amount(cents(base), Fraction("1.7069")) - printed) <= TOLERANCE


def test_a_printed_amount_ends_with_the_index_that_moves_it_and_the_base_goes_on() -> None:
    figures, code = load(), "scale.332.00.20-ADMIN.gradue.0"
    assert figures.on(code, date(2022, 1, 31)).text == "2436.22"
    with pytest.raises(LookupError):
        figures.on(code, date(2022, 2, 1))
    assert figures.on(f"{code}.base", date(2025, 1, 1)).text == "16462.80"


def test_an_amount_that_the_official_page_got_wrong_gives_no_base() -> None:
    figures, code = load(), "scale.332.00.20-ADMIN.secretaire.1"
    assert figures.on(code, date(2022, 1, 15)).status == "to_confirm"
    with pytest.raises(LookupError, match="Remplissez-la"):
        figures.on(f"{code}.base", date(2022, 1, 15))
