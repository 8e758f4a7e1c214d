"""What an award is worth by the figures of its scheme: the signed cases."""

from datetime import date
from fractions import Fraction

import pytest

from backoffice.engine import money
from backoffice.engine.claims.grants import grant
from backoffice.engine.claims.inputs import Award, Known
from backoffice.engine.figures import Figure, FigureNotDefined, FigureValue, Source, worst
from backoffice.engine.periods import year_period
from grants.scheme import general_figures, schemes
from grants.terms import TERMS, UNIT_OF, read_number
from tests.engine.claims.employers import invoices, posts
from tests.golden import cases

Case = dict[str, str]
CASES = cases("claims_rights.csv")
SIGNED = pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])


def award_of(case: Case) -> tuple[Award, Known]:
    scheme, year = schemes()[case["scheme"]], int(case["year"])
    written = dict(part.split("=", 1) for part in case["terms"].split(";"))
    ceiling = f"ceiling_{written.pop('fund', '').replace('.', '_')}"
    # The base of an APE decision is that of 2022, indexed since; other terms are of the year.
    terms = [
        term(
            f"{scheme.code}.{ceiling if code == 'ceiling' else code}",
            code,
            value,
            2022 if code == "base_amount" else year,
        )
        for code, value in written.items()
    ]
    period = year_period(year)
    award = Award(
        index=0,
        key="A",
        scheme=scheme.code,
        shape=scheme.shape,
        order=scheme.order,
        exercise=period,
        posts=posts((0, int(Fraction(case["fte"]) * 10_000), period.start, period.stop)),
        invoices=invoices(),
        excluded=scheme.excluded_items,
        heads=scheme.heads,
        ceiling=ceiling,
    )
    return award, Known(general_figures().with_terms(terms), scheme.code, date(2026, 1, 1))


def term(figure: str, code: str, text: str, year: int) -> Figure:
    value = FigureValue(
        date(year, 1, 1), None, read_number(code, text), text, None, "confirmed", Source("lettre")
    )
    return Figure(figure, {"fr": code, "nl": code}, UNIT_OF[TERMS[code].kind], (value,))


@SIGNED
def test_an_award_grants_what_its_letter_and_its_scheme_give(case: Case) -> None:
    award, known = award_of(case)
    if case["granted"] == "unknown":
        with pytest.raises(FigureNotDefined):
            grant(award, known)
        return
    found = grant(award, known)
    assert money.text(found.granted) == case["granted"]
    assert money.text(found.theoretical) == case["theoretical"]
    assert worst(*(use.status for use in found.uses)) == case["status"]


def test_every_figure_that_a_right_rests_on_is_named() -> None:
    case = next(case for case in CASES if case["name"] == "ape_2024_without_the_premium")
    found = grant(*award_of(case))
    assert [(use.code, use.since.year) for use in found.uses] == [
        ("ape.base_amount", 2022),
        ("ape.index_rate", 2023),
        ("ape.index_rate", 2024),
        ("ape.exceptional_rate", 2024),
    ]
