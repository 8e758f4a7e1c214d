"""The files of the schemes say everything, with a source; a wrong file is refused by its name."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from backoffice.engine.figures import FigureNotDefined
from backoffice.figures.vocabulary import cost_items, expense_categories, outside_payroll
from grants.scheme import FOLDER, InvalidScheme, general_figures, read_scheme, schemes
from grants.terms import TERMS

FILES = sorted(FOLDER.glob("*.toml"))
CODES = [
    *("maribel", "acs", "ape", "wallonia_after_ape", "wallonia_saspp", "wallonia_css"),
    *("region_facultative", "fwb_facultative"),
    *("cocom_facultative", "cocof_facultative", "cocom_multi_year", "cocof_multi_year"),
    *("cocof_casg", "cocof_cssi", "cocom_cap", "cocom_coordination"),
    *("cocof_representative", "wallonia_ili"),
]


def file_name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", FILES, ids=file_name)
def test_a_scheme_treats_every_cost_item_with_a_source(path: Path) -> None:
    scheme = read_scheme(path)
    assert set(scheme.costs) - set(expense_categories()) == set(cost_items())
    assert set(outside_payroll()) <= set(scheme.costs)
    treatments = {rule.treatment for rule in scheme.costs.values()}
    assert treatments <= {"full", "excluded", "capped", "deduct"}
    assert [item for item, rule in scheme.costs.items() if not rule.source] == []
    assert {rule.status for rule in scheme.costs.values()} <= {"confirmed", "to_confirm"}


@pytest.mark.parametrize("path", FILES, ids=file_name)
def test_a_scheme_bears_the_name_of_its_file_and_asks_for_known_terms(path: Path) -> None:
    scheme = read_scheme(path)
    assert scheme.code == path.stem
    assert set(scheme.required_terms) <= set(TERMS)
    assert set(scheme.label) == set(scheme.funder) == {"fr", "nl"}


@pytest.mark.parametrize("path", FILES, ids=file_name)
def test_every_figure_day_document_and_stack_of_a_scheme_has_a_source_and_a_status(
    path: Path,
) -> None:
    scheme = read_scheme(path)
    values = [value for figure in scheme.figures for value in figure.values]
    dated = [*scheme.deadlines, *scheme.instalments, *scheme.stack]
    assert [value for value in values if not value.source.title] == []
    assert [rule for rule in dated if not rule.source or not rule.status] == []
    asked = {"kind", "fr", "nl", "source", "status"}
    assert [document for document in scheme.documents if not asked <= set(document)] == []
    assert scheme.documents


def test_schemes_are_settled_in_the_order_of_their_files() -> None:
    assert list(schemes()) == CODES


def test_the_advances_of_a_year_never_exceed_the_whole() -> None:
    for scheme in schemes().values():
        for year in (2022, 2023, 2024, 2025):
            shares = [rule.share for _, rule in scheme.instalments_of(year)]
            assert sum(share for share in shares if share is not None) in {0, 1}


@pytest.mark.parametrize(
    ("scheme", "code", "day"),
    [
        ("cocof_casg", "training_rate", date(2024, 1, 1)),
        ("maribel", "ceiling_332", date(2024, 1, 1)),
        ("acs", "premium", date(2024, 1, 1)),
        ("wallonia_saspp", "flat_amount", date(2024, 1, 1)),
        ("ape", "index_rate", date(2025, 1, 1)),
        ("wallonia_css", "flat_amount", date(2024, 1, 1)),
        ("wallonia_ili", "granted", date(2024, 1, 1)),
        ("cocom_cap", "running_max", date(2024, 1, 1)),
    ],
)
def test_what_no_text_gives_is_missing_and_never_zero(scheme: str, code: str, day: date) -> None:
    with pytest.raises(FigureNotDefined) as caught:
        general_figures().on(f"{scheme}.{code}", day)
    assert caught.value.reason == "missing"


def test_the_pieces_of_cocof_are_due_on_31_march_and_from_exercise_2024_on_15_april() -> None:
    days = [schemes()["cocof_casg"].deadlines_of(year)[0][0] for year in (2023, 2024)]
    assert days == [date(2024, 3, 31), date(2025, 4, 15)]


@pytest.mark.parametrize("code", ["cocof_casg", "cocof_representative"])
def test_the_cocof_advances_change_with_the_exercise(code: str) -> None:
    scheme = schemes()[code]
    assert [rule.share for _, rule in scheme.instalments_of(2023)] == [
        *[Fraction(1, 4)] * 3,
        *(Fraction(1, 5), Fraction(1, 20)),
    ]
    assert [rule.share for _, rule in scheme.instalments_of(2024)] == [
        *(Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)),
    ]


def test_the_advances_of_a_body_cite_the_article_that_borrows_those_of_the_services() -> None:
    sources = {rule.source for rule in schemes()["cocof_representative"].instalments}
    assert sources
    assert [text for text in sources if "art. 166" not in text or "119" not in text] == []


def test_cocom_pays_a_cap_one_exact_twelfth_on_the_first_business_day_after_each_25th() -> None:
    found = schemes()["cocom_cap"].instalments_of(2024)
    assert [day for day, _ in found] == [
        *(date(2024, 1, 26), date(2024, 2, 26), date(2024, 3, 26), date(2024, 4, 26)),
        *(date(2024, 5, 27), date(2024, 6, 26), date(2024, 7, 26), date(2024, 8, 26)),
        *(date(2024, 9, 26), date(2024, 10, 28), date(2024, 11, 26), date(2024, 12, 26)),
    ]
    assert {rule.share for _, rule in found} == {Fraction(1, 12)}
    assert found[11][1].label == {
        "fr": "Douzième mensuel 12/12",
        "nl": "Maandelijks twaalfde 12/12",
    }
    # 25 December 2026 is a Friday: Saturday and Sunday follow.
    assert schemes()["cocom_cap"].instalments_of(2026)[-1][0] == date(2026, 12, 28)


def test_the_pieces_of_a_cap_are_due_on_31_august_of_the_year_itself() -> None:
    ((day, rule),) = schemes()["cocom_cap"].deadlines_of(2024)
    assert day == date(2024, 8, 31)
    assert rule.consequence is not None
    assert "septembre" in rule.consequence["fr"]


@pytest.mark.parametrize("scheme", ["wallonia_css", "wallonia_ili"])
def test_a_walloon_file_is_due_on_1_march_of_the_next_year(scheme: str) -> None:
    assert [day for day, _ in schemes()[scheme].deadlines_of(2024)] == [date(2025, 3, 1)]


@pytest.mark.parametrize(
    ("scheme", "other", "day", "tone"),
    [
        ("cocof_casg", "acs", date(2024, 1, 1), "suspicious"),
        ("cocof_casg", "ape", date(2024, 1, 1), "suspicious"),
        ("cocof_casg", "ape", date(2012, 1, 1), None),
        ("maribel", "cocof_casg", date(2024, 1, 1), "forbidden"),
        ("acs", "ape", date(2024, 1, 1), "forbidden"),
    ],
)
def test_the_tone_of_a_stack_depends_on_the_scheme_below_and_the_day(
    scheme: str, other: str, day: date, tone: str | None
) -> None:
    rule = schemes()[scheme].tone_over(other, day)
    assert (rule.tone if rule else None) == tone
    assert rule is None or rule.article


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('shape = "capped_cost"', 'shape = "guess"', "guess"),
        ('code = "maribel"', 'code = "maribel"\nshoe_size = 42', "shoe_size"),
        ('"meal_vouchers"]', '"meal_vouchers", "yacht"]', "yacht"),
        (', "meal_vouchers"]', "]", "meal_vouchers"),
        ('tone = "forbidden"', 'tone = "perhaps"', "perhaps"),
        ('staff = "full"', 'staff = "full"\nfeasts = "full"', "feasts"),
        ("[life]\nstarts_on = 2002-08-22", "", "life"),
        ('required_terms = ["fund"]', 'required_terms = ["mood"]', "mood"),
        ('day = "07-15"', 'day = "15 juillet"', "juillet"),
        ("order = 10", "order = ", ""),
        ('full = ["residence", ', 'full = ["severance", "residence", ', "severance"),
        ('commuting = "Admis', 'yacht = "Admis', "yacht"),
        ('bound = "post_year"', "ceiling_by_found = true", "ceiling_by_found"),
        ('running = "excluded"', 'running = "runing_max"', "runing_max"),
        ('full = ["residence", ', 'full = ["gross", "residence", ', "gross"),
        ("[costs.deduct]", '[costs.capped]\nresidence = "x"\n[costs.deduct]', "residence"),
        ('"residence", ', "", "residence"),
        ('"interim", ', "", "interim"),
        ("[costs.deduct]", '[costs.deduct]\nwine = "x"', "wine"),
        ('figure = "ceiling_332"', 'figure = "ceiling_999"', "ceiling_999"),
        ('fund = "319"\n', 'fund = "332"\n', "ceiling_319"),
        ('fund = "332"\n', 'chamber = "332"\n', "ceiling_332"),
        ('region = "NL"', 'mood = "NL"', "mood"),
        ("quarter = 1\n", "", "trimestre"),
        ("quarter = 1\n", "quarter = 5\n", "trimestre"),
        ("[life]", '[instalments_of]\nscheme = "moon"\nsource = "x"\n[life]', "moon"),
    ],
)
def test_a_wrong_scheme_file_is_refused_by_its_name_and_entry(
    tmp_path: Path, old: str, new: str, why: str
) -> None:
    text = (FOLDER / "maribel.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "wrong.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidScheme, match=re.escape("wrong.toml")) as caught:
        read_scheme(path)
    assert why in str(caught.value)
