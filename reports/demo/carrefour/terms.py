"""The terms of the awards and the one retroactive amendment, as an invented letter gives them.

Ceilings, premiums, flat amounts and rates that no public source gives are demonstration values:
they stand here as a user would copy them from the letter of the funder.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from reports.demo.careers import SCALE
from reports.demo.carrefour.awards import ACS, APE, BY_REFERENCE, MARIBEL, cocof, cocom, saspp
from reports.demo.carrefour.organisation import PLANTED
from reports.demo.rows import YEARS, Row, row_touches
from reports.demo.truth import AMENDED_AWARD

GRANTED = {
    cocof(2023): "250000.00",
    cocof(2024): "276000.00",
    cocof(2025): "318000.00",
    cocom(2023): "121000.00",
    cocom(2024): "126000.00",
    cocom(2025): "128000.00",
}
_RAISE = next(fact for fact in PLANTED if fact.kind == AMENDED_AWARD)
RAISED, RAISED_TO, RAISED_ON = _RAISE.awards[0], _RAISE.value, date.fromisoformat(_RAISE.day)
RUNNING_MAX = {2023: "46000.00", 2024: "47500.00", 2025: "46500.00"}
STAFF_MAX = {2023: "115000.00", 2024: "118000.00", 2025: "118500.00"}
COCOM_RUNNING_MAX, COCOM_INVESTMENT_MAX = "9500.00", "2000.00"
CEILING = {2023: "45500.00", 2024: "47200.00", 2025: "48600.00"}
PREMIUM = {2023: "36480.00", 2024: "37920.00", 2025: "38880.00"}
FLAT = {2023: "33500.00", 2024: "34200.00", 2025: "34900.00"}
BASE_AMOUNT = "104000.00"
"""Each amount in EUR, as text; by award or by year."""


def term_rows(year: int) -> Sequence[Row]:
    """Terms in force on a day of the year."""
    return [row for row in TERMS if row_touches(year, row)]


def amendment_rows(references: Sequence[str]) -> Sequence[Row]:
    """The amendments of some awards."""
    return [row for row in AMENDMENTS if row["award"] in references]


AMENDMENTS: tuple[Row, ...] = (
    {
        "award": RAISED,
        "number": 1,
        "letter_reference": f"LETTRE-DEMO-{RAISED}-AVENANT-1",
        "decided_on": RAISED_ON,
        "effective_on": date(2024, 1, 1),
        "reason": "DEMO cadre porté à 3 + 1 ETP : montant relevé avec effet rétroactif",
    },
)


def _term(award: str, code: str, value: str, first: date, last: date | None) -> Row:
    return {
        "award": award,
        "code": code,
        "value": value,
        "starts_on": first,
        "ends_on": last,
        "decided_on": BY_REFERENCE[award].letter_on,
        "letter_reference": BY_REFERENCE[award].letter,
        "status": "confirmed",
    }


def _letters(year: int) -> Iterator[Row]:
    """What the letters of one exercise say."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    by_award = {
        cocof(year): {
            "granted": GRANTED[cocof(year)],
            "training_rate": "2.5 %",
            "running_max": RUNNING_MAX[year],
            "scales": SCALE,
            "index_regime": "public",
        },
        cocom(year): {
            "granted": GRANTED[cocom(year)],
            "staff_max": STAFF_MAX[year],
            "running_max": COCOM_RUNNING_MAX,
            "investment_max": COCOM_INVESTMENT_MAX,
            "justify_by": f"{year + 1}-03-31",
            "paid_in_period": "oui",
        },
        saspp(year): {
            "flat_amount": FLAT[year],
            "units": "2",
            "liquidation_rate": "92 %",
        },
    }
    for award, terms in by_award.items():
        for code, value in terms.items():
            yield _term(award, code, value, first, last)


def _yearly_decisions(year: int) -> Iterator[Row]:
    """What the funders of open-ended awards decide for one exercise."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    decided = {"decided_on": date(year - 1, 12, 20)}
    for award, code, value in (
        (MARIBEL, "ceiling", CEILING[year]),
        (ACS, "premium", PREMIUM[year]),
    ):
        letter = {"letter_reference": f"LETTRE-DEMO-{award}-{year}"}
        yield {**_term(award, code, value, first, last), **decided, **letter}


def _ape_2025() -> Iterator[Row]:
    """The rates of 2025 were not found: the demonstration gives its own."""
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    letter = {"decided_on": date(2024, 12, 20), "letter_reference": f"LETTRE-DEMO-{APE}-2025"}
    yield {**_term(APE, "index_rate", "2.5 %", first, last), **letter}
    yield {**_term(APE, "exceptional_rate", "0 %", first, last), **letter}


TERMS: tuple[Row, ...] = (
    _term(MARIBEL, "fund", "332", date(2021, 1, 1), None),
    _term(APE, "base_amount", BASE_AMOUNT, date(2022, 1, 1), None),
    _term(ACS, "premium_rate", "95 %", date(2013, 5, 1), None),
    *_ape_2025(),
    *(row for year in YEARS for row in _letters(year)),
    *(row for year in YEARS for row in _yearly_decisions(year)),
    {
        **_term(RAISED, "granted", RAISED_TO, date(2024, 1, 1), date(2024, 12, 31)),
        "decided_on": RAISED_ON,
        "letter_reference": f"LETTRE-DEMO-{RAISED}-AVENANT-1",
    },
)
